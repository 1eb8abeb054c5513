"""The colours of the window, light and dark, and the type that goes with them.

Chrome follows these tokens, and so do the seven categories; a category's colour means data and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import NamedTuple

from PySide6.QtGui import QColor

from designer.symbolic.frozen import frozen
from designer.ui.fonts import Fonts


class Hue(NamedTuple):
    """A category's colour, and the ink that can be read on it."""

    colour: QColor
    ink: QColor


@frozen(eq=False)
class Theme:
    """Every colour by what it is for.

    `window`, `panel` and `canvas` are grounds; `card`, `field` and `raised` stand on them; `frame` is a
    Repeat's ground, `frame2` a Residual's, `sunken` lies deeper. `line`, `line2` and `frameline` part,
    `fieldline` is an input's lower edge. `text` to `text3` fall in weight. `soft` is how much of a category's
    colour tints the ground behind its icon.
    """

    dark: bool
    fonts: Fonts
    categories: Mapping[str, Hue]
    soft: float
    window: QColor
    panel: QColor
    canvas: QColor
    card: QColor
    field: QColor
    raised: QColor
    frame: QColor
    frame2: QColor
    sunken: QColor
    line: QColor
    line2: QColor
    frameline: QColor
    fieldline: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    onaccent: QColor
    accenttext: QColor
    accentsoft: QColor
    danger: QColor
    dangersoft: QColor
    warn: QColor
    warnsoft: QColor
    warnmark: QColor
    ok: QColor
    oksoft: QColor
    stream: QColor

    def colour(self, category: str) -> QColor:
        """A category's colour; neutral for what has none."""
        hue = self.categories.get(category)
        return hue.colour if hue else self.text2

    def ink(self, category: str) -> QColor:
        """What can be read on a category's colour."""
        return self.categories[category].ink

    def tint(self, category: str) -> QColor:
        """The ground behind a category's icon on a card."""
        return mixed(self.colour(category), self.card, self.soft)

    def halo(self, share: float = 0.25) -> QColor:
        """The accent, so much of it, over whatever lies below."""
        colour = QColor(self.accent)
        colour.setAlphaF(share)
        return colour


def mixed(over: QColor, ground: QColor, share: float) -> QColor:
    """`share` of one colour over the rest of another."""
    rest = 1 - share
    return QColor(
        round(over.red() * share + ground.red() * rest),
        round(over.green() * share + ground.green() * rest),
        round(over.blue() * share + ground.blue() * rest),
    )


def light(fonts: Fonts) -> Theme:
    """Dark text on light ground."""
    return _theme(False, fonts, 0.14, _LIGHT, _LIGHT_CATEGORIES)


def dark(fonts: Fonts) -> Theme:
    """Light text on dark ground."""
    return _theme(True, fonts, 0.24, _DARK, _DARK_CATEGORIES)


def _theme(
    is_dark: bool,
    fonts: Fonts,
    soft: float,
    tokens: Mapping[str, str],
    categories: Mapping[str, tuple[str, str]],
) -> Theme:
    hues = {name: Hue(QColor(colour), QColor(ink)) for name, (colour, ink) in categories.items()}
    return Theme(is_dark, fonts, hues, soft, **{name: QColor(code) for name, code in tokens.items()})


def token_names() -> tuple[str, ...]:
    """The names of all colours that are no category's."""
    return tuple(field.name for field in fields(Theme))[4:]


_WHITE, _BLACK = "#FFFFFF", "#14161A"

_LIGHT_CATEGORIES: Mapping[str, tuple[str, str]] = {
    "embedding": ("#0F7F5E", _WHITE),
    "attention": ("#2284F5", _BLACK),
    "feed_forward": ("#D26D00", _BLACK),
    "output": ("#B34A99", _WHITE),
    "positional": ("#575200", _WHITE),
    "normalization": ("#515863", _WHITE),
    "other": ("#5A342E", _WHITE),
}

_DARK_CATEGORIES: Mapping[str, tuple[str, str]] = {
    "embedding": ("#08976C", _BLACK),
    "attention": ("#5B9EF4", _BLACK),
    "feed_forward": ("#F1861B", _BLACK),
    "output": ("#CB5AA5", _BLACK),
    "positional": ("#E9E290", _BLACK),
    "normalization": ("#CDDBEB", _BLACK),
    "other": ("#DCB2AC", _BLACK),
}

_LIGHT: Mapping[str, str] = {
    "window": "#ECEEF1",
    "panel": "#FAFBFC",
    "canvas": "#F0F2F5",
    "card": "#FFFFFF",
    "field": "#FFFFFF",
    "raised": "#FFFFFF",
    "frame": "#F7F8FA",
    "frame2": "#EDEFF3",
    "sunken": "#E9EBEF",
    "line": "#DFE2E7",
    "line2": "#C5CAD2",
    "frameline": "#D3D7DE",
    "fieldline": "#868E9A",
    "text": "#1A1D23",
    "text2": "#4C535F",
    "text3": "#5F6773",
    "accent": "#4A3FC4",
    "onaccent": "#FFFFFF",
    "accenttext": "#4237B5",
    "accentsoft": "#E8E6FA",
    "danger": "#C4303B",
    "dangersoft": "#FBEAEB",
    "warn": "#8F5200",
    "warnsoft": "#FCF1DC",
    "warnmark": "#B86E00",
    "ok": "#157347",
    "oksoft": "#E2F3EA",
    "stream": "#7C8593",
}

_DARK: Mapping[str, str] = {
    "window": "#101216",
    "panel": "#1A1D22",
    "canvas": "#131519",
    "card": "#262A31",
    "field": "#121418",
    "raised": "#2A2E36",
    "frame": "#1A1D22",
    "frame2": "#20242B",
    "sunken": "#14161A",
    "line": "#2C3038",
    "line2": "#474D58",
    "frameline": "#3A404B",
    "fieldline": "#6E7682",
    "text": "#E9EBEF",
    "text2": "#B1B8C4",
    "text3": "#959DAA",
    "accent": "#C4B5FD",
    "onaccent": "#1B1535",
    "accenttext": "#CDC1FF",
    "accentsoft": "#322C52",
    "danger": "#FF7A80",
    "dangersoft": "#41242A",
    "warn": "#F0B357",
    "warnsoft": "#3B2F1B",
    "warnmark": "#E5A03C",
    "ok": "#5CCB94",
    "oksoft": "#1B3629",
    "stream": "#7F8896",
}
