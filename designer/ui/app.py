"""The program with a window: opens what is named and runs until the last window is closed."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from designer.ui.display import check_display


def run(named: Sequence[str]) -> int:
    """Open a window for each design that is named, or one with an empty design.

    Raises:
        Refusal: where there is no display, or a design cannot be opened.
    """
    check_display()
    from PySide6.QtWidgets import QApplication

    from designer.blocks.palette import registry
    from designer.formats.templates import empty_design
    from designer.ui.appearance import Appearance
    from designer.ui.files import read
    from designer.ui.last_resort import LastResort
    from designer.ui.main_window import MainWindow
    from designer.ui.session import Session
    from designer.ui.settings import Settings

    kinds = registry()
    opened = [read(name, kinds) for name in named] or [(empty_design(kinds), None)]
    app = QApplication(sys.argv[:1])
    app.setApplicationName("llm-designer")
    app.setApplicationDisplayName("LLM Designer")
    app.setStyle("Fusion")
    settings = Settings()
    appearance = Appearance(app, settings.theme)
    windows = []
    for design, path in opened:
        session = Session(design, kinds, path)
        window = MainWindow(session, appearance, settings)
        LastResort(session, window.status.tell).stand_by()
        window.restore_geometry()
        window.show()
        windows.append(window)
    return app.exec()
