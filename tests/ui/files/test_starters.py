"""An empty design offers three models to start from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from designer.design import edits
from designer.formats.templates import block_node
from designer.ui.files.starters import Starters
from tests.ui.conftest import KINDS


def starters(window) -> Starters:
    return window.canvas.viewport().findChild(Starters)


def test_an_empty_design_offers_models_with_their_totals(qtbot, open_window, empty):
    shown = starters(open_window(empty))
    qtbot.waitUntil(lambda: all(card.total for card in shown.cards))
    assert [card.total for card in shown.cards] == [124_439_808, 109_514_298, 247_577_856]
    assert shown.cards[0].accessibleName() == "Decoder, GPT-2, 124,439,808 parameters"
    assert len(shown.cards[2].streams) == 2


def test_a_model_is_opened_by_mouse_or_keyboard(qtbot, open_window, empty):
    window = open_window(empty)
    card = starters(window).cards[0]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert empty.design.name == "gpt2"
    assert empty.measured.total == 124_439_808
    assert starters(window).isHidden()


def test_they_go_with_the_first_block_and_come_back_with_undo(open_window, empty):
    window = open_window(empty)
    assert starters(window).isVisible()
    node = block_node(KINDS, "token_embedding")
    empty.commit(edits.insert(empty.design, empty.design.tree.id, 0, node), "Insert")
    assert starters(window).isHidden()
    empty.undo()
    assert starters(window).isVisible()


def test_where_there_is_little_room_they_go_without_portraits_and_stand_whole(open_window, empty):
    window = open_window(empty, 1024, 640)
    shown = starters(window)
    assert shown.geometry().bottom() <= window.canvas.viewport().height()
    assert shown.geometry().top() > 0
