"""What the ledger's lines say: counts in the whole design, exact, and how they compare. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from designer.analysis.measured import Measured
from designer.analysis.node_counts import NodeCount
from designer.analysis.parameters import CATEGORIES
from designer.ui.canvas.laid import Laid
from designer.ui.canvas.ledger.sheet import folded, leaves
from designer.ui.canvas.shown import Shown
from designer.ui.canvas.words import title
from designer.ui.numbers import plain
from designer.ui.tr import counted, tr


class Counts(NamedTuple):
    """What each node counts, what all do, and what the greatest line does, whose bar is full."""

    nodes: Mapping[int, NodeCount]
    total: int
    most: int

    def of(self, id: int) -> int:
        """What a node counts in the whole design; 0 where its weights are counted elsewhere."""
        known = self.nodes.get(id)
        return plain(known.total) if known is not None else 0

    def share(self, id: int) -> float:
        """How long a node's bar is, of the longest."""
        return min(self.of(id) / self.most, 1.0) if self.most else 0.0

    def at(self, root: Laid, scale: float) -> Counts:
        """The same for a scale at which some lines are those of folded containers."""
        most = max((self.of(laid.id) for laid in folded(root, scale)), default=0)
        return self._replace(most=max(most, 1))

    def parts(self, id: int) -> list[tuple[str, int]]:
        """What a node counts by category, without zeros."""
        known = self.nodes.get(id)
        whole = known.whole if known is not None else {}
        return [(category, plain(whole[category])) for category in CATEGORIES if whole.get(category)]

    def provisional(self, id: int) -> bool:
        """Whether some of it was recorded by a block that does not fit."""
        known = self.nodes.get(id)
        return known is not None and bool(known.provisional)


def counts(measured: Measured, root: Laid) -> Counts:
    """The counts of a design as it is laid out."""
    nodes = measured.nodes
    known = (nodes.get(laid.id) for laid in leaves(root))
    most = max((plain(count.total) for count in known if count is not None), default=0)
    return Counts(nodes, plain(measured.total), most)


def added(before: Measured, after: Measured) -> tuple[str, int] | None:
    """The category that grows the most from one design to another, and by how much all grow together; None
    where none does."""
    now = before.by_category
    more = {name: plain(count) - plain(now[name]) for name, count in after.by_category.items()}
    category = max(more, key=lambda name: more[name])
    return (category, sum(more.values())) if more[category] > 0 else None


def subtotal(shown: Shown, count: NodeCount | None) -> str:
    """What a bracket's subtotal is of: `32 layers`; of a stack its name."""
    repeat = shown.repeat
    if shown.layout != "repeat" or repeat is None:
        return shown.node.label or title(shown)
    rounds = plain(repeat.rounds)
    if repeat.shared:
        return counted(rounds, "once, {n} pass", "once, {n} passes")
    layers = rounds * (plain(count.copies) if count is not None else 1)
    if any(child.layout == "repeat" for child in shown.inside):
        return tr("{n} times", n=f"{layers:,}")
    return counted(layers, "{n} layer", "{n} layers")
