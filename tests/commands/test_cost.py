"""`cost`, run as a person and as a script runs it."""

from __future__ import annotations

import json

import pytest

from designer.design import edits
from designer.design.scenario import Scenario
from designer.formats.design_json import save
from designer.formats.opening import opened
from tests.commands.running import command, process
from tests.formats.designs import REGISTRY

KEYS = [
    "name",
    "scenario",
    "weights_bytes",
    "kv_cache_bytes",
    "state_bytes",
    "flops_forward",
    "flops_training",
    "flops_per_token",
    "issues",
]


def one(capsys, *arguments) -> dict:
    """The one object that a cost with --json prints."""
    ran = command(capsys, "cost", *arguments, "--json")
    assert (ran.status, ran.err) == (0, "")
    (costed,) = ran.objects
    return costed


def test_llama_3_8b_has_its_bytes_in_a_process_of_its_own():
    ran = process("cost", "llama-3-8b", "--context", "8192", "--weights", "bf16", "--cache", "bf16", "--json")
    assert (ran.status, ran.err) == (0, "")
    (costed,) = ran.objects
    assert list(costed) == KEYS
    assert list(costed["scenario"]) == ["batch", "context", "weights", "cache", "convention"]
    assert (costed["kv_cache_bytes"], costed["weights_bytes"]) == (1_073_741_824, 16_060_522_496)
    assert (costed["state_bytes"], costed["issues"]) == (0, [])


def test_gpt2_has_its_dense_flops(capsys):
    costed = one(capsys, "gpt2", "--convention", "dense", "--context", "1024")
    assert costed["flops_forward"] == 291_648_307_200
    assert costed["flops_training"] == 3 * 291_648_307_200
    assert costed["flops_per_token"] == 291_648_307_200 // 1024


def test_causal_is_the_default_and_counts_the_pairs_that_the_mask_leaves(capsys):
    causal, dense = one(capsys, "gpt2"), one(capsys, "gpt2", "--convention", "dense")
    assert causal["scenario"]["convention"] == "causal"
    pairs_spared = 1024 * 1024 - 1024 * 1025 // 2
    assert dense["flops_forward"] - causal["flops_forward"] == 12 * 2 * 2 * 768 * pairs_spared


def test_everything_is_for_the_whole_batch(capsys):
    one_sequence, eight = one(capsys, "gpt2"), one(capsys, "gpt2", "--batch", "8")
    for name in ("kv_cache_bytes", "flops_forward", "flops_training"):
        assert eight[name] == 8 * one_sequence[name]
    for name in ("weights_bytes", "flops_per_token"):
        assert eight[name] == one_sequence[name]


def test_a_state_does_not_grow_and_is_kept_at_the_caches_precision(capsys):
    short, long = one(capsys, "mamba2-130m"), one(capsys, "mamba2-130m", "--context", "1M", "--cache", "fp32")
    assert short["kv_cache_bytes"] == 0
    assert short["state_bytes"] == 24 * (24 * 64 * 128 + (24 * 64 + 2 * 128) * 3) * 2
    assert long["state_bytes"] == 2 * short["state_bytes"]


@pytest.mark.parametrize(
    ("text", "tokens"), [("8192", 8192), ("8k", 8192), ("1e3", 1000), ("0.5k", 512), ("2K", 2000)]
)
def test_a_context_is_written_as_people_write_it(text, tokens, capsys):
    assert one(capsys, "gpt2", "--context", text)["scenario"]["context"] == tokens


@pytest.mark.parametrize(
    ("name", "tokens"),
    [("gpt2", 1024), ("llama-3-8b", 8192), ("llama-3.1-70b", 8192), ("flan-t5-base", 8192)],
)
def test_the_default_context_is_the_lesser_of_8192_and_the_models_own(name, tokens, capsys):
    assert one(capsys, name)["scenario"]["context"] == tokens


@pytest.mark.parametrize(
    ("precision", "bits"), [("fp32", 32), ("bf16", 16), ("fp16", 16), ("int8", 8), ("int4", 4)]
)
def test_weights_are_nominal_bits_times_count_rounded_up(precision, bits, capsys):
    costed = one(capsys, "bert-base-uncased", "--weights", precision)
    assert costed["weights_bytes"] == -(-109_514_298 * bits // 8)
    noted = [issue["cause"] for issue in costed["issues"]]
    assert noted == ([f"{precision} counts as {bits}.0 bits a number, without scales."] if bits < 16 else [])


def test_a_context_beyond_the_models_own_positions_is_an_issue(capsys):
    costed = one(capsys, "gpt2", "--context", "2048")
    assert costed["issues"] == [
        {
            "severity": "warning",
            "where": "scenario",
            "cause": "A context of 2,048 is beyond the model's own 1,024 positions.",
            "fix": None,
        }
    ]


def test_a_flag_wins_over_what_the_design_saved_and_that_over_the_default(capsys, tmp_path):
    saved = Scenario(batch=2, context=512, weights="int8", convention="dense")
    path = tmp_path / "mine.json"
    save(edits.set_scenario(opened("gpt2", REGISTRY), saved), path)
    assert one(capsys, path)["scenario"] == {
        "batch": 2, "context": 512, "weights": "int8", "cache": "bf16", "convention": "dense"
    }  # fmt: skip
    assert one(capsys, path, "--batch", "1", "--weights", "fp32")["scenario"] == {
        "batch": 1, "context": 512, "weights": "fp32", "cache": "bf16", "convention": "dense"
    }  # fmt: skip


def test_an_encoder_and_a_decoder_read_and_write_as_many_tokens(capsys):
    costed = one(capsys, "flan-t5-base", "--context", "512")
    # 12 decoder layers keep keys and values of 12 heads, 64 wide, over both sequences
    assert costed["kv_cache_bytes"] == 12 * 2 * 768 * (512 + 512) * 2


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--batch", "0"], "--batch: 0 is not a whole number of 1 or more."),
        (["--batch", "-3"], "--batch: -3 is not a whole number of 1 or more."),
        (["--batch", "1.5"], "--batch: 1.5 is not a whole number of 1 or more."),
        (["--batch", "many"], "--batch: 'many' is not a number."),
        (["--context", "0"], "--context: 0 is not a whole number of 1 or more."),
        (["--context", "8q"], "--context: '8q' is not a number."),
        (["--weights", "fp7"], "--weights: fp7 is not known; known are fp32, bf16, fp16, int8, int4."),
        (["--cache", "fp7"], "--cache: fp7 is not known; known are fp32, bf16, fp16, int8, int4."),
        (["--convention", "half"], "--convention: half is not known; known are causal, dense."),
    ],
)
def test_a_scenario_that_is_none_is_one_sentence_for_all_designs(flags, sentence, capsys):
    assert command(capsys, "cost", "gpt2", "llama-3-8b", *flags).refusal == sentence


def test_for_people_it_is_a_table_with_the_conventions(capsys):
    said = command(capsys, "cost", "llama-3-8b", "--context", "8k", "--weights", "int4").out
    assert said.startswith("llama-3-8b: batch 1, context 8,192\n")
    assert "  KV cache           1.00 GiB               1,073,741,824  bf16\n" in said
    assert "pairs that the mask leaves" in said
    assert said.endswith("note: scenario: int4 counts as 4.0 bits a number, without scales.\n")


def test_a_design_too_large_for_any_machine_is_costed_all_the_same(capsys, tmp_path):
    block = {"block": "mlp", "name": "mlp", "fields": {"hidden": 10**18}}
    for _ in range(40):
        block = {"block": "repeat", "name": "layers", "fields": {"times": 10**18}, "inside": [block]}
    embedding = {"block": "token_embedding", "fields": {"rows": 10, "hidden": 8}}
    path = tmp_path / "huge.json"
    path.write_text(
        json.dumps({"format": "llm-designer", "tree": {"block": "stack", "inside": [embedding, block]}})
    )
    assert one(capsys, path)["weights_bytes"] == 2 * (80 + 3 * 8 * 10**18 * 10 ** (18 * 40))
    assert " GiB" in command(capsys, "cost", path).out
