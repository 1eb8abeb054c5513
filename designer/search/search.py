"""Searches: the best designs of a space under constraints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from designer.analysis.measured import READINGS, Measured
from designer.design.scenario import Scenario
from designer.search.fitting import faults
from designer.search.found import Found
from designer.search.hunt import Hunt
from designer.search.question import Question
from designer.search.selection import Method, selected
from designer.search.space import Space
from designer.search.traced import Asked, blocks

Progress: TypeAlias = Callable[[int, int], None]
Cancelled: TypeAlias = Callable[[], bool]


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
    selection = selected(space, method, samples, seed)
    start = Measured(measured.design, measured.registry)
    constants = _known(start, scenario)
    question = Question.read(where, goal, maximise, constants)
    asked = Asked(start, space, question.names, scenario, constants, faults(start))
    hunt = Hunt(question, top)
    tried = 0
    for traced, points in blocks(asked, selection):
        if cancelled is not None and cancelled():
            break
        hunt.take(traced, points)
        tried += len(points)
        if progress is not None:
            progress(tried, len(selection))
    return hunt.found(asked, tried, cancelled=tried < len(selection))


def _known(start: Measured, scenario: Scenario | None) -> dict[str, Any]:
    """A number for every name an expression may use, those of the design as opened."""
    named = {**{name: start.reading(name, scenario) for name in READINGS}, **start.resolved.valued.numbers}
    return {**named, **{f"start.{name}": number for name, number in named.items()}}
