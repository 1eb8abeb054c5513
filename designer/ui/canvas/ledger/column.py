"""The ledger on the canvas: one item at the right of the stack, which paints the lines that are in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QTimer
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QWidget

from designer.ui.canvas.laid import Laid
from designer.ui.canvas.ledger.columns import (
    BESIDE,
    EDGE,
    FOOT,
    HEAD,
    Columns,
    Shows,
    Widths,
    columns,
    pairs,
    type_scale,
)
from designer.ui.canvas.ledger.counts import Counts, added, counts
from designer.ui.canvas.ledger.ends import paint_foot, paint_head
from designer.ui.canvas.ledger.lines import Pen
from designer.ui.canvas.ledger.sheet import deepest, sheet
from designer.ui.canvas.look import Stage
from designer.ui.canvas.shown import identical

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionGraphicsItem

    from designer.analysis.measured import Measured

MANY = 1500
"""Blocks from which counting each takes longer than a frame: then the lines follow an edit a moment later."""
FOLDS = 0.6
"""The zoom below which lines begin to fold into those of their containers."""
SOON = 40
"""Milliseconds without an edit after which they do."""
_BEYOND = 60
"""Pixels above and below what is exposed from which something reaches into it."""


class LedgerColumn(QGraphicsItem):
    """Everything right of the stack, as far as the edge of the view.

    `root` is how the stack stands.
    """

    def __init__(self, stage: Stage, parent: QObject) -> None:
        super().__init__()
        self.stage = stage
        self.shows = Shows()
        self.root: Laid | None = None
        self._proposed: tuple[str, int] | None = None
        self._area = QRectF()
        self._counts: Counts | None = None
        self._counted: tuple[object, ...] = ()
        self._awaited: tuple[object, ...] = ()
        self._folded: tuple[float, Counts] | None = None
        self._later = QTimer(parent, singleShot=True, interval=SOON)
        self._later.timeout.connect(self._count_now)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    # --- where it stands ------------------------------------------------------------------------------

    def boundingRect(self) -> QRectF:
        return self._area

    def stand(self, root: Laid, area: QRectF) -> None:
        """Stand in this area of the scene, beside a stack."""
        if root is not self.root:
            self.root = root
            self.update()
        if area != self._area:
            self.prepareGeometryChange()
            self._area = area

    def propose(self, now: Measured, then: Measured | None) -> None:
        """Say what letting go now would add, where it adds something."""
        self._proposed = added(now, then) if then is not None else None
        self.update()

    def at(self, x: float, y: float, scale: float) -> int | None:
        """The id of the block whose line is at a point of the scene."""
        if self.root is None or x < self._area.left() or not self._area.contains(x, y):
            return None
        spread = self._columns(scale)
        left = (x - self._area.left() - BESIDE) * scale / type_scale(scale)
        stream = 1 if len(spread) > 1 and left > spread[0].share_end else 0
        laid = sheet(self.root, y - 200, y + 200, scale).at(y, stream)
        return laid.id if laid is not None else None

    # --- what it knows --------------------------------------------------------------------------------

    @property
    def counts(self) -> Counts | None:
        """What there is to say; None before a large design has been counted."""
        now = self.stage.measured, self.root
        if not identical(now, self._counted) and self.root is not None:
            if self.root.leaves <= MANY:
                self._count()
            elif not identical(now, self._awaited):
                self._awaited = now
                self._later.start()
        return self._counts

    def _count_now(self) -> None:
        self._count()
        self.update()

    def _count(self) -> None:
        if self.root is not None and self.stage.measured is not None:
            self._counts = counts(self.stage.measured, self.root)
            self._counted = self.stage.measured, self.root
            self._folded = None
            self.stage.shares = self._counts.share

    # --- painting -------------------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        known = self.counts
        if self.root is None or known is None:
            return
        zoom = painter.worldTransform().m11()
        exposed: QRectF = option.exposedRect  # pyright: ignore[reportAttributeAccessIssue]
        beyond = _BEYOND / zoom
        seen = sheet(self.root, exposed.top() - beyond, exposed.bottom() + beyond, zoom)
        painter.save()
        self._pen(painter, zoom, known if zoom >= FOLDS else self._at(zoom, known)).paint(seen)
        painter.restore()

    def _at(self, zoom: float, known: Counts) -> Counts:
        """The counts for a zoom at which lines fold, worked out once."""
        assert self.root is not None
        if self._folded is None or self._folded[0] != zoom:
            self._folded = zoom, known.at(self.root, zoom)
        return self._folded[1]

    def _pen(self, painter: QPainter, zoom: float, known: Counts) -> Pen:
        """The painter in px of the ledger: from its left edge, and down from the scene's zero."""
        size, there = type_scale(zoom), painter.worldTransform()
        left = (self._area.left() + BESIDE) * zoom + there.dx()
        painter.setWorldTransform(QTransform(size, 0, 0, size, left, there.dy()))
        return Pen(
            painter, self.stage, self._columns(zoom), known, zoom / size, BESIDE * zoom / size, self._proposed
        )

    def _columns(self, zoom: float) -> tuple[Columns, ...]:
        """The columns of each stream."""
        assert self.root is not None
        width = ((self._area.width() - BESIDE) * zoom - EDGE) / type_scale(zoom)
        widths = Widths.of(self.stage.look.fonts)
        if self.root.lanes:
            return pairs(width, widths, self.shows)
        return (columns(width, widths, self.shows, deepest(self.root.shown)),)

    def paint_ends(self, painter: QPainter, view: QTransform, height: int) -> None:
        """Head and foot, which stay where they are in a view of this height while lines pass below them."""
        known, zoom = self.counts, view.m11()
        if self.root is None:
            return
        size = type_scale(zoom)
        left = (self._area.left() + BESIDE) * zoom + view.dx()
        painter.save()
        painter.setWorldTransform(QTransform(size, 0, 0, size, left, 0))
        spread = self._columns(zoom)
        if len(spread) == 1:  # the selection's band comes over from the stack
            gap, ground = BESIDE * zoom / size, self.stage.look.theme.canvas
            painter.fillRect(QRectF(-gap, 0, gap, HEAD), ground)
            painter.fillRect(QRectF(-gap, height / size - FOOT, gap, FOOT), ground)
        paint_head(painter, self.stage.look, spread)
        if known is not None:
            doubted = bool(self.stage.uncertain) or known.provisional(self.root.id)
            paint_foot(
                painter, self.stage.look, spread[-1], height / size - FOOT, known.total, doubted=doubted
            )
        painter.restore()
