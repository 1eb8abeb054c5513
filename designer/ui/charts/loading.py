"""The heavy imports of the charts, made beside the window once it is seen."""

from __future__ import annotations

from importlib import import_module
from threading import Thread

from PySide6.QtCore import QObject, Signal


class Loading(QObject):
    """Imports pyqtgraph and NumPy in a thread of its own; `done` is emitted there and so arrives queued."""

    done = Signal()

    def start(self) -> None:
        """Begin."""
        Thread(target=self._load, name="charts", daemon=True).start()

    def _load(self) -> None:
        for name in ("numpy", "pyqtgraph", "designer.search.sweep"):
            import_module(name)
        self.done.emit()
