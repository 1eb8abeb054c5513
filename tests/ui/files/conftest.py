"""A window for dialogs to stand over."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget


@pytest.fixture
def window(qtbot) -> QWidget:
    """An empty one."""
    made = QWidget()
    qtbot.addWidget(made)
    return made
