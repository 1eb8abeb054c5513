"""Scopes: where a tensor is being used while a trace runs, and the memory of bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from designer.symbolic.body import Body, Check, CheckKind
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Misfit, Said
from designer.symbolic.size import Count, Shape
from designer.symbolic.value import Op, Value

Layout = Literal["plain", "transposed"]


@frozen
class Stored:
    """A checkpoint's name for a part of a block, how its linear's weight is kept ([out, in] or transposed),
    and under which other names the checkpoint may hold the very same tensor."""

    name: str
    layout: Layout = "plain"
    also: tuple[str, ...] = ()


class Memo:
    """Bodies and kinds already known, bounded; owned by whoever opened the design."""

    def __init__(self, limit: int = 20_000) -> None:
        self._limit = limit
        self._young: dict[Any, Any] = {}
        self._old: dict[Any, Any] = {}

    def get(self, key: Any) -> Any:
        """What is kept under `key`, or None."""
        kept = self._young.get(key)
        if kept is None and (kept := self._old.get(key)) is not None:
            self.keep(key, kept)
        return kept

    def keep(self, key: Any, thing: Any) -> None:
        """Remember; what was not asked for lately is forgotten first."""
        if len(self._young) >= self._limit:
            self._old, self._young = self._young, {}
        self._young[key] = thing


class Recording:
    """What a body will hold, while it is being recorded. `uneven`: something in its block plainly does not
    divide, so that views of its parts need not add up."""

    __slots__ = ("checks", "finds", "missing", "offers", "ops", "parent", "uneven", "weights")

    def __init__(self, parent: Scope | None, offers: dict[str, Value] | None = None) -> None:
        self.parent = parent
        self.ops: list[Op] = []
        self.finds: dict[str, Value] = {}
        self.offers: dict[str, Value] = {} if offers is None else offers
        self.checks: list[Check] = []
        self.missing: set[str] = set()
        self.weights: dict[str, Value] = {}
        self.uneven = False

    def body(self, entries: tuple[Value, ...], exits: tuple[Value, ...], misfit: Said | None = None) -> Body:
        """What was recorded, as a body."""
        ops, checks = tuple(self.ops), tuple(self.checks)
        missing = frozenset(self.missing)
        return Body(ops, entries, exits, self.finds, self.offers, checks, missing, misfit)


class Scope:
    """Carries what a forward needs and nobody passes: the recording, the block's category and names, the
    round, the axes that weights are stacked along, the places of the block's children (by the id of their
    steps), and the memory of bodies."""

    __slots__ = ("category", "children", "memo", "names", "prefix", "recording", "round", "stacked")

    def __init__(
        self,
        recording: Recording,
        memo: Memo,
        category: str,
        names: Mapping[str, Stored],
        children: Mapping[int, int],
        round: int = 0,
        stacked: Shape = (),
        prefix: str = "",
    ) -> None:
        self.recording, self.memo = recording, memo
        self.category, self.names, self.children = category, names, children
        self.round, self.stacked, self.prefix = round, stacked, prefix

    def inner(
        self,
        offers: dict[str, Value] | None = None,
        round: int | None = None,
        stacked: Shape | None = None,
    ) -> Scope:
        """A new body inside this one, under the same block."""
        recording = Recording(self, offers)
        recording.uneven = self.recording.uneven
        return Scope(
            recording,
            self.memo,
            self.category,
            self.names,
            self.children,
            self.round if round is None else round,
            self.stacked if stacked is None else stacked,
            self.prefix,
        )

    def part(self, name: str) -> Scope:
        """The same body, with parameters named under `name`."""
        prefix = f"{self.prefix}{name}."
        return Scope(
            self.recording,
            self.memo,
            self.category,
            self.names,
            self.children,
            self.round,
            self.stacked,
            prefix,
        )

    def find(self, name: str) -> Value | None:
        """A value offered above, as an entry of this body; None where nobody offers it."""
        here = self.recording
        if name in here.offers:
            return here.offers[name]
        if name not in here.finds:
            known = here.parent.find(name) if here.parent else None
            if known is None:
                here.missing.add(name)
                return None
            here.finds[name] = Value(known.shape, known.stream)
        return here.finds[name]

    def peek(self, name: str) -> Value | None:
        """A value offered above, without making it an entry."""
        scope: Scope | None = self
        while scope is not None:
            here = scope.recording
            found = here.offers.get(name) or here.finds.get(name)
            if found is not None:
                return found
            scope = here.parent
        return None

    def stored(self, name: str) -> Stored:
        """The checkpoint's name for a part of this block, and how it is kept."""
        local = self.prefix + name
        if local in self.names:
            return self.names[local]
        module, _, leaf = local.rpartition(".")
        if module in self.names:
            known = self.names[module]
            return Stored(f"{known.name}.{leaf}" if known.name else leaf, known.layout)
        return Stored(local)

    def check(self, kind: CheckKind, left: Count, right: Count, cause: Said) -> None:
        """Record a condition unless it plainly holds.

        Raises:
            Misfit: where two ints must be equal and are not.
        """
        check = Check(kind, left, right, cause)
        verdict = check.verdict()
        if verdict is True:
            return
        if verdict is False and kind == "equal":
            raise Misfit(cause)
        if verdict is False and kind == "divides":
            self.recording.uneven = True
        self.recording.checks.append(check)

    def same(self, left: Shape, right: Shape, cause: Said) -> None:
        """Record that two shapes must be equal, axis by axis.

        Raises:
            Misfit: where they plainly are not.
        """
        if len(left) != len(right):
            raise Misfit(cause)
        for a, b in zip(left, right, strict=True):
            self.check("equal", a, b, cause)
