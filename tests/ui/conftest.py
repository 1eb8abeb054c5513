"""A real window on real designs, without a display."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from designer.blocks.palette import registry
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.formats.templates import empty_design
from designer.ui.appearance import Appearance
from designer.ui.main_window import MainWindow
from designer.ui.session import Session
from designer.ui.settings import Settings

KINDS = registry()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """What the program remembers, and forgets after the test."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture(scope="session")
def worn(qapp: QApplication) -> Appearance:
    """What the whole run wears, over Qt's own style everywhere."""
    qapp.setStyle("Fusion")
    made = Appearance(qapp, "light")
    made.put_rules()
    return made


@pytest.fixture
def appearance(worn: Appearance) -> Appearance:
    """The light theme."""
    worn.choose("light")
    return worn


@pytest.fixture
def session() -> Session:
    """GPT-2, open."""
    return Session(opened("gpt2", KINDS), KINDS)


@pytest.fixture
def llama() -> Session:
    """Llama-3-8B, open."""
    return Session(opened("llama-3-8b", KINDS), KINDS)


@pytest.fixture
def empty() -> Session:
    """A design that holds nothing."""
    return Session(empty_design(KINDS), KINDS)


@pytest.fixture
def open_window(qtbot, appearance, settings) -> Callable[..., MainWindow]:
    """Opens the whole window on a session, at a size."""

    def open_it(session: Session, width: int = 1440, height: int = 900) -> MainWindow:
        window = MainWindow(session, appearance, settings)
        qtbot.addWidget(window, before_close_func=lambda window: window.session.start(window.session.design))
        window.resize(width, height)
        window.canvas.board.motion.still = True
        window.show()
        window.activateWindow()  # shortcuts are heard by the active window alone
        qtbot.waitUntil(lambda: window.furnished and window.isActiveWindow())
        window.canvas.setFocus()
        return window

    return open_it


def leaf(design: Design, category: str, field: str = "") -> Node:
    """The first block of a category that has a field."""
    for node in design.tree.walk():
        made = KINDS.get(node.kind)
        fits = made is not None and made.layout == "leaf" and made.category == category
        if fits and (not field or field in node.fields):
            return node
    raise LookupError(category)


def holder(design: Design, layout: str) -> Node:
    """The first block of a layout, the design itself aside."""
    return next(
        node for node in list(design.tree.walk())[1:] if getattr(KINDS.get(node.kind), "layout", "") == layout
    )
