"""What is held while a variable moves, said under its slider, and the other way round by one click."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from designer.design.expression import Expression
from designer.design.holding import held_while, hold_instead, moved_by
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import link
from designer.ui.numbers import exact
from designer.ui.session import Session
from designer.ui.tr import tr


class VariableMoves(QWidget):
    """`swapped` says that another variable is held now."""

    swapped = Signal()

    def __init__(self, session: Session, appearance: Appearance, name: str) -> None:
        super().__init__()
        self._session, self._name, self._moves = session, name, ""
        self.says = label("", appearance.theme.fonts.caption, "2", wraps=True)
        self.swap = link(appearance, "", tr("Hold the other one instead"))
        self.swap.setFont(appearance.theme.fonts.caption.font)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 2)
        row.setSpacing(6)
        row.addWidget(self.says, 1)
        row.addWidget(self.swap)
        self.swap.clicked.connect(self._swap)

    def show_moves(self, counts_stay: bool) -> None:
        """Say what is held and what moves; `counts_stay`: no parameter does."""
        design = self._session.design
        held, others = held_while(design, self._name), moved_by(design, self._name)
        self._moves = held.moves if held is not None else ""
        self.swap.setVisible(held is not None)
        self.swap.setText(tr("hold {name} instead", name=self._moves))
        self.swap.setAccessibleName(tr("Hold {name} instead", name=self._moves))
        if held is not None and held.held:
            words = "{held} held, {moves} moves" if len(others) == 1 else "{held} held; {moves} move"
            kept = ", ".join(_with_value(self._session, name) for name in held.held)
            self.says.setText(tr(words, held=kept, moves=", ".join(others)))
        elif others:
            words = "{moves} moves with it" if len(others) == 1 else "{moves} move with it"
            self.says.setText(tr(words, moves=", ".join(others)))
        else:
            self.says.setText(tr("moves work, no parameters") if counts_stay else tr("nothing else moves"))

    def _swap(self) -> None:
        if self._moves:
            design = hold_instead(self._session.design, self._name, self._moves)
            self._session.commit(design, tr("Hold {name}", name=self._moves))
            self.swapped.emit()


def _with_value(session: Session, name: str) -> str:
    """A variable as it is held: `32 query heads` where a field that follows it has a word for it, else its
    name."""
    value = session.measured.resolved.valued.numbers.get(name)
    word = _word(session, name)
    if not word or not isinstance(value, int):
        return name
    return tr("{value} {word}", value=exact(value), word=word)


def _word(session: Session, name: str) -> str:
    """What the first field that follows a variable and nothing else is called."""
    for node in session.design.tree.walk():
        made = session.registry.get(node.kind)
        if made is None or name not in node.used:
            continue
        for field, declared in made.fields().items():
            setting = node.fields.get(field)
            if isinstance(setting, Expression) and setting.text.strip() == name:
                words = tr(declared.label)
                return words[:1].lower() + words[1:]
    return ""
