"""Where the parameters are: a map whose areas are shares, by category and within it by kind of tensor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from designer.analysis.kinds import by_ending
from designer.analysis.measured import Measured
from designer.symbolic.frozen import frozen
from designer.ui import categories
from designer.ui.appearance import Appearance
from designer.ui.charts.chart import Chart
from designer.ui.charts.squares import Box, squarified
from designer.ui.controls.painting import LEFT, rounded
from designer.ui.icons import pixmap
from designer.ui.inspector.count_block import short_name
from designer.ui.numbers import exact, plain, share, short
from designer.ui.session import Session
from designer.ui.theme import mixed
from designer.ui.tr import tr

GAP = 2
SEEN = 14.0
"""Square pixels below which a piece is not drawn."""


@frozen
class Piece:
    """A rectangle of the map: a category's heading (`name` empty) or a kind of tensor in it."""

    category: str
    name: str
    count: int
    area: QRectF
    shade: float


class Breakdown(Chart):
    """Follows the session."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__(session, appearance, tr("Where the parameters are"))
        self.map = _Map(appearance)
        self.column.addWidget(self.map, 1)

    def draw(self) -> None:
        total = plain(self.session.measured.total)
        self.line.setText(
            tr("area is the share of {total}, tied weights counted once", total=short(total))
            if total
            else tr("each kind of tensor has its area, once there are blocks")
        )
        self.map.show_counts(by_kind(self.session.measured), total)


def by_kind(measured: Measured) -> dict[str, dict[str, int]]:
    """Category to kind of tensor to count, the largest first."""
    found: dict[str, dict[str, int]] = {name: {} for name in categories.NAMES}
    for (category, ending), count in by_ending(measured.body).items():
        kinds, name = found[category], short_name(ending)
        kinds[name] = kinds.get(name, 0) + plain(count)
    return {
        category: dict(sorted(kinds.items(), key=lambda pair: -pair[1]))
        for category, kinds in sorted(found.items(), key=lambda pair: -sum(pair[1].values()))
        if kinds
    }


class _Map(QWidget):
    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._counts: Mapping[str, Mapping[str, int]] = {}
        self._total = 0
        self.pieces: Sequence[Piece] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Where the parameters are"))

    def show_counts(self, counts: Mapping[str, Mapping[str, int]], total: int) -> None:
        """Draw other counts."""
        self._counts, self._total = counts, total
        self.setAccessibleDescription(
            ", ".join(
                tr("{category} {share}", category=categories.name(c), share=share(sum(k.values()), total))
                for c, k in counts.items()
            )
        )
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        sums = {category: sum(kinds.values()) for category, kinds in self._counts.items()}
        boxes = squarified(list(sums.values()), Box(0, 2, self.width(), self.height() - 2))
        pieces: list[Piece] = []
        for (category, kinds), box in zip(self._counts.items(), boxes, strict=True):
            pieces += self._placed(category, kinds, sums[category], box)
        self.pieces = pieces
        self.update()

    def _placed(self, category: str, kinds: Mapping[str, int], total: int, box: Box) -> list[Piece]:
        area = QRectF(box.x, box.y, box.width - GAP, box.height - GAP)
        if area.width() * area.height() < SEEN or area.width() < 2 or area.height() < 2:
            return []
        head = self._appearance.theme.fonts.caption.metrics.height() + 5
        pieces = []
        if area.height() > head + 12 and self._heading(category, area.width()):
            pieces.append(
                Piece(category, "", total, QRectF(area.left(), area.top(), area.width(), head), 1.0)
            )
            area.setTop(area.top() + head)
        inner = Box(area.left(), area.top(), area.width() + GAP, area.height() + GAP)
        for index, ((name, count), part) in enumerate(
            zip(kinds.items(), squarified(list(kinds.values()), inner), strict=True)
        ):
            placed = QRectF(part.x, part.y, part.width - GAP, part.height - GAP)
            if placed.width() > 0.5 and placed.height() > 0.5:
                fade = 0.45 * index / max(len(kinds) - 1, 1)
                pieces.append(Piece(category, name, count, placed, 1 - fade))
        return pieces

    def _heading(self, category: str, width: float) -> str:
        """The longest name of a category that has room beside its icon; empty where none has."""
        group = self._appearance.theme.fonts.group
        names = (categories.name(category, brevity) for brevity in range(3))
        return next((name for name in names if group.width(name) + 18 <= width), "")

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for piece in self.pieces:
                if piece.name:
                    self._paint_kind(painter, piece)
                else:
                    self._paint_head(painter, piece)

    def _paint_head(self, painter: QPainter, piece: Piece) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        mark = pixmap(piece.category, theme.colour(piece.category), 12, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(piece.area.left(), piece.area.center().y() - 6), mark)
        words = self._heading(piece.category, piece.area.width())
        painter.setFont(fonts.group.font)
        painter.setPen(theme.text)
        painter.drawText(piece.area.adjusted(16, 0, 0, 0), LEFT, words)
        left = 16 + fonts.group.width(words) + 8
        numbers = tr("{count} · {share}", count=short(piece.count), share=share(piece.count, self._total))
        if left + fonts.caption.width(numbers) <= piece.area.width():
            painter.setFont(fonts.caption.font)
            painter.setPen(theme.text2)
            painter.drawText(piece.area.adjusted(left, 0, 0, 0), LEFT, numbers)

    def _paint_kind(self, painter: QPainter, piece: Piece) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        ground = mixed(theme.colour(piece.category), theme.panel, piece.shade)
        rounded(painter, piece.area, ground, 2)
        high = fonts.caption.metrics.height()
        room = piece.area.adjusted(6, 3, -4, -3)
        painter.setPen(theme.ink(piece.category) if piece.shade > 0.7 else theme.text)
        if fonts.group.width(piece.name) > room.width() or room.height() < high:
            return
        painter.setFont(fonts.group.font)
        painter.drawText(QRectF(room.left(), room.top(), room.width(), high), LEFT, piece.name)
        numbers = tr("{count} · {share}", count=short(piece.count), share=share(piece.count, self._total))
        for words in (numbers, short(piece.count)):
            if fonts.caption.width(words) <= room.width() and room.height() >= 2 * high:
                painter.setFont(fonts.caption.font)
                painter.drawText(QRectF(room.left(), room.top() + high, room.width(), high), LEFT, words)
                break

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = QPointF(event.pos())
            piece = next((p for p in self.pieces if p.area.contains(at)), None)
            if piece is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._told(piece), self)
            return True
        return super().event(event)

    def _told(self, piece: Piece) -> str:
        return tr(
            "{name}, {category}: {count} parameters, {share} of the design",
            name=piece.name or tr("all"),
            category=categories.name(piece.category),
            count=exact(piece.count),
            share=share(piece.count, self._total),
        )
