"""The heavy imports of the charts, made beside the window once it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

BREATH = 5
"""Milliseconds of importing in a row; then keys and paints have their turn."""
_OF_QT = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtOpenGL")


class Loading(QObject):
    """Imports NumPy in a thread of its own, then pyqtgraph in the window's, a little at a time.

    pyqtgraph asks for all of Qt's names. PySide makes a class when it is first asked for, and must not be
    asked by two threads: the window's meets one half made, and the program falls.
    """

    done = Signal()
    _without_qt = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = _steps()
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._load)
        self._without_qt.connect(self._turn.start)

    def start(self) -> None:
        """Begin."""
        Thread(target=self._load_without_qt, name="charts", daemon=True).start()

    def _load_without_qt(self) -> None:
        for name in ("numpy", "designer.search.sweep"):
            import_module(name)
        self._without_qt.emit()  # arrives queued, in the window's thread

    def _load(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        for _ in self._steps:
            if clock.elapsed() >= BREATH:
                return
        self._turn.stop()
        self.done.emit()


def _steps() -> Iterator[None]:
    """Each name of Qt, and in the end the package that needs them all."""
    for module in map(import_module, _OF_QT):
        for name in dir(module):
            getattr(module, name, None)  # names of inner classes have dots, and are no attributes
            yield
    import_module("pyqtgraph")
