"""Icons: our own, tinted, and one for everything that is drawn."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from designer.blocks.palette import SECTIONS
from designer.symbolic.resource import resource
from designer.ui.categories import NAMES
from designer.ui.icons import glyph, icon, pixmap
from designer.ui.menus import actions
from tests.ui.conftest import KINDS

ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_in_one_colour_at_the_size_asked_for(qapp, name):
    drawn = pixmap(name, QColor("#ff0000"), 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    image = drawn.toImage()
    points = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
    inked = [point for point in points if point.alpha() > 40]
    assert len(inked) > 8
    assert all(point.green() < 40 and point.blue() < 40 for point in inked)


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_keeps_to_the_grid_and_names_no_colour(name):
    text = resource("icons", f"{name}.svg").read_text()
    assert 'viewBox="0 0 24 24"' in text
    assert text.count("currentColor") == 1
    assert re.findall(r"#[0-9a-fA-F]{3,6}\b", text) == []


def test_every_block_category_and_action_has_an_icon_that_exists():
    blocks = [KINDS.get(kind) for section in SECTIONS.values() for kind in section]
    tables = (actions.FILE, actions.EDIT, actions.DESIGN, actions.VIEW, actions.INSERT, actions.HELP)
    named = {entry.icon for table in tables for entry in table if getattr(entry, "icon", "")}
    needed = {glyph(block()) for block in blocks if block is not None} | set(NAMES) | named
    assert needed <= set(ICONS)


def test_the_categories_can_be_told_apart_at_12_pixels_without_colour(qapp):
    drawn = {name: pixmap(name, QColor("black"), 12).toImage() for name in NAMES}
    images = [bytes(image.constBits()) for image in drawn.values()]
    differing = [
        sum(a != b for a, b in zip(one, other, strict=True))
        for at, one in enumerate(images)
        for other in images[:at]
    ]
    assert min(differing) > 60


def test_a_disabled_icon_is_fainter(qapp):
    from PySide6.QtGui import QIcon

    made = icon("undo", QColor("black"), 16, QColor("#cccccc"))
    normal, disabled = (made.pixmap(16, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert normal != disabled
