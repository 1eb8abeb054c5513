"""Tensors: every parameter of the checkpoint by name, written out or with repeated layers starred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from designer.symbolic.body import Body
from designer.symbolic.frozen import frozen
from designer.symbolic.operation import (
    NUMBERED,
    Alias,
    BlockRegion,
    ExpertsRegion,
    Parameter,
    Region,
    RepeatRegion,
    Value,
)
from designer.symbolic.size import Count, Shape
from designer.symbolic.walk import Where, numbers_itself
from designer.symbolic.weights import segment

STAR = "*"
_NUMBER = re.compile(r"(?<![^.])(\d+|\{\})(?![^.])")


@frozen
class NamedTensor:
    """A parameter of the checkpoint: its name, shape and category; `copies` of it under a starred name.

    A tied one is a second name of another tensor, `tied_to`, and there are 0 copies of it.
    """

    name: str
    shape: Shape
    category: str
    copies: Count = 1
    tied_to: str | None = None


def tensors(trace: Body) -> Iterator[NamedTensor]:
    """Every tensor, layers and experts written out, tied ones too, in the order of the data.

    The trace must be of plain ints.
    """
    yield from _WrittenOut().listed(trace, Where(), once=False)


def patterns(trace: Body) -> list[NamedTensor]:
    """The same with a star for every number in a name; equal ones merged, `copies` summed.

    Of any body, named from there.
    """
    merged: dict[tuple[str, Shape, str, str | None], NamedTensor] = {}
    for tensor in _Merged().listed(trace, "", 1, None):
        name, tied = starred(tensor.name), tensor.tied_to and starred(tensor.tied_to)
        key = (name, tensor.shape, tensor.category, tied)
        known = merged.get(key)
        copies = known.copies + tensor.copies if known else tensor.copies
        merged[key] = replace(tensor, name=name, tied_to=tied, copies=copies)
    return list(merged.values())


def starred(name: str) -> str:
    """A name with every numeric segment starred."""
    return _NUMBER.sub(STAR, name)


class _Listing:
    """A walk over the tensors of a trace. It knows which weight a value is, and which it has listed already
    of those that are kept in one place for several."""

    def __init__(self) -> None:
        self.names: dict[Value, str] = {}
        self.kept: set[str] = set()

    def enter(self, op: Region, body: Body, carried: Mapping[str, str]) -> None:
        """What a body finds is known from an earlier round, or from above."""
        for name, value in body.finds.items():
            known = carried.get(name) or (self.names.get(op.finds[name]) if name in op.finds else None)
            if known is not None:
                self.names[value] = known

    def leave(self, op: Region, body: Body) -> dict[str, str]:
        """What a body offers is known to what follows."""
        given: dict[str, str] = {}
        for name, value in body.offers.items():
            if value in self.names:
                given[name] = self.names[op.offers[name]] = self.names[value]
        return given

    def weight(
        self, op: Parameter | Alias, path: str, copies: Count, place: str | None
    ) -> Iterator[NamedTensor]:
        """A parameter, or a second name of one, under every name that the checkpoint has for it; only the
        first time where it is kept in a `place` for several."""
        tensors = list(self._named(op, path + op.name, path, copies))
        if place is None or place + op.name not in self.kept:
            yield from tensors
        if place is not None:
            self.kept.add(place + op.name)

    def _named(self, op: Parameter | Alias, name: str, path: str, copies: Count) -> Iterator[NamedTensor]:
        if isinstance(op, Alias):
            source = self.names[op.output] = self.names.get(op.inputs[0], "")
            if source != name:
                yield NamedTensor(name, op.output.shape, op.category, 0, source)
            return
        self.names[op.output] = name
        shape = (*op.stacked, *op.shape)
        yield NamedTensor(name, shape, op.category, copies)
        for other in op.also:
            yield NamedTensor(path + other, shape, op.category, 0, name)


class _WrittenOut(_Listing):
    """Every layer and every expert by itself; places are where weights are kept."""

    def listed(self, body: Body, where: Where, once: bool) -> Iterator[NamedTensor]:
        for op in body.ops:
            if isinstance(op, (Parameter, Alias)):
                yield from self.weight(op, where.path, 1, where.path if once else None)
            elif isinstance(op, RepeatRegion):
                yield from self._rounds(op, where, once or op.shared)
            elif isinstance(op, ExpertsRegion) and op.one_by_one:
                yield from self._apart(op, where, once)
            elif isinstance(op, BlockRegion):
                yield from self._inside(op, where.inside(op), once or bool(op.shares))
            elif isinstance(op, Region):
                yield from self._inside(op, where, once)

    def _inside(self, op: Region, where: Where, once: bool) -> Iterator[NamedTensor]:
        self.enter(op, op.bodies[0], {})
        yield from self.listed(op.bodies[0], where, once)
        self.leave(op, op.bodies[0])

    def _rounds(self, op: RepeatRegion, where: Where, once: bool) -> Iterator[NamedTensor]:
        carried: dict[str, str] = {}
        assert isinstance(op.rounds, int)
        for round, here in enumerate(where.rounds(op, op.rounds)):
            body = op.body(round)
            self.enter(op, body, carried)
            yield from self.listed(body, here, once)
            carried |= self.leave(op, body)

    def _apart(self, op: ExpertsRegion, where: Where, once: bool) -> Iterator[NamedTensor]:
        assert isinstance(op.count, int)
        for tensor in list(self._inside(op, where, once)):
            before, mark, after = tensor.name.rpartition(NUMBERED)
            for number in range(op.count if mark else 1):
                yield replace(tensor, name=f"{before}{number if mark else ''}{after}")


class _Merged(_Listing):
    """Layers of a Repeat once for each different one, numbered as they come; experts under their mark."""

    def listed(self, body: Body, path: str, copies: Count, place: str | None) -> Iterator[NamedTensor]:
        for op in body.ops:
            if isinstance(op, (Parameter, Alias)):
                yield from self.weight(op, path, copies, place)
            elif isinstance(op, Region):
                yield from self._inside(op, path, copies, self._place(op, place))

    def _inside(self, op: Region, path: str, copies: Count, place: str | None) -> Iterator[NamedTensor]:
        carried: dict[str, str] = {}
        for index, body in enumerate(op.bodies):
            self.enter(op, body, carried)
            below = None if place is None else place + segment(op, index)
            yield from self.listed(body, _path(op, path, index), _copies(op, copies, index), below)
            carried |= self.leave(op, body)

    def _place(self, op: Region, place: str | None) -> str | None:
        if isinstance(op, BlockRegion) and op.shares:
            return f"{op.shares}."
        if place is None and isinstance(op, RepeatRegion) and op.shared:
            return f"{len(self.kept)}:"
        return place


def _copies(op: Region, copies: Count, index: int) -> Count:
    if isinstance(op, BlockRegion):
        return 1 if op.shares else copies
    stacked = isinstance(op, ExpertsRegion) and not op.one_by_one
    return copies if stacked else copies * op.times(index)[0]


def _path(op: Region, path: str, index: int) -> str:
    if isinstance(op, BlockRegion) and op.shares:
        return f"{op.shares}."
    if isinstance(op, RepeatRegion) and numbers_itself(op):
        return path
    return path + segment(op, index)
