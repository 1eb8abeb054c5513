"""Scopes: the dialect that names parts, what is found above, and a memory that is bounded."""

from __future__ import annotations

import pytest

from designer.symbolic.issue import Misfit, said
from designer.symbolic.scope import Memo, Recording, Scope, Stored
from designer.symbolic.size import Size
from designer.symbolic.value import Value

NAMES = {
    "q_proj": Stored("attn.q", "transposed"),
    "o_proj.bias": Stored("bias"),
    "norm": Stored(""),
    "experts.up.weight": Stored("experts.up"),
}


def scope(parent=None, names=None, **settings):
    return Scope(Recording(parent), Memo(), "other", names or {}, {}, **settings)


@pytest.mark.parametrize(
    ("local", "stored"),
    [
        ("q_proj.weight", Stored("attn.q.weight", "transposed")),
        ("q_proj.bias", Stored("attn.q.bias", "transposed")),
        ("o_proj.weight", Stored("o_proj.weight")),
        ("o_proj.bias", Stored("bias")),
        ("norm.weight", Stored("weight")),
        ("k_proj.weight", Stored("k_proj.weight")),
        ("D", Stored("D")),
    ],
)
def test_a_part_is_called_what_its_checkpoint_calls_it(local, stored):
    assert scope(names=NAMES).stored(local) == stored


def test_parts_of_a_part_are_looked_up_under_both_names():
    inner = scope(names=NAMES).part("experts")
    assert inner.stored("up.weight") == Stored("experts.up")
    assert inner.stored("down.weight") == Stored("experts.down.weight")
    assert inner.part("deep").prefix == "experts.deep."


def test_what_is_found_becomes_an_entry_of_every_body_on_the_way():
    outer = scope()
    offered = outer.recording.offers["thing"] = Value((4,), None)
    middle = scope(outer)
    inner = scope(middle)
    assert inner.peek("thing") is offered
    assert middle.recording.finds == {}
    found = inner.find("thing")
    assert found is inner.recording.finds["thing"] is inner.find("thing")
    assert middle.recording.finds["thing"] not in (found, offered)
    assert found.shape == (4,)


def test_what_nobody_offers_is_remembered_as_missing_all_the_way_up():
    outer = scope()
    inner = scope(scope(outer))
    assert inner.find("thing") is None
    assert inner.peek("thing") is None
    assert outer.recording.missing == inner.recording.missing == {"thing"}


def test_only_what_does_not_plainly_hold_is_recorded():
    here, n = scope(), Size.named("n")
    here.check("equal", 4, 4, said("Equal."))
    here.check("divides", 3, 9, said("Divides."))
    here.check("at_most", n, n, said("At most."))
    assert here.recording.checks == []
    here.check("divides", 3, 10, said("Divides."))
    here.check("equal", n, 4, said("Equal."))
    assert [c.kind for c in here.recording.checks] == ["divides", "equal"]
    with pytest.raises(Misfit):
        here.check("equal", 4, 5, said("Equal."))


def test_shapes_are_the_same_axis_by_axis():
    here, n = scope(), Size.named("n")
    here.same((4, n), (4, n), said("Same."))
    here.same((4, n), (4, 7), said("Same."))
    assert [(c.left, c.right) for c in here.recording.checks] == [(n, 7)]
    for other in ((4,), (5, n), (4, n, 1)):
        with pytest.raises(Misfit):
            here.same((4, n), other, said("Same."))


def test_a_memory_is_bounded_and_forgets_what_was_not_asked_for_lately():
    memo = Memo(limit=10)
    memo.keep("often", 1)
    for number in range(100):
        memo.keep(number, number)
        assert memo.get("often") == 1
    kept = [number for number in range(100) if memo.get(number) is not None]
    assert len(kept) <= 20
    assert 99 in kept
    assert 0 not in kept
