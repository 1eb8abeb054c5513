"""Tensors: every parameter of the checkpoint by name, written out or with repeated layers starred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from designer.symbolic.body import Body
from designer.symbolic.operation import (
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

STAR = "*"
_NUMBER = re.compile(r"(?<=\.)(\d+|\{\})(?=\.)|^(\d+|\{\})(?=\.)")


@dataclass(frozen=True)
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
    yield from _WrittenOut().listed(trace, Where())


def patterns(trace: Body) -> list[NamedTensor]:
    """The same with a star for every number in a name; equal ones merged, `copies` summed.

    Of any body, named from there.
    """
    merged: dict[tuple[str, Shape, str, str | None], NamedTensor] = {}
    for tensor in _Starred().listed(trace, "", 1):
        key = (tensor.name, tensor.shape, tensor.category, tensor.tied_to)
        known = merged.get(key)
        merged[key] = replace(known, copies=known.copies + tensor.copies) if known else tensor
    return list(merged.values())


def starred(name: str) -> str:
    """A name with every numeric segment starred."""
    return _NUMBER.sub(STAR, name)


class _Held:
    """Which weight a value is, by full name, while a walk goes on."""

    def __init__(self) -> None:
        self.names: dict[Value, str] = {}

    def enter(self, op: Region, body: Body, carried: dict[str, str] | None = None) -> None:
        for name, value in body.finds.items():
            known = (carried or {}).get(name) or (
                self.names.get(op.finds[name]) if name in op.finds else None
            )
            if known is not None:
                self.names[value] = known

    def leave(self, op: Region, body: Body) -> dict[str, str]:
        given: dict[str, str] = {}
        for name, value in body.offers.items():
            if value in self.names:
                given[name] = self.names[op.offers[name]] = self.names[value]
        return given

    def weight(self, op: Parameter | Alias, path: str, copies: Count) -> Iterator[NamedTensor]:
        name = path + op.name
        if isinstance(op, Alias):
            source = self.names.get(op.inputs[0], "")
            self.names[op.output] = source
            if source != name:
                yield NamedTensor(name, op.output.shape, op.category, 0, source)
            return
        self.names[op.output] = name
        shape = (*op.stacked, *op.shape)
        yield NamedTensor(name, shape, op.category, copies)
        for other in op.also:
            yield NamedTensor(path + other, shape, op.category, 0, name)


class _WrittenOut:
    def __init__(self) -> None:
        self.held = _Held()

    def listed(self, body: Body, where: Where) -> Iterator[NamedTensor]:
        for op in body.ops:
            if isinstance(op, (Parameter, Alias)):
                yield from self.held.weight(op, where.path, 1)
            elif isinstance(op, RepeatRegion):
                yield from self._rounds(op, where)
            elif isinstance(op, ExpertsRegion) and op.one_by_one:
                yield from self._apart(op, where)
            elif isinstance(op, Region):
                inner = where.inside(op) if isinstance(op, BlockRegion) else where
                yield from self._inside(op, op.bodies[0], inner)

    def _inside(self, op: Region, body: Body, where: Where) -> Iterator[NamedTensor]:
        self.held.enter(op, body)
        yield from self.listed(body, where)
        self.held.leave(op, body)

    def _rounds(self, op: RepeatRegion, where: Where) -> Iterator[NamedTensor]:
        carried: dict[str, str] = {}
        seen: set[str] = set()
        assert isinstance(op.rounds, int)
        for round, here in enumerate(where.rounds(op, op.rounds)):
            body = op.body(round)
            self.held.enter(op, body, carried)
            for tensor in self.listed(body, here):
                if not op.shared or tensor.name not in seen:
                    yield tensor
                seen.add(tensor.name)
            carried |= self.held.leave(op, body)

    def _apart(self, op: ExpertsRegion, where: Where) -> Iterator[NamedTensor]:
        assert isinstance(op.count, int)
        for tensor in list(self._inside(op, op.bodies[0], where)):
            for number in range(op.count):
                yield replace(tensor, name=tensor.name.replace("{}", str(number)))


class _Starred:
    def __init__(self) -> None:
        self.held = _Held()

    def listed(self, body: Body, path: str, copies: Count) -> Iterator[NamedTensor]:
        for op in body.ops:
            if isinstance(op, (Parameter, Alias)):
                for tensor in self.held.weight(op, path, copies):
                    tied = starred(tensor.tied_to) if tensor.tied_to is not None else None
                    yield replace(tensor, name=starred(tensor.name), tied_to=tied)
            elif isinstance(op, Region):
                yield from self._inside(op, path, copies)

    def _inside(self, op: Region, path: str, copies: Count) -> Iterator[NamedTensor]:
        carried: dict[str, str] = {}
        for index, body in enumerate(op.bodies):
            self.held.enter(op, body, carried)
            sets: Count = 1 if isinstance(op, BlockRegion) and op.shares else copies
            if isinstance(op, RepeatRegion) or (isinstance(op, ExpertsRegion) and op.one_by_one):
                sets = copies * op.times(index)[0]
            yield from self.listed(body, _starred_path(op, path), sets)
            carried |= self.held.leave(op, body)


def _starred_path(op: Region, path: str) -> str:
    if isinstance(op, BlockRegion):
        if op.shares:
            return f"{op.shares}."
        return f"{path}{op.name}." if op.name else path
    if isinstance(op, RepeatRegion) and not op.shared and not numbers_itself(op):
        return f"{path}{STAR}."
    return path
