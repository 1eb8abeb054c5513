"""What a graph remembers, how it is numbered, and along which stream."""

from __future__ import annotations

import pytest

from designer.analysis.memory import kept
from designer.formats.onnx.memory import memory
from tests.formats.onnx.own_blocks import own_measured, own_node
from tests.formats.onnx.tiny_designs import DESIGNS, embedded, layers, measured


def slots(name):
    return memory(measured(DESIGNS[name]()).body).slots


def test_mixers_of_all_kinds_are_numbered_in_one_series():
    assert [slot.past for slot in slots("hybrid")] == [
        "past_states.0.conv",
        "past_states.0.recurrent",
        "past_states.1.conv",
        "past_states.1.recurrent",
        "past_key_values.2.key",
        "past_key_values.2.value",
        "past_states.3.conv",
        "past_states.3.recurrent",
    ]
    assert [slot.present for slot in slots("hybrid")][3:5] == ["present_states.1.recurrent", "present.2.key"]


def test_only_self_attention_is_remembered_beside_an_encoder():
    assert [slot.past for slot in slots("translator")] == [
        f"past_key_values.{layer}.{part}" for layer in range(3) for part in ("key", "value")
    ]


def test_an_encoder_remembers_nothing():
    assert slots("encoder") == ()


def test_a_latent_attention_remembers_its_latent_and_its_rotary_rows():
    key, value = slots("latent")[:2]
    assert key.before == ("batch_size", 1, "past_sequence_length", 10)
    assert value.after == ("batch_size", 1, "total_sequence_length", 4)


def test_a_kernel_of_one_row_has_nothing_to_remember():
    assert "past_states.1.conv" not in [slot.past for slot in slots("beside")]
    assert "past_states.1.recurrent" in [slot.past for slot in slots("beside")]


def test_weights_met_twice_remember_twice():
    assert len(slots("borrowed")) == 2 * 2 * 2


@pytest.mark.parametrize("name", ["gpt", "latent", "hybrid", "numbered", "beside"])
def test_slots_hold_what_the_cost_of_a_cache_says(name):
    """Without windows: a graph keeps every row."""
    design, tokens = measured(DESIGNS[name]()), 7
    growing = constant = 0
    for slot in memory(design.body).slots:
        numbers = 1
        for size in slot.after[1:]:
            numbers *= tokens if size == "total_sequence_length" else size
        if "total_sequence_length" in slot.after:
            growing += numbers
        else:
            constant += numbers
    assert kept(design.body, tokens) == (growing, constant)


def test_a_mixer_that_keeps_two_of_a_name_tells_them_apart():
    twice = own_measured(embedded(layers(own_node("two_caches", name="pair"), times=2)))
    assert [slot.past for slot in memory(twice.body).slots][:5] == [
        "past_key_values.0.key",
        "past_key_values.0.value",
        "past_key_values.0.key.1",
        "past_key_values.0.value.1",
        "past_key_values.1.key",
    ]
