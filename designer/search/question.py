"""What a search is asked: constraints and a goal, checked before anything is tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from designer.design.arithmetic import is_huge, power
from designer.design.expression import Expression
from designer.design.grammar import BrokenExpression
from designer.search.estimate import ESTIMATES, NUMBERS, Estimate, Truth
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, said


@frozen
class Question:
    """Constraints that must all hold, and the goal to make least, or greatest."""

    where: tuple[Expression, ...]
    goal: Expression
    maximise: bool = False

    @staticmethod
    def read(where: Sequence[str], goal: str, maximise: bool, known: Mapping[str, Any]) -> Question:
        """The question these texts ask of designs; `known` has a value for each name there is.

        Raises:
            Refusal: for text that cannot be read, an unknown name, a constraint that is no condition and a
                goal that is one.
        """
        question = Question(tuple(Expression(text) for text in where), Expression(goal), maximise)
        for condition in question.where:
            if not is_condition(condition, known):
                raise Refusal(condition.text, said("It is a number, not a condition."))
        if is_condition(question.goal, known):
            raise Refusal(goal, said("It is a condition; a goal is a number."))
        return question

    @property
    def names(self) -> frozenset[str]:
        """Every name that is asked for."""
        return self.goal.names.union(*(condition.names for condition in self.where))

    def goal_of(self, values: Mapping[str, Any]) -> int | float | None:
        """The goal for Python's numbers, exact where it is an int; None where there is no finite number."""
        try:
            number = self.goal.evaluate(values, NUMBERS)
        except BrokenExpression:
            return None
        return number if isinstance(number, int) or isfinite(number) else None

    def goals(self, values: Mapping[str, Any]) -> Estimate:
        """The goal for estimates."""
        return Estimate.of(self.goal.evaluate(values, ESTIMATES))


def is_condition(expression: Expression, known: Mapping[str, Any]) -> bool:
    """Whether an expression is true or false, by its form or as a flag.

    Raises:
        BrokenExpression: for text that cannot be read, an unknown name and a power beyond reason.
        Refusal: for a number where a condition is needed.
    """
    broken = expression.broken(known)
    if broken is not None:
        raise broken
    for name in expression.flags:
        if not isinstance(known[name], bool):
            raise Refusal(
                expression.text, said("'{name}' is a number where a condition is needed.", name=name)
            )
    if expression.is_condition:
        expression.evaluate(known, _BOUNDED)
        return True
    return expression.is_plain and all(isinstance(known[name], bool) for name in expression.names)


def _bounded_power(base: Any, exponent: Any) -> Any:
    whole = isinstance(base, int) and isinstance(exponent, int)
    return (power if whole and is_huge(base, exponent) else NUMBERS["**"])(base, exponent)


_BOUNDED = {**NUMBERS, "**": _bounded_power}


def holds(condition: Expression, values: Mapping[str, Any]) -> bool:
    """Whether a condition holds for Python's numbers."""
    return condition.evaluate(values, NUMBERS) is True


def truth(condition: Expression, values: Mapping[str, Any]) -> Truth:
    """Where a condition holds for estimates."""
    return Truth.of(condition.evaluate(values, ESTIMATES))


def gap(condition: Expression, values: Mapping[str, Any]) -> float:
    """By what part of its greater side a condition fails for Python's numbers; 0 where it holds."""
    return max(float(truth(condition, values).gap()), 0.0)
