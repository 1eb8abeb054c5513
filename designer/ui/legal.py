"""The values that a variable's slider moves among, and what moves with it. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from designer.analysis.measured import Measured
from designer.design.expression import Expression
from designer.design.tree import Design

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


def fitting(measured: Measured, name: str, values: Sequence[int]) -> list[int]:
    """Those of the values under which the design fits; all of them where none does, the present one always.

    Takes some milliseconds: it traces the design with the variable left open.
    """
    from designer.search.space import Axis, Space
    from designer.search.sweep import sweep

    swept = sweep(measured, Space((Axis(name, tuple(values)),)), ("total",))
    present = measured.resolved.valued.numbers.get(name)
    fit = [value for value, fits in zip(values, swept.fits, strict=True) if fits or value == present]
    return fit if len(fit) > 1 else list(values)


def moved_by(design: Design, name: str) -> list[str]:
    """The variables that are expressions over this one, by way of others too."""
    reached = {name}
    while True:
        more = {
            other
            for other, value in design.variables.items()
            if isinstance(value, Expression) and other not in reached and value.names & reached
        }
        if not more:
            return [other for other in design.variables if other in reached and other != name]
        reached |= more
