"""The outermost stack: where the stream comes in, and where it leaves."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.ui.canvas.frame import Seamless
from designer.ui.canvas.laid import PORT, Laid
from designer.ui.canvas.look import DRAWN, Look, State
from designer.ui.canvas.shown import Shown
from designer.ui.canvas.strokes import PORT_RADIUS, Port, paint_head, paint_line
from designer.ui.canvas.words import Lines, ends, port
from designer.ui.tr import tr


class Root(Seamless):
    """The whole design: ports above and below it, and no frame."""

    def __init__(self, laid: Laid, said: Lines, look: Look) -> None:
        super().__init__(laid, said, look)
        above, below = ends(laid.shown)
        self._above = [Port(x, words, look) for x, words in entrances(laid, above)]
        self._below = Port(laid.stream + laid.columns[-1].x, below, look)

    def paint(self, painter: QPainter, area: QRectF, state: State) -> None:
        if painter.worldTransform().m11() < DRAWN:
            return
        for each in self._above:
            each.paint(painter, area.top() + PORT_RADIUS)
        top, bottom = area.top() + 2 * PORT_RADIUS, area.top() + PORT
        streams = {self.laid.stream + lane.x for lane in self.laid.columns}
        for each in self._above:
            if each.x not in streams:  # a stream has its own line
                paint_line(painter, self.look, each.x, top, each.x, bottom)
                paint_head(painter, self.look, each.x, bottom)
        self._below.paint(painter, area.bottom() - PORT_RADIUS, filled=bool(self.laid.rows))


def entrances(laid: Laid, tokens: tuple[str, str]) -> Iterator[tuple[float, tuple[str, str]]]:
    """(where, (name, shape)) of all that comes in: a stream, or one beside another, and the tables that stand
    beside its first."""
    source = any(row.begins for row in laid.rows[:2])
    first = tr("Source tokens") if source or laid.lanes else tokens[0]
    names = (first, tr("Target tokens")) if laid.lanes else (first,)
    for lane, name in zip(laid.columns, names, strict=True):
        others = [(x, (port(shown), "")) for x, shown in beside(laid, lane.first, lane.after)]
        yield laid.stream + lane.x, (name, "" if others or laid.lanes else tokens[1])
        yield from others


def beside(laid: Laid, row: int, after: int) -> Iterator[tuple[float, Shown]]:
    """(where, what) of the tables that stand beside the one on the stream, where a row begins with such;
    `after` is the end of the rows."""
    x = 0.0
    while row < after:
        first, *others = laid.rows[row].places
        for place in others:
            yield x + place.x + place.laid.stream, place.laid.shown
        if others or not (first.laid.seamless or first.laid.bare):
            return
        x += first.x
        laid, row, after = first.laid, 0, len(first.laid.rows)
