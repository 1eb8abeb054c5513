"""Writing on the canvas: a field over the part of a card that it changes."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from designer.ui.canvas.frame import Part
from designer.ui.canvas.keyboard import Walked

NARROWEST, WIDEST = 190, 320
"""Of the field, in px; between them it is as wide as what it covers."""


class InPlace(QFrame):
    """A field over a part of a card. It follows the card, and goes when the keyboard leaves it."""

    def __init__(self, canvas: Walked, id: int, part: Part) -> None:
        super().__init__(canvas.viewport())
        self._canvas, self.id = canvas, id
        self.part: Part = part
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(2)
        canvas.board.stood.connect(self.place)
        canvas.zoomed.connect(self.place)
        for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar()):
            bar.valueChanged.connect(self.place)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._look_away)

    @property
    def needed(self) -> int:
        """The width in which all that is written can be read."""
        return 0

    def begin(self) -> None:
        """Take the keyboard, with all of the text selected."""

    def place(self) -> None:
        """Stand over what is written; go where that is gone."""
        card = self._canvas.board.card(self.id)
        area = card.written(self.part) if card is not None else None
        if area is None:
            if card is None:
                self.leave()
            return
        seen = self._canvas.mapFromScene(area).boundingRect()
        size, line = self.sizeHint(), self._canvas.appearance.theme.fonts.row + 10
        width = min(max(seen.width() + 6, NARROWEST, self.needed), WIDEST)
        self.setGeometry(QRect(seen.left() - 3, seen.center().y() - line // 2, width, size.height()))

    def leave(self) -> None:
        """Go, and give the keyboard back to the canvas if it is here."""
        if self.isHidden():
            return
        now = QApplication.focusWidget()
        has = now is not None and self.isAncestorOf(now)
        self.hide()
        if has:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._canvas.appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.line2, 1))
            painter.setBrush(theme.raised)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _look_away(self, before: QWidget | None, now: QWidget | None) -> None:
        """To another widget, not to another window: whoever comes back from there goes on typing."""
        if before is None or now is None or self.isAncestorOf(now):
            return
        if self.isAncestorOf(before):
            self.leave()
