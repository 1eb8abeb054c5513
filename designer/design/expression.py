"""Expressions over the design's variables: text that is read, never run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from math import isfinite
from typing import Any, TypeAlias

from designer.design.arithmetic import INTS, LARGEST_POWER, Arithmetic, is_whole
from designer.design.grammar import (
    FUNCTIONS,
    Apply,
    BrokenExpression,
    Literal,
    Name,
    Term,
    flags_of,
    is_condition,
    names_of,
    read_terms,
    unknown_name,
)
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, Said, said

Quotients: TypeAlias = list[tuple[Any, Any]]

CATEGORIES = ("embedding", "attention", "feed_forward", "output", "positional", "normalization", "other")
READINGS = (
    "total",
    "active",
    "trainable",
    *CATEGORIES,
    "weights_bytes",
    "kv_cache_bytes",
    "state_bytes",
    "flops_forward",
    "flops_training",
)
"""What an expression of a search may ask of a design, besides its variables."""

RESERVED = frozenset({*READINGS, "start", *FUNCTIONS, "and", "or", "not", "True", "False"})
"""Words that cannot name a new variable. In a file that already has one, the variable wins."""


@frozen
class Expression:
    """`text` over variables, and the `last` value it had while it could be read.

    Two are equal by text and last value.
    """

    text: str
    last: int | float | None = None

    @property
    def names(self) -> frozenset[str]:
        """The names it uses, `start.total` as one; none where it cannot be read."""
        try:
            return _read(self.text)[1]
        except BrokenExpression:
            return frozenset()

    @property
    def is_condition(self) -> bool:
        """Whether it is true or false by its form. Raises BrokenExpression."""
        return is_condition(_read(self.text)[0])

    @property
    def flags(self) -> frozenset[str]:
        """The names that stand where only true or false will do. Raises BrokenExpression."""
        return frozenset(name.name for name in flags_of(_read(self.text)[0]))

    @property
    def is_plain(self) -> bool:
        """Whether it is one name and nothing else: a field that follows a variable."""
        try:
            return isinstance(_read(self.text)[0], Name)
        except BrokenExpression:
            return False

    def broken(self, known: Collection[str] | None = None) -> BrokenExpression | None:
        """Why it cannot be read, and where; also an unknown name where `known` ones are given."""
        try:
            term, names = _read(self.text)
        except BrokenExpression as error:
            return error
        if known is None or names <= frozenset(known):
            return None
        return next(unknown_name(self.text, name, known) for name in names_of(term) if name.name not in known)

    def evaluate(
        self, values: Mapping[str, Any], arithmetic: Arithmetic = INTS, met: Quotients | None = None
    ) -> Any:
        """Its value where names have these `values`, by a table of `arithmetic`.

        Every quotient `/` of two counts is added to `met` as (numerator, denominator): the second is meant
        to divide the first. Raises BrokenExpression for text that cannot be read, an unknown name, a
        division by zero, and what is not finite.
        """
        result = self._value(_read(self.text)[0], values, arithmetic, met)
        if isinstance(result, float) and not isfinite(result):
            raise BrokenExpression(self.text, "This is not a finite number.", (0, len(self.text)))
        if isinstance(result, int) and result.bit_length() >= LARGEST_POWER:
            raise BrokenExpression(self.text, "This number is too large.", (0, len(self.text)))
        return result

    def worth(self, values: Mapping[str, Any]) -> Any:
        """What it counts with: its value, or the last one where it has none with these `values`."""
        try:
            return self.evaluate(values)
        except BrokenExpression:
            return self.last

    def _value(self, term: Term, values: Mapping[str, Any], table: Arithmetic, met: Quotients | None) -> Any:
        if isinstance(term, Literal):
            return term.value
        if isinstance(term, Name):
            if term.name not in values:
                raise unknown_name(self.text, term, values)
            return values[term.name]
        arguments: list[Any] = []
        for argument in term.arguments:
            arguments.append(self._value(argument, values, table, met))
            if arguments[-1] is (term.function == "or") and term.function in ("and", "or"):
                return arguments[-1]  # as everywhere, what is settled leaves the rest unread
        if term.function == "/" and met is not None and all(map(is_whole, arguments)):
            met.append((arguments[0], arguments[1]))
        return self._applied(term, table, arguments)

    def _applied(self, term: Apply, table: Arithmetic, arguments: list[Any]) -> Any:
        try:
            return table[term.function](*arguments)
        except ZeroDivisionError:
            raise BrokenExpression(self.text, "This divides by zero.", term.span) from None
        except OverflowError:
            raise BrokenExpression(self.text, "This number is too large.", term.span) from None
        except Refusal as refusal:
            raise BrokenExpression(self.text, refusal.cause, term.span) from None


def why_not_a_name(name: str) -> Said | None:
    """Why a new variable cannot be called `name`; None where it can."""
    if name in RESERVED:
        return said("'{name}' is a word of expressions and cannot name a variable.", name=name)
    try:
        term = read_terms(name)
    except BrokenExpression:
        term = None
    if isinstance(term, Name) and term.name == name and "." not in name:
        return None
    return said("'{name}' cannot name a variable: letters, digits and _ only, a letter first.", name=name)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Term, frozenset[str]]:
    term = read_terms(text)
    return term, frozenset(name.name for name in names_of(term))
