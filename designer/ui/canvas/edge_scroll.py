"""Scrolling while something is held near the edge of the view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

EDGE = 96
"""How near to the edge scrolling begins, in px; in a low view at a quarter of its height."""
FASTEST = 24
"""Px a step at the very edge; on the way there it grows with the square, so that most of it is slow."""
STEP = 16
"""Milliseconds between steps."""


class EdgeScroll(QObject):
    """Scrolls a view up or down as long as the pointer is held at its edge, and tells after each step."""

    def __init__(self, view: QAbstractScrollArea, scrolled: Callable[[], object]) -> None:
        super().__init__(view)
        self._view, self._scrolled = view, scrolled
        self._speed = 0
        self._timer = QTimer(self)
        self._timer.setInterval(STEP)
        self._timer.timeout.connect(self.step)

    @property
    def runs(self) -> bool:
        """Whether it scrolls just now."""
        return self._timer.isActive()

    def at(self, point: QPoint) -> None:
        """The pointer is at this point of the viewport."""
        height = self._view.viewport().height()
        edge = min(EDGE, height // 4)
        self._speed = _pace(point.y() - (height - edge), edge) - _pace(edge - point.y(), edge)
        if self._speed and not self.runs:
            self._timer.start()
        elif not self._speed:
            self._timer.stop()

    def stop(self) -> None:
        """The pointer has let go or gone."""
        self._speed = 0
        self._timer.stop()

    def step(self) -> None:
        """Scroll once."""
        bar = self._view.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + self._speed)
        if bar.value() == before:
            self.stop()
        else:
            self._scrolled()


def _pace(depth: int, edge: int) -> int:
    """Px a step, so deep in the edge."""
    return max(round(FASTEST * (min(depth, edge) / edge) ** 2), 1) if depth > 0 else 0
