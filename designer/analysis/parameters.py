"""Parameters: how many there are, by category, in all and for each node. Exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from designer.design.edits import has, path_to
from designer.design.tree import Node
from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion, Parameter, Region, RepeatRegion, Times
from designer.symbolic.size import Count, Shape, least, product, total
from designer.symbolic.weights import kept_together

CATEGORIES = ("embedding", "attention", "feed_forward", "output", "positional", "normalization", "other")


class Tally(NamedTuple):
    """Parameters of one set of a body's weights.

    `met` are those that one token meets; `frozen` those that are not trained; `provisional` those recorded
    by a block that does not fit. `once` holds, apart, the bodies whose weights are kept in one place for all
    who share it.
    """

    by_category: Mapping[str, Count]
    met: Mapping[str, Count]
    frozen: Count = 0
    provisional: Count = 0
    once: Mapping[str, tuple[Body, ...]] = MappingProxyType({})

    @property
    def total(self) -> Count:
        """All parameters, without those in `once`."""
        return total(self.by_category.values())

    @property
    def active(self) -> Count:
        """Those that one token meets, without those in `once`."""
        return total(self.met.values())

    def settled(self) -> Tally:
        """The same with what is shared added, once."""
        if not self.once:
            return self
        gathered = _Gathering()
        gathered.add(self, 1, 1)
        for bodies in self.once.values():
            gathered.add(together(bodies), 1, 1)
        return gathered.tally(misfit=False)


class _Gathering:
    """A tally while it grows."""

    def __init__(self) -> None:
        self.by_category: dict[str, Count] = {}
        self._met: dict[str, Count] | None = None
        """None while a token meets all there is, as it mostly does."""
        self.frozen: Count = 0
        self.provisional: Count = 0
        self.once: dict[str, tuple[Body, ...]] = {}

    def parameter(self, op: Parameter, copies: Count = 1, met: Count = 1, fits: bool = True) -> None:
        numbers = product(op.shape)
        kept = numbers * copies
        apart = self._apart(copies is met)
        self.by_category[op.category] = self.by_category.get(op.category, 0) + kept
        if apart is not None:
            apart[op.category] = apart.get(op.category, 0) + numbers * met
        if op.frozen:
            self.frozen = self.frozen + kept
        if not fits:
            self.provisional = self.provisional + kept

    def add(self, part: Tally, copies: Count, met: Count) -> None:
        by_category = self.by_category
        apart = self._apart(copies is met and part.met is part.by_category)
        for category, numbers in part.by_category.items():
            by_category[category] = by_category.get(category, 0) + numbers * copies
        if apart is not None:
            for category, numbers in part.met.items():
                apart[category] = apart.get(category, 0) + numbers * met
        self.frozen = self.frozen + part.frozen * copies
        self.provisional = self.provisional + part.provisional * copies

    def _apart(self, all_met: bool) -> dict[str, Count] | None:
        """What a token meets, where that is not all there is with what is added now."""
        if self._met is None and not all_met:
            self._met = dict(self.by_category)
        return self._met

    def keep(self, once: Mapping[str, tuple[Body, ...]]) -> None:
        for place, bodies in once.items():
            known = self.once.get(place, ())
            new = tuple(body for body in bodies if all(body is not other for other in known))
            self.once[place] = (*known, *new)

    def tally(self, misfit: bool) -> Tally:
        provisional = total(self.by_category.values()) if misfit else self.provisional
        met = self.by_category if self._met is None else self._met
        return Tally(self.by_category, met, self.frozen, provisional, self.once)


def tally(body: Body) -> Tally:
    """The parameters of one set of a body's weights: worked out once a body."""
    known = body.read.get(tally)
    if known is None:
        known = body.read[tally] = _tallied(body)
    return known


def together(bodies: Sequence[Body]) -> Tally:
    """The parameters of bodies that keep their weights in one place, each weight once."""
    if len(bodies) == 1:
        return tally(bodies[0])
    gathered = _Gathering()
    for weight in kept_together(bodies).values():
        gathered.parameter(*weight)
    for body in bodies:
        gathered.keep(tally(body).once)
    return gathered.tally(misfit=False)


def _tallied(body: Body) -> Tally:
    gathered = _Gathering()
    blocks: dict[Body, int] = {}
    for op in body.ops:
        if isinstance(op, Parameter):
            gathered.parameter(op)
        elif isinstance(op, BlockRegion):
            if op.shares:
                gathered.keep({**tally(op.bodies[0]).once, op.shares: op.bodies})
            else:  # blocks that are alike have one body
                blocks[op.bodies[0]] = blocks.get(op.bodies[0], 0) + 1
        elif isinstance(op, Region):
            for part, (copies, runs) in _parts(op):
                gathered.add(part, copies, copies if copies is runs else least(copies, runs))
                gathered.keep(part.once)
    for inner, times in blocks.items():
        part = tally(inner)
        gathered.add(part, times, times)
        gathered.keep(part.once)
    return gathered.tally(body.misfit is not None)


def _parts(op: Region) -> Iterator[tuple[Tally, Times]]:
    """What a region's sets of weights hold, each with its copies and runs."""
    if isinstance(op, RepeatRegion) and op.shared:
        if op.bodies:
            yield together(op.bodies), (1, 1)
        return
    for index, body in enumerate(op.bodies):
        yield tally(body), op.times(index)


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


def runs_again(body: Body) -> bool:
    """Whether a token passes one set of weights more than once, because layers share it."""
    known = body.read.get(runs_again)
    if known is None:
        known = body.read[runs_again] = any(_again(op) for op in body.ops if isinstance(op, Region))
    return known


def _again(op: Region) -> bool:
    alone = op.shares if isinstance(op, BlockRegion) else isinstance(op, RepeatRegion) and op.shared
    return bool(alone) or any(runs_again(inner) for inner in op.bodies)


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
