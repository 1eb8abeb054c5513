"""Node counts: the parameters of each node, in one set of its weights and in the whole design. Exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from designer.analysis.parameters import Tally, tally, together
from designer.design.edits import has, path_to
from designer.design.tree import Node
from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion, Region, RepeatRegion
from designer.symbolic.size import Count, Shape, total


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


def by_node(root: Node, trace: Body) -> NodeCounts:
    """What each node counts, by id."""
    return NodeCounts((root,), trace)


def below(node: Node, body: Body) -> NodeCounts:
    """What the nodes that one holds count in one body of it, by id."""
    return NodeCounts(node.inside, body)


class NodeCounts(Mapping[int, NodeCount]):
    """What nodes count that stand side by side in a body, and all below them, by id.

    It is worked out when first asked for: what one container holds, all at once. Nodes that no round picks
    are absent.
    """

    def __init__(self, nodes: Sequence[Node], body: Body) -> None:
        self._nodes = nodes
        self._counts: dict[int, NodeCount] = {}
        self._visits: dict[int, list[_Visit]] = {}
        self._enter(nodes, _Visit((_Pass(body, 1),), 1, frozenset()))

    def __getitem__(self, id: int) -> NodeCount:
        if id not in self._counts:
            self._reach(id)
        return self._counts[id]

    def __iter__(self) -> Iterator[int]:
        return (node.id for top in self._nodes for node in top.walk() if node.id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _reach(self, id: int) -> None:
        """Enter every container above a node."""
        for node in self._nodes:
            for index in path_to(node, id) if has(node, id) else ():
                for visit in self._visits.pop(node.id, ()):
                    self._enter(node.inside, visit)
                node = node.inside[index]

    def _enter(self, nodes: Sequence[Node], visit: _Visit) -> None:
        for child, inner in _visits(visit):
            node = nodes[child]
            self._note(node, inner)
            if node.inside:
                self._visits.setdefault(node.id, []).append(inner)

    def _note(self, node: Node, visit: _Visit) -> None:
        passes, copies = visit.passes, visit.copies
        bodies = tuple(dict.fromkeys([body for body, _ in passes]))
        one, runs = together(bodies), total([runs for _, runs in passes])
        known = self._counts.get(node.id)
        if known is None:
            ends = bodies[0].entries[0].shape, bodies[0].exits[0].shape
            known = self._counts[node.id] = NodeCount(one, {}, 0, 0, 0, *ends)
        for category, numbers in one.by_category.items():
            known.whole[category] = known.whole.get(category, 0) + numbers * copies
        known.copies, known.runs = known.copies + copies, known.runs + runs
        known.provisional = known.provisional + one.provisional * copies
        known.misfit = known.misfit or any(body.misfit is not None for body in bodies)
        known.bodies = tuple(dict.fromkeys((*known.bodies, *bodies)))


class _Pass(NamedTuple):
    """A body, and how often a token passes it."""

    body: Body
    runs: Count


class _Visit(NamedTuple):
    """The passes through bodies that keep their weights in one place, in so many sets; `kept` are the places
    for several that were met before."""

    passes: Sequence[_Pass]
    copies: Count
    kept: frozenset[str]


def _visits(visit: _Visit) -> Iterator[tuple[int, _Visit]]:
    """The blocks that bodies hold, each by its place there; one may be visited more than once."""
    kept = visit.kept
    for op, index, inner in _regions(visit.passes):
        copies = visit.copies * op.times(index)[0]
        if not isinstance(op, BlockRegion):
            yield from _visits(_Visit(inner, copies, kept))
        elif op.child >= 0:
            if op.shares:
                copies = 0 if op.shares in kept else 1
                kept |= {op.shares}
            yield op.child, _Visit(inner, copies, kept)
        for body, _ in inner:
            if once := tally(body).once:
                kept |= once.keys()


def _regions(passes: Sequence[_Pass]) -> Iterator[tuple[Region, int, Sequence[_Pass]]]:
    """The regions of bodies that keep their weights in one place, each body of them with the passes through
    it: what stands in the same spot is kept in the same place."""
    if len(passes) == 1:
        yield from _regions_of(*passes[0])
        return
    found: dict[tuple[object, int, int], tuple[Region, int, list[_Pass]]] = {}
    for body, runs in passes:
        spots: Counter[object] = Counter()
        for op in body.ops:
            if not isinstance(op, Region):
                continue
            spot = op.child if isinstance(op, BlockRegion) else type(op)
            spots[spot] += 1
            for index, inner in enumerate(op.bodies):
                at = 0 if isinstance(op, RepeatRegion) and op.shared else index
                _, _, together = found.setdefault((spot, spots[spot], at), (op, index, []))
                together.append(_Pass(inner, runs * op.times(index)[1]))
    yield from found.values()


def _regions_of(body: Body, runs: Count) -> Iterator[tuple[Region, int, Sequence[_Pass]]]:
    """The same of one body, where nothing has to be brought together but rounds of one set of weights."""
    for op in body.ops:
        if isinstance(op, Region):
            inner = [_Pass(inner, runs * op.times(index)[1]) for index, inner in enumerate(op.bodies)]
            if isinstance(op, RepeatRegion) and op.shared:
                yield from [(op, 0, inner)] if inner else ()
            else:
                yield from ((op, index, (passed,)) for index, passed in enumerate(inner))
