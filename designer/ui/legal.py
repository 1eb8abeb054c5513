"""The values a variable's slider moves among. Qt-free; NumPy is imported only by who asks for what fits."""

from __future__ import annotations

from collections.abc import Sequence

from designer.analysis.measured import Measured

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
    apart = {b - a for a, b in zip(values, values[1:], strict=False)}
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
