"""What the window gets once its first frame is painted: menus, panels, charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolButton

from designer.ui import actions
from designer.ui.actions import Action
from designer.ui.dock import Dock
from designer.ui.icons import icon
from designer.ui.inspector import Inspector
from designer.ui.menus import Menus
from designer.ui.palette import Palette
from designer.ui.scenario_button import ScenarioButton
from designer.ui.tr import tr

if TYPE_CHECKING:
    from designer.ui.main_window import MainWindow


def furnish(window: MainWindow) -> None:
    """Make everything and connect it."""
    session, appearance = window.session, window.appearance
    palette = Palette(window.sections, appearance)
    inspector = Inspector(session, appearance, window.settings)
    below = Dock(session, appearance)
    window.panels.furnish(palette, inspector, below)
    palette.chosen.connect(window.insert_or_say)
    palette.left.connect(window.refocus)
    inspector.left.connect(window.refocus)
    below.issues.jumped.connect(window.refocus)
    below.left.connect(window.refocus)
    Menus(window.title.menus, window)
    for action in (actions.UNDO, actions.REDO):
        window.title.add_button(_button(window, action))
    window.title.add_button(ScenarioButton(session, appearance), at_end=True)
    window.title.place_soon()
    window.restore_layout()
    below.load()


def _button(window: MainWindow, action: Action) -> QToolButton:
    """A button for an action, grey while it cannot be done."""
    made = QToolButton()
    made.setProperty("plain", True)
    made.setAccessibleName(tr(action.title))
    made.setToolTip(tr("{action} ({keys})", action=tr(action.title), keys=action.keys))

    def follow(*_: object) -> None:
        made.setEnabled(action.when(window.session))

    def paint() -> None:
        theme = window.appearance.theme
        made.setIcon(icon(action.icon, theme.text, 16, theme.line2))

    made.clicked.connect(lambda: window.run(action))
    window.session.changed.connect(follow)
    window.appearance.turned.connect(paint)
    follow()
    paint()
    return made
