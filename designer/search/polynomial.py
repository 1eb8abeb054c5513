"""Sizes made ready for arrays: few operations, in the narrowest numbers that cannot overflow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias, Union

import numpy as np

from designer.search.bounds import Ranges, magnitude
from designer.symbolic.size import Atom, Call, Coefficient, Count, Monomial, Size

Values: TypeAlias = Mapping[str, Any]
Numbers: TypeAlias = Literal["int64", "float64", "object"]

LIMIT = 2**62
"""int64 is used while everything on the way stays below."""

FLOAT_LIMIT = 2**1000
"""And float64 below this."""

_CALLS: Mapping[str, tuple[Callable[[int, int], int], Callable[[Any, Any], Any]]] = {
    "floor": (lambda a, b: a // b, np.floor_divide),
    "least": (min, np.minimum),
    "most": (max, np.maximum),
}


class Polynomial:
    """A size over named counts that move in known ranges.

    `numbers` says in what it is worked out: "int64" or "object" (Python's ints: slow) exactly, "float64" to
    within `error` of its value, or within `slack` where that is more. A quotient is divided once: exact where
    it divides, rounded down elsewhere. No divisor in it may be 0.
    """

    def __init__(
        self, size: Count, ranges: Ranges, order: Sequence[str] = (), *, exact: bool = False
    ) -> None:
        """`order`: which names to factor out first: those that change fastest. `exact`: never float64."""
        self.size, self._ranges, self._order = Size.of(size), ranges, order
        top, bottom = self.size.fraction()
        self.numbers = self._chosen((top, bottom), exact)
        self._top, self._bottom = self._nested(top.terms), self._nested(bottom.terms)
        self.error, self.slack = self._errors(top) if self.numbers == "float64" else (0.0, 0.0)

    def __call__(self, values: Values) -> Any:
        """The numbers for ints and int64 arrays of one length: an array, or a number where all are."""
        if self.numbers == "float64" or self.numbers == "object":
            values = {name: _cast(values[name], self.numbers) for name in self.names}
        above, below = _value(self._top, values), _value(self._bottom, values)
        if self._bottom == 1:
            return above
        return above / below if self.numbers == "float64" else above // below

    def at(self, values: Mapping[str, int]) -> int:
        """The exact number for ints."""
        return _value(self._top, values) // _value(self._bottom, values)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names it depends on."""
        return self.size.names()

    def _chosen(self, parts: tuple[Size, Size], exact: bool) -> Numbers:
        largest = [magnitude(part, self._ranges) for part in parts]
        if all(number is not None and number < LIMIT for number in largest):
            return "int64"
        called = any(isinstance(atom, Call) for part in parts for m in part.terms for atom, _ in m)
        bounded = all(number is not None and number < FLOAT_LIMIT for number in largest)
        return "float64" if bounded and not exact and not called else "object"

    def _errors(self, top: Size) -> tuple[float, float]:
        """Every operation rounds once; where terms are taken from one another, measured by the terms."""
        steps = 4 + sum(2 + sum(power for _, power in monomial) for monomial in top.terms)
        relative = steps * 2.0**-53
        below_zero = any(low < 0 for low, _ in self._ranges.values())
        if not below_zero and all(coefficient > 0 for coefficient in top.terms.values()):
            return relative, 0.0
        return relative, relative * float(magnitude(top, self._ranges) or 0)

    def _nested(self, terms: Mapping[Monomial, Coefficient]) -> _Nested | int:
        atom = self._first(terms)
        if atom is None:
            return int(sum(terms.values()))
        inner: dict[Monomial, Coefficient] = {}
        rest: dict[Monomial, Coefficient] = {}
        for monomial, coefficient in terms.items():
            powers = dict(monomial)
            if atom not in powers:
                rest[monomial] = coefficient
                continue
            powers[atom] -= 1
            inner[tuple((a, p) for a, p in powers.items() if p)] = coefficient
        factor = self._called(atom) if isinstance(atom, Call) else atom
        return _Nested(factor, self._nested(inner), self._nested(rest))

    def _first(self, terms: Mapping[Monomial, Coefficient]) -> Atom | None:
        """What to factor out: the name that changes fastest, else what stands in most terms."""
        atoms = [atom for monomial in terms for atom, _ in monomial]
        fast = next((name for name in self._order if name in atoms), None)
        return fast or max(atoms, key=atoms.count, default=None)

    def _called(self, call: Call) -> _Called:
        left, right = (Polynomial(s, self._ranges, self._order, exact=True) for s in (call.left, call.right))
        return _Called(call.kind, left, right)


@dataclass(frozen=True, slots=True)
class _Called:
    """A floor, or the lesser or greater of two."""

    kind: str
    left: Polynomial
    right: Polynomial

    def value(self, values: Values) -> Any:
        left, right = self.left(values), self.right(values)
        on_ints, on_arrays = _CALLS[self.kind]
        return (
            on_ints(left, right)
            if isinstance(left, int) and isinstance(right, int)
            else on_arrays(left, right)
        )


@dataclass(frozen=True, slots=True)
class _Nested:
    """`factor` · inner + rest, as in Horner's scheme."""

    factor: Union[str, _Called]
    inner: Union[_Nested, int]
    rest: Union[_Nested, int]


def divisors(size: Count) -> Iterator[Size]:
    """Every size inside that must not be 0, those inside others first."""
    for monomial in Size.of(size).terms:
        for atom, power in monomial:
            if isinstance(atom, Call):
                yield from divisors(atom.left)
                yield from divisors(atom.right)
                if atom.kind == "floor":
                    yield atom.right
            elif power < 0:
                yield Size.named(atom)


def _value(part: _Nested | int, values: Values) -> Any:
    if isinstance(part, int):
        return part
    factor = values[part.factor] if isinstance(part.factor, str) else part.factor.value(values)
    if part.inner == 1:
        return factor if part.rest == 0 else factor + _value(part.rest, values)
    product = factor * _value(part.inner, values)
    if part.rest == 0:
        return product
    rest = _value(part.rest, values)
    if isinstance(product, np.ndarray) and product.dtype != object and not isinstance(rest, np.ndarray):
        product += rest
        return product
    return rest + product


def _cast(value: Any, numbers: Numbers) -> Any:
    if isinstance(value, np.ndarray):
        return value.astype(numbers)
    return float(value) if numbers == "float64" else value
