"""A canvas on a session, shown, with everything in its place at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from designer.design.tree import Design
from designer.ui.canvas.view import Canvas
from designer.ui.session import Session
from tests.ui.canvas.designs import KINDS, preset

Opening = Callable[..., Canvas]


@pytest.fixture
def opened(qtbot, appearance) -> Opening:
    """Open a design, or a preset by its name."""

    def opened(of: Design | str, width: int = 880, height: int = 700) -> Canvas:
        canvas = Canvas(Session(preset(of) if isinstance(of, str) else of, KINDS), appearance)
        canvas.board.motion.still = True
        qtbot.addWidget(canvas)
        canvas.resize(width, height)
        canvas.show()
        return canvas

    return opened


@pytest.fixture
def llama(opened) -> Canvas:
    """Llama-3-8B, all of it in sight."""
    return opened("llama-3-8b")
