"""FLOPs: against published figures, against brute force over pairs, and against every step written out."""

from __future__ import annotations

from functools import cache
from itertools import product as every

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.analysis.compute import flops, pairs
from designer.analysis.measured import Measured
from designer.design.scenario import Scenario
from designer.symbolic.operation import Mask
from designer.symbolic.size import Size
from tests.analysis.costs import COSTS, config
from tests.published import MODELS, in_symbols, measured, of_config
from tests.symbolic.toys import Carry, Line, Loop, Some, Table, step, traced

CONTEXT = 4096
N = Size.named("n")


@cache
def costed(name: str) -> Measured:
    return of_config(config(COSTS[name]))


def per_token(name: str, tokens: int) -> int:
    """Dense FLOPs for each token of a context."""
    work = flops(costed(name).body, tokens, "dense")
    assert work % tokens == 0
    return work // tokens


@pytest.mark.parametrize("name", COSTS)
def test_the_models_of_the_cost_table_are_the_same_models(name):
    assert (costed(name).total, costed(name).tally.active) == (COSTS[name]["total"], COSTS[name]["active"])


@pytest.mark.parametrize("name", [n for n, entry in COSTS.items() if entry["model_type"] != "mamba2"])
def test_linear_and_attention_work_are_as_published(name):
    """Work a token is a constant, the matrices, and a part that grows with the context, attention."""
    one, two = per_token(name, CONTEXT), per_token(name, 2 * CONTEXT)
    attention = two - one
    assert attention == COSTS[name]["fwd_attn_flops_per_token_dense_at_4096"]
    assert one - attention == COSTS[name]["fwd_linear_flops_per_token"]
    assert per_token(name, 3 * CONTEXT) == one + 2 * attention


def test_a_state_space_model_works_by_its_matrices_its_convolution_and_its_recurrence():
    """The published figure counts 7 operations an element of the state, as Megatron-LM does; the step itself
    has 5 (by the input, by the decay, added, by the output, summed) and one an element of the row."""
    name = "mamba-codestral-7b"
    layers, inner, groups, state, kernel = 64, 8192, 8, 128, 4
    convolution = 2 * (inner + 2 * groups * state) * kernel
    published = COSTS[name]["fwd_linear_flops_per_token"]
    matrices = published - layers * (convolution + 7 * inner * state)
    work = matrices + layers * (convolution + 5 * inner * state + inner)
    assert per_token(name, CONTEXT) == per_token(name, 10) == work


def test_gpt_2_reads_1024_tokens_for_291_648_307_200_flops():
    gpt2 = measured("openai-community/gpt2")
    assert flops(gpt2.body, 1024, "dense") == 291_648_307_200
    dense = Scenario(context=1024, convention="dense")
    assert gpt2.reading("flops_forward", dense) == 291_648_307_200
    assert gpt2.reading("flops_training", dense) == 3 * 291_648_307_200
    assert gpt2.reading("flops_forward", Scenario(batch=5, context=1024, convention="dense")) == (
        5 * 291_648_307_200
    )


def test_causal_work_leaves_out_the_pairs_that_the_mask_leaves_out():
    gpt2, tokens = measured("openai-community/gpt2"), 1024
    layers, heads, width = 12, 12, 64
    left_out = tokens * tokens - tokens * (tokens + 1) // 2
    dense, causal = (flops(gpt2.body, tokens, convention) for convention in ("dense", "causal"))
    assert dense - causal == layers * 2 * heads * 2 * width * left_out


def seen(mask: Mask, queries: int, keys: int) -> int:
    """The pairs that a mask leaves, one by one."""
    found = 0
    for q, k in every(range(queries), range(keys)):
        near = mask.window is None or (q - k < mask.window if mask.causal else abs(q - k) <= mask.window)
        found += near and (k <= q or not mask.causal)
    return found


@given(st.booleans(), st.one_of(st.none(), st.integers(1, 12)), st.integers(1, 12))
def test_pairs_are_those_that_brute_force_counts(causal, window, tokens):
    mask = Mask(causal, window)
    assert pairs(mask, tokens, tokens, "causal") == seen(mask, tokens, tokens)
    assert pairs(mask, tokens, tokens, "dense") == tokens * tokens


@given(st.booleans(), st.integers(1, 12), st.integers(1, 12))
def test_pairs_in_symbols_are_the_same_when_they_are_read(causal, window, tokens):
    mask = Mask(causal, Size.named("w"))
    found = Size.of(pairs(mask, N, N, "causal"))
    assert found.at({"n": tokens, "w": window}) == seen(Mask(causal, window), tokens, tokens)


@given(st.integers(1, 12), st.integers(1, 12))
def test_another_streams_keys_are_all_seen(queries, keys):
    assert pairs(Mask(causal=False), queries, keys, "causal") == queries * keys


def test_two_way_attention_is_all_pairs_in_either_convention():
    bert = measured("google-bert/bert-base-uncased:mlm")
    assert flops(bert.body, 512, "causal") == flops(bert.body, 512, "dense")


def test_an_encoder_decoder_reads_and_writes_as_many_tokens():
    """Encoder, decoder and cross-attention over s tokens each: three times one stack's dense attention."""
    t5 = measured("google-t5/t5-small")
    tokens, layers, inner = 100, 6, 512
    quadratic = 4 * inner * layers * tokens**2
    dense, causal = (flops(t5.body, tokens, convention) for convention in ("dense", "causal"))
    linear = COSTS["t5-small"]["fwd_linear_flops_per_token"]
    assert dense == tokens * linear + 3 * quadratic
    assert dense - causal == 4 * inner * layers * (tokens**2 - tokens * (tokens + 1) // 2)


@pytest.mark.parametrize("convention", ["causal", "dense"])
@pytest.mark.parametrize("id", MODELS)
def test_the_formula_of_the_work_gives_the_work(id, convention):
    plain, tokens = measured(id), 333
    work = flops(plain.body, tokens, convention)
    numbers = plain.resolved.valued.numbers
    assert Size.of(flops(in_symbols(id).body, tokens, convention)).at(numbers) == work
    symbolic = Size.of(flops(in_symbols(id).body, N, convention))
    assert symbolic.at({**numbers, "n": tokens}) == work


def test_a_token_works_through_the_active_experts_only():
    body = traced(step(Some(copies=6, active=2)))
    gate, expert = 2 * 8 * 6, 2 * 8 * 8
    assert flops(body, 10) == 10 * (gate + 2 * expert)


def test_shared_layers_work_every_time():
    for shared in (False, True):
        body = traced(step(Loop(times=7, shared=shared), step(Line())))
        assert flops(body, 10) == 7 * 10 * 2 * 8 * 8


def test_a_recurrence_counts_each_elementwise_operation_once_an_element():
    body = traced(step(Carry(state=5, leaves=5)))
    take, halve, add = 2 * 8 * 5, 5, 5
    assert flops(body, 10) == 10 * (take + halve + add)


def test_elementwise_work_outside_a_recurrence_is_free():
    assert flops(traced(step(Table(width=4))), 10) == 0
