"""Work that goes on beside the window: what it is, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.painting import rounded
from designer.ui.controls.section import link
from designer.ui.tr import tr


class TaskRow(QWidget):
    """Hidden while nothing goes on; `stopped` asks for an end."""

    stopped = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._words = label("", appearance.theme.fonts.small, "2")
        self._bar = _Bar(appearance)
        stop = link(appearance, tr("Cancel"), tr("Cancel what is being written"))
        stop.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._words, self._bar, stop):
            row.addWidget(widget)
        self.hide()

    def begin(self, words: str) -> None:
        """Show that something goes on."""
        self._words.setText(words)
        self.advance(0.0)
        self.show()

    def advance(self, share: float) -> None:
        """Show how far it is."""
        self._bar.share = share
        self._bar.setAccessibleDescription(f"{100 * self._bar.share:.0f} %")
        self._bar.update()


class _Bar(QWidget):
    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Progress"))

    def sizeHint(self) -> QSize:
        return QSize(120, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            track = QRectF(0, self.height() / 2 - 3, self.width(), 6)
            rounded(painter, track, theme.sunken, 3)
            rounded(painter, QRectF(0, track.top(), max(6.0, track.width() * self.share), 6), theme.accent, 3)
