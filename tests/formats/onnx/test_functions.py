"""One function for each distinct layer, and the same answers as without."""

from __future__ import annotations

import pytest

from designer.analysis.measured import Measured
from designer.design.tree import Pattern
from designer.formats.onnx.model import model
from designer.formats.opening import opened
from tests.formats.onnx.tiny_designs import (
    DESIGNS,
    REGISTRY,
    attention,
    embedded,
    layers,
    measured,
    mlp,
    residual,
)


def functions(design: Measured) -> list[str]:
    return [function.name for function in model(design.body, "x.data", functions=True).proto.functions]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("llama-3-8b", ["model_layers"]),
        ("gemma-3-1b", ["model_layers", "model_layers_1"]),
        ("deepseek-v3", ["model_layers", "model_layers_1"]),
        ("flan-t5-base", ["encoder_block", "decoder_block"]),
        ("albert-base-v2", ["albert_encoder"]),
    ],
)
def test_a_preset_has_one_function_for_each_distinct_layer(name, expected):
    assert functions(Measured(opened(name, REGISTRY), REGISTRY)) == expected


def test_every_layer_is_one_call():
    proto = model(measured(DESIGNS["windows"]()).body, "x.data", functions=True).proto
    calls = [entry.op_type for entry in proto.graph.node if entry.domain == "designer"]
    assert len(calls) == 5
    assert calls[1:] == [calls[1], calls[2]] * 2


def test_layers_that_take_numbers_of_their_own_are_functions_each():
    assert functions(measured(DESIGNS["numbered"]())) == ["layers", "layers_1"]


def test_layers_of_different_width_are_different_functions():
    wide = layers(residual(mlp(hidden=Pattern((), (20, 24)))), times=4)
    assert len(functions(measured(embedded(wide)))) == 2


def test_equal_layers_in_different_places_share_a_function():
    one, two = (layers(residual(attention()), times=2, name=name) for name in ("first", "second"))
    assert functions(measured(embedded(one, two))) == ["first"]


def test_the_inputs_of_a_function_are_named_as_inside_the_layer():
    proto = model(measured(DESIGNS["hybrid"]()).body, "x.data", functions=True).proto
    known = {function.name: list(function.input) for function in proto.functions}
    assert known["layers"][0] == "x"
    assert "mixer.in_proj.weight" in known["layers"]
    assert "past_states.0.conv" in known["layers"]
    assert "past_key_values.0.key" in known["layers_1"]
