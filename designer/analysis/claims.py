"""Claims: the names that blocks keep tensors under, and those that are claimed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion, Op, Parameter, Region, RepeatRegion
from designer.symbolic.walk import NUMBERED, numbers_itself


class Claim(NamedTuple):
    """A tensor's name inside a body, and the way from child to child to the block that keeps it.

    A star stands for the rounds of a Repeat. Where a block takes the next number, its place among the
    operations stands instead, as in `{2}` or, through a body that adds no name, `{0:2}`: no two of those are
    the same.
    """

    name: str
    path: tuple[int, ...] = ()


def claimed_twice(trace: Body) -> Iterator[Claim]:
    """Every claim of a name that was claimed before, with stars for all numbers."""
    taken: set[str] = set()
    for claim in _claims(trace):
        if claim.name in taken:
            yield claim._replace(name=re.sub(r"\{[\d:]*\}", "*", claim.name))
        taken.add(claim.name)


def _claims(body: Body) -> list[Claim]:
    known = body.read.get(_claims)
    if known is None:
        found = (claim for place, op in enumerate(body.ops) for claim in _of_op(op, place))
        known = body.read[_claims] = list(found)
    return known


def _of_op(op: Op, place: int) -> Iterator[Claim]:
    if isinstance(op, Parameter):
        yield Claim(op.name)
    elif isinstance(op, BlockRegion):
        own = f"{{{place}}}" if op.name == NUMBERED else op.name
        for name, path in () if op.shares else _claims(op.bodies[0]):
            name = f"{own}.{name}" if own else _apart(name, place)
            yield Claim(name, (op.child, *path) if op.child >= 0 else ())
    elif isinstance(op, RepeatRegion) and not op.shared and not numbers_itself(op):
        yield from (Claim(f"*.{name}", path) for name, path in _alternatives(op.bodies))
    elif isinstance(op, Region):
        claims = _alternatives(op.bodies) if not isinstance(op, RepeatRegion) or op.shared else _of_rounds(op)
        yield from (Claim(_apart(name, place), path) for name, path in claims)


def _of_rounds(op: RepeatRegion) -> Iterator[Claim]:
    """What a Repeat claims that leaves its numbers to what it holds: what takes none, every round claims."""
    for body, rounds in zip(op.bodies, op.counts, strict=True):
        for claim in _claims(body):
            yield claim
            if not claim.name.startswith("{") and rounds != 1:
                yield claim


def _alternatives(bodies: tuple[Body, ...]) -> Iterator[Claim]:
    """What bodies claim of which each round runs one: a name as often as the one that claims it most."""
    most: dict[str, list[Claim]] = {}
    for body in bodies:
        own: dict[str, list[Claim]] = {}
        for claim in _claims(body):
            own.setdefault(claim.name, []).append(claim)
        most |= {name: claims for name, claims in own.items() if len(claims) > len(most.get(name, ()))}
    return (claim for claims in most.values() for claim in claims)


def _apart(name: str, place: int) -> str:
    return f"{{{place}:{name[1:]}" if name.startswith("{") else name
