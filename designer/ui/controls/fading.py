"""A ground behind what has just changed, that fades away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QRectF, QVariantAnimation
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from designer.ui.controls.painting import rounded
from designer.ui.theme import Theme

FADES = 600
"""Milliseconds."""
_STRONGEST = 0.22


class Fading(QObject):
    """Knows which of a widget's numbers have changed a moment ago.

    `still`: nothing fades, nothing is marked; None leaves it to the platform.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.still: bool | None = None
        self.changed: frozenset[str] = frozenset()
        self._known: Mapping[str, object] | None = None
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(_STRONGEST)
        self._animation.setEndValue(0.0)
        self._animation.setDuration(FADES)
        self._animation.valueChanged.connect(lambda _: self._widget.update())
        self._animation.finished.connect(self._end)

    def show(self, shown: Mapping[str, object]) -> None:
        """Take what is shown now, by key; what was shown as something else is marked."""
        known, self._known = self._known, dict(shown)
        if known is None or self._is_still():
            return
        changed = {key for key, value in shown.items() if known.get(key, value) != value}
        if changed:
            running = self._animation.state() == QVariantAnimation.State.Running
            self.changed = frozenset(changed | self.changed if running else changed)
            self._animation.stop()
            self._animation.start()

    def paint(self, painter: QPainter, key: str, area: QRectF, theme: Theme) -> None:
        """The ground of one number, while it is marked."""
        if key in self.changed:
            ground = QColor(theme.accent)
            ground.setAlphaF(float(self._animation.currentValue() or 0.0))
            rounded(painter, area, ground, 4)

    def _is_still(self) -> bool:
        if self.still is None:  # asked late: a style brings many names that the first frame does without
            from PySide6.QtWidgets import QApplication, QStyle

            self.still = not QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        return self.still

    def _end(self) -> None:
        self.changed = frozenset()
        self._widget.update()
