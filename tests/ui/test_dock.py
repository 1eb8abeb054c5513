"""Charts and issues, below the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from designer.design import edits
from designer.design.expression import Expression
from designer.ui.dock import CHARTS, ISSUES, Dock
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


def test_an_issue_is_a_card_with_its_place_and_marked_on_the_tab(dock, llama):
    break_a_field(llama)
    assert dock.tabs._marks == {ISSUES: 1}
    dock.show_page(ISSUES)
    (card,) = dock.issues.cards
    assert card.sentence.startswith("In Decoder layer")
    assert "14,336" in card.sentence
    assert card.accessibleName().startswith("A field cannot be read: In Decoder layer")
    llama.undo()
    assert dock.tabs._marks == {ISSUES: 0}
    assert dock.issues.cards == []


@pytest.mark.parametrize("way", ["Enter", "a click"])
def test_a_card_leads_to_its_block(qtbot, dock, llama, way):
    node = break_a_field(llama)
    dock.show_page(ISSUES)
    (card,) = dock.issues.cards
    card.setFocus()
    with qtbot.waitSignal(dock.issues.jumped):
        if way == "Enter":
            QTest.keyClick(card, Qt.Key.Key_Return)
        else:
            QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert llama.selection == (node.id,)


def test_a_card_mends_its_issue_at_the_price_it_says(qtbot, dock, llama):
    break_a_field(llama)
    dock.show_page(ISSUES)
    (card,) = dock.issues.cards
    qtbot.waitUntil(lambda: card.button is not None)
    assert card.button.text() == "Use hidden_size"
    assert card.price.text() == "\u22124.03\u2009B"
    card.button.click()
    assert llama.issues == []
    assert llama.measured.total == 8_030_261_248 - 32 * 3 * 4096 * (14336 - 4096)
    assert dock.issues._none.isVisible()
    llama.undo()
    assert len(dock.issues.cards) == 1


def test_what_could_be_better_is_a_note_that_marks_nothing(qtbot, appearance, session):
    dock = Dock(session, appearance)
    qtbot.addWidget(dock)
    dock.resize(1100, 240)
    dock.show()
    dock.show_page(ISSUES)
    assert not any(dock.tabs._marks.values())
    (card,) = dock.issues.cards
    qtbot.waitUntil(lambda: card.button is not None)
    assert (card.button.text(), card.price.text()) == ("Use 50,304", "+36.1\u2009K")
    card.button.click()
    assert session.measured.total == 124_439_808 + 47 * 768
    assert dock.issues._none.isVisible()


def test_what_mends_an_issue_follows_the_design_though_the_issue_stays(qtbot, dock, llama):
    break_a_field(llama)
    dock.show_page(ISSUES)
    (card,) = dock.issues.cards
    qtbot.waitUntil(lambda: dock.issues.settled)
    llama.commit(edits.set_variable(llama.design, "num_hidden_layers", 16), "Change num_hidden_layers")
    assert dock.issues.cards == [card]
    card.button.click()
    assert llama.design.variables["num_hidden_layers"] == 16
    assert llama.issues == []
    llama.undo()
    (card,) = dock.issues.cards
    qtbot.waitUntil(lambda: card.button is not None)
    assert card.price.text() == "\u22122.01\u2009B"


def test_the_arrows_walk_the_cards(qtbot, dock, llama):
    nodes = [node.id for node in llama.design.tree.walk() if "eps" in node.fields]
    llama.commit(edits.configure(llama.design, nodes, {"eps": Expression("x y", 1e-5)}), "Break")
    dock.show_page(ISSUES)
    qtbot.waitUntil(lambda: len(dock.issues.cards) == 3 and dock.issues.cards[0].isVisible())
    dock.issues.cards[0].setFocus()
    QTest.keyClick(dock.issues.cards[0], Qt.Key.Key_Right)
    assert dock.focusWidget() is dock.issues.cards[1]


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
