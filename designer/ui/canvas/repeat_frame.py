"""How a Repeat is painted: badge, name, layers and what a set of weights counts, over a deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from designer.ui.canvas.deck import Strip, paint_sheets
from designer.ui.canvas.frame import Frame, Part
from designer.ui.canvas.laid import SHEET, Laid
from designer.ui.canvas.leaf import NARROW
from designer.ui.canvas.look import MARGIN, Look, State, Text, paint_icon, paint_rounded
from designer.ui.canvas.words import Lines, badge
from designer.ui.controls.painting import LEFT

if TYPE_CHECKING:
    from designer.ui.canvas.pattern_row import PatternRow
    from designer.ui.canvas.tiles import Tile


class Deck(Frame):
    """A Repeat: badge, name and layers at its head, further sets of weights showing as sheets below."""

    def __init__(self, laid: Laid, said: Lines, look: Look, tile: Tile | None) -> None:
        self._bar = laid.margins.title if laid.margins is not None else 0
        self._right = 26 if laid.width >= NARROW else MARGIN
        self._row = _pattern_row(laid, look, tile) if tile is not None and not laid.shown.closed else None
        self._badge = Text(badge(laid.shown), look.fonts.name, look.theme.onaccent)
        self._wide = self._badge.width + 34
        super().__init__(laid, said, look)

    def left(self) -> float:
        return 12 + self._wide + 10

    def paint_ground(self, painter: QPainter, area: QRectF, state: State) -> None:
        sheets = self.laid.margins.sheets if self.laid.margins is not None else 0
        whole = area.adjusted(0, 0, 0, -sheets)
        if sheets:
            paint_sheets(painter, whole, self.look, sheets // SHEET)
        super().paint_ground(painter, whole, state)

    def paint_head(self, painter: QPainter, area: QRectF) -> None:
        middle, ground = area.top() + self.middle(area), self._badge_area(area)
        paint_rounded(painter, ground, self.look.theme.accent, 6)
        paint_icon(painter, "repeat", self.look.theme.onaccent, ground.left() + 16, middle, 14)
        self._badge.paint(painter, ground.left() + 26, middle)
        super().paint_head(painter, area)
        right = area.right() - self._right
        self._count.paint_before(painter, right, middle)
        right -= self._count.width + 6
        self._lead.paint_before(painter, right, middle)
        self._strip.paint(painter, right - self._lead.width - 12, middle, self.look)
        if self._row is not None:
            self._row.paint(painter, area, self._bar)

    def written(self, part: Part, area: QRectF) -> QRectF | None:
        if part == "times":
            return self._badge_area(area)
        return self._row.field(area, self._bar) if self._row is not None else None

    def _badge_area(self, area: QRectF) -> QRectF:
        middle, high = area.top() + self.middle(area), self._badge.height + 6
        return QRectF(area.left() + 12, middle - high / 2, self._wide, high)

    def middle(self, area: QRectF) -> float:
        sheets = self.laid.margins.sheets if self.laid.margins is not None else 0
        return ((area.height() - sheets) if self.laid.shown.closed else self._bar + 2) / 2

    def paint_small(self, painter: QPainter, area: QRectF) -> None:
        role, theme = self.look.fonts.group, self.look.theme
        shown = painter.worldTransform().mapRect(QRectF(area.left(), area.top(), area.width(), self.head))
        painter.setWorldMatrixEnabled(False)
        times = badge(self.laid.shown)
        mark = QRectF(shown.left() + 5, shown.center().y() - 7, role.width(times) + 10, 14)
        paint_rounded(painter, mark, theme.accent, 4)
        painter.setFont(role.font)
        painter.setPen(theme.onaccent)
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, times)
        painter.setPen(theme.text)
        name = QRectF(mark.right() + 6, shown.top(), shown.right() - mark.right() - 12, shown.height())
        painter.drawText(name, LEFT, role.cut(self.said.title, name.width()))
        painter.setWorldMatrixEnabled(True)

    def _texts(self, left: float, right: float) -> None:
        theme, fonts, said = self.look.theme, self.look.fonts, self.said
        self._count = Text(said.number, fonts.count, theme.text)
        room = self.laid.width - self._right - self._count.width - 12 - left
        lead = said.lead if fonts.name.width(said.title) + fonts.caption.width(said.lead) + 6 <= room else ""
        self._lead = Text(lead, fonts.caption, theme.text2)  # rather the whole name than what the count is of
        room -= self._lead.width + 6
        self._run = [Text(said.title, fonts.name, theme.text, room)]
        room -= self._run[0].width + 12
        if said.fault and room > 40:
            self._run.append(Text(said.fault, fonts.caption, self.look.tone(said, theme.text3), room))
            room = 0
        self._strip = Strip(self.laid.shown, room)


def _pattern_row(laid: Laid, look: Look, tile: Tile) -> PatternRow:
    from designer.ui.canvas.pattern_row import PatternRow  # most designs do without it

    return PatternRow(laid, look, tile)
