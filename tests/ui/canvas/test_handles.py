"""The + on the lower edge of a card, and the ? of an opened one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.canvas.hands import click, ids, point
from tests.ui.canvas.test_painting import area, has, picture


def edge(canvas, kind: str) -> QPoint:
    card = area(canvas, kind)
    return QPoint(card.center().x(), card.bottom())


def hover(canvas, at: QPoint) -> None:
    """Bring the pointer there from elsewhere: where it is already, no event would say so."""
    QTest.mouseMove(canvas.viewport(), QPoint(3, 3))
    QTest.mouseMove(canvas.viewport(), at)


def test_the_plus_on_a_cards_edge_asks_what_to_insert_there(llama, qtbot, appearance):
    hover(llama, point(llama, "attention"))
    around = area(llama, "attention")
    around.setTop(around.bottom() - 8)
    around.adjust(around.width() // 2 - 12, 0, -around.width() // 2 + 12, 10)
    assert has(picture(llama), around, appearance.theme.accent, 40)
    QTest.mouseMove(llama.viewport(), edge(llama, "attention") + QPoint(0, 5))
    assert llama.board.stage.hovered == ids(llama, "attention")[0]
    with qtbot.waitSignal(llama.insert_requested):
        click(llama, edge(llama, "attention") + QPoint(0, 5))
    assert llama.session.selection == (ids(llama, "attention")[0],)


def test_the_plus_moves_nothing_and_goes_with_the_pointer(llama, appearance):
    before, rest = llama.board.laid, picture(llama)
    hover(llama, point(llama, "mlp"))
    assert llama.board.laid is before
    assert picture(llama) != rest
    QTest.mouseMove(llama.viewport(), QPoint(3, 3))
    assert picture(llama) == rest


def test_a_plus_that_the_pointer_has_left_is_no_longer_marked(llama):
    hover(llama, point(llama, "mlp"))
    rest = picture(llama)
    hover(llama, point(llama, "attention"))
    QTest.mouseMove(llama.viewport(), edge(llama, "attention") + QPoint(0, 5))
    QApplication.sendEvent(llama, QEvent(QEvent.Type.Leave))
    hover(llama, point(llama, "mlp"))
    assert picture(llama) == rest


def test_without_the_pointer_on_a_card_its_edge_is_like_any_place(llama, qtbot):
    with qtbot.assertNotEmitted(llama.insert_requested):
        click(llama, edge(llama, "attention") + QPoint(0, 3))


def test_the_question_mark_of_an_opened_card_asks_why(llama, qtbot):
    llama.resize(1800, 700)
    llama.zoom_to(2.4)
    (attention,) = ids(llama, "attention")
    llama.horizontalScrollBar().setValue(llama.horizontalScrollBar().maximum())
    llama.reveal(attention)
    picture(llama)
    card = area(llama, "attention")
    at = QPoint(card.right() - 16, card.center().y())
    hover(llama, at)
    with qtbot.waitSignal(llama.explain_requested):
        click(llama, at)
    assert llama.session.selection == (attention,)
