"""Run the program as its user does, and beside it say what stands on the screen.

`python -m tests.e2e.witness [DESIGN…]` is `llm-designer [DESIGN…]`, with a witness who answers each line on
stdin by one JSON object on stdout: all that is seen, or for the line `dialogs` those alone. The witness looks
and touches nothing; places are in pixels of the screen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from threading import Thread

from PySide6.QtCore import QAbstractAnimation, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from designer.cli import main
from designer.design.tree import Node
from designer.ui.main_window import MainWindow


class Witness(QObject):
    """Answers in the thread of the window, after what happened there before."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self.answer, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """Take questions until there are none."""
        for question in sys.stdin:
            self.asked.emit(question.strip())

    def answer(self, question: str) -> None:
        """Say what stands on the screen."""
        shown = (widget for widget in QApplication.topLevelWidgets() if widget.isVisible())
        window = next((widget for widget in shown if isinstance(widget, MainWindow)), None)
        if question == "dialogs":
            sight = {"dialogs": dialogs()}
        else:
            sight = seen(window) if window is not None else {}
        print(json.dumps(sight), flush=True)


def dialogs() -> list[str]:
    """The kinds of dialogs that are open."""
    shown = (widget for widget in QApplication.topLevelWidgets() if widget.isVisible())
    return [type(dialog).__name__ for dialog in shown if isinstance(dialog, QDialog)]


def seen(window: MainWindow) -> dict[str, object]:
    """What a user of the window sees."""
    palette, focus = window.panels.palette, QApplication.focusWidget()
    return {
        "title": window.windowTitle(),
        "active": window.isActiveWindow(),
        "focus": type(focus).__name__,
        "moving": moving(window),
        "edited": window.isWindowModified(),
        "total": window.totals.count.accessibleDescription(),
        "qualified": window.totals.count.qualified,
        "selected": len(window.session.selection),
        "cards": dict(cards(window)),
        "parts": {} if palette is None else dict(parts(palette.list)),
        "dialogs": dialogs(),
    }


def moving(window: MainWindow) -> bool:
    """Whether cards are still on their way."""
    running = QAbstractAnimation.State.Running
    return any(each.state() == running for each in window.canvas.board.findChildren(QAbstractAnimation))


def cards(window: MainWindow) -> Iterator[tuple[str, list[int]]]:
    """Each block that is drawn: its way through the tree, `0.1.residual`, and its place."""
    view = window.canvas
    for way, node in walk(window.session.design.tree, ""):
        card = view.board.card(node.id)
        if card is not None and card.isVisible():
            drawn = view.mapFromScene(card.mapRectToScene(card.rect())).boundingRect()
            yield way, place(view.viewport(), drawn)


def walk(node: Node, above: str) -> Iterator[tuple[str, Node]]:
    """Every node with its way: the indices down to it, and its kind."""
    yield above + node.kind, node
    for index, child in enumerate(node.inside):
        yield from walk(child, f"{above}{index}.")


def parts(listed) -> Iterator[tuple[str, list[int]]]:
    """Each row of the palette that is in sight: its title, and its place."""
    row = listed.indexAt(QPoint(4, 4))
    while row.isValid():
        rect = listed.visualRect(row)
        if rect.bottom() < listed.viewport().height():
            yield row.data(), place(listed.viewport(), rect)
        row = listed.indexBelow(row)


def place(widget: QWidget, rect: QRect) -> list[int]:
    """[x, y, width, height] on the screen."""
    corner = widget.mapToGlobal(rect.topLeft())
    return [corner.x(), corner.y(), rect.width(), rect.height()]


if __name__ == "__main__":
    witness = Witness()
    Thread(target=witness.listen, daemon=True).start()
    sys.exit(main(sys.argv[1:]))
