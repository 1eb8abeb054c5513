"""Bodies: what one pass of a forward recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from designer.symbolic.issue import Said
from designer.symbolic.size import Count, Size
from designer.symbolic.value import Op, Value

CheckKind = Literal["equal", "divides", "at_most"]


class Check(NamedTuple):
    """A condition the trace met: `equal`; `left` divides `right`; `left` is at most `right`."""

    kind: CheckKind
    left: Count
    right: Count
    cause: Said

    def at(self, values: Mapping[str, Any]) -> Check:
        """The same with numbers in place of names."""
        left, right = (Size.of(count).at(values) for count in (self.left, self.right))
        return Check(self.kind, left, right, self.cause)

    def names(self) -> frozenset[str]:
        """The names that it depends on."""
        return Size.of(self.left).names() | Size.of(self.right).names()

    def verdict(self) -> bool | None:
        """Whether it holds; None where sizes leave that to a reading with numbers."""
        left, right = self.left, self.right
        if isinstance(left, Size) or isinstance(right, Size):
            return True if left == right and self.kind != "divides" else None
        if self.kind == "equal":
            return left == right
        return left != 0 and right % left == 0 if self.kind == "divides" else left <= right


class Body:
    """Operations, with what came in, what goes out, what was found above and what is offered below.

    It knows no path and no round: a pure value, kept and reused. `missing` are names it looked for in vain.
    `misfit` is why it had to pass its entry on. `read` keeps what readings have worked out.
    """

    __slots__ = ("checks", "entries", "exits", "finds", "misfit", "missing", "offers", "ops", "read")

    def __init__(
        self,
        ops: tuple[Op, ...],
        entries: tuple[Value, ...],
        exits: tuple[Value, ...],
        finds: Mapping[str, Value],
        offers: Mapping[str, Value],
        checks: tuple[Check, ...] = (),
        missing: frozenset[str] = frozenset(),
        misfit: Said | None = None,
    ) -> None:
        self.ops, self.entries, self.exits = ops, entries, exits
        self.finds, self.offers, self.checks = finds, offers, checks
        self.missing, self.misfit = missing, misfit
        self.read: dict[Any, Any] = {}
