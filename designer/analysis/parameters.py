"""Parameters: how many there are, by category, in all and for each node. Exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from designer.design.tree import Node
from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion, Parameter, Region
from designer.symbolic.size import Count, Shape, least, product, total

CATEGORIES = ("embedding", "attention", "feed_forward", "output", "positional", "normalization", "other")


@dataclass(frozen=True)
class Tally:
    """Parameters of one set of a body's weights.

    `active` are those that one token meets; `frozen` those that are not trained; `provisional` those recorded
    by a block that does not fit. `once` holds, apart, what is kept in one place for all who share it.
    """

    by_category: Mapping[str, Count]
    active: Count
    frozen: Count = 0
    provisional: Count = 0
    once: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def total(self) -> Count:
        """All parameters, without those in `once`."""
        return total(self.by_category.values())

    def settled(self) -> Tally:
        """The same with what is shared added, once."""
        if not self.once:
            return self
        gathered = _Gathering()
        for part in (self, *self.once.values()):
            gathered.add(part, 1, 1)
        return gathered.tally(misfit=False)


class _Gathering:
    """A tally while it grows."""

    def __init__(self) -> None:
        self.by_category: dict[str, Count] = {}
        self.active: Count = 0
        self.frozen: Count = 0
        self.provisional: Count = 0
        self.once: dict[str, Tally] = {}

    def parameter(self, op: Parameter) -> None:
        numbers = product(op.shape)
        self.by_category[op.category] = self.by_category.get(op.category, 0) + numbers
        self.active = self.active + numbers
        if op.frozen:
            self.frozen = self.frozen + numbers

    def add(self, part: Tally, copies: Count, met: Count) -> None:
        by_category = self.by_category
        for category, numbers in part.by_category.items():
            by_category[category] = by_category.get(category, 0) + numbers * copies
        self.active = self.active + part.active * met
        self.frozen = self.frozen + part.frozen * copies
        self.provisional = self.provisional + part.provisional * copies

    def tally(self, misfit: bool) -> Tally:
        provisional = total(self.by_category.values()) if misfit else self.provisional
        return Tally(self.by_category, self.active, self.frozen, provisional, self.once)


def tally(body: Body) -> Tally:
    """The parameters of one set of a body's weights: worked out once a body."""
    known = body.read.get(tally)
    if known is None:
        known = body.read[tally] = _tallied(body)
    return known


def _tallied(body: Body) -> Tally:
    gathered = _Gathering()
    for op in body.ops:
        if isinstance(op, Parameter):
            gathered.parameter(op)
        elif isinstance(op, Region):
            for index, inner in enumerate(op.bodies):
                part = tally(inner)
                gathered.once.update(part.once)
                if isinstance(op, BlockRegion) and op.shares:
                    gathered.once[op.shares] = part
                    continue
                copies, runs = op.times(index)
                gathered.add(part, copies, copies if copies is runs else least(copies, runs))
    return gathered.tally(body.misfit is not None)


@dataclass
class NodeCount:
    """What a node counts. `one`: one set of its weights; `whole`: in the whole design, shared ones once;
    `copies`: sets of weights there are; `runs`: passes a token makes. `entry` and `exit` are row shapes.
    """

    one: Tally
    whole: dict[str, Count]
    copies: Count
    runs: Count
    provisional: Count
    entry: Shape
    exit: Shape
    misfit: bool = False
    bodies: tuple[Body, ...] = ()

    @property
    def total(self) -> Count:
        """Parameters in the whole design."""
        return total(self.whole.values())


def by_node(root: Node, trace: Body) -> dict[int, NodeCount]:
    """What each node counts, by id. Nodes that no round picks are absent."""
    counts: dict[int, NodeCount] = {}
    _visit_ops((root,), trace, 1, 1, counts, set())
    return counts


def _visit_ops(
    inside: tuple[Node, ...],
    body: Body,
    copies: Count,
    runs: Count,
    counts: dict[int, NodeCount],
    kept: set[str],
) -> None:
    for op in body.ops:
        if not isinstance(op, Region):
            continue
        for index, inner in enumerate(op.bodies):
            more, again = op.times(index)
            own, passes = copies * more, runs * again
            if not isinstance(op, BlockRegion):
                _visit_ops(inside, inner, own, passes, counts, kept)
            elif op.child >= 0:
                sets: Count = own
                if op.shares:
                    sets = 0 if op.shares in kept else 1
                    kept.add(op.shares)
                node = inside[op.child]
                _note(node, inner, sets, passes, counts)
                _visit_ops(node.inside, inner, sets, passes, counts, kept)


def _note(node: Node, body: Body, copies: Count, runs: Count, counts: dict[int, NodeCount]) -> None:
    one = tally(body)
    known = counts.get(node.id)
    if known is None:
        whole = {category: numbers * copies for category, numbers in one.by_category.items()}
        ends = body.entries[0].shape, body.exits[0].shape
        provisional, misfit = one.provisional * copies, body.misfit is not None
        counts[node.id] = NodeCount(one, whole, copies, runs, provisional, *ends, misfit, (body,))
        return
    for category, numbers in one.by_category.items():
        known.whole[category] = known.whole.get(category, 0) + numbers * copies
    known.copies, known.runs = known.copies + copies, known.runs + runs
    known.provisional = known.provisional + one.provisional * copies
    known.misfit = known.misfit or body.misfit is not None
    if all(body is not other for other in known.bodies):
        known.bodies = (*known.bodies, body)
