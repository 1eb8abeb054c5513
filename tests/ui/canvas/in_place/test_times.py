"""Writing on the badge of a Repeat."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.design import edits
from designer.design.expression import Expression
from designer.ui.canvas.in_place.times import TimesInPlace
from designer.ui.canvas.view import Canvas
from tests.ui.canvas.designs import block, design

Key, Button = Qt.Key, Qt.MouseButton


@pytest.fixture
def canvas(opened) -> Canvas:
    drawn = design(block("token_embedding"), block("repeat", block("mlp"), times=4), block("lm_head"))
    canvas = opened(drawn)
    canvas.activateWindow()
    canvas.grab()  # what can be written is known once it has been painted
    return canvas


def repeat(canvas: Canvas):
    return next(node for node in canvas.session.design.tree.walk() if node.kind == "repeat")


def click_badge(canvas: Canvas) -> TimesInPlace:
    card = canvas.board.card(repeat(canvas).id)
    assert card is not None
    area = card.written("times")
    assert area is not None
    QTest.mouseClick(canvas.viewport(), Button.LeftButton, pos=canvas.mapFromScene(area.center()))
    (field,) = (child for child in canvas.findChildren(TimesInPlace) if child.isVisible())
    return field


def test_a_click_on_the_badge_opens_it_and_typing_changes_how_often_it_runs(canvas):
    field = click_badge(canvas)
    before = canvas.session.measured.total
    field.number.line.setText("")
    QTest.keyClicks(field.number.line, "12")
    QTest.keyClick(field.number.line, Key.Key_Return)
    assert repeat(canvas).fields["times"] == 12
    assert canvas.session.measured.total > before
    assert field.isHidden()
    canvas.session.undo()
    assert repeat(canvas).fields["times"] == 4


def test_the_mouse_alone_reaches_every_number_in_one_step_back(canvas):
    field = click_badge(canvas)
    for _ in range(8):
        QTest.mouseClick(field.more, Button.LeftButton)
    assert repeat(canvas).fields["times"] == 12
    QTest.mouseClick(field.less, Button.LeftButton)
    assert repeat(canvas).fields["times"] == 11
    canvas.session.undo()
    assert repeat(canvas).fields["times"] == 4


def test_the_wheel_over_the_open_badge_steps_and_over_the_canvas_does_not(canvas):
    field = click_badge(canvas)
    spot = QPointF(field.rect().center())
    turn = QWheelEvent(
        spot,
        QPointF(field.mapToGlobal(spot.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Button.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, turn)
    assert repeat(canvas).fields["times"] == 5


def test_it_takes_expressions_and_steps_the_variable_that_one_is(opened):
    canvas = opened("gpt2")
    canvas.activateWindow()
    canvas.grab()
    field = click_badge(canvas)
    assert isinstance(repeat(canvas).fields["times"], Expression)
    QTest.mouseClick(field.more, Button.LeftButton)
    assert canvas.session.design.variables["n_layer"] == 13
    assert repeat(canvas).fields["times"] == Expression("n_layer")
    field.number.line.setText("")
    QTest.keyClicks(field.number.line, "2*n_head")
    assert repeat(canvas).fields["times"] == Expression("2*n_head")
    assert not field.more.isEnabled()


def test_escape_takes_back_what_was_typed_and_a_second_one_leaves(canvas):
    field = click_badge(canvas)
    field.number.line.setText("")
    QTest.keyClicks(field.number.line, "9")
    QTest.keyClick(field.number.line, Key.Key_Escape)
    assert repeat(canvas).fields["times"] == 4
    QTest.keyClick(field.number.line, Key.Key_Escape)
    assert field.isHidden()
    assert canvas.hasFocus()


def test_the_field_follows_the_badge_and_goes_with_the_repeat(canvas):
    field = click_badge(canvas)
    before = field.pos()
    canvas.zoom_to(1.5)
    assert field.pos() != before
    canvas.session.commit(edits.remove(canvas.session.design, (repeat(canvas).id,)), "Remove")
    assert field.isHidden()


def test_a_click_beside_the_badge_only_selects(canvas):
    card = canvas.board.card(repeat(canvas).id)
    assert card is not None
    area = card.written("times")
    assert area is not None
    spot = canvas.mapFromScene(QPointF(area.right() + 60, area.center().y()))
    QTest.mouseClick(canvas.viewport(), Button.LeftButton, pos=spot)
    assert canvas.session.selection == (repeat(canvas).id,)
    assert not [child for child in canvas.findChildren(TimesInPlace) if child.isVisible()]
