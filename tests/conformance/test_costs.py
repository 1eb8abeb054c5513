"""FLOPs against torch's own counter, and what is kept against transformers' own cache."""

from __future__ import annotations

from collections import Counter

import pytest

pytest.importorskip("torch", reason="torch counts the operations that it runs")
pytest.importorskip("transformers", reason="transformers keeps the caches that are compared")

import torch
from torch.utils.flop_counter import FlopCounterMode

from designer.analysis.compute import flops
from designer.analysis.measured import Measured
from designer.analysis.memory import kept
from designer.blocks.palette import registry
from designer.formats.huggingface.importing import design_of
from tests.conformance.tiny import SETTINGS, Tiny

TOKENS = 11
REGISTRY = registry()

ATTENTIVE = (
    Tiny("gpt2", "gpt2", "GPT2LMHeadModel", {"n_inner": 100}),
    Tiny("bert", "bert", "BertForMaskedLM"),
    Tiny("bert with pooler", "bert", "BertModel"),
    Tiny("llama", "llama", "LlamaForCausalLM", {"head_dim": 24, "attention_bias": True}),
    Tiny("gemma 3", "gemma3_text", "Gemma3ForCausalLM"),
    Tiny("deepseek v3", "deepseek_v3", "DeepseekV3ForCausalLM"),
    Tiny("deepseek v3, straight queries", "deepseek_v3", "DeepseekV3ForCausalLM", {"q_lora_rank": None}),
    Tiny("t5", "t5", "T5ForConditionalGeneration"),
    Tiny("t5 gated", "t5", "T5ForConditionalGeneration", {"feed_forward_proj": "gated-gelu"}),
    Tiny("albert", "albert", "AlbertForMaskedLM", {"num_hidden_layers": 5, "inner_group_num": 2}),
)
MAMBA = Tiny("mamba 2", "mamba2", "Mamba2ForCausalLM")
CASES = pytest.mark.parametrize("tiny", ATTENTIVE, ids=lambda tiny: tiny.id)


def run(tiny: Tiny):
    """(transformers' answer, torch's FLOPs by operation, our trace) of one pass over TOKENS tokens."""
    model = tiny.model()
    raw = {**model.config.to_dict(), "architectures": [tiny.architecture]}
    ids = torch.randint(0, 97, (1, TOKENS))
    texts = {"input_ids": ids} | ({"decoder_input_ids": ids} if tiny.kind == "t5" else {})
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        answer = model(**texts)
    worked = Counter({str(op): count for op, count in counter.flop_counts["Global"].items()})
    return answer, worked, Measured(design_of(raw, REGISTRY), REGISTRY).body


@CASES
def test_a_dense_pass_works_as_much_as_torch_counts(tiny):
    _, worked, trace = run(tiny)
    assert flops(trace, TOKENS, "dense") == worked.total()


def test_a_state_space_pass_works_as_much_as_torch_counts_and_the_recurrence():
    """torch runs the recurrence in chunks, which is another algorithm, and convolves a few rows too many."""
    _, worked, trace = run(MAMBA)
    settings = SETTINGS["mamba2"]
    inner, state, layers = settings["num_heads"] * settings["head_dim"], settings["state_size"], 3
    kernel = 4
    convolved = worked["aten.convolution"] * TOKENS // (TOKENS + kernel - 1)
    step = inner + 5 * inner * state  # u·dt; ·b, decay, sum, ·c, summed up
    assert flops(trace, TOKENS, "dense") == worked["aten.mm"] + convolved + layers * TOKENS * step


@CASES
def test_what_is_kept_is_what_transformers_keeps(tiny):
    """Of a window transformers keeps all but the row that the next token no longer sees."""
    answer, _, trace = run(tiny)
    cache = getattr(answer, "past_key_values", None)
    ours = kept(trace, TOKENS)
    assert ours.constant == 0
    if cache is None:
        assert ours.growing == 0
        return
    parts = [cache.self_attention_cache, cache.cross_attention_cache] if tiny.kind == "t5" else [cache]
    elements = 0
    for layer in (layer for part in parts for layer in part.layers):
        for rows in (layer.keys, layer.values):
            missing = 1 if rows.shape[2] < TOKENS else 0
            elements += rows.numel() // rows.shape[2] * (rows.shape[2] + missing)
    assert ours.growing == elements > 0


def test_the_state_of_a_state_space_model_is_what_transformers_keeps():
    """Of a convolution transformers keeps as many rows as the kernel is long; all but one are needed."""
    answer, _, trace = run(MAMBA)
    elements = 0
    for layer in answer.cache_params.layers:
        (rows,), (state,) = (list(kind.values()) if isinstance(kind, dict) else kind
                             for kind in (layer.conv_states, layer.recurrent_states))  # fmt: skip
        elements += state.numel() + rows.numel() // rows.shape[-1] * (rows.shape[-1] - 1)
    assert kept(trace, TOKENS) == (0, elements)
