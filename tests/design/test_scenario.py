"""Scenarios: legal ones only, each complaint by the field's name."""

from __future__ import annotations

import pytest

from designer.design.scenario import BITS, Scenario
from designer.symbolic.issue import Refusal


def test_the_default_is_one_sequence_in_bf16_under_causal_masks():
    default = Scenario()
    assert (default.batch, default.context, default.convention) == (1, None, "causal")
    assert (BITS[default.weights], BITS[default.cache]) == (16, 16)
    assert BITS == {"fp32": 32, "bf16": 16, "fp16": 16, "int8": 8, "int4": 4}


@pytest.mark.parametrize(
    "fields",
    [
        {"batch": 0},
        {"batch": True},
        {"batch": 1.5},
        {"context": 0},
        {"context": -1},
        {"weights": "fp7"},
        {"cache": None},
        {"convention": "sparse"},
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(fields):
    with pytest.raises(Refusal) as refusal:
        Scenario(**fields)
    assert refusal.value.place == next(iter(fields))
    assert str(refusal.value).endswith(".")
