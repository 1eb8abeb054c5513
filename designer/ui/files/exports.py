"""The menu's exports: where to, from what, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from designer.symbolic.issue import Refusal, said
from designer.ui.files.exporting import Exporting, Written
from designer.ui.numbers import bytes_
from designer.ui.session import Session
from designer.ui.status_row import StatusRow
from designer.ui.tr import tr

SUFFIX = ".onnx"


class Exports(QObject):
    """Asks for files and shows how far the writing is, in the status row."""

    def __init__(self, session: Session, status: StatusRow, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._status, self._window = session, status, window
        self.work = Exporting(self)
        self.work.advanced.connect(status.task.advance)
        self.work.ended.connect(self._ended)
        status.task.stopped.connect(self.work.stop)

    def skeleton(self) -> None:
        """Write a graph without weights, which viewers draw layer by layer."""
        self._begin(self._ask_where(), None)

    def with_weights(self) -> None:
        """Write a graph with the weights of a checkpoint."""
        title = tr("The folder of a safetensors checkpoint")
        weights = QFileDialog.getExistingDirectory(self._window, title)
        if weights:
            self._begin(self._ask_where(), Path(weights))

    def _ask_where(self) -> Path | None:
        name = (self._session.design.name or tr("Untitled")).replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Export as ONNX"), name + SUFFIX, tr("ONNX graphs (*.onnx)")
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(SUFFIX)

    def _begin(self, path: Path | None, weights: Path | None) -> None:
        if path is None:
            return
        if self.work.busy:
            raise Refusal(path.name, said("Another file is still being written."))
        self._status.task.begin(tr("Writing {file}", file=path.name))
        self.work.start(self._session.design, self._session.registry, path, weights)

    def _ended(self, result: Written | Exception | None) -> None:
        self._status.task.hide()
        if isinstance(result, Written):
            name, graph, data = result.path.name, bytes_(result.graph), bytes_(result.data)
            if result.data:
                words = tr(
                    "Wrote {file}: {graph} of graph, {data} of weights", file=name, graph=graph, data=data
                )
            else:
                words = tr("Wrote {file}: {graph} of graph, no weights", file=name, graph=graph)
            self._status.tell(tr("{words}; ONNX's own checker agrees.", words=words))
        elif isinstance(result, Refusal):
            self._status.say(result)
        elif result is None:
            self._status.tell(tr("Nothing was written."))
        else:
            raise result
