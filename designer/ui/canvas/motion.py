"""Cards on the way to where they belong: one animation, of geometry alone, and of few cards at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, QVariantAnimation

from designer.ui.canvas.card import Card

GAP_OPENS = 120
SETTLE = 160
"""Milliseconds."""
FEW = 30
"""More cards than this do not move: they are there."""


class Motion(QObject):
    """Moves cards. `still`: nothing moves, everything is there at once; None leaves it to the platform."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.still: bool | None = None
        self._cards: Sequence[Card] = ()
        self._starts: Sequence[tuple[QPointF, QRectF]] = ()
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._at)

    def make(self, cards: Sequence[Card], duration: int) -> None:
        """Bring cards to where they belong, in so many milliseconds where they are few."""
        if not duration or len(cards) > FEW or self._is_still():
            for card in cards:
                put(card)
        elif cards:
            self._cards = cards
            self._starts = [(card.pos(), card.rect()) for card in cards]
            self._animation.setDuration(duration)
            self._animation.start()

    def _is_still(self) -> bool:
        if self.still is None:  # asked late: a style brings many names that the first frame does without
            from PySide6.QtWidgets import QApplication, QStyle

            self.still = not QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        return self.still

    def stop(self) -> Iterable[Card]:
        """Leave the cards where they are; those that have not come to the end of their way."""
        running = self._animation.state() == QVariantAnimation.State.Running
        self._animation.stop()
        left, self._cards, self._starts = (self._cards if running else ()), (), ()
        return left

    def _at(self, share: float) -> None:
        for card, (start, area) in zip(self._cards, self._starts, strict=True):
            end, laid = QPointF(*card.spot), card.laid
            card.setPos(start + (end - start) * share)
            width = area.width() + (laid.width - area.width()) * share
            height = area.height() + (laid.height - area.height()) * share
            card.setRect(0, 0, width, height)


def put(card: Card) -> None:
    """Where it belongs, in its full size, at once."""
    card.setPos(*card.spot)
    card.setRect(0, 0, card.laid.width, card.laid.height)
