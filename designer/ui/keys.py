"""The keys of the canvas, for a panel and for the status row."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, paint_key
from designer.ui.controls.section import KeptSection
from designer.ui.settings import Settings
from designer.ui.tr import tr

CANVAS = (
    ("/", "insert", "insert a block"),
    ("↑ ↓", "walk", "walk the stack"),
    ("Enter", "edit", "edit its fields"),
    ("Alt ↑ ↓", "move", "move it"),
    ("Del", "remove", "remove it"),
    ("Ctrl D", "copy", "duplicate it"),
    ("Ctrl G", "wrap", "wrap it in a container"),
    ("F2", "rename", "give it a name"),
    ("F6", "panels", "next panel"),
    ("Esc", "canvas", "back to the canvas"),
)
"""(key, in a word, in words), the most used first."""

PALETTE = (("↑ ↓", "walk", ""), ("Enter", "insert", ""), ("Esc", "canvas", ""), ("F6", "panels", ""))
FIELD = (("Enter", "take", ""), ("Esc", "back", ""), ("Tab", "next field", ""), ("F6", "panels", ""))
DRAG = (("Esc", "put it back", ""), ("Alt", "drop a copy", ""))
INSERT = (
    ("↑ ↓", "choose", ""),
    ("Enter", "do it", ""),
    ("→", "preview", ""),
    ("Tab", "then fields", ""),
    ("Esc", "close", ""),
)
PANEL = (("Tab", "next", ""), ("Esc", "canvas", ""), ("F6", "panels", ""))


class Keys(KeptSection):
    """All keys, each with what it does."""

    def __init__(self, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("Keys"), settings, "keys")
        self.body.setSpacing(3)
        for key, _, words in CANVAS:
            self.body.addWidget(_Row(appearance, key, tr(words)))


class _Row(QWidget):
    def __init__(self, appearance: Appearance, key: str, words: str) -> None:
        super().__init__()
        self._appearance, self._key, self._words = appearance, key, words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{key}: {words}")

    def sizeHint(self) -> QSize:
        return QSize(180, self._appearance.theme.fonts.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        with QPainter(self) as painter:
            wide = fonts.caption.width(self._key) + 12
            paint_key(painter, QRectF(0, self.height() / 2 - 9, wide, 18), theme, self._key)
            painter.setFont(fonts.small.font)
            painter.setPen(theme.text2)
            left = round(fonts.base * 6.2)
            painter.drawText(QRectF(left, 0, self.width() - left, self.height()), LEFT, self._words)
