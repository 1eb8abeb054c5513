"""Writing a design in another format beside the window: a thread of its own, progress, a way to stop."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from designer.analysis.measured import Measured
from designer.design.tree import Design
from designer.symbolic.registry import Registry


class Written(NamedTuple):
    """An export that is done: the file, and the bytes of it and of the weights beside it."""

    path: Path
    graph: int
    data: int


class Exporting(QObject):
    """One export at a time, of an immutable design with a memory of its own.

    `advanced` carries the share that is done. `ended` carries what was written, the Refusal that it came
    to, an exception that is a fault of the program, or None where it was stopped. Both arrive queued.
    """

    advanced = Signal(float)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()
        self._thread: Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, design: Design, registry: Registry, path: Path, weights: Path | None) -> None:
        """Begin to write an ONNX graph: a skeleton, or with the weights of a checkpoint."""
        self._stop = Event()
        work = (design, registry, path, weights, self._stop)
        self._thread = Thread(target=self._run, args=work, name="export", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write no further; nothing half-written stays."""
        self._stop.set()

    def _run(self, design: Design, registry: Registry, path: Path, weights: Path | None, stop: Event) -> None:
        from designer.formats.design_json import text_of
        from designer.formats.onnx.export import ExportCancelled, Options, export

        options = Options(weights=weights, design=text_of(design))
        try:
            sizes = export(
                Measured(design, registry), path, options, progress=self._advance, cancelled=stop.is_set
            )
            self.ended.emit(Written(path, sizes.graph, sizes.data))
        except ExportCancelled:
            self.ended.emit(None)
        except Exception as error:  # said, or raised again, in the window's own thread
            self.ended.emit(error)

    def _advance(self, done: int, total: int) -> None:
        self.advanced.emit(done / total if total else 0.0)
