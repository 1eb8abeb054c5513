"""The name of a variable: a button that becomes a line to type another one in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton

from designer.ui.appearance import Appearance
from designer.ui.tr import tr


class VariableName(QToolButton):
    """`clicked` asks what can be done: by Space, Enter, the menu key and the right button. F2 and a double
    click have `rename_asked`."""

    rename_asked = Signal()

    def __init__(self, name: str, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.line: QLineEdit | None = None
        self.setText(name)
        self.setFont(appearance.theme.fonts.value.font)
        self.setProperty("named", True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Variable {name}", name=name))
        self.setToolTip(tr("F2 or a double click renames it; the right button says what else can be done."))

    def ask(self, answered: Callable[[str], None]) -> None:
        """Ask for another name, over this one; Esc leaves it."""
        holder = self.parentWidget()
        if holder is None or self.line is not None:
            return
        line = self.line = _Line(self.text(), holder)
        line.setProperty("boxed", True)
        line.setFont(self.font())
        line.setAccessibleName(tr("New name of {name}", name=self.text()))
        line.setGeometry(self.geometry().adjusted(0, -2, 60, 2))
        line.show()
        line.selectAll()
        line.setFocus(Qt.FocusReason.OtherFocusReason)

        def end(new: str) -> None:
            if self.line is line:
                self.line = None
                line.hide()
                line.deleteLater()
                answered(new)

        line.editingFinished.connect(lambda: end(line.text().strip()))
        line.escaped.connect(lambda: end(self.text()))

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        event.setAccepted(event.key() == Qt.Key.Key_F2)  # here it is the variable's, not the block's
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.rename_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()  # a click alone does nothing, so that a double click can rename

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.rename_asked.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        self.click()


class _Line(QLineEdit):
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
