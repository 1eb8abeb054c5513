"""What a user's hands do on a canvas: pointing, clicking, holding things over it. No real drag is run."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.design.tree import Node
from designer.ui.canvas.view import Canvas
from designer.ui.part import part_data
from tests.ui.canvas.designs import placed

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ANY = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def ids(canvas: Canvas, kind: str) -> list[int]:
    """The blocks of a kind, in order."""
    return [node.id for node in canvas.session.design.tree.walk() if node.kind == kind]


def kinds(canvas: Canvas, id: int) -> list[str]:
    """What a container holds."""
    found = next(node for node in canvas.session.design.tree.walk() if node.id == id)
    return [node.kind for node in found.inside]


def point(canvas: Canvas, kind: str, number: int = 0, x: float = 0.5, y: float = 0.5) -> QPoint:
    """A point of the viewport over a block: so far across and so far down it."""
    place = placed(canvas.board.laid, kind)[number]
    return canvas.mapFromScene(place.x + x * place.laid.width, place.y + y * place.laid.height)


def click(canvas: Canvas, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press and release."""
    QTest.mouseClick(canvas.viewport(), LEFT, modifiers, at)


class Held:
    """Something held over the canvas, from entering on. `lands` says whether it could be let go there."""

    def __init__(self, canvas: Canvas, what: Node | QMimeData) -> None:
        self.canvas = canvas
        self.data = part_data(what) if isinstance(what, Node) else what  # kept alive: events do not own it
        event = QDragEnterEvent(QPoint(1, 1), ANY, self.data, LEFT, NONE)
        QApplication.sendEvent(canvas.viewport(), event)
        self.taken = event.isAccepted()
        self.lands = False

    def over(self, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> Held:
        """Hold it over a point."""
        event = QDragMoveEvent(at, ANY, self.data, LEFT, modifiers)
        QApplication.sendEvent(self.canvas.viewport(), event)
        self.lands = event.isAccepted()
        return self

    def drop(self, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Let go over a point."""
        self.over(at, modifiers)
        event = QDropEvent(QPointF(at), ANY, self.data, LEFT, modifiers)
        QApplication.sendEvent(self.canvas.viewport(), event)

    def leave(self) -> None:
        """Off the canvas again, as it is when Esc is pressed too."""
        QApplication.sendEvent(self.canvas.viewport(), QDragLeaveEvent())
