"""Steps: what a container receives to run. A resolved node, with ints or sizes in its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.symbolic import region
from designer.symbolic.block import Block
from designer.symbolic.body import Body
from designer.symbolic.issue import Misfit
from designer.symbolic.schedule import Schedule
from designer.symbolic.scope import Memo, Recording, Scope, Stored
from designer.symbolic.tensor import Tensor
from designer.symbolic.value import Value


class Kind:
    """A structure compared by value, its hash worked out once."""

    __slots__ = ("_hash", "parts")

    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts, self._hash = parts, hash(parts)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Kind) and self._hash == other._hash and self.parts == other.parts


class Step:
    """A block with what it holds, under the names its checkpoint gives it.

    `name` is the checkpoint's segment ("" for none); `names` its dialect, from the block's local names to the
    checkpoint's; `shares` the one place where every step that says so keeps its weights.

    `kind` is what the step is, whoever it is: steps of one kind are traced once. `varying` are the block's
    fields that differ from round to round, `schedules` everything that varies over the rounds of the nearest
    Repeat around.
    """

    __slots__ = ("block", "inside", "kind", "name", "names", "schedules", "shares", "varying")

    def __init__(
        self,
        block: Block,
        inside: tuple[Step, ...] = (),
        name: str = "",
        names: Mapping[str, Stored] | None = None,
        shares: str = "",
    ) -> None:
        self.block, self.inside, self.name, self.shares = block, inside, name, shares
        self.names: Mapping[str, Stored] = names or {}
        held = tuple([step.held for step in inside])
        self.kind = Kind((type(block), block, tuple(sorted(self.names.items(), key=_by_name)), held))
        self.varying: Mapping[str, Schedule] = block.varying()
        below = [] if block.layout == "repeat" else [s for step in inside for s in step.schedules]
        self.schedules: tuple[Schedule, ...] = (*self.varying.values(), *below)

    def __call__(self, x: Tensor) -> Tensor:
        """Run the block on `x`, or take the body it left last time."""
        scope = x.scope
        varying = tuple([schedule[scope.round] for schedule in self.schedules]) if self.schedules else ()
        key = (self.kind, x.shape, x.stream, scope.stacked, varying)
        body = scope.memo.get(key)
        if body is None or ((body.finds or body.missing) and not _still_fits(body, scope)):
            body = self._traced(x)
            scope.memo.keep(key, body)
        name = f"{scope.prefix}{self.name}".removesuffix(".") if scope.prefix else self.name
        return region.block(x, body, name, self.shares, scope.children.get(id(self), -1))

    def _traced(self, x: Tensor) -> Body:
        outer, entry = x.scope, Value(x.shape, x.stream)
        block = self.at(outer.round)
        children = {id(step): index for index, step in enumerate(self.inside)}
        recording, category = Recording(outer), block.category
        scope = Scope(recording, outer.memo, category, self.names, children, outer.round, outer.stacked)
        try:
            out = block.forward(Tensor(scope, entry), *self.inside)
            return recording.body((entry,), (out.value,))
        except Misfit as misfit:  # what was recorded still counts; the entry is handed on
            return recording.body((entry,), (entry,), misfit.cause)

    def at(self, round: int) -> Block:
        """The block with each scheduled field at its value for a round."""
        if not self.varying:
            return self.block
        return self.block.changed(**{name: s[round] for name, s in self.varying.items()})

    @property
    def held(self) -> tuple[str, str, Kind]:
        """What it is to a container: its kind, and where it keeps its weights."""
        return self.name, self.shares, self.kind

    def interned(self, memo: Memo) -> Step:
        """The same step, its kind the very object that equal steps under this memory have."""
        known = memo.get(self.kind)
        if known is None:
            memo.keep(self.kind, self.kind)
        else:
            self.kind = known
        return self

    def __hash__(self) -> int:
        return hash(self.held)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Step):
            return False
        return self.held == other.held


def _by_name(pair: tuple[str, Stored]) -> str:
    return pair[0]


def _still_fits(body: Body, scope: Scope) -> bool:
    for name, value in body.finds.items():
        known = scope.peek(name)
        if known is None or known.shape != value.shape or known.stream != value.stream:
            return False
    return all(scope.peek(name) is None for name in body.missing)
