"""Where things are on the screen, printed for a program that drives the window from outside.

Only where LLM_DESIGNER_GEOMETRY is set: a line "GEOMETRY {...}" once the window is ready, and after changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QTimer

from designer.ui.canvas.words import title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from designer.ui.main_window import MainWindow

ASKED = "LLM_DESIGNER_GEOMETRY"
Area = tuple[int, int, int, int]
"""Left, top, width, height, in pixels of the screen."""


def announce(window: MainWindow) -> None:
    """Print where things are, from now on, if the environment asks for it."""
    if not os.environ.get(ASKED):
        return

    def tell(*_: object) -> None:
        QTimer.singleShot(0, lambda: print("GEOMETRY", json.dumps(geometry(window)), flush=True))

    def ready() -> None:
        window.furnish()
        tell()

    window.session.changed.connect(tell)
    QTimer.singleShot(0, ready)


def geometry(window: MainWindow) -> Mapping[str, object]:
    """The total as text, the canvas, and by their titles the palette's entries and the blocks."""
    return {
        "total": str(window.session.measured.total),
        "canvas": _area(window.canvas.viewport(), window.canvas.viewport().rect()),
        "palette": _entries(window),
        "blocks": _blocks(window),
    }


def _entries(window: MainWindow) -> Mapping[str, Area]:
    """What of the palette is in sight."""
    palette = window.panels.palette
    if palette is None:
        return {}
    seen, rows = {}, palette.list.model()
    for section in range(rows.rowCount()):
        above = rows.index(section, 0)
        for index in (rows.index(row, 0, above) for row in range(rows.rowCount(above))):
            area = palette.list.visualRect(index)
            if palette.list.viewport().rect().contains(area.center()):
                seen[index.data()] = _area(palette.list.viewport(), area)
    return seen


def _blocks(window: MainWindow) -> list[tuple[str, Area]]:
    """(title, area) of every block, in order: where it is to stand, even while it is on its way there."""
    canvas = window.canvas
    found = []
    for place in canvas.board.laid.walk():
        corner = canvas.mapFromScene(place.x, place.y)
        size = canvas.mapFromScene(place.x + place.laid.width, place.y + place.laid.height) - corner
        area = QRect(corner, corner + QPoint(size.x() - 1, size.y() - 1))
        found.append((title(place.laid.shown), _area(canvas.viewport(), area)))
    return found


def _area(widget: QWidget, area: QRect) -> Area:
    corner = widget.mapToGlobal(area.topLeft())
    return corner.x(), corner.y(), area.width(), area.height()
