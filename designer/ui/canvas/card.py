"""One item for each node: it stands where the layout says, and paints itself when it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QWidget

from designer.ui.canvas.copies import copies
from designer.ui.canvas.current import Course, Stretch, paint_current
from designer.ui.canvas.ends import Root
from designer.ui.canvas.face import Face
from designer.ui.canvas.frame import PARTS, Frame, Part
from designer.ui.canvas.framing import frame
from designer.ui.canvas.gap import paint_gap
from designer.ui.canvas.laid import Laid, Lane
from designer.ui.canvas.leaf import face
from designer.ui.canvas.look import DRAWN, Stage
from designer.ui.canvas.patterned import follows_a_pattern
from designer.ui.canvas.slab import MARGIN
from designer.ui.canvas.stripes import paint_stripes
from designer.ui.canvas.words import Lines, lines, picked, story

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionGraphicsItem

    from designer.ui.canvas.tiles import Tile

Flag = QGraphicsItem.GraphicsItemFlag
FOLDED = 3.0
"""Average height of a card on the screen, in px, below which a container paints its cards as lines."""


class Card(QGraphicsRectItem):
    """A node on the canvas. `laid` is how it is to stand and `spot` where in its `holder`; the item may still
    be on the way there. `seen` counts the passes that have found it in the design.
    """

    def __init__(self, stage: Stage, laid: Laid) -> None:
        super().__init__()
        self.stage, self.laid = stage, laid
        self.holder: Card | None = None
        self.rows: list[list[Card]] = []
        self.spot: tuple[int, int] = (0, 0)
        self.seen = 0
        self._face: Face | Frame | None = None
        pen = QPen(Qt.GlobalColor.transparent)
        pen.setWidthF(2 * MARGIN)  # the item reaches so far beyond its rectangle: room for shadow and rings
        self.setPen(pen)
        self.setFlag(Flag.ItemContainsChildrenInShape, laid.margins is not None)
        self.setFlag(Flag.ItemUsesExtendedStyleOption, laid.margins is not None)

    @property
    def id(self) -> int:
        """The id of the node."""
        return self.laid.id

    def whole_story(self) -> str:
        """All that it says, uncut, and its exact count."""
        return story(self.laid.shown, self.said())

    def written(self, part: Part) -> QRectF | None:
        """Where, on the canvas, a part stands that can be written in place."""
        face = self._face
        area = face.written(part, self.rect()) if isinstance(face, Frame) else None
        return self.mapRectToScene(area) if area is not None else None

    def tile(self) -> Tile | None:
        """The pattern that the layers of a Repeat follow."""
        shown, measured = self.laid.shown, self.stage.measured
        if measured is None or shown.layout != "repeat" or not follows_a_pattern(shown):
            return None
        from designer.ui.canvas.tiles import tile  # most designs do without it

        return tile(measured, shown.node, measured.registry)

    def asks_at(self, spot: QPointF) -> bool:
        """Whether a point of the canvas is on the ? of an opened card."""
        asks = self._face.asks if isinstance(self._face, Face) else None
        return asks is not None and asks.contains(self.mapFromScene(spot))

    def part_at(self, spot: QPointF) -> Part | None:
        """The part that can be written at a point of the canvas."""
        for part in PARTS:
            area = self.written(part)
            if area is not None and area.contains(spot):
                return part
        return None

    def lay(self, laid: Laid) -> None:
        """Stand for the node as it is laid out now. Where it stands, the board says."""
        self.laid, self._face = laid, None
        self.update()

    def forget_face(self) -> None:
        """Its words or its colours are other ones."""
        self._face = None
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        laid, area = self.laid, self.rect()
        if self._face is None:
            self._face = self._made()
        state = self.stage.state(laid.id, not self._face.said.sound)
        self._face.paint(painter, area, state)
        if laid.margins is None:
            return
        scale = painter.worldTransform().m11()
        if self.folded(scale):
            paint_stripes(painter, laid, self.stage.look)
            return
        exposed: QRectF = option.exposedRect  # pyright: ignore[reportAttributeAccessIssue]
        if scale >= DRAWN:
            self._paint_current(painter, area, exposed)
        if laid.slot is not None:
            paint_gap(painter, self.stage, laid, laid.slot)

    def folded(self, scale: float) -> bool:
        """Whether at this zoom what it holds is too small to be drawn one by one."""
        laid = self.laid
        return laid.margins is not None and bool(laid.rows) and laid.height * scale < FOLDED * laid.leaves

    def _made(self) -> Face | Frame:
        laid, look, said = self.laid, self.stage.look, self.said()
        if self.holder is None:
            return Root(laid, said, look)
        if laid.margins is not None:
            return frame(laid, said, look, self.tile())
        chosen = copies(laid.shown)
        if chosen is None:
            return face(laid, said, look)
        from designer.ui.canvas.celled_card import Celled  # most designs do without it

        return Celled(laid, said, look, chosen)

    def said(self) -> Lines:
        """All that it says."""
        laid, holder, measured = self.laid, self.holder, self.stage.measured
        part = ""
        if measured is not None and holder is not None and holder.laid.shown.layout == "choose":
            part = picked(measured, laid.id, holder.id)
            self.stage.partial.add(laid.id)
        uncertain = laid.id in self.stage.uncertain
        return lines(laid.shown, self.stage.faults.get(laid.id), part, uncertain=uncertain)

    def _paint_current(self, painter: QPainter, area: QRectF, exposed: QRectF) -> None:
        laid = self.laid
        for lane in laid.columns:
            first = max(laid.row_at(exposed.top(), lane) - 1, lane.first)
            last = min(laid.row_below(exposed.bottom(), lane) + 1, lane.after)
            stretches = self._stretches(lane, first, last)
            ends = (first == lane.first, last == lane.after)
            paint_current(painter, self.stage.look, laid, area, Course(lane, stretches, *ends))

    def _stretches(self, lane: Lane, first: int, last: int) -> Sequence[Stretch]:
        """Rows as they stand at this moment, which may be on the way to where they belong."""
        found = [
            Stretch(row, tuple(card.mapRectToParent(card.rect()) for card in cards))
            for row, cards in zip(self.laid.rows[first:last], self.rows[first:last], strict=True)
        ]
        slot = self.laid.slot
        if slot is not None and self.laid.column_at(slot.x) == lane:
            gap = Stretch(None, (QRectF(slot.x, slot.y, slot.width, slot.height),))
            at = next((i for i, s in enumerate(found) if s.row is not None and s.row.y > slot.y), len(found))
            found.insert(at, gap)
        return found
