"""The canvas: the stack of blocks to look at, to walk through, and to rearrange."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QWidget

from designer.ui.appearance import Appearance
from designer.ui.canvas.card import Card
from designer.ui.canvas.drop import under
from designer.ui.canvas.keyboard import Walked
from designer.ui.canvas.walking import between
from designer.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent

    from designer.ui.canvas.dropping import Dropping
    from designer.ui.canvas.edge_scroll import EdgeScroll
    from designer.ui.canvas.handles import Handle, Handles

Button, Modifier = Qt.MouseButton, Qt.KeyboardModifier


class Canvas(Walked):
    """The session's design, to be edited by mouse and by keyboard.

    `refused` carries the reason why what is held cannot land where it is, or nothing. `insert_requested` asks
    what to insert below what is selected, `explain_requested` why that counts what it does.
    """

    refused = Signal(object)
    insert_requested = Signal()
    explain_requested = Signal()

    def __init__(self, session: Session, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(session, appearance, parent)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self._held_at = QPoint()
        self._copies = False
        self._pressed: QPoint | None = None
        self._pressed_on: int | None = None
        self._panned: QPoint | None = None
        self._handles: Handles | None = None
        self._grasped: Handle | None = None

    def block_at(self, point: QPoint) -> int | None:
        """The id of the block at a point of the viewport, or of whose line in the ledger; None elsewhere."""
        spot = self.mapToScene(point)
        found = under(self.board.laid, spot.x(), spot.y())
        if found is not None:
            return found.laid.id
        return self.ledger.at(spot.x(), spot.y(), self.zoom) if self.ledger is not None else None

    # --- mouse ----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point, id = event.position().toPoint(), self.block_at(event.position().toPoint())
        event.accept()
        if event.button() == Button.LeftButton and (handle := self._handle_at(point)) is not None:
            self._grasped = handle
            return
        if event.button() == Button.MiddleButton or (event.button() == Button.LeftButton and id is None):
            self._panned = point
        if event.button() == Button.MiddleButton:
            return
        self.board.focus(None)
        if id is not None and (event.button() == Button.LeftButton or id not in self.session.selection):
            self._select(id, event.modifiers())
        if event.button() == Button.LeftButton:
            self._pressed, self._pressed_on = point, id

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._panned is not None:
            self._pan(point)
        elif self._pressed is not None and self._pressed_on is not None:
            if (point - self._pressed).manhattanLength() >= QApplication.startDragDistance():
                self._drag()
        elif self._handle_at(point) is not None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.hover(self.block_at(point))
            self._handle_at(point)
            self._point_at(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grasped is not None:
            grasped, self._grasped = self._grasped, None
            if grasped == self._handle_at(event.position().toPoint()):
                self._use(grasped)
            return
        clicked, id = self._pressed, self._pressed_on
        moved = self._panned is not None and self._panned != clicked
        self._pressed = self._pressed_on = self._panned = None
        self.viewport().unsetCursor()
        if event.button() != Button.LeftButton or clicked is None:
            return
        if id is None and not moved:
            self.session.select(())
        elif id is not None and not event.modifiers() & (Modifier.ControlModifier | Modifier.ShiftModifier):
            self.session.select((id,))
            self._write_at(event.position().toPoint(), id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        card = self._card_at(event.position().toPoint())
        if card is None or event.button() != Button.LeftButton:
            return
        self._pressed = None
        if card.laid.margins is not None:
            self.close_containers((card.id,))
        else:
            self.edit_requested.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hover(None)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            from PySide6.QtWidgets import QToolTip

            QToolTip.showText(event.globalPos(), self._told_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def _told_at(self, point: QPoint) -> str:
        """What a handle does, or all that a card says."""
        card, handle = self._card_at(point), self._handle_at(point)
        if handle is not None:
            from designer.ui.canvas.handles import says

            return says(handle)
        return card.whole_story() if card is not None else ""

    def hover(self, id: int | None) -> None:
        if id != self.board.stage.hovered:
            if self._handles is None:
                from designer.ui.canvas.handles import Handles

                self._handles = Handles(self, self.board)
            self._handles.follow(id)
        super().hover(id)

    def _handle_at(self, point: QPoint) -> Handle | None:
        """What of the card under the pointer can be clicked at a point; it is marked."""
        return self._handles.point(point) if self._handles is not None else None

    def _use(self, handle: Handle) -> None:
        """Do what a handle is for, with the card that it stands on."""
        assert self._handles is not None
        if self._handles.id is not None:
            self.session.select((self._handles.id,))
            (self.insert_requested if handle == "insert" else self.explain_requested).emit()

    def _point_at(self, point: QPoint) -> None:
        """The pointer shows where text can be written."""
        card = self.board.card(self.board.stage.hovered) if self.board.stage.hovered is not None else None
        if card is not None and card.part_at(self.mapToScene(point)) is not None:
            self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        else:
            self.viewport().unsetCursor()

    def _write_at(self, point: QPoint, id: int) -> None:
        """Open the field for what can be written at a point of a card."""
        card, spot = self.board.card(id), self.mapToScene(point)
        part = card.part_at(spot) if card is not None else None
        if part is not None:
            from designer.ui.canvas.in_place.writing import write

            write(self, id, part)

    def _card_at(self, point: QPoint) -> Card | None:
        id = self.block_at(point)
        return self.board.card(id) if id is not None else None

    def _select(self, id: int, modifiers: Qt.KeyboardModifier) -> None:
        selection = self.session.selection
        if modifiers & Modifier.ControlModifier:
            kept = tuple(other for other in selection if other != id)
            self.session.select(kept if id in selection else (*kept, id))
        elif modifiers & Modifier.ShiftModifier and self.anchor is not None:
            self.session.select(between(self.board.laid, self.anchor, id))
            return
        elif id not in selection:
            self.session.select((id,))
        self.anchor = id

    def _pan(self, point: QPoint) -> None:
        assert self._panned is not None
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        for bar, step in (
            (self.horizontalScrollBar(), point.x() - self._panned.x()),
            (self.verticalScrollBar(), point.y() - self._panned.y()),
        ):
            bar.setValue(bar.value() - step)
        self._panned = point

    def _drag(self) -> None:
        self._pressed = self._pressed_on = None
        self.hover(None)
        cards = [card for node in self.session.nodes if (card := self.board.card(node.id)) is not None]
        if cards:
            from designer.ui.canvas.dragging import drag

            drag(self.viewport(), self.session, cards)

    # --- what is held over it -------------------------------------------------------------------------

    @cached_property
    def _dropping(self) -> Dropping:
        from designer.ui.canvas.dropping import Dropping  # the first frame does without

        return Dropping(self.session, self.board)

    @cached_property
    def _scroll(self) -> EdgeScroll:
        from designer.ui.canvas.edge_scroll import EdgeScroll

        return EdgeScroll(self, self._hold)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropping.begin(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._scroll.at(event.position().toPoint())
        if self._hold_at(event):
            copied = self._copies or not event.possibleActions() & Qt.DropAction.MoveAction
            event.setDropAction(Qt.DropAction.CopyAction if copied else Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._scroll.stop()
        self._dropping.end()
        self.refused.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        self._scroll.stop()
        if self._hold_at(event):
            event.acceptProposedAction()
            self._dropping.land()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        else:
            event.ignore()
            self._dropping.end()
        self.refused.emit("")

    def _hold_at(self, event: QDropEvent) -> bool:
        self._held_at = event.position().toPoint()
        self._copies = bool(event.modifiers() & (Modifier.AltModifier | Modifier.ControlModifier))
        return self._hold()

    def _hold(self) -> bool:
        if not self._dropping.holds:
            return False
        spot = self.mapToScene(self._held_at)
        lands = self._dropping.over(spot.x(), spot.y(), self._copies)
        self.refused.emit(self._dropping.refused)
        return lands
