"""What bodies keep by name, alone and together in one place."""

from __future__ import annotations

from designer.symbolic.schedule import Schedule
from designer.symbolic.weights import kept_differently, kept_together, weights
from tests.symbolic.toys import Chain, Late, Line, Loop, Some, blocks, only_repeat, step, traced


def test_weights_stand_under_their_names_with_copies_and_meetings():
    many = step(Some(copies=6, active=2), name="some")
    body = traced(step(Loop(times=5), many, step(Line(bias=True), name="line"), name="layers"))
    (layers,) = blocks(body, "layers")
    found = {name: (w.shape, w.copies, w.met, w.fits) for name, w in weights(layers).items()}
    assert found == {
        "0.some.gate.weight": ((6, 8), 5, 5, True),
        "0.some.experts.w.weight": ((6, 8, 8), 30, 10, True),
        "0.line.w.weight": ((8, 8), 5, 5, True),
        "0.line.w.bias": ((8,), 5, 5, True),
    }


def test_rounds_that_differ_stand_under_a_number_each():
    wide = step(Line(out=Schedule((6,), (7,))), name="line")
    body = traced(step(Loop(times=5), wide, step(Line(out=8)), name="layers"))
    (layers,) = blocks(body, "layers")
    found = {name: (w.shape, w.copies) for name, w in weights(layers).items() if "line" in name}
    assert found == {"0.line.w.weight": ((6, 8), 1), "1.line.w.weight": ((7, 8), 4)}


def test_what_is_kept_elsewhere_is_left_out_and_what_does_not_fit_is_marked():
    body = traced(step(Chain(), step(Line(), name="a", shares="there"), step(Late(), name="late"), name="c"))
    found = {name: w.fits for name, w in weights(blocks(body, "c")[0]).items()}
    assert found == {"late.early": False}


def test_numbered_children_stand_apart():
    pair = (step(Line(), name="{}"), step(Line(), name="{}"))
    body = traced(step(Chain(), *pair, name="c"))
    assert list(weights(blocks(body, "c")[0])) == ["0.w.weight", "1.w.weight"]


def test_bodies_in_one_place_keep_one_of_each_name_and_differences_are_told():
    lines = step(Line(bias=Schedule((), (False, True)), out=8), name="line")
    bodies = only_repeat(traced(step(Loop(times=4), lines))).bodies
    assert list(kept_together(bodies)) == ["line.w.weight", "line.w.bias"]
    assert list(kept_differently(bodies)) == []
    wide = step(Line(out=Schedule((), (6, 7))), name="line")
    bodies = only_repeat(traced(step(Loop(times=4), wide, step(Line(out=8), name="back")))).bodies
    assert list(kept_differently(bodies)) == [
        ("line.w.weight", (6, 8), (7, 8)),
        ("back.w.weight", (8, 6), (8, 7)),
    ]
