"""Cards on the way to where they belong: one animation, of geometry alone, and of few cards at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, QVariantAnimation

from designer.ui.canvas.card import Card

GAP_OPENS = 120
SETTLE = 160
"""Milliseconds."""
FEW = 30
"""More cards than this do not move: they are there."""


class Move(NamedTuple):
    """A card's way."""

    card: Card
    start: QPointF
    end: QPointF
    area: QRectF
    target: QRectF


class Motion(QObject):
    """Moves cards. `still`: nothing moves, everything is there at once, as a user may wish."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.still = False
        self._moves: Sequence[Move] = ()
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._at)

    def make(self, moves: Sequence[Move], duration: int) -> None:
        """Bring the cards to their ends, in so many milliseconds where they are few."""
        self._moves = moves
        if not duration or self.still or len(moves) > FEW:
            self._at(1.0)
        elif moves:
            self._at(0.0)
            self._animation.setDuration(duration)
            self._animation.start()

    def stop(self) -> Sequence[Move]:
        """Leave the cards where they are; the ways that they have not come to the end of."""
        running = self._animation.state() == QVariantAnimation.State.Running
        self._animation.stop()
        left, self._moves = (self._moves if running else ()), ()
        return left

    def _at(self, share: float) -> None:
        for card, start, end, area, target in self._moves:
            card.setPos(start + (end - start) * share)
            if area != target:
                width = area.width() + (target.width() - area.width()) * share
                height = area.height() + (target.height() - area.height()) * share
                card.setRect(QRectF(0, 0, width, height))
