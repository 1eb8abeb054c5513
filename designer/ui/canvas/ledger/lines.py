"""How the ledger's lines and subtotals are painted, in px from the ledger's left edge."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from designer.ui.canvas.ledger.columns import EDGE, LEAD, NESTED, Columns
from designer.ui.canvas.ledger.counts import Counts, subtotal
from designer.ui.canvas.ledger.sheet import LINE, Bracket, Line, Sheet
from designer.ui.canvas.look import Stage, paint_icon
from designer.ui.controls.painting import LEFT, RIGHT, hatch
from designer.ui.fonts import Role
from designer.ui.icons import glyph
from designer.ui.numbers import share, short
from designer.ui.theme import Theme, mixed
from designer.ui.tr import tr

BAND = 6
"""What the band of the selection reaches beyond its block."""
_HIGH = 8
"""The height of a bar."""
_LEAST = 2
"""The length of the shortest bar: a speck."""
_SPLIT = 20
"""The length from which a bar shows the categories that it is of."""
_TRACK = 0.001
"""Shares below this stand without a track: so short a bar has nothing to be measured on."""
_SELECTED, _SELECTED_DARK, _HOVERED = 0.08, 0.18, 0.045


@dataclass
class Pen:
    """A painter at the ledger. `scale` is how many px a px of the scene takes, `gap` those to the stack."""

    painter: QPainter
    stage: Stage
    streams: tuple[Columns, ...]
    counts: Counts
    scale: float
    gap: float
    proposed: tuple[str, int] | None

    def paint(self, seen: Sheet) -> None:
        """Everything in sight."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for bracket in seen.brackets:
            head = bracket.middle - bracket.top
            ends = bracket.top * self.scale, (bracket.middle + head) * self.scale
            self._band(bracket.laid.id, *ends, bracket.stream)
        for line in seen.lines:
            top, bottom = self._reach(line)
            self._band(line.laid.id, top - BAND, bottom + BAND, line.stream)
        for bracket in seen.brackets:
            if len(self.streams) == 1:
                self._bracket(bracket)
            self._subtotal(bracket)
        for line in seen.lines:
            self._line(line)
        if seen.slot is not None and self.proposed is not None and self.streams[0].bars:
            self._proposed((seen.slot.y + seen.slot.height / 2) * self.scale, *self.proposed)

    # --- what stands there ----------------------------------------------------------------------------

    def _line(self, line: Line) -> None:
        id, middle, columns = line.laid.id, line.middle * self.scale, self.streams[line.stream]
        count, doubted = self.counts.of(id), self._is_doubted(id)
        bar = columns.bar
        if line.crowded and columns.bars:
            block, theme = line.laid.shown.block, self._theme
            paint_icon(self.painter, glyph(block), theme.colour(block.category), bar + 6, middle, 12)
            bar += 16
        tall = line.crowded or (line.bottom - line.top) * self.scale >= LINE - 4
        if columns.bars:
            self._bar(id, bar, columns.bar_end - 10 - bar, middle, _HIGH if tall else 2)
        if tall:
            fonts, theme = self.stage.look.fonts, self._theme
            said = share(count, self.counts.total)
            self._digits(columns, middle, self._said(count, doubted), said, fonts.small_value, theme.text)

    def _bracket(self, bracket: Bracket) -> None:
        painter = self.painter
        top, bottom = (bracket.middle - 1) * self.scale, bracket.bottom * self.scale - 8
        x = -LEAD / 2 + NESTED * bracket.level
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._theme.line2, 1.2))
        painter.drawPolyline(
            [QPointF(x + 5, top), QPointF(x, top), QPointF(x, bottom), QPointF(x + 5, bottom)]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _subtotal(self, bracket: Bracket) -> None:
        """Lighter than what adds up; its parentheses hang outside of the column."""
        if (bracket.middle - bracket.top) * self.scale < LINE / 2 - 1:
            return
        id, middle, columns = bracket.laid.id, bracket.middle * self.scale, self.streams[bracket.stream]
        role, colour = self.stage.look.fonts.small, self._theme.text2
        count = self.counts.of(id)
        left = max(columns.bar, LEAD / 2 + 1 + NESTED * bracket.level)
        room = columns.bar_end - 4 - left
        if room > 0:
            words = role.cut(subtotal(bracket.laid.shown, self.counts.nodes.get(id)), room)
            self.painter.setFont(role.font)
            self.painter.setPen(colour)
            self.painter.drawText(QRectF(left, middle - 10, room, 20), LEFT, words)
        columns = columns._replace(share_end=columns.share_end + role.width(")"))
        said = tr("({share})", share=share(count, self.counts.total))
        self._digits(columns, middle, self._said(count, self._is_doubted(id)), said, role, colour)

    def _bar(self, id: int, left: float, room: float, middle: float, high: int) -> None:
        """Linear: the greatest line's fills the column."""
        count = self.counts.of(id)
        if not count or count >= _TRACK * self.counts.total:
            self._rounded(left, room, middle, high, self._track)
        if not count:
            return
        length = max(room * count / max(self.counts.most, 1), _LEAST)
        parts = self.counts.parts(id)
        if len(parts) == 1 or length <= _SPLIT:
            greatest = max(parts, key=lambda part: part[1])[0]
            self._rounded(left, length, middle, high if length > _LEAST else 4, self._theme.colour(greatest))
        else:
            self._split(left, length, middle, high, parts, count)
        if self._is_doubted(id):
            area = QRectF(left, middle - high / 2, length, high)
            hatch(self.painter, area, mixed(self._theme.canvas, self._theme.text, 0.7), 5)

    def _split(
        self, left: float, length: float, middle: float, high: int, parts: list[tuple[str, int]], count: int
    ) -> None:
        for category, part in parts:
            wide = length * part / count
            self.painter.fillRect(QRectF(left, middle - high / 2, wide, high), self._theme.colour(category))
            left += wide

    def _proposed(self, middle: float, category: str, count: int) -> None:
        """Where something would land: how much it would add, hatched, no digits."""
        left = self.streams[0].bar
        room = self.streams[0].bar_end - 10 - left
        length = min(max(room * count / max(self.counts.most, 1), 3 * _LEAST), room)
        area = QRectF(left, middle - _HIGH / 2, length, _HIGH)
        colour = self._theme.colour(category)
        self._rounded(left, length, middle, _HIGH, mixed(colour, self._theme.canvas, 0.35))
        hatch(self.painter, area, colour, 4)

    # --- strokes --------------------------------------------------------------------------------------

    def _band(self, id: int, top: float, bottom: float, stream: int) -> None:
        """From the stack to the edge of the view; of two streams, behind the digits of one."""
        stage = self.stage
        if id in stage.selected:
            ground = self._theme.halo(_SELECTED_DARK if self._theme.dark else _SELECTED)
        elif id == stage.hovered:
            ground = QColor(self._theme.text)
            ground.setAlphaF(_HOVERED)
        else:
            return
        columns = self.streams[stream]
        alone = len(self.streams) == 1
        left, right = (-self.gap, columns.share_end + EDGE) if alone else (columns.bar, columns.share_end + 4)
        self.painter.fillRect(QRectF(left, top, right - left, bottom - top), ground)

    def _reach(self, line: Line) -> tuple[float, float]:
        """From where to where a line reaches: its block, or its own height among others beside it."""
        if line.crowded:
            middle = line.middle * self.scale
            return middle - 4, middle + 4
        return line.top * self.scale, line.bottom * self.scale

    def _digits(
        self, columns: Columns, middle: float, count: str, part: str, role: Role, colour: QColor
    ) -> None:
        """What is counted, and its share, where these are wanted."""
        painter, shows = self.painter, columns.shows
        if shows.counts:
            painter.setFont(role.font)
            painter.setPen(colour)
            painter.drawText(QRectF(0, middle - 10, columns.count_end, 20), RIGHT, count)
        if shows.shares:
            painter.setFont(self.stage.look.fonts.small.font)
            painter.setPen(self._theme.text2)
            painter.drawText(QRectF(0, middle - 10, columns.share_end, 20), RIGHT, part)

    def _said(self, count: int, doubted: bool) -> str:
        return tr("~{count}", count=short(count)) if doubted else short(count)

    def _rounded(self, left: float, length: float, middle: float, high: float, colour: QColor) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        radius = min(high, length) / 2
        self.painter.drawRoundedRect(QRectF(left, middle - high / 2, length, high), radius, radius)

    def _is_doubted(self, id: int) -> bool:
        return id in self.stage.uncertain or self.counts.provisional(id)

    @property
    def _theme(self) -> Theme:
        return self.stage.look.theme

    @property
    def _track(self) -> QColor:
        theme = self._theme
        return mixed(theme.text, theme.canvas, 0.07)
