"""Random edits, undo and redo over random trees: whatever was kept from before equals what is made afresh."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Design
from designer.symbolic.issue import Refusal
from designer.ui.appearance import Appearance
from designer.ui.canvas.board import Board
from designer.ui.canvas.card import Card
from designer.ui.canvas.look import Look
from designer.ui.session import Session
from tests.design.test_edits_at_random import HIDDEN, edits_of, nodes, start
from tests.designs import KINDS, counted, node


def board_of(measured: Measured, appearance: Appearance) -> Board:
    """The scene of a design, everything in its place at once."""
    board = Board(Look(appearance.theme))
    board.motion.still = True
    board.follow(measured)
    return board


def following(session: Session, appearance: Appearance) -> Board:
    """The scene as the canvas keeps it: brought up to date with every change, never made anew."""
    board = board_of(session.measured, appearance)
    session.changed.connect(lambda *_: board.follow(session.measured))
    return board


def model() -> Design:
    """Layers of two widths that follow variables, nested, alone and side by side."""
    mlp = node("mlp", hidden=HIDDEN, name="mlp")
    layer = node("residual", node("rms_norm", name="norm"), mlp)
    layers = node("repeat", layer, node("dropout"), times=Expression("layers"), name="layers")
    beside = node("parallel", node("mlp", hidden=5, name="a"), node("stack", name="b"), name="beside")
    design = start()
    return edits.paste(design, design.tree.id, 1, [layers, beside, node("lm_head", rows=3, name="head")])


def drawn_design(data: st.DataObject) -> Design:
    """The same with trees at random among it."""
    design = model()
    where = data.draw(st.integers(1, len(design.tree.inside)))
    return edits.paste(design, design.tree.id, where, data.draw(st.lists(nodes(), min_size=1, max_size=3)))


def picture(board: Board) -> dict[int, Any]:
    """All there is to see: what stands where, in what, and what it says."""
    return {card.id: (holder_of(card), place_of(card), card.said()) for card in board.cards()}


def holder_of(card: Card) -> int | None:
    return card.holder.id if card.holder is not None else None


def place_of(card: Card) -> tuple[float, ...]:
    at, area = card.pos(), card.rect()
    return at.x(), at.y(), area.width(), area.height()


def everything_agrees(session: Session, board: Board, appearance: Appearance) -> None:
    """The views equal the design, the counts a fresh recount."""
    design, fresh = session.design, counted(session.design)
    known = session.measured
    assert known.design is design
    assert known.by_category == fresh.by_category
    assert known.tally == fresh.tally
    assert counts_of(known) == counts_of(fresh)
    assert session.issues == issues(fresh)
    tree = {each.id: each for each in design.tree.walk()}
    assert {card.id for card in board.cards()} == tree.keys()
    assert all(card.laid.shown.node is tree[card.id] for card in board.cards())
    anew = board_of(fresh, appearance)
    assert picture(board) == picture(anew)
    assert (board.stage.faults, board.stage.uncertain) == (anew.stage.faults, anew.stage.uncertain)
    assert set(session.selection) <= tree.keys()


def counts_of(measured: Measured) -> dict[int, Any]:
    """What each node counts, the bodies aside, which are other objects in another memory."""
    return {
        id: (count.whole, count.copies, count.runs, count.provisional, count.entry, count.exit, count.misfit)
        for id, count in measured.nodes.items()
    }


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_after_any_edit_undo_or_redo_views_and_counts_are_as_if_made_afresh(worn, data):
    session = Session(drawn_design(data), KINDS)
    board = following(session, worn)
    everything_agrees(session, board, worn)
    for number in range(data.draw(st.integers(3, 10))):
        one_act(session, number, data)
        everything_agrees(session, board, worn)


def one_act(session: Session, number: int, data: st.DataObject) -> None:
    """Something that people do; now and then what cannot be done."""
    act = data.draw(st.sampled_from(["edit", "edit", "edit", "undo", "redo", "select", "take back"]))
    if act == "undo":
        session.undo()
    elif act == "redo":
        session.redo()
    elif act == "select":
        session.select([data.draw(st.sampled_from([each.id for each in session.design.tree.walk()]))])
    else:
        gesture = object() if act == "take back" else None
        try:
            after = data.draw(edits_of(session.design))(session.design)
        except Refusal:
            return
        session.commit(after, f"Step {number}", gesture)
        if gesture is not None:
            session.withdraw(gesture)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_undo_all_the_way_back_and_redo_all_the_way_forward_give_equal_designs_at_every_step(worn, data):
    session = Session(drawn_design(data), KINDS)
    board = following(session, worn)
    steps = [(session.design, picture(board))]
    for number in range(data.draw(st.integers(3, 10))):
        try:
            after = data.draw(edits_of(session.design))(session.design)
        except Refusal:
            continue
        if after is not session.design:
            session.commit(after, f"Step {number}")
            steps.append((session.design, picture(board)))
    for design, seen in reversed(steps):
        assert (session.design, picture(board)) == (design, seen)
        session.undo()
    for design, seen in steps:
        assert (session.design, picture(board)) == (design, seen)
        session.redo()


@given(values=st.lists(st.integers(1, 9), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_a_drag_of_a_slider_is_one_step_and_every_number_follows_it(worn, values):
    session = Session(model(), KINDS)
    board, gesture, before = following(session, worn), object(), session.design
    for value in values:
        after = edits.set_variable(session.design, "hidden", value)
        session.commit(after, "Change hidden", gesture)
        everything_agrees(session, board, worn)
    session.undo()
    assert session.design is before
    assert session.history.undoes is None
