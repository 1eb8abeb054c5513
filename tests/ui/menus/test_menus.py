"""Every command is in a menu, has keys of its own, and does what it says."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from designer.design import edits
from designer.ui.menus.action import Action, WindowAction
from designer.ui.menus.menus import MENUS
from designer.ui.title_row import TitleRow
from tests.ui.conftest import holder, leaf

ENTRIES = [entry for _, entries in MENUS for entry in entries if isinstance(entry, (Action, WindowAction))]
Control, Alt, Shift = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def window(open_window, llama):
    return open_window(llama)


def action(window, title: str) -> QAction:
    return next(found for found in window.findChildren(QAction) if found.text() == title)


def test_no_two_commands_have_the_same_keys():
    keys = Counter(QKeySequence(entry.keys).toString() for entry in ENTRIES if entry.keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_no_command_is_a_bare_letter():
    assert [e.keys for e in ENTRIES if len(e.keys) == 1 and e.keys.isalnum()] == []


def test_every_menu_is_there_in_its_place(window):
    titles = [action.text() for action in window.findChild(TitleRow).menus.actions()]
    assert titles == ["File", "Edit", "Insert", "Design", "View", "Help"]


def test_a_menu_greys_what_cannot_be_done_and_keys_ask_for_themselves(window, llama):
    edit = window.menus.by_title["Edit"]
    edit.aboutToShow.emit()
    assert not action(window, "Remove").isEnabled()
    edit.aboutToHide.emit()
    assert action(window, "Remove").isEnabled()
    before = llama.design
    action(window, "Remove").trigger()
    assert llama.design is before


def test_undo_names_its_step(window, llama):
    llama.commit(edits.set_variable(llama.design, "hidden_size", 4160), "Change hidden_size")
    edit = window.menus.by_title["Edit"]
    edit.aboutToShow.emit()
    action(window, "Undo Change hidden_size").trigger()
    assert not llama.edited
    edit.aboutToShow.emit()
    action(window, "Redo Change hidden_size").trigger()
    assert llama.design.variables["hidden_size"] == 4160


def test_keys_edit_the_selection_while_the_canvas_has_the_keyboard(qtbot, window, llama):
    branch = holder(llama.design, "residual")
    norm = branch.inside[0]
    llama.select((norm.id,))
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Down, Alt)
    assert edits.find(llama.design, branch.id).inside[1].id == norm.id
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Control)
    assert edits.find(llama.design, branch.id).inside[0].id == norm.id
    QTest.keyClick(window.canvas, Qt.Key.Key_D, Control)
    assert len(edits.find(llama.design, branch.id).inside) == 3
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert len(edits.find(llama.design, branch.id).inside) == 2
    llama.select((norm.id,))
    QTest.keyClick(window.canvas, Qt.Key.Key_G, Control)
    assert llama.nodes[0].kind == "residual"
    QTest.keyClick(window.canvas, Qt.Key.Key_G, Control | Shift)
    assert llama.selection == (norm.id,)


def test_ctrl_f_leads_to_the_search_and_escape_back(qtbot, window):
    QTest.keyClick(window.canvas, Qt.Key.Key_F, Control)
    assert window.focusWidget() is window.panels.palette.search
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.focusWidget() is window.canvas


def test_a_slash_in_a_field_is_a_slash(qtbot, window, llama):
    llama.select((leaf(llama.design, "feed_forward").id,))
    qtbot.waitUntil(lambda: window.panels.inspector.form.rows[0].isVisible())
    window.commands.edit_fields()
    line = window.focusWidget()
    line.selectAll()
    QTest.keyClicks(line, "hidden_size/2")
    assert line.text() == "hidden_size/2"


def test_f6_goes_round_the_panels_that_are_open(qtbot, window):
    window.canvas.setFocus()
    visited = []
    for _ in range(4):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        focus = window.focusWidget()
        visited.append(
            next(
                name
                for name, panel in {
                    "canvas": window.canvas,
                    "palette": window.panels.palette,
                    "inspector": window.panels.inspector,
                    "below": window.panels.below,
                }.items()
                if panel is focus or panel.isAncestorOf(focus)
            )
        )
    assert visited == ["inspector", "below", "palette", "canvas"]


def test_every_block_can_be_inserted_from_the_menu(window, llama):
    menus = window.menus.by_title
    sections = [menus[section] for section in window.commands.sections]
    listed = []
    for section in sections:
        section.aboutToShow.emit()
        listed += [action.text() for action in section.actions()]
    assert listed == [entry.title for section in window.commands.sections.values() for entry in section]
    llama.select((leaf(llama.design, "normalization").id,))
    next(a for s in sections for a in s.actions() if a.text() == "Dropout").trigger()
    assert llama.history.undoes == "Insert Dropout"


def test_presets_are_listed_with_their_totals_and_open(window, llama):
    presets = window.menus.by_title["Open a preset"]
    presets.aboutToShow.emit()
    entry = next(a for a in presets.actions() if "124" in a.text())
    entry.trigger()
    assert llama.measured.total == 124_439_808


def test_the_selection_is_wrapped_in_any_container(window, llama):
    llama.select((leaf(llama.design, "normalization").id,))
    titles = [entry.title for entry in window.commands.containers()]
    assert "Parallel" in titles
    window.commands.run(window.commands.containers()[titles.index("Parallel")])
    assert llama.nodes[0].kind == "parallel"


def test_a_refusal_is_said_in_the_status_row_and_no_dialog_opens(window, llama):
    first, *_, last = (node.id for node in llama.design.tree.walk() if not node.inside)
    llama.select((first, last))
    action(window, "Wrap in Residual").trigger()
    assert "side by side" in window.commands.status.truth.words
    llama.select((first,))
    assert window.commands.status.truth.words == "All shapes agree"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_right_button_offers_what_can_be_done_to_the_selection(qtbot, window, llama):
    from PySide6.QtWidgets import QMenu

    norm = leaf(llama.design, "normalization")
    llama.select((norm.id,))
    window.canvas.customContextMenuRequested.emit(window.canvas.rect().center())
    menu = next(menu for menu in window.findChildren(QMenu) if menu.isVisible())
    titles = [action.text() for action in menu.actions() if action.text()]
    assert {"Cut", "Duplicate", "Remove", "Rename", "Wrap in Residual"} <= set(titles)
    next(action for action in menu.actions() if action.text() == "Remove").trigger()
    menu.close()
    assert llama.history.undoes == "Remove RMSNorm"
