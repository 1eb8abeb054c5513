"""The panels around the canvas: palette, inspector, and what lies below.

Their places are there from the first frame on, what is in them comes right after it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStatusBar, QVBoxLayout, QWidget

from designer.ui.fonts import Fonts

if TYPE_CHECKING:
    from designer.ui.appearance import Appearance
    from designer.ui.dock import Dock
    from designer.ui.inspector.inspector import Inspector
    from designer.ui.palette.palette import Palette
    from designer.ui.totals.totals import Totals

RAIL = 44
NARROW = 1100
"""Pixels of the window below which the palette is icons alone."""
WIDTHS = ((RAIL, 308), (196, 308), (232, 328), (280, 400))
"""Palette and inspector, for windows of each class of width."""
LOW = 800
"""Pixels of the window below which the panel under the canvas shows its tabs alone, unless asked for."""
SLIM = 960
"""Pixels of the window below which the inspector comes when it is asked for, and goes when it is left."""
USUAL = 13
"""Pixels of the font for which all these are meant; a larger one makes every panel wider."""
MOST = 0.42
"""How much of the window the inspector takes at most."""

Area, Corner, Feature = Qt.DockWidgetArea, Qt.Corner, QDockWidget.DockWidgetFeature


class _Size(NamedTuple):
    """What is known of the window's size: the class of its width, whether it is low, whether it is slim."""

    width: int | None = None
    low: bool | None = None
    slim: bool | None = None


class Panels:
    """The rows above and below, and three docks, each of which closes. Widths follow the window."""

    def __init__(self, window: QMainWindow, totals: Totals, fonts: Fonts) -> None:
        self._window, self.totals = window, totals
        self._scale = max(fonts.base / USUAL, 1)
        self._above, self._below = _empty(fonts.row + 14), _empty(fonts.caption.metrics.height() + 12)
        head = QWidget()
        self._head = QVBoxLayout(head)
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.setSpacing(0)
        self._head.addWidget(self._above)
        self._head.addWidget(totals)
        window.setMenuWidget(head)
        self._foot = QStatusBar()
        self._foot.setSizeGripEnabled(False)
        self._foot.addPermanentWidget(self._below, 1)
        window.setStatusBar(self._foot)
        self.palette_dock = _dock(window, "palette", Area.LeftDockWidgetArea)
        self.inspector_dock = _dock(window, "inspector", Area.RightDockWidgetArea)
        self.bottom_dock = _dock(window, "dock", Area.BottomDockWidgetArea)
        window.setCorner(Corner.BottomLeftCorner, Area.BottomDockWidgetArea)
        window.setCorner(Corner.BottomRightCorner, Area.RightDockWidgetArea)
        self.palette: Palette | None = None
        self.inspector: Inspector | None = None
        self.below: Dock | None = None
        self._size = _Size()
        self._folded = False
        self._gone = False

    @property
    def docks(self) -> dict[str, QDockWidget]:
        """The docks by name."""
        return {
            dock.objectName(): dock for dock in (self.palette_dock, self.inspector_dock, self.bottom_dock)
        }

    def put_rows(self, title: QWidget, status: QWidget) -> None:
        """The row of menus and the row of keys take their places."""
        self._head.replaceWidget(self._above, title)
        self._foot.removeWidget(self._below)
        self._foot.addPermanentWidget(status, 1)
        self._above.deleteLater()
        self._below.deleteLater()

    def furnish(self, palette: Palette, inspector: Inspector, below: Dock, appearance: Appearance) -> None:
        """Put the panels into their places."""
        self.palette, self.inspector, self.below = palette, inspector, below
        from designer.ui.grip import Grip

        for dock, panel in (
            (self.palette_dock, palette),
            (self.inspector_dock, inspector),
            (self.bottom_dock, below),
        ):
            empty = dock.widget()
            dock.setWidget(panel)
            empty.deleteLater()
            dock.setTitleBarWidget(Grip(appearance, upright=dock is self.bottom_dock))
        palette.widened.connect(self.search)
        palette.left.connect(self._narrow)
        palette.chosen.connect(self._narrow)
        inspector.left.connect(self._leave_inspector)
        below.folded.connect(self._fold)
        below.fold(self._folded)
        palette.show_rail(self._is_rail)
        self.arrange_anew()

    def search(self) -> None:
        """Put the keyboard into the palette's search field; a palette of icons opens for that long."""
        if self.palette is None:
            return
        self.palette_dock.show()
        if self._is_rail:
            self._set_rail(False)
            self._window.resizeDocks([self.palette_dock], [WIDTHS[1][0]], Qt.Orientation.Horizontal)
        self.palette.begin_search()

    def _narrow(self, *_: object) -> None:
        if self._is_rail:
            self._set_rail(True)

    def _leave_inspector(self) -> None:
        if self._size.slim:
            self.inspector_dock.hide()

    def inspect(self, act: Callable[[Inspector], None]) -> None:
        """Open the inspector and do something with it."""
        if self.inspector is not None:
            self.inspector_dock.show()
            act(self.inspector)

    def toggle(self, name: str) -> None:
        """Open or close a panel."""
        dock = self.docks[name]
        dock.setVisible(dock.isHidden())

    def is_open(self, name: str) -> bool:
        """Whether a panel is open."""
        return not self.docks[name].isHidden()

    def swap(self) -> None:
        """Put the palette where the inspector is, and the inspector where the palette is."""
        sides = {dock: self._window.dockWidgetArea(dock) for dock in (self.palette_dock, self.inspector_dock)}
        other = {Area.LeftDockWidgetArea: Area.RightDockWidgetArea}
        for dock, side in sides.items():
            self._put(dock, other.get(side, Area.LeftDockWidgetArea))
        self.arrange_anew()

    def _put(self, dock: QDockWidget, area: Qt.DockWidgetArea) -> None:
        was_hidden = dock.isHidden()
        self._window.addDockWidget(area, dock)
        dock.setHidden(was_hidden)

    def reset(self) -> None:
        """All panels open, where and as wide as at first."""
        for dock, area in (
            (self.palette_dock, Area.LeftDockWidgetArea),
            (self.inspector_dock, Area.RightDockWidgetArea),
            (self.bottom_dock, Area.BottomDockWidgetArea),
        ):
            self._window.addDockWidget(area, dock)
            dock.show()
        self.arrange_anew()

    def arrange(self) -> None:
        """Widths for a window of this size; nothing while its size class stays."""
        window = self._window
        width_class = _class_of(window.width() / self._scale)
        low, slim = window.height() / self._scale < LOW, window.width() < SLIM
        size = _Size(width_class, low, slim)
        if size == self._size:
            return
        before, self._size = self._size, size
        left, right = WIDTHS[width_class]
        left = RAIL if self._is_rail else round(left * self._scale)
        right = round(min(right * self._scale, max(window.width() * MOST, right)))
        self._set_rail(self._is_rail)
        for dock, width in ((self.palette_dock, left), (self.inspector_dock, right)):
            if self.palette is None:
                dock.widget().setFixedWidth(width)  # an empty panel holds the place of the real one
        window.resizeDocks([self.palette_dock, self.inspector_dock], [left, right], Qt.Orientation.Horizontal)
        if size.low != before.low:
            self._folded = low
            if self.below is not None:
                self.below.fold(self._folded)
            self._fold(self._folded)
        if size.slim != before.slim:
            self._make_slim(slim)

    def _make_slim(self, slim: bool) -> None:
        """The inspector gives the canvas its room, or stands beside it again if it stood there before."""
        if slim:
            self._gone = not self.inspector_dock.isHidden()
            self.inspector_dock.hide()
        elif self._gone:
            self._gone = False
            self.inspector_dock.show()

    def arrange_anew(self) -> None:
        """Widths as for a window that has just opened."""
        self._size = _Size(slim=self._size.slim)
        self.arrange()

    def step_to(self, step: int, canvas: QWidget) -> None:
        """Give the keyboard to the next panel that is open."""
        stops: list[tuple[QWidget, Callable[[], None]]] = []
        if self.palette is not None and self.palette_dock.isVisible():
            stops.append((self.palette, self.palette.enter))
        stops.append((canvas, canvas.setFocus))
        if self.inspector is not None and self.inspector_dock.isVisible():
            stops.append((self.inspector, self.inspector.enter))
        if self.below is not None and self.bottom_dock.isVisible():
            stops.append((self.below, self.below.enter))
        focus = self._window.focusWidget()
        at = next((i for i, (panel, _) in enumerate(stops) if focus and panel.isAncestorOf(focus)), None)
        if at is None:
            at = next(i for i, (panel, _) in enumerate(stops) if panel is canvas)
        stops[(at + step) % len(stops)][1]()

    @property
    def _is_rail(self) -> bool:
        return self._size.width == 0

    @property
    def _heightening(self) -> float:
        """How much higher the panel below is under larger letters; never so that it takes the canvas."""
        return max(1, min(self._scale, self._window.height() / 900))

    def _set_rail(self, rail: bool) -> None:
        self.palette_dock.setMaximumWidth(RAIL if rail else 16_000)
        self.palette_dock.setMinimumWidth(RAIL if rail else 150)
        if self.palette is not None:
            self.palette.show_rail(rail)

    def _fold(self, folded: bool) -> None:
        dock, window = self.bottom_dock, self._window
        head = self.below.head_height if self.below is not None else 34
        dock.setMinimumHeight(head if folded else head + 100)
        dock.setMaximumHeight(head if folded else 16_000)
        if not folded:
            high = round((300 if window.height() >= 1200 else 206) * self._heightening)
            if self.below is None:
                dock.widget().setFixedHeight(high)
            window.resizeDocks([dock], [high], Qt.Orientation.Vertical)


def _empty(height: int) -> QWidget:
    """Holds the place of a row that comes after the first frame."""
    made = QWidget()
    made.setFixedHeight(height)
    return made


def _dock(window: QMainWindow, name: str, area: Qt.DockWidgetArea) -> QDockWidget:
    made = QDockWidget(window)
    made.setObjectName(name)
    made.setTitleBarWidget(QWidget(made))
    below = area == Area.BottomDockWidgetArea
    upright = Feature.DockWidgetVerticalTitleBar if below else Feature.NoDockWidgetFeatures
    made.setFeatures(Feature.DockWidgetClosable | Feature.DockWidgetMovable | upright)
    sides = Area.LeftDockWidgetArea | Area.RightDockWidgetArea
    made.setAllowedAreas(Area.BottomDockWidgetArea | Area.TopDockWidgetArea if below else sides)
    made.setWidget(QWidget())
    window.addDockWidget(area, made)
    return made


def _class_of(width: float) -> int:
    return sum(width >= least for least in (NARROW, 1366, 2000))
