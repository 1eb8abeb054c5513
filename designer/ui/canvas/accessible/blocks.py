"""The blocks for readers of the screen, who see no painted card. Nothing is made until one asks."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

from designer.ui.canvas.keyboard import Walked

_READY = "tells of its blocks"


def stand_by(canvas: Walked) -> None:
    """From now on, whoever asks the canvas what it holds is told of its blocks."""
    canvas.setProperty(_READY, True)
    QAccessible.installFactory(_interface)
    if QAccessible.isActive():  # one that asked before the first frame was told that it holds nothing
        known = QAccessible.queryAccessibleInterface(canvas)
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(known))


def _interface(name: str, asked: QObject) -> QAccessibleInterface | None:
    """Qt asks for each class of an object, the outermost first."""
    if not isinstance(asked, Walked) or not asked.property(_READY):
        return None
    from designer.ui.canvas.accessible.tree import Told

    return Told(asked).tree
