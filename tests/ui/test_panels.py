"""Panels around the canvas: wider under larger letters, gone where there is no room, on either side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget

from designer.ui.fonts import Fonts
from designer.ui.panels import RAIL, Panels
from tests.ui.conftest import leaf

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


def test_in_a_slim_window_the_inspector_comes_when_asked_and_goes_when_left(qtbot, open_window, llama):
    window = open_window(llama, 940, 640)
    panels = window.panels
    assert panels.inspector_dock.isHidden()
    llama.select((leaf(llama.design, "attention").id,))
    window.commands.edit_fields()
    qtbot.waitUntil(lambda: panels.inspector.form.rows[0].field.line.hasFocus())
    QTest.keyClick(panels.inspector.form.rows[0].field.line, Qt.Key.Key_Escape)
    assert panels.inspector_dock.isHidden()
    assert window.canvas.hasFocus()
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: panels.inspector_dock.isVisible())


def test_an_inspector_that_was_closed_stays_closed_when_the_window_widens(qtbot, open_window, llama):
    window = open_window(llama, 1280, 720)
    window.panels.toggle("inspector")
    window.resize(940, 720)
    window.resize(1280, 720)
    assert window.panels.inspector_dock.isHidden()


def test_palette_and_inspector_change_sides_and_the_next_window_has_them_so(open_window, llama, session):
    window = open_window(llama)
    window.panels.swap()
    assert window.dockWidgetArea(window.panels.palette_dock) == RIGHT
    assert window.dockWidgetArea(window.panels.inspector_dock) == LEFT
    window.close()
    second = open_window(session)
    assert second.dockWidgetArea(second.panels.palette_dock) == RIGHT
    second.panels.reset()
    assert second.dockWidgetArea(second.panels.palette_dock) == LEFT


def test_every_panel_has_a_grip_and_can_be_moved(open_window, llama):
    panels = open_window(llama).panels
    for dock in panels.docks.values():
        assert dock.features() & dock.DockWidgetFeature.DockWidgetMovable
        assert dock.titleBarWidget().accessibleName()


@pytest.mark.parametrize(("width", "high", "inspector"), [(1440, 900, 604), (2560, 1440, 606)])
def test_larger_letters_make_wider_panels(qtbot, qapp, width, high, inspector):
    font = QFont(qapp.font())
    font.setPixelSize(24)
    window = QMainWindow()
    qtbot.addWidget(window)
    panels = Panels(window, QWidget(), Fonts.of(font))
    window.setCentralWidget(QWidget())
    window.resize(width, high)
    window.show()
    panels.arrange()
    wide = panels.inspector_dock.widget().width()
    assert wide <= width * 0.43
    assert abs(wide - inspector) < 40
    assert (panels.palette_dock.widget().width() == RAIL) == (width < 2000)
