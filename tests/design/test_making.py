"""Making nodes: every field written, and a misspelt one is a fault of the program."""

from __future__ import annotations

import pytest

from designer.design.making import as_setting, group, make, written
from designer.design.tree import Group, Pattern
from designer.symbolic.rope import LinearScaling, Rope
from designer.symbolic.schedule import Schedule
from designer.symbolic.scope import Stored
from tests.designs import KINDS


def test_a_node_has_every_field_in_the_order_of_its_kind():
    made = make(KINDS, "mlp", hidden=5, name="mlp", names={"up_proj": "wi", "down_proj": Stored("wo")})
    assert list(made.fields.items()) == [
        ("hidden", 5),
        ("gate", "split"),
        ("activation", "silu"),
        ("bias", False),
    ]
    assert made.names == {"up_proj": Stored("wi"), "down_proj": Stored("wo")}


def test_what_is_misspelt_or_unknown_is_refused_at_once():
    with pytest.raises(TypeError, match="no field 'hiden'"):
        make(KINDS, "mlp", hiden=5)
    with pytest.raises(TypeError, match="no block is called 'rope'"):
        make(KINDS, "rope")
    with pytest.raises(TypeError, match="no value is called 'nothing'"):
        group(KINDS, "nothing")
    with pytest.raises(TypeError, match="no field 'base'"):
        written(Rope, {"base": 1.0})


def test_values_and_schedules_become_data():
    rope = Rope(theta=5e5, scaling=LinearScaling(factor=4.0))
    assert as_setting(rope) == Group(
        "rope",
        {
            "theta": 5e5,
            "turned": None,
            "interleaved": False,
            "scaling": Group("linear_scaling", {"factor": 4.0}),
        },
    )
    assert as_setting(Schedule((1,), (2, None))) == Pattern((1,), (2, None))
    for plain in (None, True, 3, 2.5, "past"):
        assert as_setting(plain) is plain
    with pytest.raises(TypeError):
        as_setting(object())
