"""The palette: found by name, by mouse and by key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest

from designer.blocks.palette import SECTIONS
from designer.ui.palette.entries import READY, entries
from designer.ui.palette.palette import Palette
from designer.ui.part import PART, part_of
from tests.ui.conftest import KINDS

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


def shown(palette: Palette) -> list[str]:
    return [entry.title for entry in palette.list.entries()]


def test_ready_parts_come_first_then_every_block_in_the_order_of_its_section():
    found = entries(KINDS, SECTIONS)
    assert list(found) == [READY, *SECTIONS]
    assert [entry.title for entry in found[READY]][:2] == ["Attention sublayer", "Feed-forward sublayer"]
    assert [entry.node.kind for section in SECTIONS for entry in found[section]] == [
        kind for kinds in SECTIONS.values() for kind in kinds
    ]


def test_searching_shows_what_has_the_word_in_its_name_or_description(qtbot, palette):
    palette.begin_search()
    QTest.keyClicks(palette.search, "router")
    assert shown(palette) == ["Mixture of experts"]
    palette.search.clear()
    assert len(shown(palette)) > 20


def test_nothing_found_says_so_and_how_to_go_on(palette):
    palette.begin_search()
    QTest.keyClicks(palette.search, "foo bar")
    assert palette.nothing.isVisible()
    assert palette.nothing.text() == "No block called “foo bar”. Describe it: experts, window, recurrent."


def test_enter_takes_the_entry_whose_name_begins_so(qtbot, palette):
    palette.begin_search()
    QTest.keyClicks(palette.search, "rms")
    with qtbot.waitSignal(palette.chosen) as told:
        QTest.keyClick(palette.search, Key.Key_Return)
    assert told.args[0].title == "RMSNorm"
    assert palette.search.text() == ""


def test_down_leads_into_the_list_and_enter_takes_what_is_there(qtbot, palette):
    palette.begin_search()
    QTest.keyClick(palette.search, Key.Key_Down)
    QTest.keyClick(palette.list, Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as told:
        QTest.keyClick(palette.list, Key.Key_Return)
    assert told.args[0].title == "Feed-forward sublayer"


def test_escape_clears_the_search_and_asks_for_the_canvas(qtbot, palette):
    palette.begin_search()
    QTest.keyClicks(palette.search, "norm")
    with qtbot.waitSignal(palette.left):
        QTest.keyClick(palette.search, Key.Key_Escape)
    assert palette.search.text() == ""


def test_a_double_click_takes_an_entry(qtbot, palette):
    at = palette.list.visualRect(palette.list.index_of("Residual")).center()
    with qtbot.waitSignal(palette.chosen) as told:
        QTest.mouseClick(palette.list.viewport(), Left, pos=at)
        QTest.mouseDClick(palette.list.viewport(), Left, pos=at)
    assert told.args[0].title == "Residual"


def test_a_section_closes_and_opens_by_a_click_on_its_heading(palette):
    heading = palette.list.model().index(0, 0)
    at = palette.list.visualRect(heading).center()
    QTest.mouseClick(palette.list.viewport(), Left, pos=at)
    assert not palette.list.isExpanded(heading)
    QTest.mouseClick(palette.list.viewport(), Left, pos=at)
    assert palette.list.isExpanded(heading)


def test_what_is_dragged_is_the_node_with_a_picture_of_its_card(monkeypatch, palette):
    dragged = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: dragged.append((drag.mimeData(), drag.pixmap())))
    palette.list.setCurrentIndex(palette.list.index_of("Attention sublayer"))
    palette.list.startDrag(Qt.DropAction.CopyAction)
    ((data, picture),) = dragged
    node = part_of(data, KINDS)
    assert data.hasFormat(PART)
    assert node is not None
    assert [child.kind for child in node.inside] == ["rms_norm", "attention"]
    assert picture.width() > 100


def test_icons_alone_still_have_their_names_on_hover(palette):
    palette.show_rail(True)
    palette.setFixedWidth(44)
    assert not palette.search.isVisible()
    index = palette.list.index_of("Residual")
    assert index.data(Qt.ItemDataRole.ToolTipRole).startswith("Residual\n")


def test_every_entry_says_what_it_does():
    assert [e.title for section in entries(KINDS, SECTIONS).values() for e in section if not e.help] == []
