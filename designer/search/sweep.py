"""Searches and sweeps: every design of a space, counted as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from designer.analysis.measured import READINGS, Measured
from designer.design.scenario import Scenario
from designer.search.fitting import faults
from designer.search.found import Found
from designer.search.hunt import Hunt
from designer.search.question import Question
from designer.search.selection import Grid, Points, Sample, Selection
from designer.search.space import MOST_POINTS, Space
from designer.search.traced import Asked, Traced, traces
from designer.symbolic.issue import Refusal, said

Method: TypeAlias = Literal["grid", "random"]
Progress: TypeAlias = Callable[[int, int], None]
Cancelled: TypeAlias = Callable[[], bool]

MOST_SAMPLES = 10**7


def search(
    measured: Measured,
    space: Space,
    where: Sequence[str] = (),
    goal: str = "total",
    *,
    maximise: bool = False,
    top: int = 10,
    method: Method = "grid",
    samples: int = 10_000,
    seed: int = 0,
    scenario: Scenario | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Found:
    """The `top` designs of a space that fit, meet every constraint of `where` and have the best `goal`.

    Constraints and goal are expressions over the design's variables, the readings, and both of the design
    as opened as `start.NAME`. Ties go by the order of the grid. `progress` hears (points done, points in
    all) and `cancelled` is asked once a block of some thousands.

    Raises:
        Refusal: for what cannot be read, an unknown name, a constraint that is no condition, and a space
            that is too large.
    """
    selection = _selected(space, method, samples, seed)
    start = Measured(measured.design, measured.registry)
    constants = _known(start, scenario)
    question = Question.read(where, goal, maximise, constants)
    asked = Asked(start, space, question.names, scenario, constants, faults(start))
    hunt = Hunt(question, top)
    tried = 0
    for traced, points in _blocks(asked, selection):
        if cancelled is not None and cancelled():
            break
        hunt.take(traced, points)
        tried += len(points)
        if progress is not None:
            progress(tried, len(selection))
    return hunt.found(asked, tried, cancelled=tried < len(selection))


@dataclass(frozen=True)
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
    for traced, points in _blocks(asked, _selected(space, "grid", 0, 0)):
        points = traced.fitting(points)
        fits[points.index] = True
        for name, numbers in traced.arrays(points).items():
            if np.asarray(numbers).dtype != np.int64 and found[name].dtype == np.int64:
                found[name] = found[name].astype(np.float64)
            found[name][points.index] = numbers
    return Sweep(space, fits, found)


def _selected(space: Space, method: Method, samples: int, seed: int) -> Selection:
    if method == "grid" or samples >= space.points:
        if space.points > MOST_POINTS:
            cause = "The grid has {points:,} points and at most {most:,} are tried: widen the steps."
            raise Refusal("", said(cause, points=space.points, most=MOST_POINTS))
        return Grid(space)
    if not 1 <= samples <= MOST_SAMPLES or space.points > 2**62:
        cause = "At most {most:,} samples are drawn, of at most 2^62 points."
        raise Refusal("", said(cause, most=MOST_SAMPLES))
    return Sample.drawn(space, samples, seed)


def _known(start: Measured, scenario: Scenario | None) -> dict[str, Any]:
    """A number for every name an expression may use, those of the design as opened."""
    named = {**{name: start.reading(name, scenario) for name in READINGS}, **start.resolved.valued.numbers}
    return {**named, **{f"start.{name}": number for name, number in named.items()}}


def _blocks(asked: Asked, selection: Selection) -> Iterator[tuple[Traced, Points]]:
    for traced, part in traces(asked, selection, {}):
        for points in part.blocks():
            yield traced, points
