"""The scene: cards that follow the design. The same object stands for nothing to do."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from designer.analysis.measured import Measured
from designer.ui.canvas.card import Card
from designer.ui.canvas.faults import Fault, faults, unsure
from designer.ui.canvas.laid import Gap, Laid
from designer.ui.canvas.layout import arrange
from designer.ui.canvas.look import Look, Preview, Stage
from designer.ui.canvas.motion import GAP_OPENS, SETTLE, Motion
from designer.ui.canvas.reconcile import Reconciling
from designer.ui.canvas.shown import Shown, follow
from designer.ui.canvas.wires import Wires

LIFTED = 0.45
"""How much of a card's place stays to be seen while it is dragged."""
NOTHING_FOLDS = 0.12
"""The zoom from which even a frame around one slim card draws it."""


class Board(QGraphicsScene):
    """Cards by node id, laid out for a width. It is never cleared: it is brought up to date.

    `stood` says that there are other cards, or that some are to stand elsewhere.
    """

    stood = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # There is one outermost item, and an index would hold no other.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
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
        self._wires = Wires(self, self.stage)

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
        self._stand(SETTLE)
        self._doubt(faults(measured), unsure(measured))
        self.stage.partial &= self._cards.keys()
        self._forget_faces(self.stage.partial)

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

    def _doubt(self, found: Mapping[int, Fault], doubtful: Collection[int]) -> None:
        """Mark what is wrong, and the counts it reaches: of what is doubtful, and of all around that."""
        stage = self.stage
        reached: set[int] = set()
        for id in doubtful:
            card = self._cards.get(id)
            while card is not None and card.id not in reached:
                reached.add(card.id)
                card = card.holder
        known, stage.faults = stage.faults, found
        changed = {id for id in known.keys() | found.keys() if known.get(id) != found.get(id)}
        self._forget_faces(changed | (stage.uncertain ^ reached))
        stage.uncertain = frozenset(reached)

    def _forget_faces(self, ids: Collection[int]) -> None:
        for id in ids:
            if (card := self._cards.get(id)) is not None:
                card.forget_face()

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
                if not folded and child.laid.margins is not None:
                    self._fold(child)

    # --- bringing it up to date -----------------------------------------------------------------------

    def _stand(self, duration: int) -> None:
        if self._shown is None:
            return
        unfinished = self.motion.stop()
        self._pass += 1
        before = self._laid
        measures = self.stage.look.measures
        self._laid = arrange(self._shown, measures, self.stack_width, self._gap, before)
        reconciling = Reconciling(self, self.stage, self._cards, self._pass)
        reconciling.root(self._laid, before)
        moved = dict.fromkeys([*reconciling.moved, *(c for c in unfinished if self._cards.get(c.id) is c)])
        self.motion.make(tuple(moved), duration if before is not None else 0)  # the first stand at once
        self._wires.follow(self._laid)
        self._fold_all()
        self.setSceneRect(QRectF(0, 0, self._laid.width, self._laid.height))
        self.stood.emit()
