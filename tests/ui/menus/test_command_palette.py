"""Every command by its name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.ui.menus.action import Action, WindowAction, why_not
from designer.ui.menus.command_palette import CommandPalette
from designer.ui.menus.menus import MENUS
from tests.ui.conftest import leaf

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(open_window, llama):
    return open_window(llama)


def begin(window, typed=""):
    QApplication.processEvents()  # the menus take their places
    QTest.keyClick(window.canvas, Key.Key_K, Control)
    palette = window.findChild(CommandPalette)
    assert palette.sheet.is_open
    QTest.keyClicks(palette.sheet.line, typed)
    return palette


def titles(palette):
    return [row.title for row in palette.sheet.list.model_.rows]


def test_every_command_of_every_menu_is_in_it_with_its_keys(window):
    palette = begin(window)
    rows = {row.title: row.keys for row in palette.sheet.list.model_.rows}
    for _, entries in MENUS:
        for entry in entries:
            if isinstance(entry, (Action, WindowAction)):
                assert rows[entry.title] == entry.keys
    assert "Wrap in: Repeat ×N" in rows
    assert "Insert: Mixture of experts" in rows
    assert any(title.startswith("Open a preset: GPT-2") for title in rows)


def test_enter_runs_the_first_answer_and_the_canvas_has_the_keyboard_again(window, llama):
    llama.select((leaf(llama.design, "attention").id,))
    palette = begin(window, "dupl")
    assert titles(palette)[0] == "Duplicate"
    QTest.keyClick(palette.sheet.line, Key.Key_Return)
    assert llama.history.undoes == "Duplicate Grouped-query attention"
    assert window.canvas.hasFocus()


def test_what_cannot_be_done_says_why_and_stays(window, llama):
    palette = begin(window, "dupl")
    assert palette.sheet.list.model_.rows[0].why == "Select a block first."
    before = llama.design
    QTest.keyClick(palette.sheet.line, Key.Key_Return)
    assert palette.sheet.is_open
    assert llama.design is before


def test_what_was_run_lately_comes_first(window, llama):
    palette = begin(window, "larger")
    assert titles(palette)[0] == "Larger"
    QTest.keyClick(palette.sheet.line, Key.Key_Return)
    assert titles(begin(window))[0] == "Larger"


def test_a_preset_opens_by_its_name(window, llama):
    palette = begin(window, "preset gpt-2 ")
    assert titles(palette)[0].startswith("Open a preset: GPT-2")


def test_nothing_found_says_so_and_escape_leads_back(window):
    palette = begin(window, "zzz")
    assert palette.sheet.nothing.text() == "No command called “zzz”."
    QTest.keyClick(palette.sheet.line, Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_every_command_that_may_be_grey_says_why(window, llama, empty):
    for session in (llama, empty):
        for listed in window.commands.everything():
            assert listed.action.when(session) or why_not(listed.action, session).endswith(".")
