"""Bringing cards in line with the layout: the same object stands for nothing to do."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QGraphicsScene

from designer.ui.canvas.card import Card
from designer.ui.canvas.laid import Laid, Place
from designer.ui.canvas.look import Stage
from designer.ui.canvas.motion import put


class Reconciling:
    """One pass from the outermost card down. `moved` are the cards that belong elsewhere than they stand."""

    def __init__(self, scene: QGraphicsScene, stage: Stage, cards: dict[int, Card], number: int) -> None:
        self._scene, self._stage, self._cards, self._number = scene, stage, cards, number
        self._orphans: list[Card] = []
        self.moved: list[Card] = []

    def root(self, laid: Laid, before: Laid | None) -> None:
        """Bring everything in line, and take out what is no longer there."""
        if before is not None and before.id != laid.id:
            self._orphans.append(self._cards[before.id])
        self._place(Place(0, 0, laid), None)
        for card in self._orphans:
            if card.seen != self._number and card.id in self._cards:
                self._take_out(card)

    def _place(self, place: Place, holder: Card | None) -> Card:
        laid = place.laid
        card = self._cards.get(laid.id)
        if card is None:
            return self._made(place, holder)
        card.seen = self._number
        if card.holder is not holder:
            self._hand_over(card, holder)
        spot = (place.x, place.y)
        if card.laid is laid:
            if card.spot != spot:
                card.spot = spot
                self.moved.append(card)
            return card
        if card.spot != spot or (card.laid.width, card.laid.height) != (laid.width, laid.height):
            card.spot = spot
            self.moved.append(card)
        before = card.laid
        card.lay(laid)
        self._rows(card, before)
        return card

    def _made(self, place: Place, holder: Card | None) -> Card:
        card = self._cards[place.laid.id] = Card(self._stage, place.laid)
        card.seen, card.spot, card.holder = self._number, (place.x, place.y), holder
        if holder is None:
            self._scene.addItem(card)
        else:
            card.setParentItem(holder)
        put(card)
        self._rows(card, None)
        return card

    def _rows(self, card: Card, before: Laid | None) -> None:
        """The cards of all rows; rows that are the same objects as before are left alone."""
        rows = card.laid.rows
        stood = before.rows if before is not None else ()
        same = 0
        while same < min(len(rows), len(stood)) and rows[same] is stood[same]:
            same += 1
        self._orphans.extend(child for row in card.rows[same:] for child in row)
        card.rows[same:] = [[self._place(place, card) for place in row.places] for row in rows[same:]]

    def _hand_over(self, card: Card, holder: Card | None) -> None:
        """Into another container, without moving on the screen yet."""
        stood = card.scenePos()
        card.setParentItem(holder)  # pyright: ignore[reportArgumentType]: None is none
        card.holder = holder
        card.setPos(holder.mapFromScene(stood) if holder is not None else stood)
        self.moved.append(card)

    def _take_out(self, card: Card) -> None:
        """With those below that still belong to it."""
        for gone in list(_below(card)):
            self._cards.pop(gone.id, None)
        self._scene.removeItem(card)


def _below(card: Card) -> Iterator[Card]:
    yield card
    for child in card.childItems():
        if isinstance(child, Card):
            yield from _below(child)
