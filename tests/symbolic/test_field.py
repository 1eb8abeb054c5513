"""Declared fields: defaults, order, inheritance, and what varies from round to round."""

from __future__ import annotations

from typing import ClassVar

import pytest

from designer.symbolic.field import Declared, choice, count, flag, optional_count, real, value
from designer.symbolic.schedule import Schedule


class Small(Declared):
    kind: ClassVar[str] = "small"
    theta: float = real(1.5, "Base")


class Thing(Declared):
    kind: ClassVar[str] = "thing"
    heads: int = count(8, "Heads", key="num_heads", least=2, structural=True)
    window: int | None = optional_count(None, "Window")
    scale: float | None = real(None, "Scale")
    bias: bool = flag(True, "Bias", help="Adds one.")
    sees: str = choice("past", "Sees", {"past": "before", "all": "all"})
    small: Small | None = value(Small(), "Small", ("small",))


class Wider(Thing):
    kind: ClassVar[str] = "wider"
    extra: int = count(1, "Extra")


def test_fields_are_listed_in_order_with_what_was_declared():
    fields = Thing.fields()
    assert list(fields) == ["heads", "window", "scale", "bias", "sees", "small"]
    assert [f.kind for f in fields.values()] == ["count", "count", "real", "flag", "choice", "value"]
    assert (fields["heads"].least, fields["heads"].key, fields["heads"].structural) == (2, "num_heads", True)
    assert [f.optional for f in fields.values()] == [False, True, True, False, False, True]
    assert fields["bias"].help == "Adds one."
    assert list(Wider.fields()) == [*fields, "extra"]
    assert list(Small.fields()) == ["theta"]


def test_a_declared_thing_is_a_value():
    assert Thing() == Thing(heads=8, small=Small(1.5))
    assert hash(Thing(heads=4)) == hash(Thing(heads=4))
    assert Thing() != Thing(bias=False)
    with pytest.raises(AttributeError):
        Thing().heads = 4


def test_a_schedule_in_any_field_makes_it_vary():
    windows = Schedule((), (512, None))
    assert Thing(window=windows).varying() == {"window": windows}
    assert Thing().varying() == {}
