"""`count`, run as a person and as a script runs it."""

from __future__ import annotations

import json
from math import prod

import pytest

from designer.formats.design_json import save
from designer.formats.opening import opened
from designer.formats.presets import presets
from tests.commands.running import command, process
from tests.formats.designs import REGISTRY

KEYS = ["name", "total", "active", "trainable", "by_category", "provisional", "issues"]
SEVEN = ["embedding", "attention", "feed_forward", "output", "positional", "normalization", "other"]
LLAMA = {
    "embedding": 525_336_576,
    "attention": 1_342_177_280,
    "feed_forward": 5_637_144_576,
    "output": 525_336_576,
    "positional": 0,
    "normalization": 266_240,
    "other": 0,
}


def one(capsys, *arguments) -> dict:
    """The one object that a count with --json prints."""
    ran = command(capsys, "count", *arguments, "--json")
    assert (ran.status, ran.err) == (0, "")
    (counted,) = ran.objects
    return counted


def test_llama_3_8b_is_counted_by_category_in_a_process_of_its_own():
    ran = process("count", "llama-3-8b", "--json")
    assert (ran.status, ran.err) == (0, "")
    (counted,) = ran.objects
    assert list(counted) == KEYS
    assert list(counted["by_category"]) == SEVEN
    assert counted["name"] == "llama-3-8b"
    assert counted["total"] == counted["active"] == counted["trainable"] == 8_030_261_248
    assert counted["by_category"] == LLAMA
    assert (counted["provisional"], counted["issues"]) == (0, [])


@pytest.mark.parametrize("name", presets())
def test_every_preset_has_its_published_total(name, capsys):
    counted = one(capsys, name)
    assert counted["total"] == presets()[name].published == sum(counted["by_category"].values())
    assert counted["name"] == name


def test_routed_experts_are_active_one_by_one(capsys):
    assert one(capsys, "deepseek-v3")["active"] == 37_552_282_624


def test_every_parameter_is_listed_with_a_star_for_the_layer(capsys):
    counted = one(capsys, "gpt2", "--tensors")
    assert list(counted) == [*KEYS, "parameters"]
    entries = {entry["name"]: entry for entry in counted["parameters"]}
    assert entries["transformer.h.*.attn.c_attn.weight"] == {
        "name": "transformer.h.*.attn.c_attn.weight",
        "shape": [768, 2304],
        "category": "attention",
        "copies": 12,
        "tied_to": None,
    }
    assert entries["lm_head.weight"] == {
        "name": "lm_head.weight",
        "shape": [50257, 768],
        "category": "output",
        "copies": 0,
        "tied_to": "transformer.wte.weight",
    }
    assert len(entries) == len(counted["parameters"]) == 17


@pytest.mark.parametrize(
    "name", ["gpt2", "bert-base-uncased", "deepseek-v3", "flan-t5-base", "albert-base-v2"]
)
def test_what_is_listed_adds_up_to_the_total(name, capsys):
    counted = one(capsys, name, "--tensors")
    sums = dict.fromkeys(SEVEN, 0)
    for entry in counted["parameters"]:
        sums[entry["category"]] += prod(entry["shape"]) * entry["copies"]
    assert sums == counted["by_category"]


def test_several_designs_are_a_line_each_and_options_stand_anywhere(capsys):
    for order in (
        ["gpt2", "llama-3-8b", "--json"],
        ["--json", "gpt2", "llama-3-8b"],
        ["gpt2", "--json", "--tensors", "llama-3-8b"],
    ):
        ran = command(capsys, "count", *order)
        assert [counted["name"] for counted in ran.objects] == ["gpt2", "llama-3-8b"]


def test_one_bad_design_among_several_keeps_none_of_the_others_back(capsys):
    ran = command(capsys, "count", "gpt2", "gpt22", "llama-3-8b", "--json")
    assert ran.status == 2
    assert [counted["name"] for counted in ran.objects] == ["gpt2", "llama-3-8b"]
    assert ran.err == "gpt22: There is no such file and no preset of this name; the nearest is gpt2.\n"


def test_for_people_it_is_a_table_with_shares(capsys):
    ran = command(capsys, "count", "llama-3-8b")
    assert ran.out.splitlines()[0] == "llama-3-8b: 8,030,261,248 parameters, tied ones counted once"
    assert "  feed_forward            5,637,144,576  70.20%" in ran.out
    assert len(ran.out.splitlines()) == 8
    tensors = command(capsys, "count", "gpt2", "--tensors").out
    assert "  attention      transformer.h.*.attn.c_attn.weight  [768, 2,304] × 12\n" in tensors
    assert "  output         lm_head.weight  [50,257, 768]  is transformer.wte.weight\n" in tensors


def test_set_changes_a_variable_by_a_number_or_an_expression_in_order(capsys):
    assert one(capsys, "llama-3-8b", "--set", "num_hidden_layers=1")["by_category"]["attention"] == (
        LLAMA["attention"] // 32
    )
    twice = one(
        capsys, "llama-3-8b", "--set", "intermediate_size=28k", "--set", "intermediate_size=7*hidden_size"
    )
    assert twice["by_category"]["feed_forward"] == 2 * LLAMA["feed_forward"]
    follows = one(
        capsys, "llama-3-8b", "--set", "intermediate_size=7*hidden_size/2", "--set", "hidden_size=8192"
    )
    assert follows["by_category"]["feed_forward"] == 32 * 3 * 8192 * (7 * 8192 // 2)
    halved = one(capsys, "llama-3-8b", "--set", "num_hidden_layers=num_hidden_layers/2")
    assert halved["by_category"]["attention"] == LLAMA["attention"] // 2


def test_set_changes_what_shapes_the_tree_of_a_config_before_it_is_imported(capsys):
    untied = one(capsys, "gpt2", "--set", "tie_word_embeddings=false")
    assert untied["total"] == 124_439_808 + 50257 * 768
    four = one(capsys, "albert-base-v2", "--set", "num_hidden_groups=2*2")
    one_group = one(capsys, "albert-base-v2")
    assert four["by_category"]["attention"] == 4 * one_group["by_category"]["attention"]
    biased = one(capsys, "llama-3-8b", "--set", "attention_bias=true")
    assert biased["total"] - 8_030_261_248 == 32 * (4096 + 1024 + 1024 + 4096)


def test_set_on_a_designs_file_takes_its_variables_only(capsys, tmp_path):
    path = tmp_path / "mine.json"
    save(opened("llama-3-8b", REGISTRY), path)
    assert one(capsys, path, "--set", "num_hidden_layers=0")["by_category"]["attention"] == 0
    assert command(capsys, "count", path, "--set", "attention_bias=true").refusal == (
        "attention_bias: It is no variable of this design; it can be set only on the config itself."
    )
    assert "it has hidden_size, num_hidden_layers," in command(capsys, "count", path, "--set", "x=1").refusal


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("hiden_size=1", "hiden_size: The design has no such variable; the nearest is hidden_size."),
        ("hidden_size=4 *", "hidden_size: Something is missing at the end."),
        ("hidden_size=hiden * 2", "hidden_size: There is no 'hiden'"),
        ("hidden_size=1/0", "hidden_size: This divides by zero."),
        ("hidden_size=9**9**9", "hidden_size: This power has more than 1024 bits."),
        ("hidden_size=__import__('os')", "hidden_size: "),
        ("hidden_size=32 * head_dim", "hidden_size: 32 * head_dim depends on hidden_size itself."),
        ("hidden_size", "llm-designer count: Argument --set: 'hidden_size' is not NAME=EXPR."),
        ("=4", "llm-designer count: Argument --set: '=4' is not NAME=EXPR."),
    ],
)
def test_a_change_that_cannot_be_made_is_one_sentence(change, sentence, capsys):
    assert command(capsys, "count", "llama-3-8b", "--set", change).refusal.startswith(sentence)


def test_what_does_not_fit_is_an_issue_and_no_error(capsys):
    counted = one(capsys, "llama-3-8b", "--set", "num_key_value_heads=3")
    assert counted["issues"] == [
        {
            "severity": "warning",
            "where": "Decoder layer › attention › Attention",
            "cause": "32 query heads cannot share 3 key/value heads evenly.",
            "fix": None,
        }
    ]
    said = command(capsys, "count", "llama-3-8b", "--set", "num_key_value_heads=3").out
    issue = counted["issues"][0]
    assert said.splitlines()[-1] == f"warning: {issue['where']}: {issue['cause']}"


def test_what_a_misfit_recorded_is_provisional(capsys, tmp_path):
    embedding = {"block": "token_embedding", "fields": {"rows": 10, "hidden": 8}}
    head = {"block": "residual", "inside": [{"block": "lm_head", "fields": {"rows": 10}}]}
    tree = {"block": "stack", "inside": [embedding, head]}
    path = tmp_path / "misfit.json"
    path.write_text(json.dumps({"format": "llm-designer", "tree": tree}))
    counted = one(capsys, path)
    assert (counted["total"], counted["provisional"]) == (160, 80)
    assert [issue["severity"] for issue in counted["issues"]] == ["unsound"]
    assert "  of them 80 provisional, in blocks that do not fit\n" in command(capsys, "count", path).out


def test_what_a_file_calls_something_cannot_steer_a_terminal(capsys, tmp_path):
    path = tmp_path / "loud.json"
    name = "\x1b[2Jloud\x07"
    tree = {"block": "token_embedding", "name": name}
    path.write_text(json.dumps({"format": "llm-designer", "name": name, "tree": tree}))
    ran = command(capsys, "count", path, "--tensors")
    assert "\\x1b[2Jloud\\x07" in ran.out
    assert all(sign.isprintable() or sign == "\n" for sign in ran.out)
    path.write_text(
        json.dumps({"format": "llm-designer", name: 1, "tree": {"block": "stack", "inside": [name]}})
    )
    assert command(capsys, "count", path).refusal.isprintable()
