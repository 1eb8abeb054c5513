"""Parameters: how many there are, by category, in one set of a body's weights. Exact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion, Parameter, Region, RepeatRegion, Times
from designer.symbolic.size import Count, least, product, total
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


def runs_again(body: Body) -> bool:
    """Whether a token passes one set of weights more than once, because layers share it."""
    known = body.read.get(runs_again)
    if known is None:
        known = body.read[runs_again] = any(_again(op) for op in body.ops if isinstance(op, Region))
    return known


def _again(op: Region) -> bool:
    if (isinstance(op, BlockRegion) and op.shares) or (isinstance(op, RepeatRegion) and op.shared):
        return True
    return any(map(runs_again, op.bodies))
