"""A hybrid of three linear layers to one of full attention, drawn from an empty canvas by mouse and keys."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenuBar

from designer.analysis.tensors import tensors
from designer.ui.layers.strip import LayerStrip
from designer.ui.main_window import MainWindow
from designer.ui.numbers import exact

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


class Hand:
    """Gestures on a window, as a person makes them."""

    def __init__(self, qtbot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    def take(self, title: str) -> None:
        """Double-click an entry of the palette."""
        listed = self.window.panels.palette.list
        index = listed.index_of(title)
        listed.scrollTo(index)
        where = listed.visualRect(index).center()
        QTest.mouseClick(listed.viewport(), Left, pos=where)
        QTest.mouseDClick(listed.viewport(), Left, pos=where)

    def click_card(self, kind: str) -> None:
        """Click the card of the first block of a kind."""
        canvas = self.window.canvas
        node = next(node for node in self.window.session.design.tree.walk() if node.kind == kind)
        canvas.reveal(node.id)
        card = canvas.board.card(node.id)
        area = canvas.mapFromScene(card.mapRectToScene(card.rect())).boundingRect()
        QTest.mouseClick(canvas.viewport(), Left, pos=QPoint(area.center().x(), area.top() + 8))

    def click_ground(self) -> None:
        """Click beside the stack: nothing is selected then."""
        view = self.window.canvas.viewport()
        QTest.mouseClick(view, Left, pos=QPoint(6, view.height() - 6))

    def choose(self, *titles: str) -> None:
        """Click through menus."""
        bar = self.window.findChild(QMenuBar)
        menu = self.window.menus.by_title[titles[0]]
        QTest.mouseClick(bar, Left, pos=bar.actionGeometry(menu.menuAction()).center())
        for title in titles[1:]:
            action = next(action for action in menu.actions() if action.text() == title)
            QTest.mouseClick(menu, Left, pos=menu.actionGeometry(action).center())
            if (inner := self.window.menus.by_title.get(title)) is not None:
                menu = inner
                self.qtbot.waitUntil(menu.isVisible)

    def press(self, words: str) -> None:
        """Click a button of the inspector that is in sight."""
        inspector = self.window.panels.inspector
        button = next(
            b for b in inspector.findChildren(QAbstractButton) if b.text() == words and b.isVisible()
        )
        inspector.ensureWidgetVisible(button)
        QApplication.processEvents()
        QTest.mouseClick(button, Left)

    def write(self, line, text: str) -> None:
        """Write into a field and press Enter."""
        self.window.panels.inspector.ensureWidgetVisible(line)
        QTest.mouseClick(line, Left)
        QTest.keyClick(line, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Key.Key_Return)

    @property
    def total(self) -> str:
        """The count on the screen."""
        return self.window.totals.count.accessibleDescription()


def names(window: MainWindow) -> set[tuple[str, tuple[int, ...]]]:
    return {(tensor.name, tensor.shape) for tensor in tensors(window.session.measured.body)}


@pytest.fixture
def hand(qtbot, open_window, empty) -> Hand:
    return Hand(qtbot, open_window(empty))


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_a_hybrid_is_drawn_from_empty_and_is_the_same_nested_and_flat(hand, empty):
    began = time.monotonic()
    for title in ("Token embedding", "Decoder layer", "Head of norm and head"):
        hand.take(title)
        hand.click_ground()
    hand.click_card("attention")
    hand.choose("Design", "One of these, by layer", "Mamba-2")
    (which,) = hand.window.panels.inspector.form.rows
    hand.write(which.field.line, "3x mamba, attention")
    assert which.field.line.text() == "3×Mamba-2, Attention"
    hand.click_card("repeat")
    form = hand.window.panels.inspector.form
    times = next(row for row in form.rows if row.way == ("times",))
    hand.write(times.field.line, "48")
    strip = hand.window.findChild(LayerStrip)
    assert strip.isVisible()
    assert strip.layers.whole_tiles == 12

    flat, flat_names, flat_costs = hand.total, names(hand.window), empty.measured.costs()
    assert flat.startswith(exact(expected(empty)))
    layers = {name.split("layers.")[1].split(".")[0] for name, _ in flat_names if "layers." in name}
    assert layers == {str(layer) for layer in range(48)}
    assert [issue.cause for issue in empty.issues if issue.severity != "note"] == []

    hand.press("Unfold into tiles")
    repeats = [node for node in empty.design.tree.walk() if node.kind == "repeat"]
    assert [node.fields["times"] for node in repeats] == [12, 3]
    assert (hand.total, names(hand.window), empty.measured.costs()) == (flat, flat_names, flat_costs)
    hand.press("Fold into one Repeat")
    assert [n.fields["times"] for n in empty.design.tree.walk() if n.kind == "repeat"] == [48]
    assert (hand.total, names(hand.window), empty.measured.costs()) == (flat, flat_names, flat_costs)
    assert time.monotonic() - began < 120


def expected(session) -> int:
    """The count by hand: 36 mixers with a state and 12 with attention, 48 feed-forwards."""
    blocks = {}
    for node in session.design.tree.walk():
        blocks.setdefault(node.kind, session.block(node.id))
    width = blocks["token_embedding"].hidden
    table = width * blocks["token_embedding"].rows
    a, m, f = blocks["attention"], blocks["mamba2"], blocks["mlp"]
    attention = 2 * width * a.head_dim * (a.heads + a.kv_heads)
    inner, shared = m.heads * m.head_dim, m.groups * m.state
    rows = 2 * inner + 2 * shared + m.heads
    mixed = inner + 2 * shared
    mamba = width * rows + mixed * (m.kernel + 1) + 3 * m.heads + inner + inner * width
    layer = 2 * width + 3 * width * f.hidden
    head = 0 if blocks["lm_head"].tied else table
    return table + 36 * mamba + 12 * attention + 48 * layer + width + head
