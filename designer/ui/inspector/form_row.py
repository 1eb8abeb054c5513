"""One row of a form: a label at the left, what is set beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from designer.design.tree import Node, Setting
from designer.symbolic.field import Field
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.fonts import Role
from designer.ui.inspector.fields import Differs, Way, common
from designer.ui.session import Session
from designer.ui.tr import tr


class Target(Protocol):
    """Where a form's changes go."""

    @property
    def session(self) -> Session:
        """The session that is edited."""
        ...

    def put(self, way: Way, setting: Setting, name: str, gesture: object | None = None) -> None:
        """Set a field of the selected blocks; `name` is what people call it."""
        ...

    def put_each(
        self, way: Way, settings: Sequence[Setting], name: str, gesture: object | None = None
    ) -> None:
        """Set a field of one selected block after another."""
        ...

    def price(self, way: Way, setting: Setting) -> int:
        """How many parameters more the whole design would have with a field set so."""
        ...

    def legal(self, way: Way) -> list[int]:
        """What a count may be beside the others, where they leave few numbers; empty where any will do."""
        ...


LEAST = 0.55
"""A label gives way to its field so far, and no further."""
GAP = 8
BESIDE, BELOW = QHBoxLayout.Direction.LeftToRight, QHBoxLayout.Direction.TopToBottom


class Row(QWidget):
    """A field by its way, with its label at the left."""

    def __init__(self, way: Way, declared: Field, target: Target, appearance: Appearance) -> None:
        super().__init__()
        self.way, self.declared = way, declared
        self._target, self._appearance = target, appearance
        self.name = tr(declared.label)
        self.label = label(self.name, appearance.theme.fonts.body, "2", wraps=True)
        if declared.help:
            self.setToolTip(tr(declared.help))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(3)
        self.line = QHBoxLayout()
        self.line.setSpacing(GAP)
        self.line.addWidget(self.label)
        self.column.addLayout(self.line)
        self._told: QLabel | None = None

    def set_label(self, role: Role, width: int, room: int) -> None:
        """All labels of a form are of one size, and as wide as the widest; `room` is for label and field.

        A name that is longer takes a second line, between two words. A field that needs nearly the whole row
        stands below its label.
        """
        self.label.setFont(role.font)
        left = room - GAP - self.needed
        word = max(role.width(word) for word in self.name.split()) + 2
        wide = max(left if width * LEAST <= left < width else width, word)
        below = left < word
        self.line.setDirection(BELOW if below else BESIDE)
        self.line.setSpacing(2 if below else GAP)
        wide = room if below else wide
        self.label.setFixedSize(wide, self.label.heightForWidth(wide))

    def tell(self, words: str) -> None:
        """Say something small under the field; nothing takes no room."""
        if self._told is None:
            self._told = label("", self._appearance.theme.fonts.caption, "3", wraps=True)
            self.column.addWidget(self._told)
        self._told.setText(words)
        self._told.setVisible(bool(words))

    @property
    def needed(self) -> int:
        """What stands beside the label needs so many pixels, or it would be cut: then the label gives way."""
        return 0

    def refresh(self, nodes: Sequence[Node]) -> None:
        """Show what these nodes have."""
        self.show_setting(common(nodes, self.way, self.declared))

    def show_setting(self, setting: Setting | Differs) -> None:
        """Show a setting."""
        raise NotImplementedError
