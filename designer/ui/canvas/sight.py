"""Looking at the stack: how near, how wide, which part; and following the design."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from designer.design import edits
from designer.design.tree import Design
from designer.ui.appearance import Appearance
from designer.ui.canvas.board import Board
from designer.ui.canvas.ground import paint_ground
from designer.ui.canvas.ledger.columns import BESIDE, EDGE, FOOT, HEAD, Shows, Widths, type_scale
from designer.ui.canvas.ledger.room import OPENING, ROOM, SIDE, opening_zoom, side, stack_width, width_alone
from designer.ui.canvas.look import Look
from designer.ui.session import Session
from designer.ui.tr import tr

if TYPE_CHECKING:
    from designer.ui.canvas.ledger.column import LedgerColumn

ABOVE, BELOW = 22, 64
"""What the sheet keeps above and below the stack where no ledger stands beside it, in scene px."""
ZOOMS = (0.1, 3.0)
CLEAR = 10
"""Pixels that the ledger's head and foot stay clear of the stack."""
SLACK = 6
"""Pixels that the sheet is narrower than the view: Qt counts with a wider scroll bar than it has."""
REVEALED = 12
"""Pixels kept around a block that is scrolled into sight; below and above twice as many."""


class Sight(QGraphicsView):
    """Looking at the board: how wide the stack is, how near, and which part of it is in sight.

    `zoomed` carries the factor after every change of it.
    """

    zoomed = Signal(object)

    def __init__(self, session: Session, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # One that Qt makes itself is found only by loading every kind of widget, before the first frame.
        self._pane = QWidget(self)
        self.setViewport(self._pane)
        self.session, self.appearance = session, appearance
        self.board = Board(Look(appearance.theme), self)
        self.setScene(self.board)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAccessibleName(tr("Canvas"))
        self.setAccessibleDescription(tr("The blocks of the design, from its tokens to what it gives."))
        self._zoom_chosen = False
        self.shows = Shows()
        self.ledger: LedgerColumn | None = None
        session.changed.connect(self._follow)
        session.selected.connect(self._mark_selected)
        appearance.turned.connect(self._turn)
        self.board.sceneRectChanged.connect(self._keep_room)
        self.board.follow(session.measured)
        self._mark_selected()

    # --- following ------------------------------------------------------------------------------------

    def _follow(self, before: Design, after: Design) -> None:
        self.board.follow(self.session.measured)
        self.viewport().update()  # shares change all over, and many small pieces are painted more slowly
        if before.tree.id != after.tree.id:
            self._zoom_chosen = False
            self._fit_width()
            self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())

    def _mark_selected(self) -> None:
        self.board.select(self.session.selection)
        if self.ledger is not None:
            self.ledger.update()
        if self.session.selection:
            self._open_around(self.session.selection[-1])
            self.reveal(self.session.selection[-1])

    def _open_around(self, id: int) -> None:
        """What is selected is shown, even where it stands in a closed container."""
        if self.board.closed and self.board.card(id) is None:
            tree = self.session.design.tree
            path = edits.path_to(tree, id)
            self.board.close(
                self.session.measured,
                self.board.closed - {edits.at(tree, path[:n]).id for n in range(len(path))},
            )

    def _turn(self) -> None:
        self.board.set_look(Look(self.appearance.theme))
        self.viewport().update()

    # --- the ledger -----------------------------------------------------------------------------------

    def begin_ledger(self) -> None:
        """Put the ledger beside the stack, where it has room: after the first frame, which does without."""
        if self.ledger is None:
            from designer.ui.canvas.ledger.column import LedgerColumn

            self.ledger = LedgerColumn(self.board.stage, self.board)
            self.board.addItem(self.ledger)
            self.board.stood.connect(self._stand_ledger)
            self.session.proposed.connect(self._propose)
            self._keep_room()

    def show_in_ledger(self, shows: Shows) -> None:
        """Show other columns in the ledger; with none of them there is no ledger."""
        self.shows = shows
        self._fit_width()
        self._keep_room()
        self.viewport().update()

    @property
    def _has_ledger(self) -> bool:
        """Whether there is a ledger in this view, or will be right after its first frame."""
        return any(self.shows) and self.width() >= ROOM

    def hover(self, id: int | None) -> None:
        """Mark what is under the pointer, and its line in the ledger."""
        if id != self.board.stage.hovered and self.ledger is not None:
            self.ledger.update()
        self.board.hover(id)

    def _stand_ledger(self) -> None:
        """Beside the stack as it stands now."""
        if self.ledger is not None:
            self.ledger.setVisible(self._has_ledger)
            self.ledger.shows = self.shows
            stack, sheet = self.board.sceneRect(), self.sceneRect()
            right = sheet.right() + SLACK / self.zoom  # the edge of the view
            area = QRectF(stack.right(), sheet.top(), right - stack.right(), sheet.height())
            self.ledger.stand(self.board.laid, area)
            self._update_ends(0)

    def _propose(self) -> None:
        assert self.ledger is not None
        self.ledger.propose(self.session.measured, self.session.proposal)

    def _update_ends(self, moved: int) -> None:
        """Paint the ledger's head and foot again: they stay where they are while the sheet moves."""
        if self.ledger is not None and self._has_ledger:
            size, room = type_scale(self.zoom), self.viewport().rect()
            left = self.mapFromScene(self.board.sceneRect().right(), 0).x()
            for top, tall in ((0, HEAD), (room.height() - FOOT * size, FOOT)):
                end = QRectF(left, top - 2, room.width() - left, tall * size + 4).toAlignedRect()
                self.viewport().update(end.united(end.translated(0, moved)))

    # --- looking --------------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """How large the stack is drawn; 1 is the size of the window's own type."""
        return self.transform().m11()

    def zoom_to(self, factor: float) -> None:
        """Draw everything so large; what is under the pointer stays there."""
        self._zoom_chosen = True
        self._zoom(factor)

    def zoom_in(self) -> None:
        """A step nearer."""
        self.zoom_to(self.zoom * 1.1)

    def zoom_out(self) -> None:
        """A step further off."""
        self.zoom_to(self.zoom / 1.1)

    def fit(self) -> None:
        """The whole design in sight, no larger than in a window that just opened."""
        self._zoom_chosen = True
        self._zoom(min(self._fitting(), OPENING))
        self.centerOn(self.board.sceneRect().center())

    def reveal(self, id: int) -> None:
        """Scroll a block's head into sight."""
        card = self.board.card(id)
        if card is not None:
            place = card.scenePos()
            height = min(card.rect().height(), self.board.stage.look.measures.card)
            width = min(card.rect().width(), (self.viewport().width() - 2 * REVEALED) / self.zoom)
            self.ensureVisible(QRectF(place.x(), place.y(), width, height), REVEALED, 2 * REVEALED)

    def close_containers(self, ids: Iterable[int]) -> None:
        """Hide what these hold if they show it, else show it."""
        board = self.board
        known = {id for id in ids if (card := board.card(id)) is not None and card.laid.opens}
        if known:
            board.close(self.session.measured, board.closed ^ known)

    def _zoom(self, factor: float) -> None:
        least = min(ZOOMS[0], self._fitting())
        factor = min(max(factor, least), ZOOMS[1])
        if abs(factor - 1) < 0.03:
            factor = 1.0
        self.board.fold(factor)
        self.scale(factor / self.zoom, factor / self.zoom)
        self._keep_room()
        self.zoomed.emit(factor)

    def _fitting(self) -> float:
        """The zoom at which the whole design is in sight."""
        room, stack = self.viewport().size(), self.board.sceneRect()
        if not self._has_ledger:
            sheet = stack.adjusted(-SIDE, -ABOVE, SIDE, BELOW)
            return min(room.width() / sheet.width(), room.height() / sheet.height())
        wide = room.width() - EDGE - self._digits
        high = room.height() - HEAD - FOOT - 2 * CLEAR
        return max(min(wide / (SIDE + stack.width() + BESIDE), high / max(stack.height(), 1)), 1e-4)

    def _fit_width(self) -> None:
        """A stack that suits the view, however near it is; until someone zooms, also a zoom that does."""
        wide = self.width()  # with the scroll bar, so that its coming and going changes nothing
        opening = opening_zoom(wide)
        if not self._zoom_chosen:
            self._zoom(opening)
        fitting = stack_width if self._has_ledger else width_alone
        self.board.set_width(fitting(wide / opening))

    @property
    def _digits(self) -> int:
        """The width that the ledger needs at least, in px of its type."""
        return Widths.of(self.appearance.theme.fonts).least(self.shows)

    def _keep_room(self) -> None:
        """The sheet around the stack: with a ledger as wide as the view, and clear of its head and foot."""
        stack, zoom = self.board.sceneRect(), self.zoom
        size = type_scale(zoom)
        if self._has_ledger:
            left = side(self.width(), len(self.board.laid.columns))
            least = BESIDE + (self._digits * size + EDGE) / zoom
            spare = (self.viewport().width() - SLACK) / zoom - left - stack.width()
            above, below = (HEAD * size + CLEAR) / zoom, (FOOT * size + CLEAR) / zoom
            sheet = stack.adjusted(-left, -above, max(least, spare), below)
            self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        else:
            sheet = stack.adjusted(-SIDE, -ABOVE, SIDE, BELOW)
            self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        if sheet != self.sceneRect():
            self.setSceneRect(sheet)
        self._stand_ledger()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()
        self._keep_room()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._update_ends(dy)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self.zoom_to(self.zoom * 1.1 ** (event.angleDelta().y() / 120))
        event.accept()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        paint_ground(painter, QRectF(rect), self.appearance.theme)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        if self.ledger is not None and self._has_ledger:
            self.ledger.paint_ends(painter, self.viewportTransform(), self.viewport().height())
