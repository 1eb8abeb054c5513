"""From an edit of Llama-3-8B to every number on the screen, and to the charts, which follow a frame later.

The whole window, every panel open, a block selected. Prints medians in milliseconds. Painting is Qt's raster
engine without a screen.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from designer.blocks.palette import registry
from designer.design import edits
from designer.design.expression import Expression
from designer.formats.opening import opened
from designer.ui.appearance import Appearance
from designer.ui.charts.chart import Chart
from designer.ui.main_window import MainWindow
from designer.ui.session import Session
from designer.ui.settings import Settings

EDITS = 60
FRAME = 16.0
"""Milliseconds that a screen gives to each picture."""


def main() -> None:
    """Open the window, edit, print."""
    app = QApplication([])
    app.setStyle("Fusion")
    kinds = registry()
    store = QSettings(str(Path(tempfile.mkdtemp(), "settings.ini")), QSettings.Format.IniFormat)
    window = MainWindow(
        Session(opened("llama-3-8b", kinds), kinds), Appearance(app, "light"), Settings(store)
    )
    window.resize(1440, 900)
    window.show()
    while not (window.furnished and window.panels.below is not None and window.panels.below.complete):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    window.canvas.board.motion.still = True
    session = window.session
    heads = next(node for node in session.design.tree.walk() if "kv_heads" in node.fields)
    session.select((heads.id,))
    app.processEvents()

    values = cycle((4160, 4096))
    told("a variable moves", [timed(app, lambda: vary(session, next(values))) for _ in range(EDITS)])
    shared = cycle((4, 8))
    told(
        "a field is set",
        [timed(app, lambda: configure(session, heads.id, next(shared))) for _ in range(EDITS)],
    )
    told("undo", [timed(app, session.undo) for _ in range(EDITS)])
    for chart in window.findChildren(Chart):
        told(f"the chart “{chart.title.text()}”", [clocked(chart.draw) for _ in range(EDITS // 3)])


def vary(session: Session, value: int) -> None:
    """Move hidden_size."""
    session.commit(edits.set_variable(session.design, "hidden_size", value), "Change hidden_size")


def configure(session: Session, id: int, heads: int) -> None:
    """Set the key and value heads."""
    setting = Expression(f"num_attention_heads / {heads}")
    session.commit(edits.configure(session.design, (id,), {"kv_heads": setting}), "Change Key/value heads")


def timed(app: QApplication, edit: Callable[[], None]) -> float:
    """Milliseconds from an edit until all that it changed is painted."""

    def seen() -> None:
        edit()
        app.sendPostedEvents()
        app.processEvents()

    return clocked(seen)


def clocked(work: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def told(what: str, taken: list[float]) -> None:
    """Print a median, and the time within which nine of ten were done."""
    late = quantiles(taken, n=10)[-1]
    print(f"{what}: {median(taken):.1f} ms (nine of ten within {late:.1f}; a frame is {FRAME:.0f})")


if __name__ == "__main__":
    main()
