"""The best few designs so far, and the nearest miss while there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from designer.search.estimate import Estimate
from designer.search.selection import Points
from designer.symbolic.frozen import frozen

Exact = Callable[[int], "int | float | None"]


@frozen
class Candidate:
    """A point of the grid with its exact goal, turned so that less is better."""

    key: int | float
    index: int

    @property
    def rank(self) -> tuple[int | float, int]:
        """Best first; of equals, the first in the order of the grid."""
        return self.key, self.index


class Best:
    """The best `top` candidates of all that were offered."""

    def __init__(self, top: int) -> None:
        self._top = top
        self.candidates: list[Candidate] = []

    def offer(self, points: Points, goals: Estimate, sign: int, exact: Exact) -> None:
        """Take in those points whose goal, times `sign`, is among the least.

        `exact` gives the exact goal of the point at a place; None where it is no finite number.
        """
        keys = sign * np.broadcast_to(goals.value, len(points))
        for place in self._likely(keys, goals.error):
            number = exact(int(place))
            if number is not None:
                self._take(Candidate(sign * number, int(points.index[place])))

    def _likely(self, keys: np.ndarray, error: float) -> np.ndarray:
        """Places of all that may be among the best, as far as estimates tell."""
        if error == inf:
            return np.arange(len(keys))
        places = np.flatnonzero(np.isfinite(keys))
        if len(self.candidates) == self._top:
            places = places[keys[places] <= _as_float(self.candidates[-1].key) + 2 * error]
        if len(places) <= self._top:
            return places
        if error == 0:
            return places[np.argsort(keys[places], kind="stable")[: self._top]]
        edge = np.partition(keys[places], self._top - 1)[self._top - 1]
        return places[keys[places] <= edge + 2 * error]

    def _take(self, candidate: Candidate) -> None:
        if len(self.candidates) == self._top and candidate.rank >= self.candidates[-1].rank:
            return
        self.candidates = sorted([*self.candidates, candidate], key=lambda c: c.rank)[: self._top]


@dataclass
class Nearest:
    """The design that misses the fewest constraints, and of those the one that misses them by least."""

    failures: int = 0
    excess: float = inf
    index: int | None = None

    def offer(self, points: Points, failures: Any, excess: Any) -> None:
        """Take in the nearest of the points: how many constraints each fails, and by how much in all."""
        place = int(np.lexsort((points.index, excess, failures))[0])
        rank = (int(failures[place]), float(excess[place]), int(points.index[place]))
        if self.index is None or rank < (self.failures, self.excess, self.index):
            self.failures, self.excess, self.index = rank


def _as_float(number: int | float) -> float:
    return float(min(max(number, -1e308), 1e308))
