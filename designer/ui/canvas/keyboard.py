"""What the keys do on the canvas that are no menu's: walking, extending the selection, opening, closing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from designer.ui.appearance import Appearance
from designer.ui.canvas.sight import Sight
from designer.ui.canvas.walking import Way, between, find, next_block
from designer.ui.session import Session

Key, Modifier, Reason = Qt.Key, Qt.KeyboardModifier, Qt.FocusReason

WAYS: Mapping[int, Way] = {
    Key.Key_Up: "up",
    Key.Key_Down: "down",
    Key.Key_Left: "out",
    Key.Key_Right: "in",
    Key.Key_Home: "first",
    Key.Key_End: "last",
}
_BY_KEY = frozenset({Reason.TabFocusReason, Reason.BacktabFocusReason, Reason.ShortcutFocusReason})


class Walked(Sight):
    """Arrows walk, with Shift they extend the selection, with Ctrl they leave it; Enter asks for the fields.

    `edit_requested` asks for the fields of what is selected; `walked` carries the id that the keyboard is
    at, or None where it has left.
    """

    edit_requested = Signal()
    walked = Signal(object)

    def __init__(self, session: Session, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(session, appearance, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.anchor: int | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Modifier.KeypadModifier
        if key in WAYS and not modifiers & (Modifier.AltModifier | Modifier.MetaModifier):
            self._walk(WAYS[key], modifiers)
        elif key in (Key.Key_Return, Key.Key_Enter) and self.session.selection:
            self.edit_requested.emit()
        elif key == Key.Key_Space:
            self._press_space(modifiers)
        elif key == Key.Key_Escape and self.session.selection:
            self.session.select(())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    @property
    def at(self) -> int | None:
        """Where the keyboard is: at the ring, else at what was selected last."""
        focused = self.board.stage.focused
        if focused is not None and self.board.card(focused) is not None:
            return focused
        return self.session.selection[-1] if self.session.selection else None

    def walk_to(self, id: int) -> None:
        """Take the keyboard to a block, and select it."""
        self.setFocus(Reason.OtherFocusReason)
        self._walk_to(id, Modifier.NoModifier)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEY and not self.session.selection:
            self.board.focus(next_block(self.board.laid, None, "first"))
        if self.at is not None:
            self.walked.emit(self.at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.board.focus(None)
        self.walked.emit(None)

    def _walk(self, way: Way, modifiers: Qt.KeyboardModifier) -> None:
        here = self.at
        laid = find(self.board.laid, here) if here is not None else None
        if way == "in" and laid is not None and laid.shown.closed:
            self.close_containers((laid.id,))
            return
        to = next_block(self.board.laid, here, way)
        if to is not None:
            self._walk_to(to, modifiers)

    def _walk_to(self, to: int, modifiers: Qt.KeyboardModifier) -> None:
        self.board.focus(to)
        if modifiers & Modifier.ShiftModifier and self.anchor is not None:
            self.session.select(between(self.board.laid, self.anchor, to))
        elif not modifiers & Modifier.ControlModifier:
            self.anchor = to
            self.session.select((to,))
        self.reveal(to)
        self.walked.emit(to)

    def _press_space(self, modifiers: Qt.KeyboardModifier) -> None:
        """With Ctrl, or where something else has the ring, it selects; else it opens and closes."""
        here, selection = self.at, self.session.selection
        if here is None:
            return
        if here in selection and not modifiers & Modifier.ControlModifier:
            self.close_containers(selection)
        elif here in selection:
            self.session.select(id for id in selection if id != here)
        else:
            kept = selection if modifiers & Modifier.ControlModifier else ()
            self.session.select((*kept, here))
        self.anchor = here
