"""Bytes of weights, keys and values, and states: against published figures and by hand."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.analysis.measured import Measured
from designer.analysis.memory import in_bytes, kept
from designer.design import edits
from designer.design.scenario import BITS, Scenario
from designer.symbolic.size import Size
from tests.analysis.costs import COSTS, config
from tests.published import MODELS, in_symbols, measured, of_config

N = Size.named("n")
SHORT = 256
"""A context that every window holds."""


@cache
def costed(name: str) -> Measured:
    return of_config(config(COSTS[name]))


@pytest.mark.parametrize("name", COSTS)
def test_keys_values_and_states_are_as_published(name):
    growing, constant = kept(costed(name).body, SHORT)
    assert growing == SHORT * COSTS[name]["kv_elems_per_token"]
    if COSTS[name]["recurrent_state_elems"]:
        assert constant == COSTS[name]["recurrent_state_elems"]
    assert kept(costed(name).body, 7 * SHORT).constant == constant


def test_llama_3_8b_takes_what_is_published():
    llama, scenario = costed("llama-3-8b"), Scenario(context=8192, weights="bf16", cache="bf16")
    assert llama.reading("kv_cache_bytes", scenario) == 1_073_741_824
    assert llama.reading("weights_bytes", scenario) == 16_060_522_496
    assert llama.reading("state_bytes", scenario) == 0
    eight = Scenario(batch=8, context=8192, weights="int8", cache="int8")
    assert llama.reading("kv_cache_bytes", eight) == 8 * 1_073_741_824 // 2
    assert llama.reading("weights_bytes", eight) == 8_030_261_248


def test_a_windowed_layer_keeps_its_window():
    """Gemma-3-1B at 8k: 22 layers keep 512 rows, 4 keep all."""
    gemma = of_config(
        {**config(COSTS["gemma-3-1b"]), "sliding_window": 512, "sliding_window_pattern": 6},
    )
    assert gemma.reading("kv_cache_bytes", Scenario(context=8192, cache="bf16")) == 45_088_768
    assert kept(gemma.body, 8192).growing == 2 * 256 * (22 * 512 + 4 * 8192)
    assert kept(gemma.body, 100).growing == 2 * 256 * 26 * 100


def test_a_latent_attention_keeps_its_latent_and_its_rotary_row_once():
    assert kept(measured("deepseek-ai/DeepSeek-V3").body, 1).growing == 35_136 == 61 * (512 + 64)


def test_a_state_does_not_grow():
    assert kept(costed("mamba-codestral-7b").body, 1) == (0, 69_074_944)
    state = costed("mamba-codestral-7b").reading("state_bytes", Scenario(batch=3, cache="fp32"))
    assert state == 3 * 69_074_944 * 4


def test_a_cross_attention_keeps_the_encoders_rows():
    t5 = kept(measured("google-t5/t5-small").body, 50).growing
    assert t5 == 50 * 6 * 2 * 512 * 2


def test_an_encoder_keeps_nothing():
    assert kept(measured("google-bert/bert-base-uncased:mlm").body, 500) == (0, 0)


def test_shared_layers_keep_a_row_each_time():
    decoder = {
        "model_type": "llama",
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_attention_heads": 4,
        "num_hidden_layers": 6,
        "vocab_size": 100,
    }
    plain = of_config(decoder)
    repeat = next(node for node in plain.design.tree.walk() if node.kind == "repeat")
    shared = plain.of(edits.configure(plain.design, (repeat.id,), {"shared": True}))
    assert kept(shared.body, 10) == kept(plain.body, 10) == (6 * 2 * 64 * 10, 0)
    assert shared.total < plain.total


@pytest.mark.parametrize("id", MODELS)
def test_the_formula_of_what_is_kept_gives_what_is_kept(id):
    plain = measured(id)
    numbers = {**plain.resolved.valued.numbers, "n": 1000}
    found = kept(in_symbols(id).body, N)
    assert tuple(Size.of(count).at(numbers) for count in found) == kept(plain.body, 1000)


@given(st.integers(0, 10**15), st.sampled_from(sorted(BITS)))
def test_bytes_are_bits_over_eight_rounded_up(numbers, precision):
    assert in_bytes(numbers, precision) == -(-numbers * BITS[precision] // 8)
    assert Size.of(in_bytes(N, precision)).at({"n": numbers}) == in_bytes(numbers, precision)
