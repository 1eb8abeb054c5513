"""A line to search in, with the key that leads to it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import paint_field, paint_key
from designer.ui.icons import pixmap


class SearchField(QLineEdit):
    """`down` asks for the results, `taken` for the first of them, `left` for a way back."""

    down = Signal()
    taken = Signal()
    left = Signal()

    def __init__(self, appearance: Appearance, hollow: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance, self._key = appearance, key
        self.setFont(appearance.theme.fonts.body.font)
        self.setPlaceholderText(hollow)
        self.setAccessibleName(hollow)
        self.setFrame(False)
        self.setStyleSheet("background: transparent; border: none")
        self.setTextMargins(28, 0, 28, 0)
        self.setFixedHeight(appearance.theme.fonts.row + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            paint_field(painter, QRectF(self.rect()), theme, self.hasFocus())
            glass = pixmap("search", theme.text3, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(11, (self.height() - 14) // 2), glass)
            if not self.text() and not self.hasFocus():
                wide = theme.fonts.caption.width(self._key) + 12
                cap = QRectF(self.width() - wide - 10, self.height() / 2 - 9, wide, 18)
                paint_key(painter, cap, theme, self._key)
        super().paintEvent(event)
