"""What may differ from round to round of a Repeat: some first values, then a cycle for ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import lcm
from typing import Any

from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Misfit, said
from designer.symbolic.size import Count

LONGEST = 100_000
"""Rounds that a pattern may take before it repeats."""


@frozen
class Schedule:
    """A value for each round. Eventually periodic, so counting over rounds is algebra, not a loop.

    Values are compared by equality; a `Size` is a value like any other. Lengths are ints.
    """

    first: tuple[Any, ...] = ()
    cycle: tuple[Any, ...] = (None,)

    @staticmethod
    def of(values: Sequence[Any]) -> Schedule:
        """The shortest first-then-cycle that gives this list, which must not be empty."""
        known = tuple(values)
        for size in range(1, len(known) + 1):
            for start in range(size):
                if all(known[i] == known[i - size + start] for i in range(size, len(known))):
                    return Schedule(known[:start], known[start:size])
        raise ValueError("a schedule needs at least one value")

    def __getitem__(self, round: int) -> Any:
        if round < len(self.first):
            return self.first[round]
        return self.cycle[(round - len(self.first)) % len(self.cycle)]

    @staticmethod
    def together(schedules: Iterable[Schedule]) -> Schedule:
        """One schedule of tuples for several that run side by side.

        Raises:
            Misfit: where together they take more rounds to repeat than anyone means.
        """
        known = tuple(schedules)
        if not known:
            return UNIFORM
        start, period = max(len(s.first) for s in known), lcm(*(len(s.cycle) for s in known))
        if start + period > LONGEST:
            raise Misfit(said("The patterns together repeat only after more than {n:,} layers.", n=LONGEST))
        rounds = [tuple(s[i] for s in known) for i in range(start + period)]
        return Schedule(tuple(rounds[:start]), tuple(rounds[start:]))

    @cached_property
    def kinds(self) -> tuple[Any, ...]:
        """The different values, in order of appearance."""
        return tuple(dict.fromkeys((*self.first, *self.cycle)))

    @cached_property
    def order(self) -> Schedule:
        """Which of `kinds` each round is."""
        at = {kind: index for index, kind in enumerate(self.kinds)}
        return Schedule(tuple(at[value] for value in self.first), tuple(at[value] for value in self.cycle))

    def groups(self, times: Count) -> list[tuple[int, Count]]:
        """(a round, how many rounds are like it), one for each different round, in order of appearance.

        For an int only what occurs; for a size every kind, on the understanding that
        `len(first)` is at most `times`.
        """
        if isinstance(times, int):
            return self._counted(times)
        start, period = len(self.first), len(self.cycle)
        found: dict[Any, tuple[int, Count]] = {}
        for i, value in enumerate((*self.first, *self.cycle)):
            count: Count = 1 if i < start else (times - i + period - 1) // period
            at, known = found.get(value, (i, 0))
            found[value] = at, known + count
        return list(found.values())

    def _counted(self, times: int) -> list[tuple[int, Count]]:
        start, period = len(self.first), len(self.cycle)
        found: dict[Any, tuple[int, Count]] = {}
        for i in range(min(times, start + period)):
            count = 1 if i < start else (times - i + period - 1) // period
            at, known = found.get(self[i], (i, 0))
            found[self[i]] = at, known + count
        return list(found.values())


UNIFORM = Schedule()
