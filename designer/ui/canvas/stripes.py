"""A container seen from far: its cards as lines of colour, as many as the screen has rows."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.ui.canvas.laid import GAP, Laid, Lane
from designer.ui.canvas.look import Look


def paint_stripes(painter: QPainter, laid: Laid, look: Look) -> None:
    """What the container holds, in its own coordinates."""
    for lane in laid.columns:
        _paint_lane(painter, laid, lane, look)


def _paint_lane(painter: QPainter, laid: Laid, lane: Lane, look: Look) -> None:
    scale = painter.worldTransform().m11()
    step = 1 / scale
    start, category = 0.0, None
    for row in range(ceil(laid.height * scale) + 1):
        here = _category(laid, lane, (row + 0.5) * step)
        if here != category:
            if category is not None:
                area = QRectF(lane.x, start, lane.width, row * step - start)
                painter.fillRect(area, look.theme.colour(category))
            start, category = row * step, here


def _category(laid: Laid, lane: Lane, y: float) -> str | None:
    """The category of the card at a height of a lane; None between cards."""
    while laid.margins is not None:
        at = laid.row_at(y, lane)
        if at < lane.first:
            return None
        place = laid.rows[at].places[0]
        if y >= place.y + place.laid.height + GAP:
            return None
        laid, y = place.laid, min(y - place.y, place.laid.height - 1)
        lane = laid.columns[0]
    return laid.shown.block.category
