"""What every chart is: a title, one grey line that says what and what is held, and a picture."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.label import Elided
from designer.ui.session import Session


class Chart(QWidget):
    """Follows the session, at most once a frame and only while it is seen; the latest design wins."""

    def __init__(self, session: Session, appearance: Appearance, title: str) -> None:
        super().__init__()
        self.session, self.appearance = session, appearance
        fonts = appearance.theme.fonts
        self.title = Elided(fonts.name)
        self.title.setText(title)
        self.line = Elided(fonts.caption, "2")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.title.setFixedHeight(fonts.row)
        self.head.addWidget(self.title, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addLayout(self.head)
        self.column.addWidget(self.line)
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._stale = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(33)  # two frames: while edits follow one another, numbers come first
        self._timer.timeout.connect(self._draw_if_stale)
        session.changed.connect(self._follow)

    def draw(self) -> None:
        """Draw the present design."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew, as soon as it is seen."""
        self._stale = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.redraw()

    def _follow(self, *_: object) -> None:
        self.redraw()

    def _draw_if_stale(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.draw()
