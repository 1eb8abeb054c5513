"""The sum behind a number, painted: symbols over numbers, what each line comes to, the total under a rule."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import CENTRE, LEFT, RIGHT, rounded
from designer.ui.fonts import Fonts
from designer.ui.numbers import exact
from designer.ui.tr import tr
from designer.ui.why.words import Row, Told, numbers, symbols

_PAD = 14
_GAP = 10
_DOT = 14


class Pair(NamedTuple):
    """A factor where it stands: its symbol over its number."""

    symbol: str
    number: str
    left: float
    width: float
    row: int


class Laid(NamedTuple):
    """A line of the sum, laid out; its factors stand `named` pixels below its top."""

    row: Row
    pairs: tuple[Pair, ...]
    top: float
    named: float
    height: float


class Sum(QWidget):
    """Painted; its description says all of it."""

    def __init__(self, appearance: Appearance, said: Told) -> None:
        super().__init__()
        self._appearance, self._said = appearance, said
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("The sum"))
        self.setAccessibleDescription(
            "; ".join(
                tr(
                    "{name}: {symbols} = {count}",
                    name=r.name,
                    symbols=symbols(r.factors),
                    count=exact(r.count),
                )
                for r in said.rows
            )
        )

    def heightForWidth(self, width: int) -> int:
        laid, fonts = self._laid(width), self._appearance.theme.fonts
        end = laid[-1].top + laid[-1].height if laid else _PAD - 4
        return round(end) + fonts.count.metrics.height() + 18

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    @property
    def _fonts(self) -> Fonts:
        return self._appearance.theme.fonts

    def _counts(self) -> float:
        """The width of the column of counts."""
        shown = (self._said.total, *(row.count for row in self._said.rows))
        return max(self._fonts.count.width(exact(count)) for count in shown)

    def _laid(self, width: int) -> list[Laid]:
        """Names stand left of their factors where all have room there, else above them."""
        right = width - _PAD - self._counts() - _GAP
        beside = _PAD + max((self._fonts.small.width(row.name) for row in self._said.rows), default=0) + _GAP
        stacked = any(self._pairs(row, beside, right)[1] > 1 for row in self._said.rows)
        left = _PAD if stacked else beside
        laid, top, line = [], float(_PAD - 4), self._fonts.small.metrics.height()
        for row in self._said.rows:
            pairs, rows = self._pairs(row, left, right)
            named = line + 1 if stacked and rows else 0
            height = named + max(rows * 2 * line, line + 4)
            laid.append(Laid(row, pairs, top, named, height))
            top += height + (7 if stacked else 4)
        return laid

    def _pairs(self, row: Row, left: float, right: float) -> tuple[tuple[Pair, ...], int]:
        """(the factors where they stand, how many rows they take)."""
        pairs, x, down = [], left, 0
        for factor in row.factors:
            over, under = symbols((factor,)), numbers((factor,))
            wide = max(self._fonts.small_value.width(over), self._fonts.small.width(under)) + 1
            if x + wide > right and x > left:
                x, down = left, down + 1
            pairs.append(Pair(over, under, x, wide, down))
            x += wide + _DOT
        return tuple(pairs), down + 1 if pairs else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        laid = self._laid(self.width())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, QRectF(self.rect()), theme.sunken, 8)
            for line in laid:
                self._paint_line(painter, line)
            self._paint_total(painter, laid[-1].top + laid[-1].height if laid else _PAD - 4)

    def _paint_line(self, painter: QPainter, line: Laid) -> None:
        theme, fonts = self._appearance.theme, self._fonts
        painter.setFont(fonts.small.font)
        painter.setPen(theme.text2)
        high = fonts.small.metrics.height()
        tall = line.height if not line.pairs else high
        painter.drawText(QRectF(_PAD, line.top, self.width() - 2 * _PAD, tall), LEFT, line.row.name)
        for at, pair in enumerate(line.pairs):
            top = line.top + line.named + pair.row * 2 * high
            for text, role, tone, down in (
                (pair.symbol, fonts.small_value, theme.accenttext, 0),
                (pair.number, fonts.small, theme.text, high),
            ):
                painter.setFont(role.font)
                painter.setPen(tone)
                painter.drawText(QRectF(pair.left, top + down, pair.width, high), CENTRE, text)
                if at + 1 < len(line.pairs):
                    painter.setPen(theme.text3)
                    painter.drawText(QRectF(pair.left + pair.width, top + down, _DOT, high), CENTRE, "·")
        painter.setFont(fonts.body.font)
        painter.setPen(theme.text)
        area = QRectF(_PAD, line.top, self.width() - 2 * _PAD, line.height)
        painter.drawText(area, RIGHT, exact(line.row.count))

    def _paint_total(self, painter: QPainter, top: float) -> None:
        theme, fonts = self._appearance.theme, self._fonts
        right, counts = self.width() - _PAD, self._counts()
        painter.setPen(QPen(theme.text2, 1.2))
        if self._said.rows:
            painter.drawLine(QPointF(right - counts - 6, top + 5), QPointF(right + 4, top + 5))
        area = QRectF(_PAD, top + 8, right - _PAD, fonts.count.metrics.height())
        painter.setFont(fonts.count.font)
        painter.setPen(theme.text)
        painter.drawText(area, RIGHT, exact(self._said.total))
        painter.setFont(fonts.caption.font)
        painter.setPen(theme.text2)
        painter.drawText(area, LEFT, self._said.remark)
