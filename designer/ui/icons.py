"""The program's own SVG icons, tinted and kept in Qt's pixmap cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPixmap, QPixmapCache

from designer.symbolic.block import Block
from designer.symbolic.resource import resource

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_SIDE = 'width="24" height="24"'
_STROKE = 'stroke-width="1.75"'


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon called `name` in one colour, `size` px square on a screen of so many device pixels each."""
    key = f"{name} {colour.name(QColor.NameFormat.HexArgb)} {size} {ratio}"
    drawn = QPixmap()
    if not QPixmapCache.find(key, drawn):
        drawn = _drawn(name, colour, size, ratio)
        QPixmapCache.insert(key, drawn)
    return drawn


def icon(name: str, colour: QColor, size: int = 16, faint: QColor | None = None) -> QIcon:
    """The same for buttons and menus, sharp on screens of double density; `faint` while disabled."""
    from PySide6.QtGui import QIcon

    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
        if faint is not None:
            made.addPixmap(pixmap(name, faint, size, ratio), QIcon.Mode.Disabled)
    return made


def glyph(block: Block) -> str:
    """The name of a block's icon: its own, else its layout's where it holds blocks, else its category's."""
    if block.glyph:
        return block.glyph
    return block.category if block.layout == "leaf" else block.layout


def _drawn(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    pixels = round(size * ratio)
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    text = text.replace("currentColor", colour.name()).replace(_SIDE, f'width="{pixels}" height="{pixels}"')
    text = text.replace(_STROKE, f'stroke-width="{_stroke(size)}"')
    made = QPixmap()
    made.loadFromData(text.encode())
    made.setDevicePixelRatio(ratio)
    return made


def _stroke(size: int) -> float:
    """Thicker where the icon is small, so that it stays as dark as the text beside it."""
    if size <= 14:
        return 2.2
    return 1.9 if size <= 18 else 1.75
