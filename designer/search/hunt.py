"""The state of a search while blocks of points come in."""

from __future__ import annotations

import numpy as np

from designer.design.expression import Expression
from designer.search.best import Best, Nearest
from designer.search.estimate import Estimate, Truth
from designer.search.found import Exclusion, Failure, Found, Miss, counted
from designer.search.question import Question, gap, holds, truth
from designer.search.selection import Points
from designer.search.traced import Asked, Traced


class Hunt:
    """How many designs fit so far, the best of them, and while there are none the nearest miss."""

    def __init__(self, question: Question, top: int) -> None:
        self.question = question
        self.best, self.nearest = Best(top), Nearest()
        self.shaped = self.fit = 0
        self.excluded = [0] * len(question.where)

    def take(self, traced: Traced, points: Points) -> None:
        """Judge one block of points."""
        points = traced.fitting(points)
        self.shaped += len(points)
        if len(points) == 0:
            return
        values = traced.estimates(points)
        truths = [truth(condition, values) for condition in self.question.where]
        met = [self._met(c, t, traced, points) for c, t in zip(self.question.where, truths, strict=True)]
        for index, mask in enumerate(met):
            self.excluded[index] += len(points) - int(np.count_nonzero(mask))
        places = np.flatnonzero(np.logical_and.reduce(met)) if met else np.arange(len(points))
        self.fit += len(places)
        if len(places):
            self._offer(traced, points, self.question.goals(values), places)
        elif self.fit == 0:
            self._miss(points, truths, met)

    def found(self, asked: Asked, tried: int, *, cancelled: bool) -> Found:
        """The answer, its designs counted anew with ints."""
        question = self.question
        results = tuple(counted(asked, question, c.index) for c in self.best.candidates)
        excluded = tuple(Exclusion(c.text, n) for c, n in zip(question.where, self.excluded, strict=True))
        present = {name: asked.whole(asked.start, name) for name in asked.readings}
        nearest = self._nearest(asked)
        return Found(results, tried, self.shaped, self.fit, excluded, nearest, present, cancelled)

    def _met(self, condition: Expression, judged: Truth, traced: Traced, points: Points) -> np.ndarray:
        """Where a condition holds; what the estimates leave in doubt is counted with ints."""
        mask = np.array(np.broadcast_to(judged.holds, len(points)))
        for place in np.flatnonzero(np.broadcast_to(judged.doubt, len(points))):
            mask[place] = holds(condition, traced.numbers(points.at(int(place))))
        return mask

    def _offer(self, traced: Traced, points: Points, goals: Estimate, places: np.ndarray) -> None:
        fitting = points.taken(places)
        value = np.broadcast_to(goals.value, len(points))[places]
        sign = -1 if self.question.maximise else 1

        def exact(place: int) -> int | float | None:
            return self.question.goal_of(traced.numbers(fitting.at(place)))

        self.best.offer(fitting, Estimate(value, goals.error, goals.whole), sign, exact)

    def _miss(self, points: Points, truths: list[Truth], met: list[np.ndarray]) -> None:
        failures = np.zeros(len(points), np.int64)
        excess = np.zeros(len(points))
        for judged, mask in zip(truths, met, strict=True):
            failures += ~mask
            excess += np.where(mask, 0.0, np.maximum(judged.gap(), 0.0))
        self.nearest.offer(points, failures, excess)

    def _nearest(self, asked: Asked) -> Miss | None:
        if self.fit or self.nearest.index is None:
            return None
        result = counted(asked, self.question, self.nearest.index)
        measured = asked.start.of(result.design)
        values = asked.numbers(measured)
        failed = (c for c in self.question.where if not holds(c, values))
        return Miss(result, tuple(Failure(c.text, gap(c, values)) for c in failed))
