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
    operations stands instead, as in `{2}` or, seen through a body that adds no name, `{0:2}`: no two of those
    are the same.
    """

    name: str
    path: tuple[int, ...] = ()


def claimed_twice(trace: Body) -> Iterator[Claim]:
    """Every claim of a name that was claimed before, with stars for all numbers.

    Whoever takes numbers beside a Repeat without a name, whose rounds are numbered too, is taken to meet it.
    """
    if _heads(trace) is not None:
        return
    taken: set[str] = set()
    numbered: set[str] = set()
    for claim in _claims(trace):
        starred = re.sub(r"\{[\d:]*\}", "*", claim.name)
        if claim.name in taken or starred in (numbered if starred == claim.name else taken):
            yield claim._replace(name=starred)
        taken.add(claim.name)
        if starred != claim.name:
            numbered.add(starred)


def _heads(body: Body) -> frozenset[str] | None:
    """What the names in a body begin with, where that alone tells all of them apart; None where it does not.

    Worked out once a body: an edit asks anew only of what holds the edited block.
    """
    if _heads not in body.read:
        body.read[_heads] = _told_apart(body)
    return body.read[_heads]


def _told_apart(body: Body) -> frozenset[str] | None:
    known: set[str] = set()
    for op in body.ops:
        heads = _heads_of(op) if isinstance(op, (Parameter, Region)) else frozenset[str]()
        if heads is None or not known.isdisjoint(heads):
            return None
        known |= heads
    return frozenset(known)


def _heads_of(op: Parameter | Region) -> frozenset[str] | None:
    if isinstance(op, Parameter):
        return _head(op.name)
    if isinstance(op, BlockRegion):
        if op.shares:
            return frozenset()
        below = _heads(op.bodies[0])
        return _head(op.name) if op.name and below is not None else below
    if isinstance(op, RepeatRegion) and not numbers_itself(op) and not op.shared:
        return frozenset("*") if all(_heads(body) is not None for body in op.bodies) else None
    return None


def _head(name: str) -> frozenset[str] | None:
    return None if "{" in name else frozenset((name.partition(".")[0],))


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
        for name, path in () if op.shares else _of_block(op, place):
            yield Claim(name, (op.child, *path) if op.child >= 0 else ())
    elif isinstance(op, RepeatRegion) and not op.shared and not numbers_itself(op):
        yield from (Claim(f"*.{name}", path) for name, path in _alternatives(op.bodies))
    elif isinstance(op, Region):
        claims = _alternatives(op.bodies) if not isinstance(op, RepeatRegion) or op.shared else _of_rounds(op)
        yield from (Claim(_apart(name, place), path) for name, path in claims)


def _of_block(op: BlockRegion, place: int) -> Iterator[Claim]:
    """A name begins numbers anew: what takes them inside is told apart by its turn."""
    own = f"{{{place}}}" if op.name == NUMBERED else op.name
    turns: dict[str, int] = {}
    for name, path in _claims(op.bodies[0]):
        if own and name.startswith("{"):
            spot, _, rest = name.partition(".")
            name = f"{{{turns.setdefault(spot, len(turns))}}}.{rest}"
        yield Claim(f"{own}.{name}" if own else _apart(name, place), path)


def _of_rounds(op: RepeatRegion) -> Iterator[Claim]:
    """What a Repeat claims that leaves its numbers to what it holds: what takes none, every round claims."""
    yield from (claim for claim in _alternatives(op.bodies) if _numbered(claim))
    for body, rounds in zip(op.bodies, op.counts, strict=True):
        for claim in _claims(body):
            if not _numbered(claim):
                yield from [claim] * (1 if rounds == 1 else 2)


def _alternatives(bodies: tuple[Body, ...]) -> Iterator[Claim]:
    """What bodies claim of which each round runs one: a name as often as the one that claims it most."""
    most: dict[str, list[Claim]] = {}
    for body in bodies:
        own: dict[str, list[Claim]] = {}
        for claim in _claims(body):
            own.setdefault(claim.name, []).append(claim)
        most |= {name: claims for name, claims in own.items() if len(claims) > len(most.get(name, ()))}
    return (claim for claims in most.values() for claim in claims)


def _numbered(claim: Claim) -> bool:
    return claim.name.startswith("{")


def _apart(name: str, place: int) -> str:
    return f"{{{place}:{name[1:]}" if name.startswith("{") else name
