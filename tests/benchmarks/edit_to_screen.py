"""From an edit of Llama-3-8B to every number on the screen, and to the charts, which follow a frame later.

The whole window, every panel open, a block selected. Prints medians and 99th percentiles in milliseconds,
with and without the charts, and how many times the floor that is: a repaint of the same window, in which
nothing has changed. Painting is Qt's raster engine without a screen.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Sequence
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

EDITS = 200
FRAME, LATE = 16.0, 33.0
"""Milliseconds that a screen gives to each picture, and that one edit in a hundred may take at most."""


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
    gc.freeze()  # as run does once the window has shown its first frame
    session = window.session
    heads = next(node for node in session.design.tree.walk() if "kv_heads" in node.fields)
    session.select((heads.id,))
    app.processEvents()

    charts = window.findChildren(Chart)
    floor = median([clocked(window.repaint) for _ in range(EDITS)])
    print(f"the floor, a repaint of the whole window: {floor:.1f} ms")
    values, shared = cycle((4160, 4096)), cycle((4, 8))
    changes: dict[str, Callable[[], None]] = {
        "a variable moves": lambda: vary(session, next(values)),
        "a field is set": lambda: configure(session, heads.id, next(shared)),
        "undo": session.undo,
    }
    for what, change in changes.items():
        told(f"{what}: every number", [timed(app, change) for _ in range(EDITS)], floor)
    for what, change in changes.items():
        told(f"{what}: every number and chart", [timed(app, change, charts) for _ in range(EDITS)], floor)


def vary(session: Session, value: int) -> None:
    """Move hidden_size."""
    session.commit(edits.set_variable(session.design, "hidden_size", value), "Change hidden_size")


def configure(session: Session, id: int, heads: int) -> None:
    """Set the key and value heads."""
    setting = Expression(f"num_attention_heads / {heads}")
    session.commit(edits.configure(session.design, (id,), {"kv_heads": setting}), "Change Key/value heads")


def timed(app: QApplication, edit: Callable[[], None], charts: Sequence[Chart] = ()) -> float:
    """Milliseconds from an edit until all that it changed is painted; these charts without their wait."""

    def seen() -> None:
        edit()
        for chart in charts:
            chart.draw()
        app.sendPostedEvents()
        app.processEvents()

    return clocked(seen)


def clocked(work: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def told(what: str, taken: list[float], floor: float) -> None:
    """Print a median, the time within which 99 of 100 were done, and what that is beside the floor."""
    middle, late = median(taken), quantiles(taken, n=100)[-1]
    verdict = "" if middle <= FRAME and late <= LATE else f"   over {FRAME:.0f} or {LATE:.0f} ms"
    print(f"  {what:<42} {middle:6.1f} ms {middle / floor:5.1f}×, 99 of 100 within {late:6.1f} ms{verdict}")


if __name__ == "__main__":
    main()
