"""A design traced once, with the variables that are varied left open wherever a size can say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from designer.analysis.measured import READINGS, Measured
from designer.design.edits import set_variable
from designer.design.expression import Expression
from designer.design.scenario import Scenario
from designer.design.tree import Design, Number
from designer.search.bounds import Ranges, bounds
from designer.search.estimate import Estimate
from designer.search.fitting import Fitting, bodies
from designer.search.polynomial import Polynomial
from designer.search.selection import Points, Selection
from designer.search.space import Axis, Space
from designer.symbolic.frozen import frozen
from designer.symbolic.operation import RepeatRegion
from designer.symbolic.size import Count, Size


@frozen
class Asked:
    """What every trace of one search shares: the design as opened, the space, which names are asked of it.

    `constants` are the readings and variables of the design as opened, as `start.total`. `forgiven` are
    faults that it had before the search.
    """

    start: Measured
    space: Space
    names: frozenset[str]
    scenario: Scenario | None
    constants: Mapping[str, Number]
    forgiven: frozenset[str]

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that are reported: total, active, and those that are asked for."""
        asked = (name for name in READINGS if name in self.names and name not in self.start.design.variables)
        return tuple(dict.fromkeys(("total", "active", *asked)))

    def numbers(self, measured: Measured) -> dict[str, Number]:
        """What each name stands for in a design without symbols."""
        readings = {name: self.whole(measured, name) for name in self.readings}
        return {**self.constants, **readings, **measured.resolved.valued.numbers}

    def whole(self, measured: Measured, reading: str) -> int:
        """A reading of a design without symbols."""
        number = measured.reading(reading, self.scenario)
        assert isinstance(number, int)
        return number


class Traced:
    """The designs that share the values of `fixed` variables, as polynomials over the `free` axes."""

    def __init__(self, asked: Asked, fixed: Mapping[str, Number], free: tuple[Axis, ...]) -> None:
        self.asked, self.fixed = asked, fixed
        self.ranges: Ranges = {axis.name: axis.ends for axis in free if axis.whole}
        self._order = [axis.name for axis in reversed(free)]
        self._unsayable = frozenset(axis.name for axis in free if not axis.whole)
        design = changed(asked.start.design, {**_openings(asked.start, self.ranges), **fixed})
        self.measured = Measured(design, asked.start.registry, asked.start.memo, frozenset(self.ranges))

    @cached_property
    def structural(self) -> frozenset[str]:
        """The free variables that cannot stay open: each of their values has to be traced by itself."""
        valued = self.measured.resolved.valued
        plain = {n for n in valued.varying if not isinstance(valued.counts.get(n), Size)}
        positions = self.measured.design.positions
        asked = self.asked.names | (positions.names if isinstance(positions, Expression) else frozenset())
        reached = self._roots(self.measured.resolved.structural | (plain & asked)) | self._unsayable
        return reached or self._short_repeats()

    @cached_property
    def fitting(self) -> Fitting:
        """Which of the designs fit."""
        sizes = [size for size in self._sizes.values() if isinstance(size, Size)]
        return Fitting(self.measured, self.asked.forgiven, sizes, self.ranges, self._order)

    def estimates(self, points: Points) -> dict[str, Any]:
        """What each name asked for stands for at these points, as estimates; flags as they are."""
        found: dict[str, Any] = {}
        for name, number in self._numbers.items():
            if isinstance(number, Polynomial):
                value = number(points.values)
                found[name] = Estimate.of(value, _error(number, value))
            else:
                found[name] = number if isinstance(number, bool) else Estimate.of(number)
        return found

    def arrays(self, points: Points) -> dict[str, Any]:
        """What each name asked for stands for at these points, as arrays or as one number."""
        return {n: p(points.values) if isinstance(p, Polynomial) else p for n, p in self._numbers.items()}

    def numbers(self, values: Mapping[str, int]) -> dict[str, Number]:
        """The same for one point, as Python's numbers, exact."""
        return {n: p.at(values) if isinstance(p, Polynomial) else p for n, p in self._numbers.items()}

    @cached_property
    def _sizes(self) -> dict[str, Count | Number]:
        return {name: self._size(name) for name in self.asked.names}

    def _size(self, name: str) -> Count | Number:
        counts = self.measured.resolved.valued.counts
        if name in counts:
            return counts[name]
        if name in READINGS:
            return self.measured.reading(name, self.asked.scenario)
        return self.asked.constants[name]

    @cached_property
    def _numbers(self) -> dict[str, Polynomial | Number]:
        return {
            name: Polynomial(size, self.ranges, self._order) if isinstance(size, Size) else size
            for name, size in self._sizes.items()
        }

    def _roots(self, names: Iterable[str], seen: frozenset[str] = frozenset()) -> frozenset[str]:
        """The free variables that some names depend on, by way of expressions too."""
        found: set[str] = set()
        for name in frozenset(names) - seen:
            given = self.measured.design.variables.get(name)
            if name in self.ranges:
                found.add(name)
            elif isinstance(given, Expression):
                found |= self._roots(given.names, seen | {name})
        return frozenset(found)

    def _short_repeats(self) -> frozenset[str]:
        """What makes a Repeat so short that not all kinds of its rounds occur."""
        found: set[str] = set()
        for body in bodies(self.measured.body):
            for op in body.ops:
                if isinstance(op, RepeatRegion) and isinstance(op.rounds, Size):
                    interval = bounds(op.rounds, self.ranges)
                    if interval is None or interval[0] < len(op.order.first) + len(op.order.cycle):
                        found |= op.rounds.names()
        return frozenset(found)


def blocks(asked: Asked, selection: Selection) -> Iterator[tuple[Traced, Points]]:
    """A selection block by block, each with the trace that covers it."""
    for traced, part in traces(asked, selection, {}):
        for points in part.blocks():
            yield traced, points


def traces(
    asked: Asked, selection: Selection, fixed: Mapping[str, Number], hint: frozenset[str] = frozenset()
) -> Iterator[tuple[Traced, Selection]]:
    """A selection in parts, each with the one trace that covers it; structural variables are set apart.

    `hint`: names that were structural elsewhere, set apart without asking.
    """
    hard = hint & {axis.name for axis in selection.free}
    if not hard:
        traced = Traced(asked, fixed, selection.free)
        hard = traced.structural
        if not hard:
            yield traced, selection
            return
    for values, part in selection.split(sorted(hard)):
        yield from traces(asked, part, {**fixed, **values}, hint | hard)


def changed(design: Design, values: Mapping[str, Number]) -> Design:
    """The design with variables set to plain numbers; what was an expression is freed."""
    for name, value in values.items():
        design = set_variable(design, name, value)
    return design


def _openings(start: Measured, names: Iterable[str]) -> dict[str, Number]:
    """Numbers that symbols stand for while a trace runs: those of the design as opened."""
    numbers = start.resolved.valued.numbers
    return {name: int(numbers[name]) for name in names}


def _error(number: Polynomial, value: Any) -> float:
    if number.numbers != "float64":
        return 0.0
    return max(number.slack, number.error * float(abs(value).max() if hasattr(value, "max") else abs(value)))
