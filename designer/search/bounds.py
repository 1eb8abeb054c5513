"""Between which numbers a size stays while its names move over ranges: interval arithmetic, exact."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from designer.symbolic.size import Atom, Call, Count, Size

Interval: TypeAlias = tuple[Fraction, Fraction]
Ranges: TypeAlias = Mapping[str, tuple[int, int]]


def bounds(size: Count, ranges: Ranges) -> Interval | None:
    """(least, greatest) that no value of `size` leaves; None where a divisor may be 0.

    Each term is bounded by itself, so the interval may be wider than what is met.
    """
    low = high = Fraction(0)
    for monomial, coefficient in Size.of(size).terms.items():
        term: Interval | None = (Fraction(coefficient), Fraction(coefficient))
        for atom, power in monomial:
            factor = _powered(_of_atom(atom, ranges), power)
            if factor is None or term is None:
                return None
            term = _product(term, factor)
        low, high = low + term[0], high + term[1]
    return low, high


def magnitude(size: Size, ranges: Ranges) -> int | None:
    """A number that no sum or product on the way to `size` exceeds, in whatever order it is worked out.

    For a size without quotients; None where a divisor inside may be 0.
    """
    total = Fraction(0)
    for monomial, coefficient in size.terms.items():
        term = abs(Fraction(coefficient))
        for atom, power in monomial:
            interval = _of_atom(atom, ranges)
            if interval is None:
                return None
            term *= max(abs(interval[0]), abs(interval[1]), 1) ** power
        total += term
    return -int(-total // 1)


def _of_atom(atom: Atom, ranges: Ranges) -> Interval | None:
    if isinstance(atom, str):
        low, high = ranges[atom]
        return Fraction(low), Fraction(high)
    return _of_call(atom, ranges)


def _of_call(call: Call, ranges: Ranges) -> Interval | None:
    left, right = bounds(call.left, ranges), bounds(call.right, ranges)
    if left is None or right is None:
        return None
    if call.kind == "least":
        return min(left[0], right[0]), min(left[1], right[1])
    if call.kind == "most":
        return max(left[0], right[0]), max(left[1], right[1])
    below = _powered(right, -1)
    if below is None:
        return None
    low, high = _product(left, below)
    return Fraction(low // 1), Fraction(high // 1)


def _powered(interval: Interval | None, power: int) -> Interval | None:
    if interval is None or (power < 0 and interval[0] <= 0 <= interval[1]):
        return None
    ends = [end**power for end in interval]
    if power > 0 and power % 2 == 0 and interval[0] < 0 < interval[1]:
        ends.append(Fraction(0))
    return min(ends), max(ends)


def _product(a: Interval, b: Interval) -> Interval:
    corners = [x * y for x in a for y in b]
    return min(corners), max(corners)
