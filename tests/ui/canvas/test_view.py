from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.design import edits
from designer.design.expression import Expression
from designer.ui.menus import editing
from tests.ui.canvas.designs import block, design, placed, preset
from tests.ui.canvas.hands import LEFT, click, ids, kinds, point

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


# --- selecting ------------------------------------------------------------------------------------------


def test_a_click_selects_the_innermost_block(llama):
    click(llama, point(llama, "mlp"))
    assert llama.session.selection == (ids(llama, "mlp")[0],)
    click(llama, point(llama, "repeat", x=0.5, y=0.03))
    assert llama.session.selection == (ids(llama, "repeat")[0],)


def test_a_click_beside_everything_selects_nothing(llama):
    click(llama, point(llama, "mlp"))
    click(llama, QPoint(4, 4))
    assert llama.session.selection == ()


def test_ctrl_adds_and_takes_away_and_shift_selects_neighbours(llama):
    norm, mlp = ids(llama, "rms_norm")[1], ids(llama, "mlp")[0]
    attention = ids(llama, "attention")[0]
    click(llama, point(llama, "attention"))
    click(llama, point(llama, "mlp"), CTRL)
    assert llama.session.selection == (attention, mlp)
    click(llama, point(llama, "attention"), CTRL)
    assert llama.session.selection == (mlp,)
    click(llama, point(llama, "mlp"))
    click(llama, point(llama, "rms_norm", 1), SHIFT)
    assert llama.session.selection == (norm, mlp)


def test_a_selection_from_elsewhere_is_scrolled_into_sight(opened):
    canvas = opened("llama-3-8b", 600, 240)
    head = ids(canvas, "lm_head")[0]
    assert not canvas.viewport().rect().contains(point(canvas, "lm_head"))
    canvas.session.select((head,))
    assert canvas.viewport().rect().contains(point(canvas, "lm_head"))


# --- editing --------------------------------------------------------------------------------------------


def test_a_removed_block_leaves_the_canvas_and_undo_brings_it_back(llama):
    (mlp,) = ids(llama, "mlp")
    click(llama, point(llama, "mlp"))
    editing.remove(llama.session)
    assert llama.board.card(mlp) is None
    llama.session.undo()
    assert llama.board.card(mlp) is not None
    assert llama.session.selection == (mlp,)


def test_another_design_is_shown_from_its_beginning(opened):
    canvas = opened("llama-3-8b", 600, 300)
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
    canvas.zoom_to(0.5)
    canvas.session.start(preset("gpt2"))
    assert canvas.zoom == 1
    assert canvas.viewport().rect().contains(point(canvas, "token_embedding"))


def test_a_broken_expression_puts_a_mark_on_every_count_that_it_reaches(llama):
    session, (mlp,) = llama.session, ids(llama, "mlp")
    broken = {"hidden": Expression("hiden_size / 3", 14336)}
    session.commit(edits.configure(session.design, [mlp], broken), "Break")
    reached = [mlp, ids(llama, "residual")[1], ids(llama, "repeat")[0]]
    assert [llama.board.card(id).said().number[0] for id in reached] == ["~"] * 3
    assert not llama.board.card(mlp).said().sound
    assert llama.board.card(ids(llama, "attention")[0]).said().number[0] != "~"
    session.undo()
    assert llama.board.stage.uncertain == frozenset()


# --- by keyboard ----------------------------------------------------------------------------------------


def press(canvas, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(canvas, key, modifiers)


def test_arrows_walk_the_stack(llama):
    for _ in range(4):
        press(llama, Key.Key_Down)
    assert llama.session.selection == (ids(llama, "rms_norm")[0],)
    press(llama, Key.Key_Left)
    assert llama.session.selection == (ids(llama, "residual")[0],)
    press(llama, Key.Key_Right)
    press(llama, Key.Key_Up)
    press(llama, Key.Key_Up)
    assert llama.session.selection == (ids(llama, "repeat")[0],)
    press(llama, Key.Key_End)
    assert llama.session.selection == (ids(llama, "lm_head")[0],)
    press(llama, Key.Key_Home)
    assert llama.session.selection == (ids(llama, "token_embedding")[0],)


def test_shift_extends_the_selection_among_neighbours(llama):
    first, second = ids(llama, "residual")
    click(llama, point(llama, "residual", x=0.5, y=0.06))
    llama.board.focus(None)
    for _ in range(3):
        press(llama, Key.Key_Down, SHIFT)
    assert llama.session.selection == (first, second)


def test_ctrl_moves_the_ring_alone_and_space_selects(llama):
    click(llama, point(llama, "attention"))
    (attention,) = llama.session.selection
    press(llama, Key.Key_Up, CTRL)
    norm = ids(llama, "rms_norm")[0]
    assert llama.session.selection == (attention,)
    assert llama.board.stage.focused == norm
    press(llama, Key.Key_Space, CTRL)
    assert llama.session.selection == (attention, norm)


def test_enter_asks_for_the_fields_of_what_is_selected(llama, qtbot):
    with qtbot.assertNotEmitted(llama.edit_requested):
        press(llama, Key.Key_Return)
    click(llama, point(llama, "mlp"))
    with qtbot.waitSignal(llama.edit_requested):
        press(llama, Key.Key_Return)


def test_escape_selects_nothing(llama):
    click(llama, point(llama, "mlp"))
    press(llama, Key.Key_Escape)
    assert llama.session.selection == ()


def test_keys_that_are_no_concern_of_the_canvas_are_left_to_others(llama):
    for key in (Key.Key_A, Key.Key_Delete, Key.Key_F2):
        press(llama, key)
    assert llama.session.design is llama.session.history.steps[0].design


def test_the_tab_key_rings_the_first_block(llama, qtbot):
    llama.clearFocus()
    llama.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(llama.hasFocus)
    assert llama.board.stage.focused == ids(llama, "token_embedding")[0]


# --- closing containers ---------------------------------------------------------------------------------


def test_space_closes_a_container_and_right_opens_it(llama):
    click(llama, point(llama, "repeat", x=0.5, y=0.03))
    press(llama, Key.Key_Space)
    assert placed(llama.board.laid, "mlp") == []
    press(llama, Key.Key_Right)
    assert placed(llama.board.laid, "mlp") != []


def test_a_double_click_closes_a_container_and_opens_the_fields_of_a_block(llama, qtbot):
    at = point(llama, "repeat", x=0.5, y=0.03)
    QTest.mouseDClick(llama.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    assert placed(llama.board.laid, "mlp") == []
    QTest.mouseDClick(llama.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    with qtbot.waitSignal(llama.edit_requested):
        QTest.mouseDClick(llama.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point(llama, "mlp"))


def test_what_is_selected_inside_a_closed_container_stays_selected(llama):
    click(llama, point(llama, "mlp"))
    llama.close_containers(ids(llama, "repeat"))
    assert llama.session.selection == tuple(ids(llama, "mlp"))


def test_what_is_selected_from_elsewhere_opens_what_it_stands_in(llama):
    llama.close_containers(ids(llama, "repeat"))
    llama.session.select(ids(llama, "mlp"))
    assert llama.board.card(ids(llama, "mlp")[0]) is not None


# --- looking --------------------------------------------------------------------------------------------


def wheel(canvas, steps: int, modifiers: Qt.KeyboardModifier) -> None:
    at = canvas.viewport().rect().center()
    event = QWheelEvent(
        at.toPointF(),
        canvas.viewport().mapToGlobal(at).toPointF(),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def test_ctrl_and_the_wheel_zoom_and_the_wheel_alone_scrolls(opened, qtbot):
    canvas = opened("llama-3-8b", 600, 300)
    with qtbot.waitSignal(canvas.zoomed) as zoomed:
        wheel(canvas, -3, CTRL)
    assert zoomed.args == [canvas.zoom]
    assert canvas.zoom < 1
    zoom, stood = canvas.zoom, canvas.verticalScrollBar().value()
    wheel(canvas, -1, Qt.KeyboardModifier.NoModifier)
    assert canvas.zoom == zoom
    assert canvas.verticalScrollBar().value() > stood


def test_zooming_has_bounds_and_comes_back_to_one(llama):
    for _ in range(60):
        llama.zoom_in()
    assert llama.zoom == 3
    for _ in range(100):
        llama.zoom_out()
    assert 0 < llama.zoom <= 0.1
    llama.zoom_to(1.02)
    assert llama.zoom == 1


@pytest.mark.parametrize("size", [(300, 300), (880, 700), (1400, 500)])
def test_fit_brings_the_whole_design_into_sight(opened, size):
    canvas = opened("flan-t5-base", *size)
    canvas.fit()
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert shown.adjusted(-1, -1, 1, 1).contains(canvas.board.sceneRect())


@pytest.mark.parametrize(("view", "stack"), [(420, 300), (672, 424), (776, 500), (880, 560)])
def test_the_stack_is_as_wide_as_suits_the_view(opened, view, stack):
    canvas = opened("llama-3-8b", view, 700)
    assert canvas.board.laid.width == stack


def test_a_wide_view_opens_larger(opened):
    canvas = opened("llama-3-8b", 1880, 1100)
    assert canvas.zoom == 1.5
    assert canvas.board.laid.width == 780


def test_a_zoom_that_was_chosen_stays_when_the_window_grows(llama):
    llama.zoom_to(0.8)
    llama.resize(1880, 1100)
    assert llama.zoom == pytest.approx(0.8)


def test_an_empty_place_is_held_to_pan(opened):
    canvas = opened("llama-3-8b", 600, 300)
    bar = canvas.verticalScrollBar()
    bar.setValue(100)
    stood = bar.value()
    QTest.mousePress(canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(5, 200))
    QTest.mouseMove(canvas.viewport(), QPoint(5, 150))
    QTest.mouseRelease(canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(5, 150))
    assert bar.value() == stood + 50


def test_what_is_under_the_pointer_is_marked(llama):
    QTest.mouseMove(llama.viewport(), point(llama, "mlp"))
    assert llama.board.stage.hovered == ids(llama, "mlp")[0]
    QTest.mouseMove(llama.viewport(), QPoint(3, 3))
    assert llama.board.stage.hovered is None


def test_the_canvas_has_a_name_for_who_cannot_see_it(llama):
    assert llama.accessibleName() == "Canvas"


def test_an_edit_far_below_does_not_scroll_what_is_in_sight(opened):
    canvas = opened(design(block("token_embedding"), *(block("mlp") for _ in range(30))), 600, 300)
    session = canvas.session
    session.commit(edits.insert(session.design, session.design.tree.id, 31, block("mlp")), "Insert")
    assert canvas.verticalScrollBar().value() == canvas.verticalScrollBar().minimum()
    assert kinds(canvas, session.design.tree.id).count("mlp") == 31
