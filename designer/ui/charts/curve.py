"""How the total grows with one variable, worked out from the formula over an array of values.

pyqtgraph and NumPy are imported here, so this module is imported after the first frame.
"""

from __future__ import annotations

from math import ceil, floor, log2, log10
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from designer.analysis.measured import Measured
from designer.design.holding import moved_by
from designer.design.tree import Design
from designer.search.space import Axis, Space
from designer.search.sweep import sweep
from designer.ui.appearance import Appearance
from designer.ui.charts.axis import PlainAxis
from designer.ui.charts.chart import Chart
from designer.ui.controls.pick import Pick
from designer.ui.numbers import exact, plain, short
from designer.ui.session import Session
from designer.ui.tr import tr
from designer.ui.variables.legal import steps

MOST = 64
"""Points of the curve."""


class Curve(Chart):
    """Follows the session; the present design is a ring on the line."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__(session, appearance, tr("Total against a variable"))
        self.pick = Pick(appearance)
        self.pick.setAccessibleName(tr("Variable of the curve"))
        self.pick.setFixedSize(round(appearance.theme.fonts.base * 15), appearance.theme.fonts.row)
        self.head.addWidget(self.pick)
        font = appearance.theme.fonts.caption.font
        self.plot = pg.PlotWidget(axisItems={side: PlainAxis(side, font) for side in ("left", "bottom")})
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(False, False)
        self.plot.disableAutoRange()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.viewport().setAcceptDrops(False)  # pyqtgraph takes drags and then warns of each that leaves
        self.plot.setAccessibleName(tr("Total against a variable"))
        self._sight: Any = self.plot.getViewBox()
        self._line = self.plot.plot(antialias=True)
        self._drop = self.plot.plot()
        self._ring = self.plot.plot(antialias=True)
        self._said = pg.TextItem(anchor=(1.1, 1.1))
        self.plot.addItem(self._said)
        self.column.addWidget(self.plot, 100)
        self.column.addStretch(1)
        self.pick.activated.connect(self.redraw)
        appearance.turned.connect(self._wear)
        self._wear()

    @property
    def name(self) -> str:
        """The variable that is varied; empty where there is none."""
        return self.pick.currentData() or ""

    def draw(self) -> None:
        design = self.session.design
        self._offer(design)
        shown = bool(self.name)
        self.plot.setVisible(shown)
        self.pick.setVisible(shown)
        if not shown:
            self.title.setText(tr("Total against a variable"))
            self.line.setText(tr("a variable that is a number gives the curve"))
            return
        present = plain(self.session.measured.resolved.valued.numbers[self.name])
        xs, ys = curve(self.session.measured, self.name, present)
        self.title.setText(tr("Total against {name}", name=self.name))
        self.line.setText(_held(design, self.name))
        self._draw_line(xs, ys, present, plain(self.session.measured.total))

    def _offer(self, design: Design) -> None:
        names = varying(design)
        known = [self.pick.itemData(i) for i in range(self.pick.count())]
        if names != known:
            before = self.name
            self.pick.clear()
            for name in names:
                self.pick.addItem(name, name)
            self.pick.setCurrentIndex(max(self.pick.findData(before), 0) if names else -1)

    def _draw_line(self, xs: Any, ys: Any, present: int, total: int) -> None:
        x, y = np.log2(xs), np.log10(ys)
        at, height = log2(max(present, 1)), log10(max(total, 1))
        low, high = _range(float(min(y.min(), height)), float(max(y.max(), height)))
        self._line.setData(x, y)
        self._drop.setData([at, at], [low, height])
        self._ring.setData([at], [height])
        self._said.setText(tr("now {total}", total=short(total)))
        self._said.setAnchor((1.08, 1.05) if at > (x[0] + x[-1]) / 2 - 0.3 else (-0.08, -0.05))
        self._said.setPos(at, height)
        left, right = min(float(x[0]), at), max(float(x[-1]), at)
        room = 0.07 * (right - left)
        self._sight.setXRange(left - room, right + room, padding=0)
        self._sight.setYRange(low, high, padding=0)
        ends = sorted({int(xs[0]), int(xs[-1]), present})
        self.plot.getAxis("bottom").setTicks([[(log2(max(n, 1)), exact(n)) for n in ends]])
        self.plot.getAxis("left").setTicks([_marks(low, high)])
        told = {"low": short(int(ys[0])), "now": short(total), "high": short(int(ys[-1]))}
        places = {"a": exact(int(xs[0])), "b": exact(present), "c": exact(int(xs[-1]))}
        self._sight.prepareForPaint()  # else it is found out while painting, and painted again
        self.plot.setAccessibleDescription(tr("{low} at {a}, {now} at {b}, {high} at {c}", **told, **places))

    def _wear(self) -> None:
        theme = self.appearance.theme
        self.plot.setBackground(theme.panel)
        self._line.setPen(pg.mkPen(theme.accent, width=2))
        self._drop.setPen(pg.mkPen(theme.text3, width=1, style=Qt.PenStyle.DotLine))
        self._ring.setPen(None)
        self._ring.setSymbol("o")
        self._ring.setSymbolSize(10)
        self._ring.setSymbolPen(pg.mkPen(theme.accent, width=2))
        self._ring.setSymbolBrush(theme.panel)
        self._said.setColor(theme.text)
        self._said.setFont(theme.fonts.group.font)
        self.plot.showGrid(y=True, alpha=0.12)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(pg.mkPen(theme.line2))
            axis.setTextPen(theme.text2)
            axis.setStyle(tickLength=0)
            axis.enableAutoSIPrefix(False)
        self.plot.getAxis("left").setWidth(theme.fonts.caption.width("88.8 M") + 8)


def varying(design: Design) -> list[str]:
    """The variables that a curve can be drawn over: whole numbers of their own."""
    return [
        name
        for name, value in design.variables.items()
        if isinstance(value, int) and not isinstance(value, bool) and value > 0
    ]


def curve(measured: Measured, name: str, present: int) -> tuple[Any, Any]:
    """(values of the variable, totals): those under which the design fits."""
    values = steps(present)
    values = sorted({*values[:: max(1, len(values) // MOST)], values[-1], present})
    swept = sweep(measured, Space((Axis(name, tuple(values)),)), ("total",))
    fits = swept.fits if swept.fits.sum() > 1 else np.ones(len(values), bool)
    xs, ys = np.array(values)[fits], np.maximum(swept.readings["total"][fits], 1)
    return (xs, ys) if len(xs) else (np.array([present]), np.array([plain(measured.total)]))


def _held(design: Design, name: str) -> str:
    others = moved_by(design, name)
    return tr("{names} moves with it", names=", ".join(others)) if others else tr("nothing else moves")


def _range(low: float, high: float) -> tuple[float, float]:
    """A range with some room, that starts and ends at tenths of a decade, so that it seldom moves."""
    room = max((high - low) * 0.12, 0.05)
    return floor((low - room) * 10) / 10, ceil((high + room) * 10) / 10


def _marks(low: float, high: float) -> list[tuple[float, str]]:
    """Some round numbers of the axis between two powers of ten, seldom more than four."""
    for factors in ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 7)):
        powers = range(floor(low), ceil(high) + 1)
        numbers = [factor * 10.0**power for power in powers for factor in factors]
        marks = [(log10(number), short(round(number))) for number in numbers if low <= log10(number) <= high]
        if len(marks) >= 3:
            return marks[:: -(-len(marks) // 4)]
    return [(at, short(round(10**at))) for at in (low, high)]
