"""The gap that opens where something would land, and the empty place of an empty container."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from designer.ui.canvas.laid import SLOT, Laid, Slot
from designer.ui.canvas.look import Preview, Stage, Text, paint_icon, paint_rounded
from designer.ui.canvas.slab import paint_dashed
from designer.ui.tr import tr

LINE = 12
"""The height of a gap that is only a line: something could be inserted there."""
GHOST = 300
"""As wide as what is held may be, from the pointer to the right: the price stands clear of it."""


def paint_gap(painter: QPainter, stage: Stage, laid: Laid, slot: Slot) -> None:
    """A container's slot: where the block would stand, or that one may."""
    area = QRectF(slot.x, slot.y, slot.width, slot.height)
    if stage.preview is not None and stage.preview.container == laid.id:
        _paint_opened(painter, stage, area, stage.preview)
    elif slot.height <= LINE:
        _paint_line(painter, stage, area)
    else:
        _paint_empty(painter, stage, area)


def _paint_opened(painter: QPainter, stage: Stage, area: QRectF, preview: Preview) -> None:
    theme, fonts = stage.look.theme, stage.look.fonts
    paint_dashed(painter, area, theme.accentsoft, theme.accent, 1.6)
    middle = area.center().y()
    paint_icon(painter, "chevron_down", theme.accenttext, area.left() + 28, middle, 16)
    place = Text(preview.place, fonts.group, theme.accenttext, area.width() - 70)
    place.paint(painter, area.left() + 53, middle)
    if preview.price:
        price = Text(preview.price, fonts.count, theme.onaccent)
        wide = price.width + 22
        right = area.right() - 14
        if preview.x + GHOST > right - wide:
            right = max(preview.x - 24, area.left() + 70 + place.width + wide)
        pill = QRectF(right - wide, middle - price.height / 2 - 4, wide, price.height + 8)
        paint_rounded(painter, pill, theme.accent, pill.height() / 2)
        price.paint(painter, pill.left() + 11, middle)


def _paint_line(painter: QPainter, stage: Stage, area: QRectF) -> None:
    accent, middle = stage.look.theme.accent, area.center().y()
    left, right = QPointF(area.left() + 5, middle), QPointF(area.right() - 5, middle)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(accent, 2.6))
    painter.drawLine(left, right)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    painter.drawEllipse(left, 5, 5)
    painter.drawEllipse(right, 5, 5)


def _paint_empty(painter: QPainter, stage: Stage, area: QRectF) -> None:
    theme, fonts = stage.look.theme, stage.look.fonts
    if area.height() < SLOT:
        paint_dashed(painter, area, theme.canvas, theme.line2, 1)
        hint = Text(tr("Drop a block here"), fonts.caption, theme.text3, area.width() - 24)
        hint.paint(painter, area.center().x() - hint.width / 2, area.center().y())
        return
    paint_dashed(painter, area, theme.accentsoft, theme.accent, 1.6)
    paint_icon(painter, "plus", theme.accenttext, area.left() + 28, area.center().y(), 16)
    title = Text(tr("Drop a block here"), fonts.name, theme.accenttext, area.width() - 66)
    words = tr("or press / and type its name")
    more = Text(words, fonts.small, theme.accenttext, area.width() - 66)
    top = area.center().y() - (title.height + more.height) / 2
    title.paint(painter, area.left() + 53, top + title.height / 2)
    more.paint(painter, area.left() + 53, top + title.height + more.height / 2)
