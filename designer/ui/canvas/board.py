"""The scene: cards that follow the design. The same object stands for nothing to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from designer.analysis.measured import Measured
from designer.ui.canvas.card import Card
from designer.ui.canvas.laid import Gap, Laid
from designer.ui.canvas.layout import arrange
from designer.ui.canvas.look import Look, Preview, Stage
from designer.ui.canvas.motion import GAP_OPENS, SETTLE, Motion, Move
from designer.ui.canvas.shown import Shown, follow
from designer.ui.canvas.words import faults

LIFTED = 0.45
"""How much of a card's place stays to be seen while it is dragged."""
NOTHING_FOLDS = 0.12
"""The zoom from which even a frame around one slim card draws it."""


class Board(QGraphicsScene):
    """Cards by node id, laid out for a width. It is never cleared: it is brought up to date."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(
            QGraphicsScene.ItemIndexMethod.NoIndex
        )  # one outermost item: nothing to index
        self.stage = Stage(look)
        self.motion = Motion(self)
        self.closed: frozenset[int] = frozenset()
        self.stack_width = 560
        self._cards: dict[int, Card] = {}
        self._shown: Shown | None = None
        self._laid: Laid | None = None
        self._gap: Gap | None = None
        self._pass = 0
        self._scale = 1.0
        self._folds = False
        self._lifted: frozenset[int] = frozenset()

    @property
    def laid(self) -> Laid:
        """How everything is to stand."""
        assert self._laid is not None, "the board follows a design before it is asked"
        return self._laid

    def card(self, id: int) -> Card | None:
        """The card of a node; None where it is not shown."""
        return self._cards.get(id)

    def cards(self) -> Collection[Card]:
        """All cards."""
        return self._cards.values()

    # --- what is shown --------------------------------------------------------------------------------

    def follow(self, measured: Measured) -> None:
        """Show a design."""
        self.stage.measured = measured
        self._shown = follow(measured, self.closed, self._shown)
        found = faults(measured)
        if found != self.stage.faults:
            changed = {
                id for id in {*found, *self.stage.faults} if found.get(id) != self.stage.faults.get(id)
            }
            self.stage.faults = found
            for id in changed:
                if (card := self._cards.get(id)) is not None:
                    card.forget_face()
        self._stand(SETTLE)
        for id in tuple(self.stage.partial):
            if (card := self._cards.get(id)) is not None:
                card.forget_face()
            else:
                self.stage.partial.discard(id)

    def close(self, measured: Measured, ids: Collection[int]) -> None:
        """Hide what these containers hold, and show what all others do."""
        self.closed = frozenset(ids)
        self._shown = follow(measured, self.closed, self._shown)
        self._stand(SETTLE)

    def set_width(self, width: int) -> None:
        """Lay everything out for another width of the stack."""
        if width != self.stack_width:
            self.stack_width = width
            self._stand(0)

    def set_look(self, look: Look) -> None:
        """Wear another theme."""
        self.stage.look = look
        for card in self._cards.values():
            card.forget_face()
        self._stand(0)

    def open_gap(self, gap: Gap | None, preview: Preview | None = None) -> None:
        """Make room where something would land, and say what it costs; None closes it again."""
        self.stage.preview = preview
        if gap != self._gap:
            self._gap = gap
            self._stand(GAP_OPENS)
        elif gap is not None and (card := self._cards.get(gap.container)) is not None:
            card.update()

    def keep_gap(self) -> None:
        """The next design fills the gap: it closes with that, not before."""
        self._gap, self.stage.preview = None, None

    # --- how it stands with the user ------------------------------------------------------------------

    def select(self, ids: Collection[int]) -> None:
        """Ring these."""
        before, self.stage.selected = self.stage.selected, frozenset(ids)
        self._refresh(before ^ self.stage.selected)

    def hover(self, id: int | None) -> None:
        """Mark what is under the pointer."""
        before, self.stage.hovered = self.stage.hovered, id
        if before != id:
            self._refresh({before, id})

    def focus(self, id: int | None) -> None:
        """Ring what the keyboard is at, where that is not selected."""
        before, self.stage.focused = self.stage.focused, id
        if before != id:
            self._refresh({before, id})

    def lift(self, ids: Collection[int]) -> None:
        """Fade the places of what is being dragged."""
        for id in self._lifted - {*ids}:
            if (card := self._cards.get(id)) is not None:
                card.setOpacity(1.0)
        self._lifted = frozenset(ids)
        for id in self._lifted:
            if (card := self._cards.get(id)) is not None:
                card.setOpacity(LIFTED)

    def fold(self, scale: float) -> None:
        """Hide what at this zoom is too small to be drawn one by one."""
        self._scale = scale
        self._fold_all()

    def _refresh(self, ids: Collection[int | None]) -> None:
        for id in ids:
            if id is not None and (card := self._cards.get(id)) is not None:
                card.update()

    def _fold_all(self) -> None:
        folds = self._scale < NOTHING_FOLDS
        if self._laid is not None and (folds or self._folds):
            self._folds = folds
            self._fold(self._cards[self._laid.id])

    def _fold(self, card: Card) -> None:
        folded = card.folded(self._scale)
        for row in card.rows:
            for child in row:
                if child.isVisible() == folded:
                    child.setVisible(not folded)
                if not folded and child.laid.frame is not None:
                    self._fold(child)

    # --- bringing it up to date -----------------------------------------------------------------------

    def _stand(self, duration: int) -> None:
        if self._shown is None:
            return
        unfinished = self.motion.stop()
        self._pass += 1
        laid = arrange(self._shown, self.stage.look.measures, self.stack_width, self._gap)
        moves: list[Move] = []
        orphans: list[Card] = []
        self._place(laid, None, QPointF(), moves, orphans)
        if self._laid is not None and self._laid.id != laid.id:
            orphans.append(self._cards[self._laid.id])
        self._laid = laid
        for card in orphans:
            if card.seen != self._pass and card.id in self._cards:
                self._drop(card)
        moves.extend(
            Move(card, card.pos(), end, card.rect(), target)
            for card, _, end, _, target in unfinished
            if card.seen != self._pass and card.id in self._cards
        )
        self.motion.make(moves, duration)
        self._fold_all()
        self.setSceneRect(QRectF(0, 0, laid.width, laid.height))

    def _place(
        self, laid: Laid, holder: Card | None, at: QPointF, moves: list[Move], orphans: list[Card]
    ) -> Card:
        """Bring a card and all below it where they belong; what has not changed is left alone."""
        card = self._cards.get(laid.id)
        fresh = card is None
        if card is None:
            card = self._cards[laid.id] = Card(self.stage, laid)
            if holder is None:
                self.addItem(card)
        card.seen = self._pass
        if card.parentItem() is not holder:
            if holder is not None and not fresh:
                at_scene = card.scenePos()
                card.setParentItem(holder)
                card.setPos(holder.mapFromScene(at_scene))
            else:
                card.setParentItem(holder)  # pyright: ignore[reportArgumentType]: None is none
        area = QRectF(0, 0, laid.width, laid.height)
        if fresh:
            card.setPos(at)
            card.setRect(area)
        elif card.pos() != at or card.rect() != area:
            moves.append(Move(card, card.pos(), at, card.rect(), area))
        if card.laid is laid and not fresh:
            return card
        orphans.extend(child for row in card.rows for child in row)
        card.lay(laid)
        card.rows = [
            [self._place(p.laid, card, QPointF(p.x, p.y), moves, orphans) for p in row.places]
            for row in laid.rows
        ]
        return card

    def _drop(self, card: Card) -> None:
        """Take a card out, with those below it that still belong to it."""
        for gone in list(_below(card)):
            self._cards.pop(gone.id, None)
        self.removeItem(card)


def _below(card: Card) -> Iterator[Card]:
    yield card
    for child in card.childItems():
        if isinstance(child, Card):
            yield from _below(child)
