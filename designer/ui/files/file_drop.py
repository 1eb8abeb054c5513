"""A file or a folder dropped from the desktop, anywhere on the window, is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from designer.ui.tr import tr

_HELD = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class FileDrop(QObject):
    """Stands before each of these widgets, and lets pass what is no file.

    `opened` is called with the name of what was dropped; `hint` with what would happen, or with why not.
    """

    def __init__(
        self, places: Sequence[QWidget], opened: Callable[[str], object], hint: Callable[[str], object]
    ) -> None:
        super().__init__(places[0])
        self._opened, self._hint = opened, hint
        for place in places:
            place.setAcceptDrops(True)
            place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragLeave:
            self._hint("")
            return False
        if not isinstance(event, QDropEvent) or not event.mimeData().hasUrls():
            return False
        named = _named(event.mimeData())
        if named is None:
            self._hint(
                tr("A design is opened from one .json file, or from one folder that holds a config.json.")
            )
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() in _HELD:
            self._hint(tr("Drop it to open {name}.", name=named.name))
        else:
            self._hint("")
            # Once the other program has let go: a question may be asked before a design is left.
            QTimer.singleShot(0, self, lambda: self._opened(str(named)))
        return True


def _named(held: QMimeData) -> Path | None:
    """The one file or folder that is held, if a design can be in it."""
    urls = held.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix == ".json" or path.is_dir() else None
