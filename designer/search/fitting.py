"""Which designs fit: the checks of a trace, as conditions on arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from designer.analysis.measured import Measured
from designer.search.bounds import Ranges, bounds
from designer.search.polynomial import Polynomial, divisors
from designer.search.selection import Points
from designer.symbolic.body import Body, Check
from designer.symbolic.issue import Issue
from designer.symbolic.operation import Region
from designer.symbolic.size import Count, Size

Condition: TypeAlias = Callable[[Any], Any]


class Fitting:
    """What must hold for a design to fit: nothing that a trace of plain numbers would find fault with.

    `never` says that no design of this trace fits, whatever its symbols are.
    """

    def __init__(
        self, measured: Measured, forgiven: frozenset[str], sizes: Sequence[Count], ranges: Ranges,
        order: Sequence[str],
    ) -> None:  # fmt: skip
        """`forgiven`: faults that the design had before the search. `sizes`: what will be worked out."""
        checks = list(found_checks(measured))
        misfit = any(body.misfit is not None for body in bodies(measured.body))
        failed = any(check.verdict() is False for check in checks)
        self.never = misfit or failed or not faults(measured) <= forgiven
        self._conditions: list[Condition] = []
        if self.never:
            return
        sides = [side for check in checks for side in (check.left, check.right)]
        for divisor in dict.fromkeys(d for size in (*sides, *sizes) for d in divisors(size)):
            self._require(divisor, ranges, order, _without_zero, lambda n: n != 0)
        for check in dict.fromkeys((c.kind, c.left, c.right) for c in checks):
            self._check(*check, ranges, order)

    def __call__(self, points: Points) -> Points:
        """Those of the points that fit."""
        if self.never:
            return points.taken(np.empty(0, np.intp))
        for condition in self._conditions:
            if len(points) == 0:
                break
            mask = condition(points.values)
            points = points.kept(np.broadcast_to(mask, len(points)))
        return points

    def _check(self, kind: str, left: Count, right: Count, ranges: Ranges, order: Sequence[str]) -> None:
        apart = Size.of(right) - left
        if kind == "equal":
            self._require(
                apart.fraction()[0], ranges, order, lambda low, high: low == high == 0, lambda n: n == 0
            )
        elif kind == "at_most":
            self._require(apart, ranges, order, lambda low, high: low >= 0, lambda n: n >= 0)
        else:
            self._require(Size.of(left), ranges, order, _without_zero, lambda n: n != 0)
            if not _plainly_divides(left, right):
                below, above = (Polynomial(side, ranges, order, exact=True) for side in (left, right))
                self._conditions.append(lambda values: above(values) % below(values) == 0)

    def _require(
        self, size: Size, ranges: Ranges, order: Sequence[str],
        always: Callable[[Any, Any], bool], condition: Condition,
    ) -> None:  # fmt: skip
        """A condition on a size, unless it holds over all of its range."""
        interval = bounds(size, ranges)
        if interval is not None and always(*interval):
            return
        number = Polynomial(size, ranges, order, exact=True)
        self._conditions.append(lambda values: condition(number(values)))


def found_checks(measured: Measured) -> Iterator[Check]:
    """Every check that was met: in variables and fields, and in the bodies of the trace."""
    for _, finding in measured.resolved.findings:
        if isinstance(finding, Check):
            yield finding
    for body in bodies(measured.body):
        yield from body.checks


def faults(measured: Measured) -> frozenset[str]:
    """Fields and variables that are not what they must be, in words."""
    findings = (finding for _, finding in measured.resolved.findings)
    return frozenset(str(f.cause) for f in findings if isinstance(f, Issue) and f.severity == "unsound")


def bodies(body: Body) -> Iterator[Body]:
    """A body and all inside it, each once."""
    seen: set[int] = set()
    waiting = [body]
    while waiting:
        body = waiting.pop()
        if id(body) not in seen:
            seen.add(id(body))
            yield body
            waiting.extend(inner for op in body.ops if isinstance(op, Region) for inner in op.bodies)


def _without_zero(low: Any, high: Any) -> bool:
    return not low <= 0 <= high


def _plainly_divides(left: Count, right: Count) -> bool:
    """Whether the quotient is a whole polynomial, so that it divides whatever the names are."""
    exact = Size.of(right) // left
    return all(isinstance(atom, str) for monomial in exact.terms for atom, _ in monomial)
