"""Sweeps: readings of every design of a space as arrays, as a chart draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from designer.analysis.measured import Measured
from designer.design.scenario import Scenario
from designer.search.fitting import faults
from designer.search.selection import selected
from designer.search.space import Space
from designer.search.traced import Asked, blocks
from designer.symbolic.frozen import frozen


@frozen
class Sweep:
    """Readings over a space, in the order of its grid: `fits` says which designs do, the others hold 0.

    Numbers are int64, float64 where some exceed 2^62.
    """

    space: Space
    fits: np.ndarray
    readings: Mapping[str, np.ndarray]


def sweep(
    measured: Measured, space: Space, readings: Sequence[str], scenario: Scenario | None = None
) -> Sweep:
    """Some readings of every design of a space, as a chart draws them.

    Raises:
        Refusal: for a space that is too large.
    """
    start = Measured(measured.design, measured.registry)
    asked = Asked(start, space, frozenset(readings), scenario, {}, faults(start))
    fits = np.zeros(space.points, bool)
    found: dict[str, np.ndarray] = {name: np.zeros(space.points, np.int64) for name in readings}
    for traced, points in blocks(asked, selected(space)):
        points = traced.fitting(points)
        fits[points.index] = True
        for name, numbers in traced.arrays(points).items():
            if np.asarray(numbers).dtype != np.int64 and found[name].dtype == np.int64:
                found[name] = found[name].astype(np.float64)
            found[name][points.index] = numbers
    return Sweep(space, fits, found)
