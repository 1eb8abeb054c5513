"""How the ledger's lines, subtotals, head and foot are painted, in px from the ledger's left edge."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from designer.ui.canvas.ledger import LINE, Bracket, Line, Sheet
from designer.ui.canvas.ledger_columns import EDGE, LEAD, NESTED, Columns
from designer.ui.canvas.ledger_counts import Counts, subtotal
from designer.ui.canvas.look import Look, Stage, paint_icon
from designer.ui.controls.painting import LEFT, RIGHT, hatch
from designer.ui.fonts import Role
from designer.ui.icons import glyph
from designer.ui.numbers import exact, share, short
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
    columns: Columns
    counts: Counts
    scale: float
    gap: float
    proposed: tuple[str, int] | None

    def paint(self, seen: Sheet) -> None:
        """Everything in sight."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for bracket in seen.brackets:
            half = bracket.middle - bracket.top
            self._band(bracket.laid.id, bracket.top * self.scale, (bracket.middle + half) * self.scale)
        for line in seen.lines:
            top, bottom = self._reach(line)
            self._band(line.laid.id, top - BAND, bottom + BAND)
        for bracket in seen.brackets:
            self._bracket(bracket)
        for line in seen.lines:
            self._line(line)
        if seen.slot is not None and self.proposed is not None and self.columns.bars:
            middle = (seen.slot.y + seen.slot.height / 2) * self.scale
            category, count = self.proposed
            self._proposed(middle, category, count)

    # --- what stands there ----------------------------------------------------------------------------

    def _line(self, line: Line) -> None:
        id, middle = line.laid.id, line.middle * self.scale
        count, doubted = self.counts.of(id), self._is_doubted(id)
        bar = self.columns.bar
        if line.crowded and self.columns.bars:
            block, theme = line.laid.shown.block, self._theme
            paint_icon(self.painter, glyph(block), theme.colour(block.category), bar + 6, middle, 12)
            bar += 16
        tall = line.crowded or (line.bottom - line.top) * self.scale >= LINE - 4
        if self.columns.bars:
            self._bar(id, bar, middle, count, doubted, _HIGH if tall else 2)
        if not tall:
            return
        fonts, theme = self.stage.look.fonts, self._theme
        self._count(count, middle, fonts.small_value, theme.text, doubted)
        self._share(share(count, self.counts.total), middle, self.columns.share_end)

    def _bracket(self, bracket: Bracket) -> None:
        """The bracket with its subtotal, lighter than what adds up."""
        theme, fonts, painter = self._theme, self.stage.look.fonts, self.painter
        top, bottom = (bracket.middle - 1) * self.scale, bracket.bottom * self.scale - 8
        x = -LEAD / 2 + NESTED * bracket.level
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.line2, 1.2))
        painter.drawPolyline(
            [QPointF(x + 5, top), QPointF(x, top), QPointF(x, bottom), QPointF(x + 5, bottom)]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if (bracket.middle - bracket.top) * self.scale < LINE / 2 - 1:
            return
        id, middle = bracket.laid.id, bracket.middle * self.scale
        count = self.counts.of(id)
        words = subtotal(bracket.laid.shown, self.counts.nodes.get(id))
        left = max(self.columns.bar, x + 9)
        painter.setFont(fonts.small.font)
        painter.setPen(theme.text2)
        painter.drawText(
            self._cell(left, self.columns.bar_end - 4, middle),
            LEFT,
            _cut(words, fonts.small, self.columns.bar_end - 4 - left),
        )
        self._count(count, middle, fonts.small, theme.text2, self._is_doubted(id))
        said = tr("({share})", share=share(count, self.counts.total))
        self._share(said, middle, self.columns.share_end + fonts.small.width(")"))

    def _bar(self, id: int, left: float, middle: float, count: int, doubted: bool, high: int) -> None:
        room = self.columns.bar_end - 10 - left
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
        if doubted:
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
        left = self.columns.bar
        room = self.columns.bar_end - 10 - left
        length = min(max(room * count / max(self.counts.most, 1), 3 * _LEAST), room)
        area = QRectF(left, middle - _HIGH / 2, length, _HIGH)
        colour = self._theme.colour(category)
        self._rounded(left, length, middle, _HIGH, mixed(colour, self._theme.canvas, 0.35))
        hatch(self.painter, area, colour, 4)

    # --- strokes --------------------------------------------------------------------------------------

    def _band(self, id: int, top: float, bottom: float) -> None:
        stage = self.stage
        if id in stage.selected:
            ground = self._theme.halo(_SELECTED_DARK if self._theme.dark else _SELECTED)
        elif id == stage.hovered:
            ground = QColor(self._theme.text)
            ground.setAlphaF(_HOVERED)
        else:
            return
        right = self.columns.share_end + EDGE
        self.painter.fillRect(QRectF(-self.gap, top, right + self.gap, bottom - top), ground)

    def _reach(self, line: Line) -> tuple[float, float]:
        """From where to where a line reaches: its block, or its own height among others beside it."""
        if line.crowded:
            middle = line.middle * self.scale
            return middle - 4, middle + 4
        return line.top * self.scale, line.bottom * self.scale

    def _count(self, count: int, middle: float, role: Role, colour: QColor, doubted: bool) -> None:
        if self.columns.shows.counts:
            words = tr("~{count}", count=short(count)) if doubted else short(count)
            self._text(words, middle, self.columns.count_end, role, colour)

    def _share(self, words: str, middle: float, right: float) -> None:
        if self.columns.shows.shares:
            self._text(words, middle, right, self.stage.look.fonts.small, self._theme.text2)

    def _text(self, words: str, middle: float, right: float, role: Role, colour: QColor) -> None:
        self.painter.setFont(role.font)
        self.painter.setPen(colour)
        self.painter.drawText(self._cell(0, right, middle), RIGHT, words)

    def _cell(self, left: float, right: float, middle: float) -> QRectF:
        return QRectF(left, middle - 10, right - left, 20)

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


def paint_head(painter: QPainter, look: Look, columns: Columns, height: float) -> None:
    """What the columns are, over a rule."""
    theme, role = look.theme, look.fonts.group
    right = columns.share_end
    painter.fillRect(QRectF(-LEAD, 0, right + LEAD + EDGE, height), theme.canvas)
    painter.setFont(role.font)
    painter.setPen(theme.text2)
    area = QRectF(0, 0, right, height - 2)
    room = columns.bar_end - LEAD
    name = next((words for words in (tr("Whole design"), tr("Design")) if role.width(words) <= room), "")
    painter.drawText(area.adjusted(LEAD, 0, 0, 0), LEFT, name)
    if columns.shows.counts:
        painter.drawText(area.adjusted(0, 0, columns.count_end - right, 0), RIGHT, tr("Count"))
    if columns.shows.shares:
        painter.drawText(area, RIGHT, tr("Share"))
    painter.setPen(QPen(theme.line2, 1))
    painter.drawLine(QPointF(0, height - 0.5), QPointF(right, height - 0.5))


def paint_foot(
    painter: QPainter, look: Look, columns: Columns, top: float, total: int, *, doubted: bool
) -> None:
    """The exact sum of the column, under a rule."""
    theme, right = look.theme, columns.share_end
    painter.fillRect(QRectF(-LEAD, top, right + LEAD + EDGE, 60), theme.canvas)
    painter.setPen(QPen(theme.text2, 1.2))
    painter.drawLine(QPointF(0, top + 0.6), QPointF(right, top + 0.6))
    words = tr("~{count}", count=exact(total)) if doubted else exact(total)
    name, whole = tr("Total"), share(total, total) if total else share(0, 0)
    count = columns.count_end if columns.shows.shares else right
    role = look.fonts.name
    if role.width(words) + role.width(name) + LEAD + 8 > count:
        role = look.fonts.group
    painter.setFont(role.font)
    painter.setPen(theme.text)
    area = QRectF(0, top, right, 26)
    if columns.shows.counts:
        painter.drawText(area.adjusted(0, 0, count - right, 0), RIGHT, words)
    if not columns.shows.counts or role.width(words) + role.width(name) + LEAD + 4 <= count:
        painter.drawText(area.adjusted(LEAD, 0, 0, 0), LEFT, name)
    if columns.shows.shares:
        painter.drawText(area, RIGHT, whole)


def _cut(words: str, role: Role, room: float) -> str:
    """As much of the words as there is room for."""
    if role.width(words) <= room:
        return words
    return role.metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(int(room), 0))
