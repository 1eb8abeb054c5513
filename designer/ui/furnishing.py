"""What the window gets once its first frame is painted: menus, panels, charts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from designer.blocks.palette import SECTIONS
from designer.ui import accessible
from designer.ui.canvas.accessible.blocks import stand_by
from designer.ui.dock import Dock
from designer.ui.files.file_drop import FileDrop
from designer.ui.files.starters import Starters
from designer.ui.icons import icon
from designer.ui.inspector.inspector import Inspector
from designer.ui.last_resort import LastResort
from designer.ui.menus import actions
from designer.ui.menus.action import Action
from designer.ui.menus.commands import Commands
from designer.ui.menus.menus import Menus
from designer.ui.palette.entries import entries
from designer.ui.palette.palette import Palette
from designer.ui.palette.prices import PalettePrices
from designer.ui.parts import Parts
from designer.ui.scenario.button import ScenarioButton
from designer.ui.status_row import StatusRow
from designer.ui.title_row import TitleRow
from designer.ui.tr import tr
from designer.ui.why.why import Why
from designer.ui.zoom import Zoom


def furnish(parts: Parts) -> tuple[Commands, Menus]:
    """Make everything and connect it."""
    window, session, appearance, settings, canvas, panels = parts
    appearance.put_rules()
    accessible.stand_by()
    sections = entries(session.registry, SECTIONS)
    zoom = Zoom(appearance)
    status = StatusRow(session, appearance, zoom)
    title = TitleRow(session, appearance)
    why = Why(window, session, appearance, canvas, panels.totals)
    commands = Commands(parts, status, sections, why)
    palette = Palette(sections, appearance)
    inspector = Inspector(session, appearance, settings)
    below = Dock(session, appearance)
    panels.put_rows(title, status)
    panels.furnish(palette, inspector, below, appearance)
    palette.chosen.connect(commands.insert)
    PalettePrices(session, appearance, palette)
    for panel in (palette, inspector, below):
        panel.left.connect(commands.refocus)
    below.issues.jumped.connect(commands.refocus)
    canvas.begin_ledger()
    canvas.show_in_ledger(settings.ledger)
    inspector.count.asked.connect(commands.explain)
    panels.totals.strip.asked.connect(why.open)
    panels.totals.count.asked.connect(lambda: why.open(None))
    canvas.zoomed.connect(zoom.show_factor)
    canvas.edit_requested.connect(commands.edit_fields)
    canvas.insert_requested.connect(commands.quick_insert)
    canvas.explain_requested.connect(commands.explain)
    canvas.refused.connect(status.hint)
    zoom.asked.connect(canvas.zoom_to)
    zoom.fit.connect(canvas.fit)
    zoom.show_factor(canvas.zoom)
    _follow_focus(parts, status, palette)
    menus = _fill_title(title, commands)
    canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    canvas.customContextMenuRequested.connect(lambda at: menus.pop_up(canvas.mapToGlobal(at)))
    Starters(session, appearance, canvas).chosen.connect(commands.open)
    stand_by(canvas)
    FileDrop((window, canvas.viewport()), commands.open, status.hint)
    accessible.play(panels.totals.strip, "chart")
    LastResort(session, status.tell).stand_by()
    if settings.layout is not None:
        window.restoreState(settings.layout)
    below.load()
    return commands, menus


def _fill_title(title: TitleRow, commands: Commands) -> Menus:
    menus = Menus(title.menus, commands)
    for action in (actions.UNDO, actions.REDO):
        title.add_button(_button(commands, action))
    title.add_button(
        ScenarioButton(commands.session, commands.appearance, commands.panels.totals.costs), at_end=True
    )
    title.place_soon()
    return menus


def _follow_focus(parts: Parts, status: StatusRow, palette: Palette) -> None:
    """The status row shows the keys of the panel that has the focus."""

    def focused(before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is parts.window:
            status.show_keys_for(now, parts.canvas, palette)

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    connection = app.focusChanged.connect(focused)
    parts.window.destroyed.connect(lambda: app.disconnect(connection))
    focused(None, parts.window.focusWidget() or parts.canvas)


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
    appearance = commands.appearance
    turned = appearance.turned.connect(paint)
    made.destroyed.connect(lambda: appearance.disconnect(turned))  # it outlives the window
    follow()
    paint()
    return made
