"""The tensors of a block, painted as a table: name, shape, count, share; under them all layers together."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, RIGHT, rounded
from designer.ui.fonts import Role
from designer.ui.numbers import exact, share
from designer.ui.theme import mixed
from designer.ui.tr import tr
from designer.ui.why.words import Tensor, Told

_BAR, _GAP = 6, 14


class Tensors(QWidget):
    """Painted; its description says all of it."""

    def __init__(self, appearance: Appearance, said: Told) -> None:
        super().__init__()
        self._appearance, self._said = appearance, said
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Tensors"))
        told = (
            tr("{name}: {shape}, {count}", name=t.name, shape=t.shape, count=exact(t.count))
            for t in said.tensors
        )
        self.setAccessibleDescription("; ".join(told))

    def sizeHint(self) -> QSize:
        rows = len(self._said.tensors) + (1 if self._said.tensors else 0) + (1 if self._said.times else 0)
        return QSize(300, rows * self._row)

    @property
    def _row(self) -> int:
        return self._appearance.theme.fonts.small.metrics.height() + 9

    def _columns(self) -> tuple[float, float, float, float]:
        """Where the shape begins, where the count ends, where the bar begins and where it ends."""
        fonts, wide = self._appearance.theme.fonts, self.width()
        counts = [exact(t.count) for t in self._said.tensors] + (
            [exact(self._said.whole)] if self._said.times else []
        )
        count = max((fonts.value.width(text) for text in counts), default=0)
        shape = max((fonts.small.width(t.shape) for t in self._said.tensors), default=0)
        names = max((fonts.value.width(t.name) for t in self._said.tensors), default=0)
        end = wide - fonts.small.width("100.0 %") - 10
        bar = max(40.0, min(110.0, end - names - shape - count - 3 * _GAP))
        counted = end - bar - _GAP
        return min(max(names + _GAP, wide * 0.31), counted - count - _GAP - shape), counted, end - bar, end

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        top = 0.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._said.tensors:
                self._paint_head(painter)
                top += self._row
            for tensor in self._said.tensors:
                self._paint_row(painter, tensor, top)
                top += self._row
                self._rule(painter, top)
            if self._said.times:
                _, counted, _, _ = self._columns()
                self._write(painter, fonts.value, self._said.times, 0, top, 200)
                self._write(painter, fonts.value, exact(self._said.whole), 0, top, counted, right=True)
                painter.setPen(theme.text2)
                area = QRectF(0, top, self.width(), self._row)
                painter.setFont(fonts.small.font)
                painter.drawText(area, RIGHT, self._said.all_of_it)

    def _paint_head(self, painter: QPainter) -> None:
        fonts = self._appearance.theme.fonts
        shape, counted, _, _ = self._columns()
        painter.setPen(self._appearance.theme.text2)
        self._write(painter, fonts.group, tr("Tensors"), 0, 0, shape, tone=2)
        self._write(painter, fonts.caption, tr("shape"), shape, 0, 100, tone=2)
        self._write(painter, fonts.caption, tr("count"), 0, 0, counted, right=True, tone=2)
        self._write(painter, fonts.caption, tr("share of block"), 0, 0, self.width(), right=True, tone=2)
        self._rule(painter, self._row)

    def _paint_row(self, painter: QPainter, tensor: Tensor, top: float) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        shape, counted, bar, end = self._columns()
        name = fonts.value.metrics.elidedText(tensor.name, Qt.TextElideMode.ElideMiddle, round(shape - 8))
        self._write(painter, fonts.value, name, 0, top, shape)
        self._write(painter, fonts.small, tensor.shape, shape, top, counted - shape, tone=2)
        self._write(painter, fonts.value, exact(tensor.count), 0, top, counted, right=True)
        track = QRectF(bar, top + self._row / 2 - _BAR / 2, end - bar, _BAR)
        colour = theme.colour(self._said.category)
        rounded(painter, track, mixed(theme.line2, theme.raised, 0.6), _BAR / 2)
        part = track.width() * tensor.count / max(self._said.total, 1)
        rounded(painter, QRectF(bar, track.top(), max(part, 2), _BAR), colour, _BAR / 2)
        self._write(
            painter, fonts.small, share(tensor.count, self._said.total), 0, top, self.width(), right=True
        )

    def _write(
        self,
        painter: QPainter,
        role: Role,
        text: str,
        left: float,
        top: float,
        wide: float,
        *,
        right: bool = False,
        tone: int = 1,
    ) -> None:
        theme = self._appearance.theme
        painter.setFont(role.font)
        painter.setPen(theme.text if tone == 1 else theme.text2)
        painter.drawText(QRectF(left, top, wide, self._row), RIGHT if right else LEFT, text)

    def _rule(self, painter: QPainter, top: float) -> None:
        theme = self._appearance.theme
        painter.setPen(mixed(theme.line2, theme.raised, 0.6))
        painter.drawLine(QPointF(0, top - 0.5), QPointF(self.width(), top - 0.5))
