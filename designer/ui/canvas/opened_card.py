"""A card seen from near: every tensor with its shape, its share and its exact count.

It takes no more room than before: its type grows slower than the card does, and that gives the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform

from designer.ui.canvas.inside import Part, flows, parts, whole
from designer.ui.canvas.laid import Laid
from designer.ui.canvas.look import MARGIN, TEXT, Look, Text, faded, paint_icon, paint_rounded, paint_tile
from designer.ui.canvas.words import Lines, joined
from designer.ui.controls.painting import LEFT, RIGHT
from designer.ui.numbers import exact
from designer.ui.tr import tr

_SIZE = 0.83
"""How large the type is, by the square root of the zoom: as in the window where cards begin to open."""
_BAR, _GAP, _NAME, _SAID = 70, 14, 150, 300
"""The width of a bar, what parts the columns, and the most that a tensor's name and the card's lines take."""
_ASKS = 9
"""Half of the ? with room for a finger."""


class OpenedCard:
    """A block's card with what is inside it, in px of its type."""

    def __init__(self, laid: Laid, said: Lines, look: Look, icon: str) -> None:
        self.laid, self.said, self.look, self.icon = laid, said, look, icon
        self.parts = parts(laid.shown)
        theme, fonts = look.theme, look.fonts
        number = ("~" if said.number.startswith("~") else "") + whole(laid.shown)
        self._count = Text(number if len(number) > 1 else said.number, fonts.name, theme.text)
        doubt = tr("provisional") if not said.sound else said.chip
        self._mark = Text(doubt, fonts.caption, theme.accenttext if said.sound else theme.danger)
        self._role = fonts.caption
        self._pitch = fonts.caption.metrics.height() + 3
        names = max((self._role.width(part.name) for part in self.parts), default=0)
        self._name = min(names, _NAME)
        self._shape = max((self._role.width(part.shape) for part in self.parts), default=0)
        self._digits = max((self._role.width(exact(part.size)) for part in self.parts), default=0)
        self._lines: tuple[float, list[Text]] = 0.0, []

    def paint(self, painter: QPainter, area: QRectF) -> QRectF:
        """Inside `area`, in the painter's coordinates; where the ? stands in them."""
        there = painter.worldTransform()
        shown = there.mapRect(area)
        painter.save()
        size = _SIZE * sqrt(there.m11())
        painter.setWorldTransform(QTransform(size, 0, 0, size, shown.left(), shown.top()))
        self._paint(painter, there.m11() / size, shown.width() / size, shown.height() / size)
        painter.restore()
        unit = size / there.m11()
        asks = (MARGIN + _ASKS) * unit
        return QRectF(area.right() - asks, area.center().y() - _ASKS * unit, asks, 2 * _ASKS * unit)

    def _paint(self, painter: QPainter, scale: float, width: float, height: float) -> None:
        stream = self.laid.stream * scale
        self._paint_tile(painter, stream, height)
        right = width - MARGIN
        paint_icon(painter, "question", self.look.theme.accenttext, right - 2, height / 2, 14)
        right -= 2 * _GAP
        left = stream + TEXT
        room = right - max(self._count.width, self._mark.width) - _GAP - left
        lines = self._fitting(min(room, _SAID), height)
        self._paint_lines(painter, left, lines, height)
        said = max((line.width for line in lines), default=0) + 2 * _GAP
        columns = self.columns(room - said)
        if columns:
            self._paint_table(painter, left + said, columns, height)
        middle = height / 2
        if self._mark.width:
            self._count.paint_before(painter, right, middle - self._count.height / 2)
            self._mark.paint_before(painter, right, middle + self._mark.height / 2)
        else:
            self._count.paint_before(painter, right, middle)

    def columns(self, room: float) -> list[float]:
        """The widths of name, shape, bar and count, as many as there is room for."""
        for widths in (
            [self._name, self._shape, _BAR, self._digits],
            [self._name, self._shape, self._digits],
            [self._name, self._digits],
        ):
            if self.parts and sum(widths) + _GAP * (len(widths) - 1) <= room:
                return [float(width) for width in widths]
        return []

    def rows(self, height: float) -> tuple[Sequence[Part], int]:
        """The tensors that a card of this height has room for, and how many more there are."""
        most = max(int((height - 6) / self._pitch), 1)
        if len(self.parts) <= most:
            return self.parts, 0
        return self.parts[: most - 1], len(self.parts) - most + 1

    def _paint_tile(self, painter: QPainter, x: float, height: float) -> None:
        category, side = self.laid.shown.block.category, min(30.0, height - 12)
        paint_tile(painter, self.look, category, self.icon, x, height / 2, side)

    def _fitting(self, room: float, height: float) -> Sequence[Text]:
        """Name, fields and shapes, as many lines as there is room for."""
        if self._lines[0] != room:
            self._lines = room, self._made(room)
        lines = self._lines[1]
        while len(lines) > 1 and sum(line.height for line in lines) > height - 6:
            lines = lines[:-1]
        return lines

    def _paint_lines(self, painter: QPainter, x: float, lines: Sequence[Text], height: float) -> None:
        top = (height - sum(line.height for line in lines)) / 2
        for line in lines:
            line.paint(painter, x, top + line.height / 2)
            top += line.height

    def _made(self, room: float) -> list[Text]:
        theme, fonts, said = self.look.theme, self.look.fonts, self.said
        lines = (
            (" ".join(words for words in (said.title, said.aside) if words), fonts.name, theme.text),
            (said.fault or joined(said.summary), fonts.small, self.look.tone(said, theme.text2)),
            (flows(self.laid.shown), fonts.caption, theme.text3),
        )
        return [Text(words, role, colour, room) for words, role, colour in lines if words]

    def _paint_table(self, painter: QPainter, left: float, widths: list[float], height: float) -> None:
        rows, more = self.rows(height)
        top = (height - self._pitch * (len(rows) + bool(more))) / 2
        painter.setFont(self._role.font)
        right = left + sum(widths) + _GAP * (len(widths) - 1)
        for index, part in enumerate(rows):
            if index:
                painter.setPen(QPen(self.look.theme.line, 1))
                painter.drawLine(QPointF(left, top), QPointF(right, top))
            self._paint_part(painter, QRectF(left, top, right - left, self._pitch), widths, part, index)
            top += self._pitch
        if more:
            painter.setPen(self.look.theme.text3)
            painter.drawText(QRectF(left, top, right - left, self._pitch), LEFT, tr("and {n} more", n=more))

    def _paint_part(
        self, painter: QPainter, area: QRectF, widths: list[float], part: Part, index: int
    ) -> None:
        theme = self.look.theme
        name = self._role.metrics.elidedText(part.name, Qt.TextElideMode.ElideLeft, int(widths[0]) + 1)
        painter.setPen(theme.text)
        painter.drawText(area, LEFT, name)
        painter.drawText(area, RIGHT, tr("tied") if part.tied else exact(part.size))
        x = area.left() + widths[0] + _GAP
        if len(widths) > 2:
            painter.setPen(theme.text2)
            painter.drawText(QRectF(x, area.top(), widths[1], area.height()), LEFT, part.shape)
            x += widths[1] + _GAP
        if len(widths) > 3:
            bar = QRectF(x, area.center().y() - 3, widths[2], 6)
            paint_rounded(painter, bar, theme.sunken, 3)
            total = sum(each.size for each in self.parts)
            bar.setWidth(max(bar.width() * part.size / max(total, 1), 2.0 if part.size else 0))
            paint_rounded(
                painter, bar, faded(theme, part.category, index, len(self.parts)), min(3, bar.width() / 2)
            )
