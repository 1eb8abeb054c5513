"""The program with a window: opens what is named and runs until the last window is closed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

# Qt looks into the source of every module that is imported after it: the core comes before.
from designer.analysis import issues as _issues
from designer.analysis import measured as _measured
from designer.blocks.palette import registry
from designer.design import adapt as _adapt
from designer.design import history as _history
from designer.formats import opening as _opening
from designer.ui.display import check_display

__all__ = ["run"]
_BEFORE_QT = (_issues, _measured, _adapt, _history, _opening)


def run(named: Sequence[str]) -> int:
    """Open a window for each design that is named, or one with an empty design.

    Raises:
        Refusal: where there is no display, or a design cannot be opened.
    """
    gc.disable()  # nothing of what is imported and made until the first frame is garbage
    check_display()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from designer.ui.appearance import Appearance
    from designer.ui.main_window import MainWindow
    from designer.ui.naming import empty, read
    from designer.ui.session import Session
    from designer.ui.settings import Settings

    kinds = registry()
    opened = [read(name, kinds) for name in named] or [(empty(kinds), None)]
    app = QApplication(sys.argv[:1])
    app.setApplicationName("llm-designer")
    app.setApplicationDisplayName("LLM Designer")
    app.setStyle("Fusion")
    settings = Settings()
    appearance = Appearance(app, settings.theme)
    windows = [MainWindow(Session(design, kinds, path), appearance, settings) for design, path in opened]
    for window in windows:
        window.restore_geometry()
        window.show()
    QTimer.singleShot(0, _collect_again)
    return app.exec()


def _collect_again() -> None:
    gc.freeze()
    gc.enable()
