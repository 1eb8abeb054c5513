"""Colours that can be read and told apart, by everybody."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtGui import QColor, QFont

from designer.ui import theme as themes
from designer.ui.categories import NAMES
from designer.ui.fonts import Fonts
from designer.ui.theme import Theme, mixed, token_names
from tests.ui.colour_vision import DEFICIENCIES, distance, seen

GROUNDS = ("panel", "canvas", "card", "field", "raised", "frame", "frame2", "sunken")


@pytest.fixture(params=["light", "dark"])
def theme(request, qapp) -> Theme:
    fonts = Fonts.of(QFont())
    return themes.light(fonts) if request.param == "light" else themes.dark(fonts)


def luminance(colour: QColor) -> float:
    """Relative luminance, as WCAG 2 has it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a: QColor, b: QColor) -> float:
    """The ratio of WCAG 2, from 1 to 21."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", GROUNDS)
def test_text_of_every_weight_can_be_read_on_every_ground(theme, ground):
    for text in (theme.text, theme.text2, theme.text3):
        assert contrast(text, getattr(theme, ground)) >= 4.5


def test_text_on_a_colour_can_be_read(theme):
    pairs = [
        (theme.onaccent, theme.accent),
        (theme.accenttext, theme.accentsoft),
        (theme.accenttext, theme.panel),
        (theme.danger, theme.dangersoft),
        (theme.warn, theme.warnsoft),
        (theme.ok, theme.oksoft),
        (theme.danger, theme.panel),
        (theme.warn, theme.panel),
        (theme.text2, theme.dangersoft),
        (theme.text, theme.accentsoft),
    ]
    assert [round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5] == []


def test_marks_stand_out(theme):
    for mark in (theme.accent, theme.stream, theme.warnmark, theme.fieldline):
        assert contrast(mark, theme.panel) >= 3


@pytest.mark.parametrize("category", NAMES)
def test_a_category_stands_out_and_its_ink_can_be_read_on_it(theme, category):
    colour, ink = theme.categories[category]
    assert contrast(colour, theme.card) >= 3
    assert contrast(colour, theme.canvas) >= 3
    assert contrast(ink, colour) >= 4.5


@pytest.mark.parametrize("deficiency", [None, *DEFICIENCIES])
def test_no_two_categories_look_alike_to_anybody(theme, deficiency):
    colours = {name: seen(hue.colour, deficiency) for name, hue in theme.categories.items()}
    least = 20 if deficiency is None else 11
    alike = [(a, b) for a, b in combinations(colours, 2) if distance(colours[a], colours[b]) < least]
    assert alike == []


@pytest.mark.parametrize("deficiency", [None, *DEFICIENCIES])
def test_the_accent_looks_like_no_category(theme, deficiency):
    accent = seen(theme.accent, deficiency)
    assert min(distance(accent, seen(hue.colour, deficiency)) for hue in theme.categories.values()) >= 8


def test_light_and_dark_have_the_same_tokens_and_every_category(qapp):
    fonts = Fonts.of(QFont())
    light, dark = themes.light(fonts), themes.dark(fonts)
    assert all(isinstance(getattr(made, name), QColor) for made in (light, dark) for name in token_names())
    assert list(light.categories) == list(dark.categories) == list(NAMES)


def test_mixing_goes_from_one_colour_to_the_other(qapp):
    white, black = QColor("white"), QColor("black")
    steps = [mixed(white, black, share).lightness() for share in (0, 0.25, 0.5, 1)]
    assert steps == [0, 64, 128, 255]


def test_type_falls_from_display_to_caption_and_rows_follow_it(theme):
    fonts = theme.fonts
    roles = (fonts.display, fonts.stat, fonts.count, fonts.body, fonts.small, fonts.caption)
    sizes = [role.font.pixelSize() for role in roles]
    assert all(a >= b for a, b in pairwise(sizes))
    assert sizes[-1] >= 10
    assert fonts.row % 2 == fonts.card % 2 == 0
    assert fonts.row > fonts.body.metrics.height()
    assert fonts.card > 2 * fonts.body.metrics.height()
