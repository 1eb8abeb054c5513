"""Links: which block uses what another one gives, beside the stream between neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion, Region
from designer.symbolic.value import Op, Value

Way: TypeAlias = tuple[int, ...]
"""From child to child, each by its place in its container, to a block."""


class Link(NamedTuple):
    """The `user` finds what the `source` offers. `weight`: it is a trained tensor; else rows that flow."""

    source: Way
    user: Way
    weight: bool


def links(body: Body) -> tuple[Link, ...]:
    """Every link between two blocks inside a body, in the order of the users.

    A block that hands a weight on under the same name is the source of those after it. Blocks that keep their
    weights in one place are linked each to the next.
    """
    read = _reading(body)
    places: dict[str, list[Way]] = {}
    for place, way in read.kept:
        places.setdefault(place, []).append(way)
    kept = (Link(a, b, True) for ways in places.values() for a, b in pairwise(dict.fromkeys(ways)))
    return tuple(dict.fromkeys((*read.links, *kept)))


class _Reading(NamedTuple):
    """Of one body: links inside it, what it finds above under a name and where that is used, the blocks that
    make what it offers, and the places that blocks keep their weights in."""

    links: tuple[Link, ...]
    wanted: tuple[tuple[str, Way], ...]
    given: tuple[tuple[str, Way], ...]
    kept: tuple[tuple[str, Way], ...]


_NOTHING = _Reading((), (), (), ())


def _reading(body: Body) -> _Reading:
    known = body.read.get(_reading)
    if known is None:
        found = _Pass(body).reading()
        known = body.read[_reading] = found if any(found) else _NOTHING
    return known


class _Pass:
    """One pass over the operations of a body."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.found = {value: name for name, value in body.finds.items()}
        self.made: dict[Value, Way] = {}
        self.links: list[Link] = []
        self.wanted: list[tuple[str, Way]] = []
        self.kept: list[tuple[str, Way]] = []

    def reading(self) -> _Reading:
        for op in self.body.ops:
            if isinstance(op, BlockRegion) and not op.shares and _is_apart(op):
                continue
            if isinstance(op, Region):
                self._run(op)
            elif self.found or self.made:
                self._take(op)
        given = (
            (name, self.made.get(value, ()))
            for name, value in self.body.offers.items()
            if value not in self.found
        )
        return _Reading(
            tuple(dict.fromkeys(self.links)),
            tuple(dict.fromkeys(self.wanted)),
            tuple(given),
            tuple(self.kept),
        )

    def _take(self, op: Op) -> None:
        for value in op.inputs:
            self._use(value, ())

    def _run(self, op: Region) -> None:
        step: Way = (op.child,) if isinstance(op, BlockRegion) and op.child >= 0 else ()
        if isinstance(op, BlockRegion) and op.shares:
            self.kept.append((op.shares, step))
        carried: dict[str, tuple[Value, Way]] = {}
        for inner in op.bodies:
            read = _reading(inner)
            self.links.extend(_below(step, read.links))
            self.kept.extend((place, step + way) for place, way in read.kept)
            for name, way in read.wanted:
                outer = op.finds.get(name)
                if outer is not None:
                    self._use(outer, step + way)
                elif name in carried:  # an earlier round has offered it
                    value, source = carried[name]
                    self.links.append(Link(source, step + way, value.stream is None))
            for name, way in read.given:
                carried[name] = op.offers[name], step + way
                self.made[op.offers[name]] = step + way

    def _use(self, value: Value, way: Way) -> None:
        if value in self.made:
            self.links.append(Link(self.made[value], way, value.stream is None))
        elif value in self.found:
            self.wanted.append((self.found[value], way))


def _is_apart(op: Region) -> bool:
    """Whether an operation is known to have nothing to do with any other: most have not."""
    return len(op.bodies) == 1 and op.bodies[0].read.get(_reading) is _NOTHING


def _below(step: Way, links: tuple[Link, ...]) -> Iterator[Link]:
    return (Link(step + source, step + user, weight) for source, user, weight in links)
