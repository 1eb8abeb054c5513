"""An axis of a chart that paints its marks straight away."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QFont, QPainter


class PlainAxis(pg.AxisItem):
    """pyqtgraph records the marks and plays the record at each paint, which looks up the font of every word.

    Here the record is the list of what there is to draw; whatever makes it stale drops it, as there.
    """

    def __init__(self, side: str, font: QFont) -> None:
        super().__init__(side)
        self._font = font
        self.setTickFont(font)

    def paint(self, p: QPainter, opt: Any, widget: Any) -> None:
        """Draw the line, the marks and their words."""
        if self.picture is None:
            p.setFont(self._font)
            self.picture = self.generateDrawSpecs(p) or ()
        if self.picture:
            self.drawPicture(p, *self.picture)
