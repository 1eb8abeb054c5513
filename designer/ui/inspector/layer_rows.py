"""Small painted rows about layers: a kind with its layers, and a strip that is only looked at."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.analysis.layers import Lane, Layers
from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, RIGHT
from designer.ui.layers.cells import paint_cell, paint_ring, spans
from designer.ui.layers.words import kind_name, which
from designer.ui.numbers import exact
from designer.ui.tr import tr

SWATCH = 12
STRIP = 15


class KindRow(QWidget):
    """`linear  36  0–2, 4–6 … 44–46`: a kind of layer, how many there are, and which."""

    def __init__(self, appearance: Appearance, lane: Lane, index: int) -> None:
        super().__init__()
        self._appearance, self._lane, self._index = appearance, lane, index
        self._layers = lane.layers(index)
        self.words = kind_name(lane.kinds[index])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = tr(
            "{kind}: {n} layers, {which}", kind=self.words, n=len(self._layers), which=which(self._layers)
        )
        self.setAccessibleName(told)
        self.setToolTip(told)

    def sizeHint(self) -> QSize:
        return QSize(120, self._appearance.theme.fonts.small.metrics.height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        area = QRectF(self.rect())
        with QPainter(self) as painter:
            swatch = QRectF(1, (area.height() - SWATCH) / 2, SWATCH, SWATCH)
            paint_cell(painter, swatch, theme, self._lane.kinds[self._index].category, self._index)
            painter.setFont(fonts.caption.font)
            painter.setPen(theme.text2)
            painter.drawText(area, RIGHT, which(self._layers))
            number = exact(len(self._layers))
            right = area.width() - fonts.caption.width(which(self._layers)) - 12
            painter.setFont(fonts.small_value.font)
            painter.setPen(theme.text)
            painter.drawText(QRectF(0, 0, right, area.height()), RIGHT, number)
            room = right - fonts.small_value.width(number) - 8 - SWATCH - 8
            painter.setFont(fonts.small.font)
            words = fonts.small.metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(SWATCH + 8, 0, room, area.height()), LEFT, words)


class StandsStrip(QWidget):
    """All layers as cells; those that are meant are filled, the others are pale."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._count, self._meant, self._category = 0, frozenset[int](), ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_layers(self, count: int, meant: Collection[int], category: str) -> None:
        """Show these of so many layers, in a category's colour."""
        self._count, self._meant, self._category = count, frozenset(meant), category
        self.setAccessibleName(tr("{n} of {count} layers: {which}", n=len(meant), count=count,
                                  which=which(sorted(meant))))  # fmt: skip
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, STRIP + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._count:
            return
        theme = self._appearance.theme
        pitch = min(self.width() / self._count, 24)
        gap = 1 if pitch > 3 else 0
        colour = theme.colour(self._category) if self._category else theme.accent
        with QPainter(self) as painter:
            for layer in range(self._count):
                fill = colour if layer in self._meant else theme.line
                painter.fillRect(QRectF(layer * pitch, 2, pitch - gap, STRIP), fill)


class TailStrip(QWidget):
    """The last layers, the tile that is cut among them ringed."""

    SHOWN = 18

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._layers: Layers | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_layers(self, layers: Layers) -> None:
        """Show the end of these."""
        self._layers = layers
        self.update()

    @property
    def first(self) -> int:
        """The first layer that is shown: where a tile begins."""
        layers = self._layers
        if layers is None:
            return 0
        tiles = max(1, self.SHOWN // layers.tile)
        return max(0, layers.times - layers.cut - layers.tile * tiles)

    def sizeHint(self) -> QSize:
        return QSize(120, STRIP + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        layers = self._layers
        if layers is None:
            return
        lane, first = layers.lanes[0], self.first
        shown = Layers(layers.times - first, layers.lanes, 0, layers.tile, frozenset())
        places = spans(shown, self.width() - 4)
        with QPainter(self) as painter:
            for (left, wide), layer in zip(places, range(first, layers.times), strict=True):
                kind = lane.order[layer]
                area = QRectF(2 + left, 3, wide, STRIP)
                paint_cell(painter, area, self._appearance.theme, lane.kinds[kind].category, kind)
            cut = [QRectF(2 + left, 3, wide, STRIP) for left, wide in places[len(places) - layers.cut :]]
            if layers.cut:
                paint_ring(painter, cut[0].united(cut[-1]), self._appearance.theme.warnmark, 1.6)
