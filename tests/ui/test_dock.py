"""Charts and issues, below the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from designer.design import edits
from designer.design.expression import Expression
from designer.ui.dock import CHARTS, ISSUES, Dock
from designer.ui.issues_page import ISSUE
from tests.ui.conftest import leaf


@pytest.fixture
def dock(qtbot, appearance, llama) -> Dock:
    made = Dock(llama, appearance)
    qtbot.addWidget(made)
    made.resize(1100, 240)
    made.show()
    return made


def break_a_field(session):
    node = leaf(session.design, "feed_forward")
    broken = edits.configure(session.design, (node.id,), {"hidden": Expression("hiden_size", 14336)})
    session.commit(broken, "Change Hidden width")
    return node


def test_a_design_without_issues_says_so(dock):
    dock.show_page(ISSUES)
    assert dock.issues._none.isVisible()
    assert dock.issues._none.text() == "Nothing to mend."


def test_an_issue_is_listed_with_its_place_and_marked_on_the_tab(dock, llama):
    break_a_field(llama)
    assert dock.tabs._marks == {ISSUES: 1}
    dock.show_page(ISSUES)
    issue = dock.issues.list.item(0).data(ISSUE)
    assert "Decoder layer" in issue.where
    assert "14,336" in dock.issues.list.item(0).text()
    llama.undo()
    assert dock.tabs._marks == {ISSUES: 0}
    assert dock.issues.list.count() == 0


def test_enter_on_an_issue_selects_its_block(qtbot, dock, llama):
    node = break_a_field(llama)
    dock.show_page(ISSUES)
    dock.issues.list.setFocus()
    dock.issues.list.setCurrentRow(0)
    with qtbot.waitSignal(dock.issues.jumped):
        QTest.keyClick(dock.issues.list, Qt.Key.Key_Return)
    assert llama.selection == (node.id,)


def test_folded_it_keeps_its_tabs_and_a_click_on_one_opens_it(qtbot, dock):
    with qtbot.waitSignal(dock.folded):
        dock.fold(True)
    assert dock.is_folded
    assert dock.tabs.isVisible()
    QTest.mouseClick(dock.tabs, Qt.MouseButton.LeftButton, pos=dock.tabs.tabRect(CHARTS).center())
    assert not dock.is_folded


def test_the_curve_comes_once_its_library_is_there(qtbot, dock):
    dock.load()
    qtbot.waitUntil(lambda: dock.complete)
    assert dock.findChild(type(dock.breakdown)) is dock.breakdown
