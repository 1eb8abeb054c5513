"""A model to start from: its portrait, what it is, and what it counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, RIGHT, paint_focus, rounded
from designer.ui.numbers import exact, short
from designer.ui.tr import tr

PAD = 10
BAR, BETWEEN = 5, 2
MOST = 13
"""Bars that there is room for."""


class StarterCard(QAbstractButton):
    """A button that is a card; the count and the portrait come later."""

    def __init__(self, appearance: Appearance, title: str, subtitle: str) -> None:
        super().__init__()
        self._appearance, self._subtitle = appearance, subtitle
        self.total = 0
        self.streams: Sequence[Sequence[str]] = ()
        self._portrait = True
        self.setText(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._name()

    def show_model(self, total: int, streams: Sequence[Sequence[str]]) -> None:
        """Show what the model counts, and for each of its streams the categories of its blocks."""
        self.total, self.streams = total, streams
        self._name()
        self.update()

    def show_portrait(self, shown: bool) -> None:
        """With the portrait, or without where there is no room."""
        if shown != self._portrait:
            self._portrait = shown
            self.updateGeometry()
            self.update()

    @property
    def tall(self) -> int:
        """The height with the portrait."""
        return self._words + self._picture

    def sizeHint(self) -> QSize:
        return QSize(160, self.tall if self._portrait else self._words)

    @property
    def _words(self) -> int:
        fonts = self._appearance.theme.fonts
        heights = fonts.name.metrics.height() + fonts.small.metrics.height() + fonts.stat.metrics.height()
        return heights + 2 * PAD + 4

    @property
    def _picture(self) -> int:
        return MOST * (BAR + BETWEEN) + 2 * PAD

    def _name(self) -> None:
        words = tr("{title}, {model}", title=self.text(), model=self._subtitle)
        if self.total:
            words = tr("{what}, {total} parameters", what=words, total=exact(self.total))
        self.setAccessibleName(words)
        self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.accent if self.underMouse() else theme.line2, 1))
            painter.setBrush(theme.card)
            painter.drawRoundedRect(area, 8, 8)
            inner = area.adjusted(PAD, PAD, -PAD, -PAD)
            if self._portrait:
                self._paint_portrait(
                    painter, QRectF(inner.x(), inner.y(), inner.width(), self._picture - PAD)
                )
                inner.setTop(inner.top() + self._picture)
            lines = ((fonts.name, theme.text, self.text()), (fonts.small, theme.text2, self._subtitle))
            y = inner.top()
            for role, colour, words in lines:
                high = role.metrics.height()
                painter.setFont(role.font)
                painter.setPen(colour)
                shown = role.metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(inner.width()))
                painter.drawText(QRectF(inner.x(), y, inner.width(), high), LEFT, shown)
                y += high
            self._paint_foot(painter, QRectF(inner.x(), y + 2, inner.width(), fonts.stat.metrics.height()))
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()), theme, 8)

    def _paint_foot(self, painter: QPainter, area: QRectF) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        painter.setFont(fonts.count.font)
        painter.setPen(theme.text)
        painter.drawText(area, LEFT, short(self.total) if self.total else "")
        painter.setFont(fonts.small_value.font)
        painter.setPen(theme.accenttext)
        painter.drawText(area, RIGHT, tr("Open"))

    def _paint_portrait(self, painter: QPainter, area: QRectF) -> None:
        """A bar for each kind of block, in the order of the stack."""
        theme = self._appearance.theme
        rounded(painter, area, theme.sunken, 5)
        column = area.width() / (len(self.streams) + 1)
        wide = min(column, area.width() * 0.5)
        for index, stream in enumerate(stream[:MOST] for stream in self.streams):
            middle = area.left() + (index + 0.5) * area.width() / len(self.streams)
            y = area.center().y() - len(stream) * (BAR + BETWEEN) / 2
            for category in stream:
                rounded(painter, QRectF(middle - wide / 2, y, wide, BAR), theme.colour(category), 1.5)
                y += BAR + BETWEEN
