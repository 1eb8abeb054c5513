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


def play(widget: QWidget, role: str) -> None:
    """Let a widget be told of by one of `ROLES`."""
    # Its name alone makes Qt tell of it, and what was told before is kept: nothing in particular.
    known = QAccessible.queryAccessibleInterface(widget)
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(known))
    widget.setProperty(ROLE, role)


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
    # Qt keeps no reference for Python, and asks it until the widget has ended. An attribute of the widget
    # does not last so long: the program then falls over at its end, as `python -m tests.screenshots` did.
    asked.destroyed.connect(lambda: made)
    return made
