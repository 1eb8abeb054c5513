"""New, open, save, recent: what the menu File does, and the guard over what is not saved."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from designer.formats import design_json
from designer.formats.templates import empty_design
from designer.symbolic.issue import Refusal
from designer.ui.files.naming import read
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import tr

SUFFIX = ".json"


class Unsaved(Enum):
    """What to do with what is not saved."""

    SAVE = "save"
    DISCARD = "discard"
    STAY = "stay"


class Files(QObject):
    """The session's way to and from files. It asks; whoever calls shows a `Refusal`."""

    recent_changed = Signal()

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._settings, self._window = session, settings, window

    def new(self) -> None:
        """Begin an empty design."""
        if self.may_leave():
            self._session.start(empty_design(self._session.registry))

    def open(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Open a design or a config.json"),
            self._folder(),
            tr("Designs and configs (*.json)"),
        )
        if name:
            self.open_named(name)

    def open_folder(self) -> None:
        """Ask for a folder that holds a config.json and open that."""
        name = QFileDialog.getExistingDirectory(
            self._window, tr("Open a folder with a config.json"), self._folder()
        )
        if name:
            self.open_named(name)

    def open_named(self, named: str) -> None:
        """Open a file, a folder or a preset.

        Raises:
            Refusal: where it cannot be read; the present design stays.
        """
        design, path = read(named, self._session.registry)
        if not self.may_leave():
            return
        self._session.start(design, path)
        if Path(named).exists():
            self._remember(Path(named))

    def save(self) -> bool:
        """Write the design to its file, or ask for one. Whether it was written."""
        return self._write(self._session.path) if self._session.path is not None else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file and write the design to it. Whether it was written."""
        name = self._session.design.name or tr("Untitled")
        suggested = Path(self._folder(), name.replace("/", "-") + SUFFIX)
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save the design"), str(suggested), tr("Designs (*.json)")
        )
        if not chosen:
            return False
        path = Path(chosen)
        return self._write(path if path.suffix else path.with_suffix(SUFFIX))

    def may_leave(self) -> bool:
        """Whether the present design may be left: it is saved, or the user says so."""
        if not self._session.edited:
            return True
        answer = self.ask()
        return answer is Unsaved.DISCARD or (answer is Unsaved.SAVE and self._saved_or_said())

    def ask(self) -> Unsaved:
        """What the user wants done with what is not saved."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(tr("“{name}” has changes that are not saved.", name=self._session.design.name))
        box.setInformativeText(tr("Without saving they are lost."))
        save = box.addButton(tr("Save the design"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("Discard the changes"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(tr("Stay here"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is save:
            return Unsaved.SAVE
        return Unsaved.DISCARD if box.clickedButton() is discard else Unsaved.STAY

    def _saved_or_said(self) -> bool:
        try:
            return self.save()
        except Refusal as refusal:
            QMessageBox.warning(self._window, tr("Not saved"), str(refusal))
            return False

    def _write(self, path: Path) -> bool:
        design_json.save(self._session.design, path)
        self._session.now_kept(path)
        self._remember(path)
        return True

    def _remember(self, path: Path) -> None:
        self._settings.opened(path)
        self.recent_changed.emit()

    def _folder(self) -> str:
        return str(self._session.path.parent) if self._session.path is not None else ""
