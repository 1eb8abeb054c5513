"""A palette of every block, shown by itself."""

from __future__ import annotations

import pytest

from designer.blocks.palette import SECTIONS
from designer.ui.palette.entries import entries
from designer.ui.palette.palette import Palette
from tests.ui.conftest import KINDS


@pytest.fixture
def palette(qtbot, appearance) -> Palette:
    """Wide enough for names and prices."""
    made = Palette(entries(KINDS, SECTIONS), appearance)
    qtbot.addWidget(made)
    made.resize(232, 700)
    made.show()
    qtbot.waitExposed(made)
    return made
