"""What the window gets once its first frame is painted: menus, panels, charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from designer.blocks.palette import SECTIONS
from designer.ui import actions
from designer.ui.actions import Action
from designer.ui.commands import Commands
from designer.ui.dock import Dock
from designer.ui.icons import icon
from designer.ui.inspector import Inspector
from designer.ui.last_resort import LastResort
from designer.ui.menus import Menus
from designer.ui.palette import Palette
from designer.ui.palette_parts import entries
from designer.ui.scenario_button import ScenarioButton
from designer.ui.status_row import StatusRow
from designer.ui.title_row import TitleRow
from designer.ui.tr import tr
from designer.ui.zoom import Zoom

if TYPE_CHECKING:
    from designer.ui.main_window import MainWindow


def furnish(window: MainWindow) -> Commands:
    """Make everything and connect it."""
    session, appearance, canvas = window.session, window.appearance, window.canvas
    appearance.put_rules()
    sections = entries(session.registry, SECTIONS)
    zoom = Zoom(appearance)
    status = StatusRow(session, appearance, zoom)
    title = TitleRow(session, appearance)
    commands = Commands(window, status, sections)
    palette = Palette(sections, appearance)
    inspector = Inspector(session, appearance, window.settings)
    below = Dock(session, appearance)
    window.put_rows(title, status)
    window.panels.furnish(palette, inspector, below)
    palette.chosen.connect(commands.insert)
    for panel in (palette, inspector, below):
        panel.left.connect(commands.refocus)
    below.issues.jumped.connect(commands.refocus)
    canvas.zoomed.connect(zoom.show_factor)
    canvas.edit_requested.connect(commands.edit_fields)
    canvas.refused.connect(status.hint)
    zoom.asked.connect(canvas.zoom_to)
    zoom.fit.connect(canvas.fit)
    zoom.show_factor(canvas.zoom)
    _follow_focus(window, status, palette)
    _fill_title(title, commands)
    LastResort(session, status.tell).stand_by()
    if window.settings.layout is not None:
        window.restoreState(window.settings.layout)
    below.load()
    return commands


def _fill_title(title: TitleRow, commands: Commands) -> None:
    commands.menus = Menus(title.menus, commands)
    for action in (actions.UNDO, actions.REDO):
        title.add_button(_button(commands, action))
    title.add_button(ScenarioButton(commands.session, commands.appearance), at_end=True)
    title.place_soon()


def _follow_focus(window: MainWindow, status: StatusRow, palette: Palette) -> None:
    """The status row shows the keys of the panel that has the focus."""

    def focused(before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is window:
            status.show_keys_for(now, window.canvas, palette)

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    connection = app.focusChanged.connect(focused)
    window.destroyed.connect(lambda: app.disconnect(connection))
    focused(None, window.focusWidget() or window.canvas)


def _button(commands: Commands, action: Action) -> QToolButton:
    """A button for an action, grey while it cannot be done."""
    made = QToolButton()
    made.setProperty("plain", True)
    made.setAccessibleName(tr(action.title))
    made.setToolTip(tr("{action} ({keys})", action=tr(action.title), keys=action.keys))

    def follow(*_: object) -> None:
        made.setEnabled(action.when(commands.session))

    def paint() -> None:
        theme = commands.appearance.theme
        made.setIcon(icon(action.icon, theme.text, 16, theme.line2))

    made.clicked.connect(lambda: commands.run(action))
    commands.session.changed.connect(follow)
    commands.appearance.turned.connect(paint)
    follow()
    paint()
    return made
