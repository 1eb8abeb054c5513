"""The program with a window: opens what is named and runs until the last window is closed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

from designer.blocks.palette import registry
from designer.ui.display import check_display

# Qt looks into the source of every module that is imported after it; what does without it comes before.
for module in ("analysis.issues", "analysis.measured", "design.adapt", "design.history", "formats.opening"):
    import_module(f"designer.{module}")


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
    from designer.ui.files.naming import empty, read
    from designer.ui.main_window import MainWindow
    from designer.ui.session import Session
    from designer.ui.settings import Settings

    kinds = registry()
    opened = [read(name, kinds) for name in named] or [(empty(kinds), None)]
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName("llm-designer")
    app.setApplicationDisplayName("LLM Designer")
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
