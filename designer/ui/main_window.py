"""The window: it puts the parts together and hands commands on to them. It owns nothing."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from designer.symbolic.block import Layout
from designer.symbolic.issue import Refusal
from designer.ui import actions, editing
from designer.ui.actions import Action, WindowAction
from designer.ui.appearance import Appearance, Choice
from designer.ui.canvas.view import Canvas
from designer.ui.files import Files
from designer.ui.numbers import short
from designer.ui.panels import Panels
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.status_row import StatusRow
from designer.ui.title_row import TitleRow
from designer.ui.totals import Totals
from designer.ui.tr import tr
from designer.ui.zoom import Zoom

if TYPE_CHECKING:
    from designer.ui.palette_parts import Entry


class MainWindow(QMainWindow):
    """Everything on the screen. What is not seen in the first frame is made right after it."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self.session, self.appearance, self.settings = session, appearance, settings
        self.files = Files(session, settings, self)
        self.canvas = Canvas(session, appearance)
        self.title = TitleRow(session, appearance)
        self.totals = Totals(session, appearance)
        self.zoom = Zoom(appearance)
        self.status = StatusRow(session, appearance, self.zoom)
        self.panels = Panels(self)
        self.furnished = False
        self.setMenuWidget(_column(self.title, self.totals))
        self.setCentralWidget(_column(self.canvas))
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self.status, 1)
        self.resize(1440, 900)
        self._connect()
        self._name()

    # --- the first frame, and what comes after it ----------------------------------------------------

    def furnish(self) -> None:
        """Make the panels and the menus. Called once the first frame is painted; calling it again is idle."""
        if self.furnished:
            return
        self.furnished = True
        from designer.ui.furnishing import furnish

        furnish(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.furnished:
            QTimer.singleShot(0, self.furnish)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panels.arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_leave():
            event.ignore()
            return
        self.settings.keep_window(self.saveGeometry(), self.saveState())
        event.accept()

    # --- commands ------------------------------------------------------------------------------------

    def run(self, action: Action | WindowAction, *_: object) -> None:
        """Do what an action says; a refusal is said in the status row."""
        if not action.when(self.session):
            return
        try:
            if isinstance(action, Action):
                action.run(self.session)
            else:
                action.run(self)
        except Refusal as refusal:
            self.status.say(refusal)

    def insert(self, entry: Entry) -> None:
        """Put a palette's entry at the selection."""
        editing.insert(self.session, entry.node, tr(entry.title))

    def insert_or_say(self, entry: Entry) -> None:
        """The same, where nobody above shows a refusal."""
        self.run(WindowAction(entry.title, partial(MainWindow.insert, entry=entry)))

    def open_or_say(self, named: str) -> None:
        """Open what is named; a refusal is said in the status row."""
        self.run(WindowAction(named, lambda window: window.files.open_named(named)))

    def wear(self, choice: Choice) -> None:
        """Wear another theme, now and next time."""
        self.settings.theme = choice
        self.appearance.choose(choice)

    def toggle(self, panel: str) -> None:
        """Open or close a panel."""
        dock = self.panels.docks[panel]
        dock.setVisible(dock.isHidden())

    def is_open(self, panel: str) -> bool:
        """Whether a panel is open."""
        return not self.panels.docks[panel].isHidden()

    def next_panel(self, step: int) -> None:
        """Give the keyboard to the next panel."""
        self.panels.step_to(step, self.canvas)

    def find_block(self) -> None:
        """Put the keyboard into the palette's search field."""
        self.panels.search()

    def edit_fields(self) -> None:
        """Put the keyboard into the first field of what is selected."""
        if self.panels.inspector is not None:
            self.panels.inspector_dock.show()
            self.panels.inspector.edit()

    def rename(self) -> None:
        """Ask for another name of the selected block."""
        if self.panels.inspector is not None:
            self.panels.inspector_dock.show()
            self.panels.inspector.head.rename()

    def add_variable(self) -> None:
        """Ask for a new variable."""
        if self.panels.inspector is not None:
            self.panels.inspector_dock.show()
            self.panels.inspector.variables.begin_new()

    def show_design(self) -> None:
        """Select nothing, so that the inspector shows the design."""
        self.session.select(())
        self.edit_fields()

    def show_keys(self) -> None:
        """Select nothing, so that the inspector shows all keys."""
        self.session.select(())
        if self.panels.inspector is not None:
            self.panels.inspector_dock.show()
            self.panels.inspector.show_keys()

    def wrap_in(self, kind: str) -> None:
        """Put the selection into a new container."""
        editing.wrap(self.session, kind)

    def kind_of(self, layout: Layout) -> str:
        """The first kind of container that is drawn in this way."""
        registry = self.session.registry
        return next(kind for kind in registry if getattr(registry.get(kind), "layout", "") == layout)

    @cached_property
    def sections(self) -> dict[str, list[Entry]]:
        """What can be inserted, by section."""
        from designer.blocks.palette import SECTIONS
        from designer.ui.palette_parts import entries

        return entries(self.session.registry, SECTIONS)

    def restore_geometry(self) -> None:
        """Stand where the last window stood."""
        geometry = self.settings.geometry
        if geometry is None or not self.restoreGeometry(geometry):
            self._suit_screen()

    def restore_layout(self) -> None:
        """Panels as they were left."""
        layout = self.settings.layout
        if layout is not None:
            self.restoreState(layout)

    def _suit_screen(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(1440, room.width()), min(900, room.height()))

    def containers(self) -> list[WindowAction]:
        """A command for each container that the selection can be wrapped in."""
        registry = self.session.registry
        found = [(kind, made) for kind in registry if (made := registry.get(kind)) is not None]
        holding = [(k, made) for k, made in found if getattr(made, "layout", "leaf") != "leaf"]
        return [
            WindowAction(made.label, partial(MainWindow.wrap_in, kind=kind), when=actions.chosen)
            for kind, made in holding
        ]

    def presets(self) -> list[WindowAction]:
        """A command for each preset."""
        from designer.formats.presets import presets

        return [
            WindowAction(
                tr("{title} · {total}", title=preset.title, total=short(preset.published)),
                partial(_open, named=name),
            )
            for name, preset in presets().items()
        ]

    def recent(self) -> list[WindowAction]:
        """A command for each file that was open lately."""
        return [WindowAction(path.name, partial(_open, named=str(path))) for path in self.settings.recent]

    def about(self) -> None:
        """Say which program this is."""
        self.status.tell(
            tr("LLM Designer {version}. MIT licence; no account, no server, no network.", version=version())
        )

    def reset_layout(self) -> None:
        """All panels open, as wide as at first."""
        self.settings.forget_window()
        for dock in self.panels.docks.values():
            dock.show()
        self.panels.arrange_anew()

    def refocus(self) -> None:
        """Give the keyboard back to the canvas."""
        self.canvas.setFocus()

    def _connect(self) -> None:
        self.session.changed.connect(self._name)
        self.session.kept.connect(self._name)
        self.canvas.zoomed.connect(self.zoom.show_factor)
        self.canvas.edit_requested.connect(self.edit_fields)
        self.canvas.refused.connect(self.status.hint)
        self.zoom.asked.connect(self.canvas.zoom_to)
        self.zoom.fit.connect(self.canvas.fit)
        self.zoom.show_factor(self.canvas.zoom)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focused)

    def _name(self, *_: object) -> None:
        self.setWindowTitle(tr("{name}[*] · LLM Designer", name=self.session.design.name or tr("Untitled")))
        self.setWindowModified(self.session.edited)

    def _focused(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is self:
            self.status.show_keys_for(now, self.canvas, self.panels.palette)


def _open(window: MainWindow, named: str) -> None:
    window.files.open_named(named)


def version() -> str:
    """The version that is installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("llm-designer")
    except PackageNotFoundError:
        return tr("from a checkout")


def _column(*widgets: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return made
