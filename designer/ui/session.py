"""The open design, its history and its selection: the one place where the present design lives."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.design import edits
from designer.design.history import History
from designer.design.tree import Design, Node
from designer.symbolic.block import Block
from designer.symbolic.issue import Issue
from designer.symbolic.registry import Registry
from designer.symbolic.scope import Memo
from designer.ui.numbers import plain
from designer.ui.tr import tr

LABELLED = frozenset({"stack", "repeat", "encoder"})
"""Layouts of blocks that are called by their label; on others it stands beside the name."""

FEW = 16
"""So many blocks are looked for one by one; for more, the whole tree is walked once."""


class Session(QObject):
    """What every view follows.

    `changed(before, after)` is the only signal that carries a design. `selected` says that the selection is
    another, `proposed` that what a gesture would give is another, `kept` that the file is.
    """

    changed = Signal(object, object)
    selected = Signal()
    proposed = Signal()
    kept = Signal()

    def __init__(self, design: Design, registry: Registry, path: Path | None = None) -> None:
        super().__init__()
        self.registry = registry
        self.memo = Memo()
        self.history = History.of(design)
        self.measured = Measured(design, registry, self.memo)
        self.selection: tuple[int, ...] = ()
        self.layers: tuple[int, ...] = ()
        self.proposal: Measured | None = None
        self._issues: list[Issue] | None = None
        self.path = path
        self.opening = design
        self._unedited = design

    @property
    def design(self) -> Design:
        """The present design."""
        return self.history.design

    @property
    def edited(self) -> bool:
        """Whether there is something that saving would keep."""
        return self.design is not self._unedited

    @property
    def issues(self) -> list[Issue]:
        """What there is to say of the present design."""
        if self._issues is None:
            self._issues = issues(self.measured)
        return self._issues

    @property
    def nodes(self) -> list[Node]:
        """The selected nodes, in the order of the tree."""
        tree, wanted = self.design.tree, set(self.selection)
        if len(wanted) > FEW:
            return [node for node in tree.walk() if node.id in wanted]
        return [edits.at(tree, path) for path in sorted(edits.path_to(tree, id) for id in wanted)]

    def block(self, id: int) -> Block:
        """The block of a node with its fields worked out, as it stands in the first round.

        Raises:
            Refusal: where no node has this id.
        """
        step = self.measured.resolved.step
        for index in edits.path_to(self.design.tree, id):
            step = step.inside[index]
        return step.at(0)

    def title(self, id: int) -> str:
        """What a node is called: a stack of layers by its label, where it has one, else the block's name."""
        node, block = edits.find(self.design, id), self.block(id)
        if self.registry.get(node.kind) is None:
            return node.label or node.kind
        return node.label if node.label and block.layout in LABELLED else tr(block.title)

    def copies(self, id: int) -> int:
        """How many sets of weights a node stands for; 1 where it does not count."""
        known = self.measured.nodes.get(id)
        return 1 if known is None else plain(known.copies)

    def price(self, design: Design) -> int:
        """How many parameters another design has more than the present one."""
        return plain(self.measured.of(design).total) - plain(self.measured.total)

    def commit(
        self,
        design: Design,
        title: str,
        gesture: object | None = None,
        select: Iterable[int] | None = None,
    ) -> None:
        """Make a design the present one, as a step called `title`.

        Steps of one `gesture`, any token, become one. `select` are the ids to be selected then; without it
        what is still there stays selected.
        """
        if design is self.design:
            return
        before, now = self.design, self.selection
        selection = self._present(design, now if select is None else tuple(select))
        history = self.history.seen(now).committed(design, title, gesture, selection)
        self._turn(before, history, selection)

    def withdraw(self, gesture: object) -> None:
        """Take a gesture's step back as if it had never been."""
        steps, present = self.history.steps, self.history.present
        if present == 0 or steps[present].gesture is not gesture:
            return
        before, history = self.design, History(steps[:present], present - 1, self.history.limit)
        self._turn(before, history, self._present(history.design, history.view or ()))

    def undo(self) -> None:
        """One step back, with what was selected then."""
        self._go(self.history.undone())

    def redo(self) -> None:
        """One step forth again."""
        self._go(self.history.redone())

    def select(self, ids: Iterable[int], layers: Iterable[int] = ()) -> None:
        """Select these nodes; ids of no node are left out. `layers` are those of a selected Repeat."""
        selection, chosen = self._present(self.design, tuple(ids)), tuple(layers)
        if (selection, chosen) != (self.selection, self.layers):
            self.selection, self.layers = selection, chosen
            self.selected.emit()

    def propose(self, design: Design | None) -> None:
        """What letting go now would give, while something is dragged; None when nothing is."""
        if design is None and self.proposal is None:
            return
        self.proposal = None if design is None else self.measured.of(design)
        self.proposed.emit()

    def start(self, design: Design, path: Path | None = None) -> None:
        """Begin anew with another design, kept at `path` or nowhere."""
        self.path, self.opening, self._unedited = path, design, design
        self._turn(self.design, History.of(design), ())
        self.kept.emit()

    def now_kept(self, path: Path) -> None:
        """The present design has been written to `path`."""
        self.path, self._unedited = path, self.design
        self.kept.emit()

    def _go(self, history: History) -> None:
        if history.present == self.history.present:
            return
        before, left = self.design, self.history.seen(self.selection)
        history = History(left.steps, history.present, history.limit)
        self._turn(before, history, self._present(history.design, history.view or ()))

    def _turn(self, before: Design, history: History, selection: tuple[int, ...]) -> None:
        same = selection == self.selection
        self.history, self.selection = history, selection
        self.measured = self.measured.of(history.design)
        self.proposal = self._issues = None
        if not same:
            self.layers = ()
        self.changed.emit(before, history.design)
        if not same:
            self.selected.emit()

    @staticmethod
    def _present(design: Design, ids: tuple[int, ...]) -> tuple[int, ...]:
        if len(ids) > FEW:
            there = {node.id for node in design.tree.walk()}
            return tuple(id for id in dict.fromkeys(ids) if id in there)
        return tuple(id for id in dict.fromkeys(ids) if edits.has(design.tree, id))
