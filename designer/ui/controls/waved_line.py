"""A line to type in that its holder frames, with a wave under what cannot be read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from designer.ui.appearance import Appearance

_TOOTH = 2.5
"""Pixels from one turn of the wave to the next."""


class WavedLine(QLineEdit):
    """`entered` at Enter, `escaped` at Esc while something is typed; `focused` as the keyboard comes or goes.

    `wave` is where in the text the wave begins and ends; None where all can be read.
    """

    entered = Signal()
    escaped = Signal()
    focused = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.wave: tuple[int, int] | None = None
        self.setFrame(False)
        self.setStyleSheet("background: transparent; border: none")
        self.setTextMargins(0, 0, 0, 0)

    @property
    def wave_ends(self) -> tuple[float, float]:
        """Where the wave begins and ends in pixels, scrolled as the text is."""
        metrics, (start, end) = self.fontMetrics(), self.wave or (0, 0)
        before = metrics.horizontalAdvance(self.text()[: self.cursorPosition()])
        scrolled = self.cursorRect().center().x() - before
        left, right = (metrics.horizontalAdvance(self.text()[:at]) for at in (start, end))
        return float(scrolled + left), float(scrolled + right)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the panel gives the keyboard back
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.focused.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.wave is None:
            return
        x, right = self.wave_ends
        right = max(right, x + 2 * _TOOTH)  # where something is missing there is no text to stand under
        y, up = (self.height() + self.fontMetrics().ascent()) / 2 + 1, True
        path = QPainterPath()
        path.moveTo(x, y)
        while x < right:
            x += _TOOTH
            path.lineTo(x, y - 2 if up else y)
            up = not up
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._appearance.theme.danger, 1.2))
            painter.drawPath(path)
