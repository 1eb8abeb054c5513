"""The four regions: how many sets of weights they keep, how often a token passes them, what agrees."""

from __future__ import annotations

import pytest

from designer.symbolic.operation import ExpertsRegion, Linear, Parameter, RecurRegion, Region, RepeatRegion
from designer.symbolic.schedule import Schedule
from designer.symbolic.size import Size
from designer.symbolic.walk import walk
from tests.symbolic.toys import (
    Carry,
    Chain,
    Give,
    Line,
    Loop,
    Pick,
    Some,
    Take,
    blocks,
    bodies,
    only_repeat,
    own,
    regions,
    step,
    traced,
)

N = Size.named("n")


def weights(body, name="w.weight"):
    """(copies, runs) of every parameter of a name."""
    return [
        (copies, runs) for op, copies, runs in walk(body) if isinstance(op, Parameter) and op.name == name
    ]


def test_a_block_is_one_set_and_one_pass():
    assert weights(traced(step(Line(), name="a"))) == [(1, 1)]


def test_a_repeat_is_a_set_and_a_pass_for_each_round():
    assert weights(traced(step(Loop(times=7), step(Line())))) == [(7, 7)]
    assert weights(traced(step(Loop(times=N), step(Line())))) == [(N, N)]
    assert weights(traced(step(Loop(times=0), step(Line())))) == []


def test_nested_repeats_multiply():
    body = traced(step(Loop(times=4), step(Loop(times=3), step(Line())), step(Line())))
    assert weights(body) == [(12, 12), (4, 4)]


def test_a_shared_repeat_is_one_set_and_many_passes():
    assert weights(traced(step(Loop(times=7, shared=True), step(Line())))) == [(1, 7)]
    nested = traced(step(Loop(times=4, shared=True), step(Loop(times=3), step(Line()))))
    assert weights(nested) == [(3, 12)]


def test_a_repeat_records_one_body_for_each_different_round():
    tags = Schedule((1, 1), (2, 3))
    region = only_repeat(traced(step(Loop(times=9), step(Line(tag=tags)))))
    assert region.counts == (2, 4, 3)
    assert [region.bodies.index(region.body(r)) for r in range(9)] == [0, 0, 1, 2, 1, 2, 1, 2, 1]


def test_schedules_of_a_repeat_over_a_symbolic_number_of_rounds_count_in_algebra():
    tags = Schedule((1,), (2, 3))
    body = traced(step(Loop(times=N), step(Line(tag=tags)), name="layers"))
    region = only_repeat(body)
    assert [Size.of(count).at({"n": 8}) for count in region.counts] == [1, 4, 3]
    (layers,) = blocks(body, "layers")
    (check,) = layers.checks
    assert (check.kind, check.left, check.right) == ("at_most", 1, N)


def test_several_schedules_run_side_by_side():
    first, second = Schedule((), (1, 2)), Schedule((), (5, 6, 7))
    body = traced(step(Loop(times=8), step(Line(tag=first), name="a"), step(Line(tag=second), name="b")))
    assert only_repeat(body).counts == (2, 2, 1, 1, 1, 1)
    assert [len(set(blocks(body, name))) for name in "ab"] == [2, 3]


def test_an_inner_repeat_indexes_its_own_rounds():
    tags = Schedule((), (1, 2))
    body = traced(step(Loop(times=5), step(Loop(times=2), step(Line(tag=tags)))))
    outer, inner = regions(body, RepeatRegion)
    assert outer.counts == (5,)
    assert inner.counts == (1, 1)


def test_a_scheduled_number_of_rounds_is_the_outer_ones():
    body = traced(step(Loop(times=3), step(Loop(times=Schedule((2,), (4,))), step(Line()))))
    assert weights(body) == [(2, 2), (8, 8)]


def test_rounds_before_offer_to_rounds_after():
    maker = step(Pick(which=Schedule((0,), (1,))), step(Give(width=9)), step(Take(), name="take"))
    body = traced(step(Loop(times=4), maker, name="layers"))
    (take,) = blocks(body, "take")
    assert take.misfit is None
    assert take.finds["thing"].shape == (9,)
    assert "thing" not in blocks(body, "layers")[0].finds
    assert "thing" in blocks(body, "layers")[0].offers


def test_a_round_that_later_finds_something_else_is_told_so():
    two = step(Chain(), step(Take()), step(Give(width=9)))
    body = traced(step(Give(width=7)), step(Loop(times=4), two, name="layers"))
    assert str(blocks(body, "layers")[0].misfit) == "A round finds thing as 7, a later one as 9."
    once = traced(step(Give(width=7)), step(Loop(times=1), two, name="layers"))
    assert blocks(once, "layers")[0].misfit is None


def test_a_round_must_give_back_what_it_takes():
    body = traced(step(Loop(times=4), step(Line(out=9)), name="layers"), step(Line(), name="after"))
    (layers,) = blocks(body, "layers")
    assert str(layers.misfit) == "A round takes 8 and gives back 9."
    assert weights(layers) == [(4, 4)]
    assert blocks(body, "after")[0].entries[0].shape == (8,)


def test_rounds_of_one_set_must_keep_the_same_weights():
    wide = Schedule((), (6, 7))
    narrow = step(Line(out=8), name="back")
    body = traced(step(Loop(times=4, shared=True), step(Line(out=wide), name="line"), narrow, name="layers"))
    (layers,) = blocks(body, "layers")
    assert "keep line.w.weight as 6 × 8 and as 7 × 8" in str(layers.misfit)
    own_sets = traced(step(Loop(times=4), step(Line(out=wide), name="line"), narrow, name="layers"))
    assert blocks(own_sets, "layers")[0].misfit is None


def test_rounds_of_one_set_may_differ_in_what_they_use_of_it():
    bias = step(Line(bias=Schedule((), (False, True))), name="line")
    body = traced(step(Loop(times=4, shared=True), bias, name="layers"))
    assert blocks(body, "layers")[0].misfit is None


def test_a_shared_repeat_of_symbolic_rounds_needs_all_its_kinds():
    bias = step(Line(bias=Schedule((), (False, True))))
    body = traced(step(Loop(times=N, shared=True), bias, name="layers"))
    assert [(c.kind, c.left, c.right) for c in blocks(body, "layers")[0].checks] == [("at_most", 2, N)]


@pytest.mark.parametrize("stacked", [True, False])
def test_experts_are_as_many_sets_as_copies_and_as_many_passes_as_are_active(stacked):
    body = traced(step(Some(copies=6, active=2, stacked=stacked)))
    names = {True: "experts.w.weight", False: "experts.{}.w.weight"}
    assert weights(body, names[stacked]) == [(6, 2)]
    (region,) = regions(body, ExpertsRegion)
    assert region.one_by_one is not stacked
    assert [p.stacked for p in region.bodies[0].ops if isinstance(p, Parameter)] == [(6,) if stacked else ()]


def test_more_active_experts_than_there_are_leave_a_check_and_run_all():
    body = traced(step(Some(copies=3, active=5), name="some"))
    assert weights(body, "experts.w.weight") == [(3, 3)]
    (check,) = blocks(body, "some")[0].checks
    assert str(check.cause) == "5 experts are active of 3."
    assert check.verdict() is False


def test_an_expert_may_be_a_block_of_its_own_and_keeps_its_name_below_the_experts():
    named = traced(step(Some(one=step(Line(), name="body"))))
    unnamed = traced(step(Some(one=step(Line()), stacked=False)))
    assert [op.name for op in regions(named)][-1] == "experts.body"
    assert [op.name for op in regions(unnamed)][-1] == "experts.{}"
    assert weights(named) == [(6, 2)] == weights(unnamed)


def test_a_recurrence_runs_its_step_on_rows_with_a_state():
    body = traced(step(Carry(), name="carry"))
    (region,) = regions(body, RecurRegion)
    assert region.state == (5,)
    (inner,) = region.bodies
    assert [(e.shape, e.stream.name, e.stream.rank) for e in inner.entries] == [
        ((5,), "step", 1),
        ((8,), "step", 1),
    ]
    assert own(inner) == ["take.weight"]
    assert region.times(0) == (1, 1)


def test_a_step_must_leave_the_state_it_takes():
    body = traced(step(Carry(leaves=6), name="carry"))
    assert str(blocks(body, "carry")[0].misfit) == "A step takes state 5 and leaves 6."


def test_every_body_is_closed():
    """What a body uses came in, was found, or was made there."""
    body = traced(
        step(Give(width=9)),
        step(Loop(times=3), step(Take(), name="take"), step(Some(one=step(Line()))), step(Carry())),
    )
    for inner in bodies(body):
        known = {*inner.entries, *inner.finds.values()}
        for op in inner.ops:
            assert known.issuperset(op.inputs)
            known.update(op.outputs)
            if isinstance(op, Region):
                known.update(op.offers.values())
        assert known.issuperset((*inner.exits, *inner.offers.values()))


def test_work_is_met_once_for_each_pass():
    body = traced(step(Loop(times=3, shared=True), step(Some(copies=6, active=2))))
    runs = [runs for op, _, runs in walk(body) if isinstance(op, Linear)]
    assert runs == [3, 6]
