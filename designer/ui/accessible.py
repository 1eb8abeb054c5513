"""Roles for controls that paint themselves: readers of the screen cannot guess that a widget is a slider."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

ROLE = "playedRole"
"""The property under which a widget says which of `ROLES` it plays."""
ROLES = {
    "slider": QAccessible.Role.Slider,
    "chart": QAccessible.Role.Chart,
    "button": QAccessible.Role.Button,
}
_KEPT = "_told_of_by"


def play(widget: QWidget, role: str) -> None:
    """Let a widget be told of by one of `ROLES`."""
    widget.setProperty(ROLE, role)
    # Its name alone makes Qt tell of it, and what was told before is kept: nothing in particular.
    known = QAccessible.queryAccessibleInterface(widget)
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(known))


def stand_by() -> None:
    """From now on, whoever asks of such a widget is told its role."""
    QAccessible.installFactory(_interface)


def _interface(name: str, asked: QObject) -> QAccessibleInterface | None:
    """Qt asks for each class of an object, the outermost first."""
    role = asked.property(ROLE) if isinstance(asked, QWidget) else None
    if role not in ROLES:
        return None
    assert isinstance(asked, QWidget)
    made = QAccessibleWidget(asked, ROLES[role])
    setattr(asked, _KEPT, made)  # what Qt alone keeps outlives the interpreter, and brings it down
    return made
