"""Quick insert in the whole window: typed, looked at beforehand, done, or given up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.design import edits
from designer.ui.canvas.gap import LINE
from designer.ui.controls.painting import SHADOW
from designer.ui.insert.pricing import Pricing
from designer.ui.insert.quick_insert import QuickInsert
from tests.ui.conftest import holder, leaf

Key = Qt.Key


@pytest.fixture
def window(open_window, llama):
    window = open_window(llama)
    llama.select((leaf(llama.design, "attention").id,))
    return window


def begin(window, typed=""):
    QApplication.processEvents()  # the menus take their places
    QTest.keyClick(window.canvas, Key.Key_Slash)
    quick = window.findChild(QuickInsert)
    assert quick.sheet.is_open
    QTest.keyClicks(quick.sheet.line, typed)
    return quick


def in_window(widget, area: QRect, window) -> QRect:
    return area.translated(widget.mapTo(window, widget.rect().topLeft()))


def test_slash_opens_it_and_enter_inserts_and_gives_the_canvas_back(window, llama):
    quick = begin(window, "feed sub")
    QTest.keyClick(quick.sheet.line, Key.Key_Return)
    assert not quick.sheet.is_open
    assert window.canvas.hasFocus()
    assert llama.history.undoes == "Insert Feed-forward sublayer"
    assert llama.measured.total == 13_667_536_896
    assert llama.selection == (holder(llama.design, "repeat").inside[1].id,)


def test_gpt_2_is_drawn_from_empty_by_a_few_keys(open_window, empty):
    window = open_window(empty)
    for typed in ("embed", "gpt", "head"):
        quick = begin(window, typed)
        QTest.keyClick(quick.sheet.line, Key.Key_Return)
    assert empty.measured.total == 124_439_808
    assert not empty.issues


def test_the_arrows_choose_and_the_line_follows(window, llama):
    quick = begin(window)
    quick.sheet.line.clear()
    QTest.keyClicks(quick.sheet.line, "feed")
    sheet, board = quick.sheet, window.canvas.board
    titles = [offer.title for offer in quick.offers]
    assert board.laid is not None
    for _ in range(titles.index("Feed-forward")):
        QTest.keyClick(sheet.line, Key.Key_Down)
    branch = holder(llama.design, "residual")
    (laid,) = (place.laid for place in board.laid.walk() if place.laid.id == branch.id)
    assert laid.slot.height == LINE
    QTest.keyClick(sheet.line, Key.Key_Home)
    QTest.keyClick(sheet.line, Key.Key_PageUp)
    assert sheet.list.at == 0
    (laid,) = (place.laid for place in board.laid.walk() if place.laid.id == branch.id)
    assert laid.slot is None


def test_escape_restores_exactly(window, llama):
    bar = window.canvas.verticalScrollBar()
    before = llama.design, llama.selection, bar.value(), window.canvas.board.laid.height
    quick = begin(window, "moe")
    QTest.keyClick(quick.sheet.line, Key.Key_Right)
    assert llama.proposal is not None
    QTest.keyClick(quick.sheet.line, Key.Key_Escape)
    assert llama.proposal is None
    assert (llama.design, llama.selection, bar.value(), window.canvas.board.laid.height) == before
    assert window.canvas.hasFocus()
    assert not quick.pointing.isVisible()


def test_right_looks_ahead_and_again_no_longer(window, llama):
    quick = begin(window, "moe")
    QTest.keyClick(quick.sheet.line, Key.Key_Right)
    assert llama.proposal.total - llama.measured.total == 32 * (7 * 3 * 4096 * 14336 + 8 * 4096)
    QTest.keyClick(quick.sheet.line, Key.Key_Down)
    assert llama.proposal.total - llama.measured.total == 32 * (8 * 3 * 4096 * 14336 + 9 * 4096)
    QTest.keyClick(quick.sheet.line, Key.Key_Right)
    assert llama.proposal is None


@pytest.mark.parametrize("size", [(1024, 640), (1280, 720), (1440, 900), (2560, 1440)])
def test_it_never_covers_the_line_the_ring_or_what_is_selected(open_window, llama, size):
    window = open_window(llama, *size)
    for category in ("embedding", "attention", "feed_forward", "output"):
        llama.select((leaf(llama.design, category).id,))
        quick = begin(window)
        for typed in ("", "moe", "latent", "zzz"):
            quick.sheet.line.setText(typed)
            sheet = quick.sheet.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
            for area in (quick.pointing.ring, quick.pointing.about):
                assert not sheet.intersects(in_window(window.canvas.viewport(), area, window)), typed
            assert window.rect().contains(sheet)
            assert sheet.height() >= (90 if typed == "zzz" else 150), (category, typed)
        QTest.keyClick(quick.sheet.line, Key.Key_Escape)


def test_rows_say_their_price_in_one_unit(qtbot, window):
    quick = begin(window, "moe")
    qtbot.waitUntil(lambda: all(row.amount for row in quick.sheet.list.model_.rows))
    rows = quick.sheet.list.model_.rows
    assert rows[0].amount == "+39.46\u2009B"
    assert {row.amount[-1] for row in rows if row.amount != "0"} == {"B"}


def test_nothing_found_says_so(window):
    quick = begin(window, "foo bar")
    assert quick.sheet.nothing.isVisible()
    assert quick.sheet.nothing.text() == (
        "No block called “foo bar”. Describe it: experts, window, recurrent."
    )


def test_the_status_row_shows_its_keys_and_then_the_canvas_keys_again(window):
    quick = begin(window)
    status = window.commands.status
    assert status.truth.words == "Insert in every layer, after grouped-query attention"
    assert [words for _, words, _ in status.keys.keys][:3] == ["choose", "do it", "preview"]
    QTest.keyClick(quick.sheet.line, Key.Key_Escape)
    assert status.keys.keys[0][1] == "insert"


def test_a_click_elsewhere_gives_it_up(window):
    quick = begin(window)
    window.panels.palette.search.setFocus()
    assert not quick.sheet.is_open
    assert window.panels.palette.search.hasFocus()


def test_tab_does_it_and_goes_on_to_the_fields(window, llama):
    quick = begin(window, "latent")
    QTest.keyClick(quick.sheet.line, Key.Key_Tab)
    assert llama.edited
    assert window.panels.inspector.isAncestorOf(window.focusWidget())


def test_a_click_on_a_row_does_it(window, llama):
    quick = begin(window, "feed sub")
    rows = quick.sheet.list
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model_.index(0)).center()
    )
    assert llama.history.undoes == "Insert Feed-forward sublayer"


def test_prices_that_are_still_to_come_are_given_up_when_it_is_closed_and_the_design_changes(window, llama):
    quick = begin(window, "a")
    QTest.keyClick(quick.sheet.line, Key.Key_Escape)
    llama.commit(edits.remove(llama.design, [llama.design.tree.inside[0].id]), "Remove")
    told: list[bool] = []
    quick.findChild(Pricing).priced.connect(lambda: told.append(True))
    quick.sheet.list.verticalScrollBar().valueChanged.emit(0)
    QApplication.processEvents()
    assert told == []
