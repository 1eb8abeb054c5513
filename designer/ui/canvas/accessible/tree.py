"""The canvas as a list of blocks inside blocks, as the accessibility bus knows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
    QColor,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget

from designer.ui.canvas.accessible.facts import Facts
from designer.ui.canvas.keyboard import Walked
from designer.ui.canvas.laid import Laid

Action, Event, Role, State = (
    QAccessibleActionInterface,
    QAccessible.Event,
    QAccessible.Role,
    QAccessible.State,
)


class Listing(QAccessibleWidget):
    """What holds blocks: by their order, and by their place on the screen. `id` is None for the canvas."""

    def __init__(self, told: Told, id: int | None, role: QAccessible.Role) -> None:
        super().__init__(told.canvas if id is None else told.canvas.viewport(), role)
        self.told, self.id = told, id

    def childCount(self) -> int:
        return len(self.told.facts.inside(self.id))

    def child(self, index: int, /) -> QAccessibleInterface | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The block of this place; None where there is none."""
        ids = self.told.facts.inside(self.id)
        return self.told.block(ids[index]) if 0 <= index < len(ids) else None

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        return self.told.facts.index(self.id, child.id) if isinstance(child, Block) else -1

    def childAt(self, x: int, y: int, /) -> QAccessibleInterface | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.told.block(self.told.facts.at(self.id, x, y))

    def focusChild(self) -> QAccessibleInterface | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        canvas = self.told.canvas
        return self.told.block(canvas.at) if canvas.hasFocus() and self.id is None else None


class Tree(Listing):
    """The canvas itself."""

    def __init__(self, told: Told) -> None:
        super().__init__(told, None, Role.List)

    def state(self) -> QAccessible.State:
        """As every widget's, and several blocks can be selected."""
        state = super().state()
        state.multiSelectable = state.extSelectable = True
        return state


class Block(Listing):
    """A block. It knows the node's id alone, and looks everything else up when it is asked.

    A card that is gone makes it invalid, and `Told` takes it out. It is made as a widget's, since of what can
    be derived from in Python only that offers actions; it stands for no widget, though.
    """

    def __init__(self, told: Told, id: int) -> None:
        super().__init__(told, id, Role.ListItem)
        self.id: int = id

    def isValid(self) -> bool:
        return self.told.facts.laid(self.id) is not None

    def text(self, t: QAccessible.Text, /) -> str:
        """Its name, or all that its card says."""
        if t == QAccessible.Text.Name:
            return self.told.name(self.id)
        return self.told.facts.story(self.id) if t == QAccessible.Text.Description else ""

    def state(self) -> QAccessible.State:
        """How it stands with the user."""
        return self.told.facts.state(self.id)

    def rect(self) -> QRect:
        """Where it stands on the screen, in px."""
        return self.told.facts.place(self.id)

    def parent(self) -> QAccessibleInterface:
        """What it stands in."""
        return self.told.block(self.told.facts.around(self.id)) or self.told.tree

    def object(self) -> QObject | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """None: it is painted, and no object of Qt's."""

    def window(self) -> QWindow:
        """The window that the canvas is in."""
        return self.told.canvas.window().windowHandle()

    def foregroundColor(self) -> QColor:
        return self.told.canvas.appearance.theme.text

    def backgroundColor(self) -> QColor:
        return self.told.canvas.appearance.theme.card

    def actionNames(self) -> list[str]:
        names = [Action.setFocusAction(), Action.pressAction()]
        return [*names, Action.toggleAction()] if self.told.facts.opens(self.id) else names

    def doAction(self, actionName: str, /) -> None:
        canvas = self.told.canvas
        if not self.isValid():
            return
        if actionName == Action.toggleAction():
            canvas.close_containers((self.id,))
        else:
            canvas.walk_to(self.id)
            if actionName == Action.pressAction():
                canvas.edit_requested.emit()

    def keyBindingsForAction(self, actionName: str, /) -> list[str]:
        return []


class Told(QObject):
    """The blocks that somebody has asked for, and what those hear of changes. The canvas owns it."""

    def __init__(self, canvas: Walked) -> None:
        super().__init__(canvas)
        self.canvas, self.facts = canvas, Facts(canvas)
        blocks = self._blocks = dict[int, Block]()
        self._names: dict[int, tuple[Laid | None, str]] = {}
        self._selected = frozenset(canvas.session.selection)
        self._at: int | None = None
        self.tree = Tree(self)
        canvas.board.stood.connect(self._stood)
        canvas.session.selected.connect(self._mark)
        canvas.walked.connect(self._focus)
        canvas.destroyed.connect(lambda: _forget(blocks))

    @property
    def made(self) -> int:
        """How many blocks somebody has asked for."""
        return len(self._blocks)

    def block(self, id: int | None) -> Block | None:
        """The block of a node; None where it is not drawn."""
        if id is None or self.facts.laid(id) is None:
            return None
        known = self._blocks.get(id)
        if known is None:
            known = self._blocks[id] = Block(self, id)
            QAccessible.registerAccessibleInterface(known)
        return known

    def name(self, id: int) -> str:
        """What a block is called; when that changes, whoever asked will hear of it."""
        words = self.facts.name(id)
        self._names[id] = (self.facts.laid(id), words)
        return words

    def _stood(self) -> None:
        """The cards are others or stand elsewhere."""
        for id in [id for id in self._blocks if self.facts.laid(id) is None]:
            self._names.pop(id, None)
            _forget({id: self._blocks.pop(id)})
        for id, (laid, before) in list(self._names.items()):
            if self.facts.laid(id) is not laid and self.name(id) != before:
                QAccessible.updateAccessibility(QAccessibleEvent(self._blocks[id], Event.NameChanged))
        QAccessible.updateAccessibility(QAccessibleEvent(self.canvas, Event.ObjectReorder))

    def _mark(self) -> None:
        """Others are selected."""
        now = frozenset(self.canvas.session.selection)
        changed, self._selected = now ^ self._selected, now
        state = State()
        state.selected = True
        for id in changed & self._blocks.keys():
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self._blocks[id], state))
        if self.canvas.hasFocus():
            self._focus(self.canvas.at)

    def _focus(self, id: int | None) -> None:
        """The keyboard is at another block, or has left."""
        if id == self._at:
            return
        self._at = id
        block = self.block(id) if QAccessible.isActive() else None
        if block is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(block, Event.Focus))


def _forget(blocks: dict[int, Block]) -> None:
    """Take blocks out of Qt's register, which owns what it holds: what Python lets go of first, it would
    free a second time."""
    while blocks:
        _, block = blocks.popitem()  # a name keeps it until Qt has freed it
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(block))
