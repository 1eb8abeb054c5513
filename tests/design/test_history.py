"""Undo as a list of designs: one gesture is one step; what was undone may be redone."""

from __future__ import annotations

from designer.design.history import History
from tests.designs import design_of_nodes


def designs(count):
    return [design_of_nodes(name=str(n)) for n in range(count)]


def test_steps_are_undone_and_redone_by_name():
    a, b, c = designs(3)
    history = History.of(a).committed(b, "Add a block").committed(c, "Change heads to 16")
    assert (history.design, history.undoes, history.redoes) == (c, "Change heads to 16", None)
    back = history.undone()
    assert (back.design, back.undoes, back.redoes) == (b, "Add a block", "Change heads to 16")
    start = back.undone().undone().undone()
    assert (start.design, start.undoes, start.redoes) == (a, None, "Add a block")
    assert start.redone().redone().redone().design is c


def test_a_new_step_forgets_what_was_undone():
    a, b, c = designs(3)
    history = History.of(a).committed(b, "B").undone().committed(c, "C")
    assert history.redoes is None
    assert history.undone().design is a


def test_one_gesture_is_one_step():
    a, b, c, d, e = designs(5)
    drag = object()
    history = History.of(a).committed(b, "B").committed(c, "Drag", drag).committed(d, "Drag", drag)
    assert history.undone().design is b
    assert history.undone().redone().design is d
    other = history.committed(e, "Drag", object())
    assert other.undone().design is d
    assert history.committed(e, "E").undone().design is d


def test_the_design_that_a_history_began_with_is_never_replaced():
    a, b, c = designs(3)
    drag = object()
    history = History.of(a).committed(b, "Drag", drag).undone().committed(c, "Drag", drag)
    assert history.undone().design is a
    short = History(History.of(a).steps, limit=2).committed(b, "Drag", drag).committed(c, "Other")
    assert [step.design for step in short.steps] == [b, c]
    assert short.undone().committed(a, "Drag", drag).undone().design is b


def test_what_was_selected_comes_back_with_its_design():
    a, b = designs(2)
    history = History.of(a).seen("first").committed(b, "B", view="second").seen("third")
    assert history.view == "third"
    assert history.undone().view == "first"
    assert history.undone().redone().view == "third"


def test_only_so_many_steps_are_kept():
    many = designs(50)
    history = History.of(many[0])
    history = History(history.steps, limit=10)
    for number, design in enumerate(many[1:]):
        history = history.committed(design, f"Step {number}")
    assert len(history.steps) == 10
    assert history.design is many[-1]
    for _ in range(20):
        history = history.undone()
    assert history.design is many[40]
    assert history.undoes is None
