from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtTest import QTest
from shiboken6 import Shiboken

from designer.ui.canvas.accessible.blocks import stand_by
from designer.ui.canvas.view import Canvas
from designer.ui.menus import editing
from designer.ui.session import Session
from tests.ui.canvas.designs import KINDS, block, design, preset
from tests.ui.canvas.hands import ids

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description
Role = QAccessible.Role


@pytest.fixture(autouse=True)
def asked():
    """Somebody reads the screen."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def read(opened):
    """What a reader of the screen finds on the canvas that shows a design, and the canvas."""

    def read(shown, *size):
        canvas = opened(shown, *size)
        stand_by(canvas)
        return QAccessible.queryAccessibleInterface(canvas), canvas

    return read


def inside(item) -> list:
    return [item.child(index) for index in range(item.childCount())]


def names(item) -> list[str]:
    return [child.text(NAME) for child in inside(item)]


def below(item):
    for child in inside(item):
        yield child
        yield from below(child)


def found(tree, name: str):
    return next(item for item in below(tree) if item.text(NAME) == name)


def test_the_canvas_lists_its_blocks_with_counts_and_the_layers_they_stand_in(read):
    tree, _ = read("llama-3-8b")
    assert tree.role() == Role.List
    assert names(tree) == [
        "Token embedding, 525 M",
        "Decoder layer ×32, each 218 M",
        "RMSNorm, 4.10 K",
        "Language-model head, 525 M",
    ]
    attention, feed_forward = inside(tree.child(1))
    assert attention.text(NAME) == "Residual attention, 41.9 M, in Decoder layer ×32"
    assert names(attention) == [
        "RMSNorm, 4.10 K, in Decoder layer ×32",
        "Grouped-query attention, 41.9 M, in Decoder layer ×32",
    ]
    assert names(feed_forward)[1] == "Gated feed-forward, 176 M, in Decoder layer ×32"
    assert "41,943,040 parameters" in attention.child(1).text(DESCRIPTION)
    assert all(item.role() == Role.ListItem for item in below(tree))


@pytest.mark.parametrize("named", ["gpt2", "flan-t5-base", "albert-base-v2", "deepseek-v3"])
def test_every_block_knows_its_place_among_its_neighbours_and_what_holds_it(read, named):
    tree, _ = read(named)
    for item in (tree, *below(tree)):
        for index, child in enumerate(inside(item)):
            assert item.indexOfChild(child) == index
            assert child.parent() == item
            assert child.text(NAME)
        assert item.child(item.childCount()) is None
        assert item.child(-1) is None


def test_a_block_says_where_it_stands_on_the_screen_and_is_found_there(read):
    tree, canvas = read("llama-3-8b")
    norm = found(tree, "RMSNorm, 4.10 K")
    middle = norm.rect().center()
    assert canvas.block_at(canvas.viewport().mapFromGlobal(middle)) == norm.id
    assert tree.childAt(middle.x(), middle.y()) == norm
    inner = found(tree, "Gated feed-forward, 176 M, in Decoder layer ×32")
    middle = inner.rect().center()
    assert tree.childAt(middle.x(), middle.y()) == inner.parent().parent()
    assert inner.parent().childAt(middle.x(), middle.y()) == inner
    assert tree.childAt(-5000, 0) is None


def test_states_follow_selection_keyboard_and_closing(read, qtbot):
    tree, canvas = read("llama-3-8b")
    layer = tree.child(1)
    assert layer.state().expandable
    assert layer.state().expanded
    assert not tree.child(0).state().expandable
    assert not layer.state().focused
    canvas.activateWindow()
    canvas.walk_to(layer.id)
    qtbot.waitUntil(canvas.hasFocus)
    assert layer.state().selected
    assert layer.state().focused
    canvas.close_containers((layer.id,))
    assert layer.state().collapsed
    assert not layer.state().expanded
    assert layer.childCount() == 0


def test_a_block_that_can_hold_none_is_not_said_to_open_whatever_stands_inside(read):
    tree, canvas = read(design(block("token_embedding"), block("mlp", block("rms_norm"))))
    mlp = tree.child(1)
    assert mlp.childCount() == 0
    assert not mlp.state().expandable
    assert "Toggle" not in mlp.actionNames()
    canvas.close_containers((mlp.id,))
    assert canvas.board.closed == frozenset()


def test_a_block_that_is_scrolled_away_is_off_the_screen(read):
    tree, _ = read(design(block("token_embedding"), *(block("mlp") for _ in range(40))), 700, 300)
    assert not tree.child(0).state().offscreen
    assert tree.child(40).state().offscreen


def test_moved_by_keyboard_the_blocks_are_listed_in_their_new_order(read):
    tree, canvas = read("llama-3-8b")
    norm = found(tree, "RMSNorm, 4.10 K")
    canvas.walk_to(norm.id)
    editing.move(canvas.session, -1)
    assert names(tree)[1:3] == ["RMSNorm, 4.10 K", "Decoder layer ×32, each 218 M"]
    assert norm.state().selected
    assert tree.indexOfChild(norm) == 1


def test_a_name_says_what_the_block_counts_now(read):
    tree, canvas = read("gpt2")
    norm = ids(canvas, "layer_norm")[-1]
    canvas.walk_to(norm)
    editing.duplicate(canvas.session)
    assert names(tree).count("LayerNorm, 1.54 K") == 2


def test_a_removed_block_is_gone_for_the_reader_too_and_undo_brings_another(read):
    tree, canvas = read("llama-3-8b")
    norm = found(tree, "RMSNorm, 4.10 K")
    known = QAccessible.uniqueId(norm)
    canvas.session.select((norm.id,))
    editing.remove(canvas.session)
    assert QAccessible.accessibleInterface(known) is None
    assert not Shiboken.isValid(norm)
    canvas.session.undo()
    assert found(tree, "RMSNorm, 4.10 K").isValid()


def test_a_reader_selects_opens_and_edits_a_block_without_keyboard_or_mouse(read, qtbot):
    tree, canvas = read("llama-3-8b")
    layer = tree.child(1)
    assert layer.actionNames() == ["SetFocus", "Press", "Toggle"]
    layer.doAction(QAccessibleActionInterface.setFocusAction())
    assert canvas.session.selection == (layer.id,)
    layer.doAction(QAccessibleActionInterface.toggleAction())
    assert layer.childCount() == 0
    with qtbot.waitSignal(canvas.edit_requested):
        tree.child(0).doAction(QAccessibleActionInterface.pressAction())
    assert canvas.session.selection == (tree.child(0).id,)


def test_the_keyboard_tells_where_it_is(read, qtbot):
    _, canvas = read("llama-3-8b")
    walked = []
    canvas.walked.connect(walked.append)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert [*canvas.session.selection, canvas.at] == walked[-2:]


def test_what_nobody_asks_for_is_never_made(read):
    tree, canvas = read(design(block("token_embedding"), *(block("mlp") for _ in range(400))))
    assert tree.childCount() == 401
    canvas.session.select((tree.told.facts.inside(None)[7],))
    assert tree.told.made == 0
    tree.child(200)
    assert tree.told.made == 1


def test_a_canvas_that_was_asked_before_it_knew_its_blocks_tells_of_them_afterwards(opened):
    canvas = opened("llama-3-8b")
    assert QAccessible.queryAccessibleInterface(canvas) is not None
    stand_by(canvas)
    assert QAccessible.queryAccessibleInterface(canvas).childCount() == 4


def test_a_canvas_that_goes_takes_its_blocks_with_it(appearance):
    canvas = Canvas(Session(preset("gpt2"), KINDS), appearance)
    stand_by(canvas)
    known = [QAccessible.uniqueId(item) for item in below(QAccessible.queryAccessibleInterface(canvas))]
    assert len(known) == 11
    Shiboken.delete(canvas)
    assert all(QAccessible.accessibleInterface(id) is None for id in known)
