"""The walk over bodies: a trace from a step, each operation with its multiplicities, names on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

from designer.symbolic.body import Body
from designer.symbolic.frozen import frozen
from designer.symbolic.operation import NUMBERED, BlockRegion, Region, RepeatRegion
from designer.symbolic.scope import Memo, Recording, Scope
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.stream import TOKENS
from designer.symbolic.tensor import Tensor
from designer.symbolic.value import Op, Value


def trace(step: Step, memo: Memo | None = None) -> Body:
    """One pass of `forward`: a body whose entry is the tokens and whose one operation is the root block."""
    scope = Scope(Recording(None), memo if memo is not None else Memo(), "other", {}, {id(step): 0})
    start = Value((), TOKENS)
    out = step(Tensor(scope, start))
    return scope.recording.body((start,), (out.value,))


def walk(body: Body, copies: Count = 1, runs: Count = 1) -> Iterator[tuple[Op, Count, Count]]:
    """Every operation, with how many sets of its weights there are and how often one pass runs it."""
    for op in body.ops:
        yield op, copies, runs
        if isinstance(op, Region):
            for index, inner in enumerate(op.bodies):
                more_copies, more_runs = op.times(index)
                yield from walk(inner, copies * more_copies, runs * more_runs)


def own_bodies(body: Body) -> list[Body]:
    """A block's body and those it runs itself, as in recurrences and experts, with all that an expert holds.
    Those of its children are theirs."""
    known = body.read.get(own_bodies)
    if known is None:
        known = body.read[own_bodies] = [body]
        for op in body.ops:
            if isinstance(op, Region) and not (isinstance(op, BlockRegion) and op.child >= 0):
                read = _all_bodies if isinstance(op, BlockRegion) else own_bodies
                known.extend(own for inner in op.bodies for own in read(inner))
    return known


def _all_bodies(body: Body) -> list[Body]:
    regions = (op for op in body.ops if isinstance(op, Region))
    return [body, *(below for op in regions for inner in op.bodies for below in _all_bodies(inner))]


class Numbers:
    """What children named `{}` take their numbers from: one more with each."""

    __slots__ = ("next",)

    def __init__(self) -> None:
        self.next = 0

    def take(self) -> int:
        """The next number."""
        self.next += 1
        return self.next - 1


@frozen
class Where:
    """Where a walk is. `path`: under which name weights are kept; `place`: where in the graph we stand, which
    differs where weights are shared. A child named `{}` takes the next of the numbers of the nearest named
    block around it, in the order of the data."""

    path: str = ""
    place: str = ""
    numbers: Numbers = field(default_factory=Numbers)
    places: Numbers = field(default_factory=Numbers)

    def inside(self, op: BlockRegion) -> Where:
        """Inside a block."""
        if op.name == NUMBERED:
            return self._numbered(op)
        if not op.name:
            return replace(self, path=f"{op.shares}.", numbers=Numbers()) if op.shares else self
        path = f"{op.shares}." if op.shares else f"{self.path}{op.name}."
        return Where(path, f"{self.place}{op.name}.")

    def _numbered(self, op: BlockRegion) -> Where:
        path = f"{op.shares}." if op.shares else f"{self.path}{self.numbers.take()}."
        return Where(path, f"{self.place}{self.places.take()}.")

    def rounds(self, op: RepeatRegion, times: int) -> Iterator[Where]:
        """Each round of a Repeat in turn; the caller walks one before it asks for the next."""
        if numbers_itself(op):
            first = self.numbers.next
            for _ in range(times):
                if op.shared:
                    self.numbers.next = first
                yield self
            return
        for index in range(times):
            path = self.path if op.shared else f"{self.path}{index}."
            yield Where(path, f"{self.place}{index}.")


def numbers_itself(region: Region) -> bool:
    """Whether what is inside takes its own numbers, so that the region gives none."""
    for body in region.bodies:
        known = body.read.get(numbers_itself)
        if known is None:
            known = body.read[numbers_itself] = any(_numbered(op) for op in body.ops)
        if known:
            return True
    return False


def _numbered(op: Op) -> bool:
    if isinstance(op, BlockRegion):
        return op.name == NUMBERED or (not op.name and numbers_itself(op))
    return isinstance(op, Region) and numbers_itself(op)
