"""Words in a role: a label that takes its font and its tone from the theme."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from designer.ui.fonts import Role

Tone = Literal["1", "2", "3", "danger", "warn", "accent"]


def label(text: str, role: Role, tone: Tone = "1", *, wraps: bool = False) -> QLabel:
    """A line, or a paragraph where it `wraps`. The style sheet knows the tones."""
    made = QLabel(text)
    made.setFont(role.font)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if tone != "1":
        made.setProperty("tone", tone)
    if wraps:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    return made


class Elided(QLabel):
    """A line that is cut with an ellipsis where it has no room, and then says itself whole on hover."""

    def __init__(self, role: Role, tone: Tone = "1", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(role.font)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if tone != "1":
            self.setProperty("tone", tone)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            how = self.alignment().value | Qt.TextFlag.TextDontClip.value  # a descender may stick out
            painter.drawText(QRect(0, 0, self.width(), self.height()), how, shown)
