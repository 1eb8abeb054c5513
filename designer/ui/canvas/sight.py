"""Looking at the stack: how near, how wide, which part; and following the design."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from designer.design import edits
from designer.design.tree import Design
from designer.ui.appearance import Appearance
from designer.ui.canvas.board import Board
from designer.ui.canvas.ground import paint_ground
from designer.ui.canvas.look import Look
from designer.ui.session import Session
from designer.ui.tr import tr

SIDE, ABOVE, BELOW = 36, 22, 64
"""What the sheet keeps around the stack, in scene px."""
WIDTHS = (300, 780)
"""The stack is never narrower or wider than this."""
SHARE = 0.64
"""How much of the view's width the stack takes."""
STEP = 20
"""Widths differ by so much, or the stack stays as it is while the window is being resized."""
ZOOMS = (0.1, 3.0)
OPENING = 1.5
"""A window wider than the widest stack opens larger, up to this."""


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
        session.changed.connect(self._follow)
        session.selected.connect(self._mark_selected)
        appearance.turned.connect(self._turn)
        self.board.sceneRectChanged.connect(self._keep_room)
        self.board.follow(session.measured)
        self._mark_selected()

    # --- following ------------------------------------------------------------------------------------

    def _follow(self, before: Design, after: Design) -> None:
        self.board.follow(self.session.measured)
        if before.tree.id != after.tree.id:
            self._zoom_chosen = False
            self._fit_width()
            self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())

    def _mark_selected(self) -> None:
        self.board.select(self.session.selection)
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
            self.ensureVisible(QRectF(place.x(), place.y(), card.rect().width(), height), 12, 24)

    def close_containers(self, ids: Iterable[int]) -> None:
        """Hide what these hold if they show it, else show it."""
        board = self.board
        known = {id for id in ids if (card := board.card(id)) is not None and card.laid.shown.inside}
        if known:
            board.close(self.session.measured, board.closed ^ known)

    def _zoom(self, factor: float) -> None:
        least = min(ZOOMS[0], self._fitting())
        factor = min(max(factor, least), ZOOMS[1])
        if abs(factor - 1) < 0.03:
            factor = 1.0
        self.board.fold(factor)
        self.scale(factor / self.zoom, factor / self.zoom)
        self.zoomed.emit(factor)

    def _fitting(self) -> float:
        room, sheet = self.viewport().size(), self.sceneRect()
        return min(room.width() / max(sheet.width(), 1), room.height() / max(sheet.height(), 1))

    def _fit_width(self) -> None:
        """A stack that suits the view; until someone zooms, also a zoom that does."""
        wide = self.width()  # with the scroll bar, so that its coming and going changes nothing
        if not self._zoom_chosen:
            self._zoom(min(max(SHARE * wide / WIDTHS[1], 1.0), OPENING))
        width = STEP * round(SHARE * wide / max(self.zoom, 1) / STEP)
        self.board.set_width(min(max(width, WIDTHS[0]), WIDTHS[1]))

    def _keep_room(self, stack: QRectF) -> None:
        self.setSceneRect(stack.adjusted(-SIDE, -ABOVE, SIDE, BELOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self.zoom_to(self.zoom * 1.1 ** (event.angleDelta().y() / 120))
        event.accept()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        paint_ground(painter, QRectF(rect), self.appearance.theme)
