"""What shows how often a Repeat runs: the sheets of its deck, and the strip of its layers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from designer.analysis.parameters import CATEGORIES, Tally
from designer.ui.canvas.laid import SHEET
from designer.ui.canvas.look import Look
from designer.ui.canvas.shown import Shown
from designer.ui.canvas.slab import Slab, paint_slab
from designer.ui.canvas.words import rounds
from designer.ui.numbers import plain

HEIGHT = 18
_LEAST = 60
_CELL = 7
_LEAST_CELL = 2
_MOST = 225


class Strip:
    """One cell a layer, filled by category; outlines where a layer uses the weights of the first."""

    def __init__(self, shown: Shown, room: float) -> None:
        repeat = shown.repeat
        times = repeat.rounds if repeat is not None and isinstance(repeat.rounds, int) else 0
        self._times = times
        self._shared = repeat is not None and repeat.shared
        self._order = repeat.order if repeat is not None else None
        self._fills = _fills(rounds(shown)) if times else []
        width = min(room, _MOST, times * (_CELL if times > 16 else 12))
        fits = width >= min(_LEAST, times * _CELL) and width >= times * _LEAST_CELL
        self.width = width if times > 1 and fits else 0

    def paint(self, painter: QPainter, right: float, middle: float, look: Look) -> None:
        """The strip, ending at `right`."""
        if not self.width:
            return
        pitch = self.width / self._times
        gap = 1 if pitch > 3.5 else 0
        left, bottom = right - self.width, middle + HEIGHT / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for layer in range(self._times):
            cell = QRectF(left + layer * pitch, middle - HEIGHT / 2, pitch - gap, HEIGHT)
            if self._shared and layer:
                painter.setPen(QPen(look.theme.line2, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(cell.adjusted(0.5, 0.5, -1, -0.5))
                continue
            y = bottom
            assert self._order is not None
            for category, share in self._fills[self._order[layer]]:
                height = share * HEIGHT
                painter.fillRect(
                    QRectF(cell.left(), y - height, cell.width(), height), look.theme.colour(category)
                )
                y -= height
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_sheets(painter: QPainter, area: QRectF, look: Look, sheets: int) -> None:
    """The edges of so many more sheets below a frame."""
    theme = look.theme
    for depth in range(sheets, 0, -1):
        sheet = area.adjusted(6 * depth, area.height() / 2, -6 * depth, SHEET * depth)
        paint_slab(painter, sheet, Slab(theme.frame, theme.frameline, 1, 10))


def _fills(counted: list[Tally]) -> list[list[tuple[str, float]]]:
    """For each different round its categories from below, as shares of the greatest round."""
    most = max((plain(tally.total) for tally in counted), default=0) or 1
    return [
        [
            (category, plain(tally.by_category[category]) / most)
            for category in CATEGORIES
            if tally.by_category.get(category)
        ]
        for tally in counted
    ]
