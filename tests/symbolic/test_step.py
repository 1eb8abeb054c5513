"""What a trace remembers: equal structures share one body, and nothing else does."""

from __future__ import annotations

import pytest

from designer.symbolic.schedule import Schedule
from designer.symbolic.scope import Memo, Stored
from designer.symbolic.size import Size
from designer.symbolic.step import Kind
from designer.symbolic.walk import trace
from tests.symbolic.toys import (
    Carry,
    Chain,
    Give,
    Late,
    Line,
    Loop,
    Pick,
    Residue,
    Some,
    Table,
    Take,
    blocks,
    own,
    stack,
    step,
    traced,
)


def test_steps_of_one_kind_are_traced_once():
    memo = Memo()
    body = traced(step(Line(), name="a"), step(Line(), name="b"), memo=memo)
    (a,), (b,) = blocks(body, "a"), blocks(body, "b")
    assert a is b
    (again,) = blocks(traced(step(Line(), name="c"), memo=memo), "c")
    assert again is a
    (elsewhere,) = blocks(traced(step(Line(), name="c")), "c")
    assert elsewhere is not a


@pytest.mark.parametrize(
    "other",
    [
        Line(bias=True),
        Line(tag=1),
        Line(out=8),
        Residue(),
    ],
)
def test_another_setting_or_another_block_is_another_body(other):
    body = traced(step(Line(), name="a"), step(other, name="b"))
    assert blocks(body, "a")[0] is not blocks(body, "b")[0]


def test_another_dialect_or_another_name_inside_is_another_body():
    a = step(Line(), names={"w": Stored("weight")})
    b = step(Line(), names={"w": Stored("weight", "transposed")})
    body = traced(
        step(Chain(), a, name="a"),
        step(Chain(), b, name="b"),
        step(Chain(), step(Line(), name="x"), name="c"),
        step(Chain(), step(Line(), name="y"), name="d"),
        step(Chain(), step(Line(), name="x", shares="s"), name="e"),
    )
    assert len({blocks(body, name)[0] for name in "abcde"}) == 5


def test_another_width_is_another_body():
    body = traced(step(Line(), name="a"), step(Line(out=5)), step(Line(), name="b"))
    (a,), (b,) = blocks(body, "a"), blocks(body, "b")
    assert (a.entries[0].shape, b.entries[0].shape) == ((8,), (5,))
    assert a is not b


def test_another_stream_is_another_body():
    inner = step(Line(), name="line")
    body = traced(step(Line(), name="line"), step(Some(one=inner)))
    outside, routed = blocks(body, "line")[0], blocks(body, "experts.line")[0]
    assert outside is not routed
    assert (outside.entries[0].stream.name, routed.entries[0].stream.name) == ("tokens", "routed")


def test_the_same_block_is_stacked_in_one_place_and_single_in_another():
    one = step(Line(), name="line")
    body = traced(
        step(Some(one=one, copies=6), name="x"),
        step(Some(one=one, copies=7), name="y"),
        step(Some(one=one, copies=6, stacked=False), name="z"),
    )
    stacked = [blocks(body, name) for name in ("experts.line", "experts.{}.line")]
    assert [b.ops[0].stacked for b in (*stacked[0], *stacked[1])] == [(6,), (7,), ()]


def test_another_round_is_another_body_and_an_equal_one_is_not():
    times = 7
    varied = step(Line(bias=Schedule((True,), (False, True))), name="line")
    body = traced(step(Loop(times=times), varied, step(Line(), name="plain"), name="layers"))
    first, second = blocks(body, "line")
    assert (own(first), own(second)) == (["w.weight", "w.bias"], ["w.weight"])
    assert len(set(blocks(body, "plain"))) == 1


def test_a_body_that_found_something_is_used_again_only_where_the_same_is_offered():
    memo = Memo()
    same = step(Take(), name="take")
    (a,) = blocks(traced(step(Give()), same, memo=memo), "take")
    (b,) = blocks(traced(step(Line()), step(Give()), same, memo=memo), "take")
    assert a is b
    (wider,) = blocks(traced(step(Give(width=20)), same, memo=memo), "take")
    assert wider is not a
    assert wider.finds["thing"].shape == (20,)
    (nothing,) = blocks(traced(same, memo=memo), "take")
    assert nothing.misfit is not None
    assert nothing.missing == {"thing"}


def test_a_body_that_missed_an_offer_is_not_used_where_it_is_offered():
    memo = Memo()
    modest = step(Take(strict=False), name="take")
    deep = step(Chain(), step(Residue(), modest, name="inner"), name="outer")
    (without,) = blocks(traced(deep, memo=memo), "take")
    assert own(without) == ["alone.weight"]
    (found,) = blocks(traced(step(Give()), deep, memo=memo), "take")
    assert own(found) == ["taken.weight"]
    (again,) = blocks(traced(deep, memo=memo), "take")
    assert own(again) == ["alone.weight"]


def test_an_offer_is_found_through_containers_and_the_last_one_wins():
    body = traced(
        step(Chain(), step(Give(width=11)), name="a"),
        step(Residue(), step(Give(width=13)), name="b"),
        step(Loop(times=2), step(Chain(), step(Take(), name="take")), name="layers"),
    )
    (take,) = blocks(body, "take")
    assert take.finds["thing"].shape == (13,)
    (layers,) = blocks(body, "layers")
    assert layers.finds["thing"].shape == (13,)
    assert blocks(body, "a")[0].offers["thing"].shape == (11,)


def test_a_block_that_does_not_fit_keeps_what_it_recorded_and_hands_its_entry_on():
    body = traced(step(Late(), name="late"), step(Line(), name="after"))
    (late,), (after,) = blocks(body, "late"), blocks(body, "after")
    assert own(late) == ["early"]
    assert str(late.misfit) == "It was built too late."
    assert late.exits[0] is late.entries[0]
    assert after.misfit is None
    assert after.entries[0].shape == (8,)


def test_a_misfit_stops_at_its_own_block():
    wide = step(Residue(), step(Line(out=9), name="line"), name="residue")
    body = traced(step(Chain(), wide, name="chain"))
    assert str(blocks(body, "residue")[0].misfit) == "Adds rows of 9 to rows of 8."
    assert own(blocks(body, "line")[0]) == ["w.weight"]
    assert blocks(body, "chain")[0].misfit is None
    assert blocks(body, "chain")[0].exits[0].shape == (8,)


def test_a_block_before_any_embedding_is_told_so():
    body = trace(step(Chain(), step(Line(), name="line")))
    assert "an embedding must come first" in str(blocks(body, "line")[0].misfit)


def test_a_step_knows_what_varies_inside_it_but_not_inside_another_repeat():
    tags = Schedule((), (1, 2))
    inner = step(Line(tag=tags))
    assert step(Residue(), inner, step(Line(bias=tags))).schedules == (tags, tags)
    assert step(Loop(), inner).schedules == ()
    assert step(Loop(times=Schedule((), (2, 3))), inner).schedules == (Schedule((), (2, 3)),)
    assert [schedule[3] for schedule in step(Residue(), inner).schedules] == [2]
    assert inner.at(3) == Line(tag=2)


def test_equal_steps_are_equal_by_what_they_are():
    a, b = (stack(step(Pick(), step(Carry()), name="p")) for _ in range(2))
    assert a == b
    assert hash(a) == hash(b)
    assert a != stack(step(Pick(which=1), step(Carry()), name="p"))
    assert a != stack(step(Pick(), step(Carry()), name="q"))
    assert a != "a step"
    memo = Memo()
    assert a.interned(memo).kind is b.interned(memo).kind
    assert Kind((1, "x")) == Kind((1, "x")) != Kind((2, "x"))


def test_a_formula_and_a_number_are_not_confused_in_memory():
    memo, n = Memo(), Size.named("n")
    (symbolic,) = blocks(traced(step(Line(out=n), name="a"), memo=memo), "a")
    (number,) = blocks(traced(step(Line(out=8), name="a"), memo=memo), "a")
    assert symbolic is not number
    assert symbolic.exits[0].shape == (n,)


def test_a_table_takes_ids_and_is_counted_where_it_stands():
    body = trace(step(Table(width=12), name="t"))
    assert own(blocks(body, "t")[0]) == ["rows.weight"]
    assert body.entries[0].shape == ()
