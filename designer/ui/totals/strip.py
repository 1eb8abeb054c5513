"""The strip of the seven categories, and their legend: where the parameters are, at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from designer.ui.appearance import Appearance
from designer.ui.categories import NAMES, WORDLESS, name
from designer.ui.controls.fading import Fading
from designer.ui.controls.painting import CENTRE, LEFT, hatch, paint_focus
from designer.ui.icons import pixmap
from designer.ui.numbers import exact, share, short
from designer.ui.theme import mixed
from designer.ui.tr import tr

STRIP = 14
PAIRED, APART = 10, 3
"""The height of each of two strips, and what is between them."""
GAP = 1.5
LEAST = 2.0
SPOKEN = 44
"""Pixels from which a segment carries its share."""
LEGENDS = ((0, True), (1, True), (0, False), (1, False), (2, False), (WORDLESS, False))
"""(how brief the names are, whether counts stand beside them), the longest first."""


class Counts(NamedTuple):
    """What the strip shows: counts by category, how much of each is provisional, how much of each a token
    meets where that is not all, and how much of each letting go would add."""

    by_category: Mapping[str, int]
    provisional: Mapping[str, int]
    active: Mapping[str, int] | None = None
    added: Mapping[str, int] = {}

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_category.values())


def segments(counts: Mapping[str, int], width: float) -> dict[str, tuple[float, float]]:
    """(left, width) of each category that counts something: by share, but never thinner than can be seen.

    So the strip is not quite to scale where a category is a speck.
    """
    total = sum(counts.values())
    present = {category: count for category, count in counts.items() if count}
    room = width - GAP * (len(present) - 1)
    widths = {category: max(LEAST, room * count / total) for category, count in present.items()}
    over = sum(widths.values()) - room
    if present and over > 0:
        widest = max(widths, key=lambda category: widths[category])
        widths[widest] -= over
    placed, left = {}, 0.0
    for category, wide in widths.items():
        placed[category] = left, wide
        left += wide + GAP
    return placed


class Strip(QWidget):
    """The strip over its legend, painted at once. `asked` carries a category that is to be explained: by a
    click, or by Enter where the arrows have come to."""

    asked = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._counts = Counts(dict.fromkeys(NAMES, 0), {})
        self._brevity, self._with_counts = 0, True
        self._legend: dict[str, QRectF] = {}
        self._at = 0
        self.fading = Fading(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Parameters by category"))

    def show_counts(self, counts: Counts) -> None:
        """Show other counts."""
        if counts == self._counts:
            return
        self._counts = counts
        self.fading.show(counts.by_category)
        self.setAccessibleDescription(self.sentence())
        self._arrange()
        self.update()

    def sentence(self) -> str:
        """All seven, exact, for who cannot see them."""
        total = self._counts.total
        return ", ".join(
            tr("{category} {count}, {share}", category=name(c), count=exact(n), share=share(n, total))
            for c, n in self._counts.by_category.items()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 46)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """The longest legend that has room."""
        widths, room = self._legend_of(*LEGENDS[0])
        for brevity, with_counts in LEGENDS[1:]:
            if room >= 8 * (len(widths) - 1):
                break
            widths, room = self._legend_of(brevity, with_counts)
        gap = max(4.0, min(room / (len(widths) - 1), 22))
        fonts = self._appearance.theme.fonts
        height = fonts.small.metrics.height() + 2
        top = self._top(height) + self._high + 6
        self._legend, left = {}, 0.0
        for category, wide in widths.items():
            self._legend[category] = QRectF(left, top, wide, height)
            left += wide + gap

    def _legend_of(self, brevity: int, with_counts: bool) -> tuple[dict[str, int], int]:
        """The widths of a legend's entries, and what they leave free."""
        self._brevity, self._with_counts = brevity, with_counts
        widths = {category: self._entry_width(category) for category in NAMES}
        return widths, self.width() - sum(widths.values())

    def _entry_width(self, category: str) -> int:
        fonts = self._appearance.theme.fonts
        wide = 18 + fonts.small_value.width(name(category, self._brevity))
        if self._with_counts:
            wide += 5 + fonts.small.width(self._count(category))
        return wide + 1

    def _count(self, category: str) -> str:
        count = self._counts.by_category[category]
        if self._counts.provisional.get(category):
            return tr("~{count}", count=short(count))
        return short(count)

    @property
    def _high(self) -> int:
        """The height of the strip, or of both."""
        return STRIP if self._counts.active is None else 2 * PAIRED + APART

    def _top(self, legend: int) -> float:
        return (self.height() - self._high - 6 - legend) / 2

    def _strips(self) -> list[tuple[str, Mapping[str, int], QRectF]]:
        """What each strip is called, what it shows and where it is."""
        fonts, active = self._appearance.theme.fonts, self._counts.active
        top = self._top(fonts.small.metrics.height() + 2)
        if active is None:
            return [("", self._counts.by_category, QRectF(0, top, self.width(), STRIP))]
        names = tr("all"), tr("active")
        left = max(fonts.caption.width(name) for name in names) + 8
        area = QRectF(left, top, self.width() - left, PAIRED)
        below = area.translated(0, PAIRED + APART)
        return [(names[0], self._counts.by_category, area), (names[1], active, below)]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for words, counts, area in self._strips():
                painter.setFont(theme.fonts.caption.font)
                painter.setPen(theme.text2)
                painter.drawText(QRectF(0, area.top() - 3, area.left(), area.height() + 6), LEFT, words)
                self._paint_strip(painter, counts, area)
            for category, area in self._legend.items():
                self._paint_entry(painter, category, area)
            if self.hasFocus():
                ring = self._legend[list(NAMES)[self._at]].adjusted(-4, -1, 3, 1)
                paint_focus(painter, ring, self._appearance.theme)

    def _paint_strip(self, painter: QPainter, counts: Mapping[str, int], area: QRectF) -> None:
        theme, total = self._appearance.theme, sum(counts.values())
        outline = QPainterPath()
        outline.addRoundedRect(area, 4, 4)
        painter.save()
        painter.setClipPath(outline)
        if not total:
            painter.fillRect(area, theme.sunken)
        font = QFont(theme.fonts.group.font)
        painter.setFont(font)
        for category, (left, wide) in segments(counts, area.width()).items():
            part = QRectF(area.left() + left, area.top(), wide, area.height())
            painter.fillRect(part, theme.colour(category))
            unsure = self._counts.provisional.get(category, 0) + self._counts.added.get(category, 0)
            if unsure:
                sure = 1 - min(unsure / counts[category], 1)
                guessed = part.adjusted(part.width() * sure, 0, 0, 0)
                hatch(painter, guessed, mixed(theme.card, theme.colour(category), 0.4))
                wide *= sure
            text = share(max(counts[category] - unsure, 0), total)
            if area.height() >= STRIP and wide >= max(SPOKEN, theme.fonts.group.width(text) + 10):
                painter.setPen(theme.ink(category))
                flags = LEFT if wide > 3 * SPOKEN else CENTRE
                painter.drawText(part.adjusted(6, 0, -4, 0), flags, text)
        painter.restore()

    def _paint_entry(self, painter: QPainter, category: str, area: QRectF) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        ratio = self.devicePixelRatioF()
        painter.setOpacity(1.0 if self._counts.by_category[category] else 0.75)
        mark = pixmap(category, theme.colour(category), 13, ratio)
        painter.drawPixmap(QPointF(area.left(), area.top() + (area.height() - 13) / 2), mark)
        painter.setOpacity(1.0)
        words = name(category, self._brevity)
        self.fading.paint(painter, category, area.adjusted(-3, 0, 3, 0), theme)
        painter.setFont(fonts.small_value.font)
        painter.setPen(theme.text if self._counts.by_category[category] else theme.text3)
        painter.drawText(area.adjusted(18, 0, 0, 0), LEFT, words)
        if self._with_counts:
            painter.setFont(fonts.small.font)
            painter.setPen(theme.text2 if self._counts.by_category[category] else theme.text3)
            left = 18 + fonts.small_value.width(words) + 5
            painter.drawText(area.adjusted(left, 0, 0, 0), LEFT, self._count(category))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._say(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _say(self, at: QPoint, where: QPoint) -> None:
        category = self.category_at(at)
        if category is None:
            QToolTip.hideText()
            return
        QToolTip.showText(where, self.told(category), self)

    def told(self, category: str) -> str:
        """A category with all its digits."""
        count, active = self._counts.by_category[category], self._counts.active
        said = {"category": name(category), "count": exact(count), "share": share(count, self._counts.total)}
        if active is not None:
            met, met_all = active[category], sum(active.values())
            return tr(
                "{category}: {count} parameters, {share} of the design; {active} of them active, {part} of "
                "what a token meets. Specks of the strip are not to scale.",
                active=exact(met),
                part=share(met, met_all),
                **said,
            )
        return tr(
            "{category}: {count} parameters, {share} of the design. Specks of the strip are not to scale.",
            **said,
        )

    def area_of(self, category: str) -> QRect:
        """Where a category's entry of the legend is, from the strip's top down."""
        entry = self._legend[category].toRect()
        return QRect(entry.left(), 0, entry.width(), self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        category = self.category_at(event.position().toPoint())
        if category is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = list(NAMES).index(category)
            self.asked.emit(category)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if (step := steps.get(Qt.Key(event.key()))) is not None:
            self._at = min(max(self._at + step, 0), len(NAMES) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(list(NAMES)[self._at])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def category_at(self, at: QPoint) -> str | None:
        """The category whose segment or legend is at a point."""
        for category, area in self._legend.items():
            if area.contains(QPointF(at)):
                return category
        for _, counts, strip in self._strips():
            if strip.top() - 2 <= at.y() <= strip.bottom() + 2:
                for category, (left, wide) in segments(counts, strip.width()).items():
                    if left <= at.x() - strip.left() <= left + wide:
                        return category
        return None
