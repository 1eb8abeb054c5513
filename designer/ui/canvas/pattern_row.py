"""The row under the head of a Repeat whose layers differ: the pattern, and the tile that repeats."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.ui.canvas.laid import Laid
from designer.ui.canvas.look import Look, Text, paint_icon, paint_rounded
from designer.ui.canvas.tiles import Tile
from designer.ui.controls.painting import paint_field
from designer.ui.layers.cells import paint_cell
from designer.ui.numbers import THIN
from designer.ui.tr import tr

FIELD = 150
"""The least width of the pattern's field, where there is room."""
FRAME = 34
"""What the field takes beside the text."""
LEAST, WIDEST = 7, 110
"""Of a cell; between them it is as wide as its name needs."""
NAME = 14
"""What a cell has around its name."""
WORDED = 300
"""Below this width the field stands without its name."""


class PatternRow:
    """Made when the Repeat changes, painted whenever it is seen."""

    def __init__(self, laid: Laid, look: Look, tile: Tile) -> None:
        theme, fonts = look.theme, look.fonts
        self._look, self._tile = look, tile
        self._high = look.measures.row - 2
        named = laid.width >= WORDED
        self._name = Text(tr("Pattern"), fonts.caption, theme.text2) if named else None
        self._left = laid.stream + 18 + (self._name.width + 12 if self._name is not None else 0)
        room = laid.width - self._left - 14
        self._times = Text(f"×{THIN}{tile.times}", fonts.small, theme.text2)
        beside = self._times.width + 24
        self._labels = [
            Text(cell.name, fonts.caption, theme.text if cell.kind % 4 else theme.ink(cell.category))
            for cell in tile.cells
        ]
        whole = max(fonts.small.width(tile.text) + FRAME, FIELD)
        most = room - beside - LEAST * len(tile.cells) if tile.cells else room
        self._wide = min(whole, max(most / 2, FIELD) if tile.cells else room, room)
        pitch = (room - self._wide - beside) / max(len(tile.cells), 1)
        needed = max((label.width for label in self._labels), default=0) + NAME
        self._pitch = min(pitch, max(needed, 2 * NAME), WIDEST) if tile.cells and pitch >= LEAST else 0
        if not self._pitch:
            self._wide = min(whole, room)
        self._text = Text(tile.text, fonts.small, theme.text, self._wide - FRAME + 2)

    def field(self, area: QRectF, top: float) -> QRectF:
        """Where the pattern is written, in a frame over `area` whose head ends at `top`."""
        return QRectF(area.left() + self._left, area.top() + top, self._wide, self._high)

    def paint(self, painter: QPainter, area: QRectF, top: float) -> None:
        """The row of a frame over `area`, below its head."""
        theme, field = self._look.theme, self.field(area, top)
        middle = field.center().y()
        if self._name is not None:
            self._name.paint(painter, field.left() - 12 - self._name.width, middle)
        paint_field(painter, field, theme, False, False)
        paint_icon(painter, "expression", theme.accent, field.left() + 13, middle, 12)
        self._text.paint(painter, field.left() + 24, middle)
        if not self._pitch:
            return
        x = field.right() + 12
        for cell, label in zip(self._tile.cells, self._labels, strict=True):
            ground = QRectF(x, field.top() + 1, self._pitch - 2, field.height() - 3)
            paint_cell(painter, ground, theme, cell.category, cell.kind)
            if label.width + 10 <= ground.width():
                if cell.kind % 4:  # letters over lines cannot be read
                    plate = QRectF(0, 0, label.width + 8, label.height)
                    plate.moveCenter(ground.center())
                    paint_rounded(painter, plate, theme.panel, 3)
                label.paint(painter, ground.center().x() - label.width / 2, ground.center().y())
            x += self._pitch
        self._times.paint(painter, x + 6, middle)
