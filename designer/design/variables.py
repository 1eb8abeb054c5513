"""The values of a design's variables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from designer.design.arithmetic import INTS, SIZES
from designer.design.expression import Expression
from designer.design.tree import Number
from designer.symbolic.body import Check
from designer.symbolic.issue import Issue, Refusal, said
from designer.symbolic.size import Count, Size, quotient

Values = dict[str, Any]

DEEPEST = 100
"""Variables that may depend on one another in a row."""


class Valued:
    """Variables worked out: `numbers` as plain numbers, `counts` with a Size for each of the names to be
    kept symbolic, and what was met on the way. `varying` are the symbols and all that depends on them;
    `marks` tell the values apart, 2 from 2.0 too, which are not divided alike."""

    def __init__(
        self, variables: Mapping[str, Number | Expression], symbols: frozenset[str] = frozenset()
    ) -> None:
        self.variables = variables
        self.symbols = symbols
        self.numbers: Values = {}
        self.counts: Values = {}
        self.marks: dict[str, tuple[type, Any, Any]] = {}
        self.varying = set(symbols)
        self.found: list[tuple[str, Check | Issue]] = []
        for name in variables:
            self._work_out(name, ())

    def _work_out(self, name: str, above: tuple[str, ...]) -> None:
        if name in self.numbers:
            return
        given = self.variables[name]
        if not isinstance(given, Expression):
            self.numbers[name] = given
        else:
            self.numbers[name] = self._expressed(name, given, (*above, name))
        if name in self.symbols and isinstance(self.numbers[name], int):
            self.counts[name] = Size.named(name)
        count = self.counts.setdefault(name, self.numbers[name])
        self.marks[name] = type(self.numbers[name]), self.numbers[name], count

    def _expressed(self, name: str, given: Expression, above: tuple[str, ...]) -> Any:
        circle = next((other for other in given.names if other in above), None)
        too_deep = len(above) > DEEPEST
        for other in given.names:
            if other in self.variables and circle is None and not too_deep:
                self._work_out(other, above)
        if not self.varying.isdisjoint(given.names):
            self.varying.add(name)
        try:
            if circle is not None:
                raise Refusal(name, said("It depends on itself by way of {other}.", other=circle))
            if too_deep:
                raise Refusal(name, said("More than {n} variables depend on it in a row.", n=DEEPEST))
            number, count, pairs = expressed(given, self.numbers, self.counts)
        except Refusal as refusal:
            last = given.last if given.last is not None else 1
            cause = said("{cause} Counting goes on with {last}.", cause=refusal.cause, last=last)
            self.found.append((name, Issue("unsound", cause, where=name)))
            return last
        self.found.extend((name, pair) for pair in pairs)
        self.counts[name] = count
        return number


def valued(variables: Mapping[str, Number | Expression], symbols: frozenset[str] = frozenset()) -> Valued:
    """Work out all variables; those in `symbols` stay symbolic in `counts`."""
    return Valued(variables, symbols)


def needed(variables: Mapping[str, Number | Expression], names: Iterable[str]) -> set[str]:
    """Every variable that these names need, themselves and by way of others."""
    found: set[str] = set()
    todo = [name for name in names if name in variables]
    while todo:
        name = todo.pop()
        value = variables[name]
        if name not in found and isinstance(value, Expression):
            todo.extend(other for other in value.names if other in variables)
        found.add(name)
    return found


def expressed(
    given: Expression, numbers: Mapping[str, Any], counts: Mapping[str, Any]
) -> tuple[Any, Count | Any, list[Check]]:
    """(the number, the same as a Count, the divides-checks met) of an expression.

    Where no Size can say it (a real number, a comparison), the number stands for the Count too.

    Raises:
        Refusal: where it cannot be read or worked out.
    """
    met: list[tuple[Any, Any]] = []
    number = given.evaluate(numbers, INTS, met)
    if any(isinstance(counts.get(name), Size) for name in given.names) and not isinstance(number, float):
        symbolic: list[tuple[Any, Any]] = []
        with suppress(Refusal):
            count = given.evaluate(counts, SIZES, symbolic)
            return number, count, [_check(a, b, a, b) for a, b in symbolic]
    return number, number, [_check(a, b, a, b) for a, b in met if not _whole(a, b)]


def _check(above: Any, below: Any, a: object, b: object) -> Check:
    return Check("divides", below, above, said("{a} is not a multiple of {b}.", a=a, b=b))


def _whole(above: Any, below: Any) -> bool:
    return below != 0 and quotient(above, below) * below == above
