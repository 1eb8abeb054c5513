"""The outermost stack: where the stream comes in, and where it leaves."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.ui.canvas.frame import Seamless
from designer.ui.canvas.laid import PORT, Laid
from designer.ui.canvas.look import Look, State
from designer.ui.canvas.shown import Shown
from designer.ui.canvas.strokes import PORT_RADIUS, Port, paint_head, paint_line
from designer.ui.canvas.words import Lines, ends, port


class Root(Seamless):
    """The whole design: ports above and below it, and no frame."""

    def __init__(self, laid: Laid, said: Lines, look: Look) -> None:
        super().__init__(laid, said, look)
        above, below = ends(laid.shown)
        others = [(x, (port(shown), "")) for x, shown in beside(laid, 0)]
        if others:
            above = (above[0], "")
        x = laid.stream
        self._above = [Port(at, words, look) for at, words in ((x, above), *others)]
        self._below = Port(x, below, look)

    def paint(self, painter: QPainter, area: QRectF, state: State) -> None:
        if painter.worldTransform().m11() < 0.3:
            return
        for each in self._above:
            each.paint(painter, area.top() + PORT_RADIUS)
        top, bottom = area.top() + 2 * PORT_RADIUS, area.top() + PORT
        for each in self._above[1:]:  # the stream has its own line
            paint_line(painter, self.look, each.x, top, each.x, bottom)
            paint_head(painter, self.look, each.x, bottom)
        self._below.paint(painter, area.bottom() - PORT_RADIUS, filled=bool(self.laid.rows))


def beside(laid: Laid, row: int) -> Iterator[tuple[float, Shown]]:
    """(where, what) of the tables that stand beside the one on the stream, where a row begins with such."""
    x = 0.0
    while row < len(laid.rows):
        first, *others = laid.rows[row].places
        for place in others:
            yield x + place.x + place.laid.stream, place.laid.shown
        if others or not first.laid.seamless:
            return
        x += first.x
        laid, row = first.laid, 0
