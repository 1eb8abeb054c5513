"""The roles that type plays, in sizes relative to the system's font."""

from __future__ import annotations

from dataclasses import field

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics

from designer.symbolic.frozen import frozen

Weight = QFont.Weight
SMALLEST = 10
"""Pixels below which nothing is written."""
MOST_KNOWN = 4096
"""Texts whose width a role remembers."""


@frozen(eq=False)
class Role:
    """A font and what it measures."""

    font: QFont
    metrics: QFontMetrics
    known: dict[str, int] = field(default_factory=dict[str, int], repr=False)

    def width(self, text: str) -> int:
        """Pixels that a text takes; measured once, since every edit asks for the same ones again."""
        width = self.known.get(text)
        if width is None:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            width = self.known[text] = self.metrics.horizontalAdvance(text)
        return width

    def cut(self, text: str, room: float) -> str:
        """As much of a text as there is room for in so many pixels."""
        if self.width(text) <= room:
            return text
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(int(room), 0))


@frozen(eq=False)
class Fonts:
    """Every role, and the heights that follow from them.

    `base` is the system's font in px. `row` is the height of a row, a field or a slim card; `card` that of a
    card of two lines.
    """

    base: int
    display: Role
    stat: Role
    title: Role
    name: Role
    count: Role
    body: Role
    value: Role
    small: Role
    small_value: Role
    caption: Role
    group: Role
    row: int
    card: int

    @staticmethod
    def of(font: QFont) -> Fonts:
        """The roles of a system font."""
        base = QFontInfo(font).pixelSize()

        def role(scale: float, weight: Weight = Weight.Normal) -> Role:
            made = QFont(font)
            made.setPixelSize(max(round(base * scale), SMALLEST))
            made.setWeight(weight)
            made.setFeature(QFont.Tag("tnum"), 1)  # digits of one width, where the font has them
            return Role(made, QFontMetrics(made))

        body = role(1.0)
        height = body.metrics.height()
        return Fonts(
            base,
            display=role(1.85, Weight.DemiBold),
            stat=role(1.4, Weight.DemiBold),
            title=role(1.15, Weight.DemiBold),
            name=role(1.0, Weight.DemiBold),
            count=role(1.08, Weight.DemiBold),
            body=body,
            value=role(1.0, Weight.Medium),
            small=role(0.92),
            small_value=role(0.92, Weight.Medium),
            caption=role(0.85),
            group=role(0.85, Weight.DemiBold),
            row=_even(height + 0.9 * base),
            card=_even(2 * height + 1.1 * base),
        )


def _even(pixels: float) -> int:
    return 2 * round(pixels / 2)
