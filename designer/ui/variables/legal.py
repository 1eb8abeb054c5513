"""The values that a variable's slider moves among. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from designer.analysis.measured import Measured
from designer.symbolic.frozen import frozen
from designer.ui.numbers import plain

MOST = 256
"""Values a slider offers."""


def steps(opening: int) -> list[int]:
    """Values from a quarter to four times the opening one, in steps of a power of two that divides it."""
    low, high = max(1, opening // 4), max(opening * 4, 2)
    step = opening & -opening
    while step > 1 and (high - low) // step < MOST // 4:
        step //= 2
    while (high - low) // step > MOST:
        step *= 2
    first = -(-low // step) * step
    return sorted({*range(first, high + 1, step), opening})


def step_of(values: Sequence[int]) -> int:
    """The distance between neighbours, where it is one and the same; else 0."""
    apart = {b - a for a, b in pairwise(values)}
    return apart.pop() if len(apart) == 1 else 0


@frozen
class Track:
    """The values a slider moves among, and what the design would count at each."""

    legal: Sequence[int]
    totals: Sequence[int]


def track(measured: Measured, name: str, values: Sequence[int]) -> Track:
    """Those of the values under which the design fits; all of them where none does, the present one always.

    Takes some milliseconds: it traces the design with the variable left open.
    """
    from designer.search.space import Axis, Space
    from designer.search.sweep import sweep

    swept = sweep(measured, Space((Axis(name, tuple(values)),)), ("total",))
    present = measured.resolved.valued.numbers.get(name)
    fit = [
        (value, int(total))
        for value, fits, total in zip(values, swept.fits, swept.readings["total"], strict=True)
        if fits or value == present
    ]
    if len(fit) < 2:
        return Track(list(values), ())
    known = [(value, plain(measured.total) if value == present else total) for value, total in fit]
    return Track([value for value, _ in known], [total for _, total in known])


def fitting(measured: Measured, name: str, values: Sequence[int]) -> list[int]:
    """The legal ones among the values, as a track has them."""
    return list(track(measured, name, values).legal)


def divided(measured: Measured, name: str, legal: Sequence[int], tried: Sequence[int]) -> int | None:
    """The least value of another variable that the legal values are the divisors of; None where none is."""
    if len(legal) == len(tried):
        return None
    others = {n: v for n, v in measured.resolved.valued.numbers.items() if n != name}
    counts = [v for v in others.values() if isinstance(v, int) and not isinstance(v, bool) and v > 0]
    whole = [number for number in counts if list(legal) == [n for n in tried if number % n == 0]]
    return min(whole, default=None)
