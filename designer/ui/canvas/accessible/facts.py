"""What there is to say of a block to those who do not see it, by the id of its node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible

from designer.ui.canvas.accessible.words import called
from designer.ui.canvas.card import Card
from designer.ui.canvas.drop import under
from designer.ui.canvas.keyboard import Walked
from designer.ui.canvas.laid import Laid, is_seamless
from designer.ui.canvas.shown import Shown


class Listed(NamedTuple):
    """What a container holds: the ids in order, and the place of each."""

    ids: tuple[int, ...]
    places: Mapping[int, int]


class Facts:
    """Looked up on the canvas whenever somebody asks. The canvas itself is asked for by None."""

    def __init__(self, canvas: Walked) -> None:
        self.canvas = canvas

    def laid(self, id: int) -> Laid | None:
        """How a block stands; None where it is not drawn."""
        card = self._card(id)
        return card.laid if card is not None else None

    # --- where it stands ------------------------------------------------------------------------------

    def inside(self, id: int | None) -> Sequence[int]:
        """The ids of what a container holds, in order. What has no face of its own is left out, and what that
        holds stands in its place."""
        listed = self._list(id)
        return listed.ids if listed is not None else ()

    def index(self, id: int | None, child: int) -> int:
        """The place of a block in a container; -1 where it does not stand there."""
        listed = self._list(id)
        return listed.places.get(child, -1) if listed is not None else -1

    def around(self, id: int) -> int | None:
        """The container that a block stands in."""
        holders = (card for card in self._holders(id) if card.holder is not None and not card.laid.seamless)
        holder = next(holders, None)
        return holder.id if holder is not None else None

    def at(self, id: int | None, x: int, y: int) -> int | None:
        """What a container holds at a point of the screen."""
        board = self.canvas.board
        spot = self.canvas.mapToScene(self.canvas.viewport().mapFromGlobal(QPoint(x, y)))
        found = under(board.laid, spot.x(), spot.y())
        card = board.card(found.laid.id) if found is not None else None
        while card is not None and self.index(id, card.id) < 0:
            card = card.holder
        return card.id if card is not None else None

    def place(self, id: int) -> QRect:
        """Where it stands on the screen, in px."""
        card = self._card(id)
        if card is None:
            return QRect()
        area = self._seen(card)
        return QRect(self.canvas.viewport().mapToGlobal(area.topLeft()), area.size())

    # --- what it says ---------------------------------------------------------------------------------

    def name(self, id: int) -> str:
        """What a block is called."""
        card = self._card(id)
        if card is None:
            return ""
        repeats = [holder.laid.shown for holder in self._holders(id) if holder.laid.shown.layout == "repeat"]
        return called(card.laid.shown, card.said(), repeats)

    def story(self, id: int) -> str:
        """All that its card says, and its exact count."""
        card = self._card(id)
        return card.whole_story() if card is not None else ""

    def opens(self, id: int) -> bool:
        """Whether it holds something that can be shown or hidden."""
        laid = self.laid(id)
        return laid is not None and laid.opens

    def state(self, id: int) -> QAccessible.State:
        """How it stands with the user."""
        state, card, canvas = QAccessible.State(), self._card(id), self.canvas
        if card is None:
            state.invalid = True
            return state
        state.focusable = state.selectable = state.multiSelectable = state.movable = True
        state.selected = id in canvas.session.selection
        state.focused = canvas.hasFocus() and canvas.at == id
        if self.opens(id):
            state.expandable = True
            state.expanded, state.collapsed = not card.laid.shown.closed, card.laid.shown.closed
        state.invisible = not card.isVisible()
        state.offscreen = not self._seen(card).intersects(canvas.viewport().rect())
        return state

    def _card(self, id: int) -> Card | None:
        return self.canvas.board.card(id)

    def _seen(self, card: Card) -> QRect:
        return self.canvas.mapFromScene(card.mapRectToScene(card.rect())).boundingRect()

    def _holders(self, id: int) -> Iterator[Card]:
        card = self._card(id)
        while card is not None and card.holder is not None:
            card = card.holder
            yield card

    def _list(self, id: int | None) -> Listed | None:
        laid = self.canvas.board.laid if id is None else self.laid(id)
        return listed(laid.shown) if laid is not None else None


def listed(shown: Shown) -> Listed:
    """What a reader of the screen finds in a container."""
    known = shown.read.get(listed)
    if known is None:
        ids = tuple(inner.node.id for inner in _faces(shown))
        known = shown.read[listed] = Listed(ids, {id: place for place, id in enumerate(ids)})
    return known


def _faces(shown: Shown) -> Iterator[Shown]:
    for child in shown.drawn:
        if is_seamless(child):
            yield from _faces(child)
        else:
            yield child
