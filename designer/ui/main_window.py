"""The window: it puts the parts together. It owns nothing and does nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from designer.ui.appearance import Appearance
from designer.ui.canvas.view import Canvas
from designer.ui.panels import Panels
from designer.ui.parts import Parts
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.totals.totals import Totals
from designer.ui.tr import tr

if TYPE_CHECKING:
    from designer.ui.menus.commands import Commands
    from designer.ui.menus.menus import Menus


FRAME = 44
"""Pixels that a desktop puts around a window, above all its title bar."""


class MainWindow(QMainWindow):
    """Everything on the screen. The first frame has canvas and totals; the rest is made right after it."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self.session, self.appearance, self.settings = session, appearance, settings
        self.canvas = Canvas(session, appearance)
        self.totals = Totals(session, appearance)
        self.panels = Panels(self, self.totals, appearance.theme.fonts)
        self.middle = QVBoxLayout()
        self._hold_middle()
        self.commands: Commands | None = None
        self.menus: Menus | None = None
        self._painted = QTimer(self, singleShot=True, interval=0)
        self._painted.timeout.connect(lambda: self.furnish())
        session.changed.connect(self._name)
        session.kept.connect(self._name)
        self._name()

    @property
    def furnished(self) -> bool:
        """Whether the menus and panels are there."""
        return self.commands is not None

    def furnish(self) -> None:
        """Make the menus and panels. Called once the first frame is painted; calling it again is idle."""
        if self.commands is None:
            from designer.ui.furnishing import furnish
            from designer.ui.layers.strip import LayerStrip

            parts = Parts(self, self.session, self.appearance, self.settings, self.canvas, self.panels)
            self.commands, self.menus = furnish(parts)
            self.middle.insertWidget(0, LayerStrip(self.session, self.appearance, self.centralWidget()))

    def _hold_middle(self) -> None:
        """The canvas in a column, for what comes to stand above it."""
        central = QWidget()
        central.setLayout(self.middle)
        self.middle.setContentsMargins(0, 0, 0, 0)
        self.middle.setSpacing(0)
        self.middle.addWidget(self.canvas, 1)
        self.setCentralWidget(central)
        self.canvas.setFocus()  # else whatever comes first in the order of Tab would have the keys

    def restore_geometry(self) -> None:
        """Stand where the last window stood, else as large as the screen has room for."""
        geometry = self.settings.geometry
        if geometry is None or not self.restoreGeometry(geometry):
            room = self.screen().availableSize()
            self.resize(min(1440, room.width() - 8), min(900, room.height() - FRAME))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.furnished:
            self._painted.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panels.arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.commands is not None and not self.commands.may_close():
            event.ignore()
            return
        self.settings.keep_window(self.saveGeometry(), self.saveState())
        event.accept()

    def _name(self, *_: object) -> None:
        self.setWindowTitle(tr("{name}[*] · LLM Designer", name=self.session.design.name or tr("Untitled")))
        self.setWindowModified(self.session.edited)
