"""What a search found: the best designs, how many there were, and what stood in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

from designer.design.tree import Design, Number
from designer.design.variables import valued
from designer.search.question import Question
from designer.search.traced import Asked, changed
from designer.symbolic.frozen import frozen


@frozen
class Result:
    """One design of the space, counted anew with ints.

    `variables` are those that were varied, `index` its place in the order of the grid, `readings` total,
    active and every reading that was asked for. `goal` is None where it is no finite number.
    """

    present: Design = field(repr=False)
    variables: Mapping[str, Number]
    index: int
    goal: int | float | None
    readings: Mapping[str, int]

    @cached_property
    def design(self) -> Design:
        """The design itself: the present one with its variables set."""
        return changed(self.present, self.variables)

    @cached_property
    def differences(self) -> Mapping[str, tuple[Number, Number]]:
        """(in the present design, in this one) for each variable that differs, those that follow too."""
        before, after = valued(self.present.variables).numbers, valued(self.design.variables).numbers
        return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


@frozen
class Exclusion:
    """A constraint, and how many designs that fit in shape fail it, whatever else they fail."""

    where: str
    count: int


@frozen
class Failure:
    """A constraint that a design misses, and by what part of the greater of its two sides."""

    where: str
    excess: float


@frozen
class Miss:
    """The design nearest to one that fits, and what it fails."""

    result: Result
    failures: tuple[Failure, ...]


@frozen
class Found:
    """The answer to a search.

    `tried` points of the space; of these `shaped` fit in shape and `fit` in all constraints too. `present`
    are the readings of the design as opened. `nearest` is there only where nothing fits. `cancelled` says
    that not all were tried.
    """

    results: tuple[Result, ...]
    tried: int
    shaped: int
    fit: int
    excluded: tuple[Exclusion, ...]
    nearest: Miss | None
    present: Mapping[str, int]
    cancelled: bool = False


def counted(asked: Asked, question: Question, index: int) -> Result:
    """The result at a place of the grid, from a trace of its own."""
    variables = asked.space.at(index)
    measured = asked.start.of(changed(asked.start.design, variables))
    readings = {name: asked.whole(measured, name) for name in asked.readings}
    goal = question.goal_of(asked.numbers(measured))
    return Result(asked.start.design, variables, index, goal, readings)
