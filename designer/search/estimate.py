"""Expressions on arrays, in float64, that know how far they may be from what Python's numbers would say.

Whole numbers up to 2^53 are exact in float64, and `+ - * / // %` of it round as Python's do. So an estimate's
`error` is 0 until a whole number outgrows that, and a comparison is in `doubt` only within the error. Points
in doubt are counted again with ints.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from math import inf, isfinite, isnan, nan, ulp
from typing import Any

import numpy as np

from designer.design.arithmetic import INTS, Arithmetic, Operator, power
from designer.design.grammar import COMPARISONS
from designer.symbolic.issue import Refusal, said

EXACT = 2.0**53

HUGE = 2**1000
"""Beyond this nothing is estimated: whatever depends on it is counted with ints."""

_DIVISIONS = (np.true_divide, np.floor_divide, np.remainder)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Numbers, no farther than `error` from the true ones. `whole`: those are ints."""

    value: Any
    error: float = 0.0
    whole: bool = True

    @staticmethod
    def of(number: Any, error: float = 0.0) -> Estimate:
        """The estimate of a number or an array of them, whose own error is known."""
        if isinstance(number, Estimate):
            return number
        whole = isinstance(number, int) or (isinstance(number, np.ndarray) and number.dtype.kind in "iO")
        if isinstance(number, int):
            number = min(max(number, -HUGE), HUGE)
        elif whole and number.dtype.kind == "O":
            number = np.minimum(np.maximum(number, -HUGE), HUGE)
        value = np.asarray(number, np.float64)
        return Estimate(value, error + _rounding(value) if whole else error, whole)


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a condition holds, where that is in doubt, and by how much it fails.

    `gap` gives the relative distance between the two sides of a comparison, positive where it fails.
    """

    holds: Any
    doubt: Any
    gap: Callable[[], Any]

    @staticmethod
    def of(value: Any) -> Truth:
        """A condition, or a flag that is one."""
        if isinstance(value, Truth):
            return value
        if not isinstance(value, bool):
            raise Refusal("", said("A number stands where a condition is needed."))
        return Truth(np.bool_(value), np.bool_(False), lambda: -1.0 if value else 1.0)


def _largest(value: Any) -> float:
    """The largest of some numbers, nan left aside: where there is no number, Python has none either."""
    largest = float(np.fmax.reduce(np.abs(value), axis=None, initial=0.0))
    return largest if largest < HUGE else inf


def _rounding(value: Any) -> float:
    """How far the nearest float may be from whole numbers of this size."""
    largest = _largest(value)
    return 0.0 if largest < EXACT else ulp(largest)


def _reckoned(work: Callable[..., Any], spread: Callable[[Estimate, Estimate, Any], float]) -> Operator:
    """An operation on estimates; `spread` is what their errors come to in the result."""

    def applied(left: Any, right: Any) -> Estimate:
        a, b = Estimate.of(left), Estimate.of(right)
        whole = a.whole and b.whole and work is not np.true_divide
        with np.errstate(all="ignore"):
            value = work(a.value, b.value)
        if work in _DIVISIONS and not np.all(b.value):
            value = np.where(b.value == 0, nan, value)
        if a.error == 0 == b.error:
            return Estimate(value, _rounding(value) if whole else 0.0, whole)
        error = spread(a, b, value) + 2 * ulp(_largest(value))
        return Estimate(value, inf if isnan(error) else error, whole)

    return applied


def _of_product(a: Estimate, b: Estimate, _: Any) -> float:
    return a.error * _largest(b.value) + b.error * _largest(a.value) + a.error * b.error


def _of_quotient(a: Estimate, b: Estimate, value: Any) -> float:
    nearest = float(np.fmin.reduce(np.abs(b.value), axis=None, initial=inf)) - b.error
    return (a.error + _largest(value) * b.error) / nearest if nearest > 0 else inf


def _of_steps(*_: Any) -> float:
    return inf  # a floor jumps


def _powered(left: Any, right: Any) -> Estimate:
    a, b = Estimate.of(left), Estimate.of(right)
    with np.errstate(all="ignore"):
        value = np.power(a.value, b.value)
    whole = a.whole and b.whole and bool(np.all(b.value >= 0))
    finite = np.isfinite(value)
    value = np.where(finite, value, nan)
    largest = _largest(value) if np.all(finite) or not whole else inf
    if not a.error == 0 == b.error:
        return Estimate(value, inf, whole)
    if whole and largest < EXACT / 8:
        return Estimate(np.rint(value), 0.0, True)
    return Estimate(value, 8 * ulp(largest), whole)


def _on_one(work: Callable[[Any], Any]) -> Operator:
    def applied(argument: Any) -> Estimate:
        a = Estimate.of(argument)
        return Estimate(work(a.value), a.error, a.whole)

    return applied


def _picked(work: Callable[[Any, Any], Any]) -> Operator:
    def pick(left: Any, right: Any) -> Estimate:
        a, b = Estimate.of(left), Estimate.of(right)
        return Estimate(work(a.value, b.value), max(a.error, b.error), a.whole and b.whole)

    return lambda *arguments: reduce(pick, arguments)


def _compared(work: Callable[[Any, Any], Any], gap: Callable[[Any], Any]) -> Operator:
    def applied(left: Any, right: Any) -> Truth:
        a, b = Estimate.of(left), Estimate.of(right)
        error = a.error + b.error
        with np.errstate(all="ignore"):
            holds = work(a.value, b.value) & np.isfinite(a.value) & np.isfinite(b.value)
            doubt = ~(np.abs(a.value - b.value) > error) if error > 0 else np.bool_(False)
        return Truth(holds, doubt, lambda: gap(_relative(a.value, b.value)))

    return applied


def _relative(a: Any, b: Any) -> Any:
    """How far `a` is above `b`, measured by the greater of the two; infinite where there is no telling."""
    with np.errstate(all="ignore"):
        scale = np.maximum(np.abs(a), np.abs(b))
        apart = np.where(scale > 0, (a - b) / scale, 0.0)
    return np.where(np.isfinite(apart), apart, inf)


def _and(*values: Any) -> Truth:
    truths = [Truth.of(value) for value in values]
    return Truth(
        reduce(np.logical_and, [t.holds for t in truths]),
        reduce(np.logical_or, [t.doubt for t in truths]),
        lambda: reduce(np.maximum, [t.gap() for t in truths]),
    )


def _or(*values: Any) -> Truth:
    truths = [Truth.of(value) for value in values]
    return Truth(
        reduce(np.logical_or, [t.holds for t in truths]),
        reduce(np.logical_or, [t.doubt for t in truths]),
        lambda: reduce(np.minimum, [t.gap() for t in truths]),
    )


def _not(value: Any) -> Truth:
    truth = Truth.of(value)
    return Truth(np.logical_not(truth.holds), truth.doubt, lambda: -truth.gap())


def _sum_of_errors(a: Estimate, b: Estimate, _: Any) -> float:
    return a.error + b.error


ESTIMATES: Arithmetic = {
    "+": _reckoned(np.add, _sum_of_errors),
    "-": _reckoned(np.subtract, _sum_of_errors),
    "*": _reckoned(np.multiply, _of_product),
    "/": _reckoned(np.true_divide, _of_quotient),
    "//": _reckoned(np.floor_divide, _of_steps),
    "%": _reckoned(np.remainder, _of_steps),
    "**": _powered,
    "negative": _on_one(np.negative),
    "positive": _on_one(np.positive),
    "abs": _on_one(np.abs),
    "min": _picked(np.minimum),
    "max": _picked(np.maximum),
    "<": _compared(np.less, lambda apart: apart),
    "<=": _compared(np.less_equal, lambda apart: apart),
    ">": _compared(np.greater, lambda apart: -apart),
    ">=": _compared(np.greater_equal, lambda apart: -apart),
    "==": _compared(np.equal, np.abs),
    "!=": _compared(np.not_equal, lambda apart: -np.abs(apart)),
    "and": _and,
    "or": _or,
    "not": _not,
}
"""Numbers become Estimates, conditions Truths. `/` is real division; only finite numbers compare."""


def _tried(work: Operator) -> Operator:
    """The same, with nan where there is no number."""

    def applied(*arguments: Any) -> Any:
        try:
            return work(*arguments)
        except (ZeroDivisionError, OverflowError, Refusal):
            return nan

    return applied


def _finite(number: Any) -> bool:
    return isinstance(number, int) or isfinite(number)


def _among_finite(work: Operator, otherwise: Any) -> Operator:
    return lambda *arguments: work(*arguments) if all(map(_finite, arguments)) else otherwise


NUMBERS: Arithmetic = {
    **INTS,
    **{sign: _tried(INTS[sign]) for sign in ("+", "-", "*", "//", "%")},
    "/": _tried(operator.truediv),
    "**": _tried(power),
    **{sign: _among_finite(INTS[sign], nan) for sign in ("min", "max")},
    **{sign: _among_finite(INTS[sign], False) for sign in COMPARISONS},
}
"""The same on Python's numbers, exact where they are ints: nan where there is no number."""
