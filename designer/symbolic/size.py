"""Whole-number algebra: one sum, read as a number, as a formula or as a sweep over arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, Any, TypeAlias, Union

if TYPE_CHECKING:
    import numpy as np

Atom: TypeAlias = Union[str, "Call"]
Monomial: TypeAlias = tuple[tuple[Atom, int], ...]
Coefficient: TypeAlias = int | Fraction
Values: TypeAlias = Mapping[str, Any]


class Size:
    """A Laurent polynomial over named counts. It stands wherever an int stands, without order or truth.

    `terms` maps a monomial, sorted pairs of (atom, power), to its coefficient. An atom is a name, or a
    `Call` for what a polynomial cannot say (a floor, the lesser of two). Negative powers come from exact
    quotients: `b * (a / b)` is `a` again.
    """

    __slots__ = ("_hash", "terms")

    def __init__(self, terms: Mapping[Monomial, Coefficient]) -> None:
        self.terms: Mapping[Monomial, Coefficient] = terms
        self._hash: int | None = None

    @staticmethod
    def named(name: str) -> Size:
        """The count that is called `name`."""
        return Size({((name, 1),): 1})

    @staticmethod
    def of(value: Count) -> Size:
        """`value` itself, or the constant polynomial of an int."""
        if isinstance(value, Size):
            return value
        return Size({(): int(value)} if value != 0 else {})

    def __add__(self, other: Count) -> Size:
        terms = dict(self.terms)
        for monomial, coefficient in Size.of(other).terms.items():
            summed = terms.pop(monomial, 0) + coefficient
            if summed:
                terms[monomial] = _whole(summed)
        return Size(terms)

    def __mul__(self, other: Count) -> Size:
        terms: dict[Monomial, Coefficient] = {}
        for left, a in self.terms.items():
            for right, b in Size.of(other).terms.items():
                monomial = _joined(left, right)
                coefficient = terms.pop(monomial, 0) + a * b
                if coefficient:
                    terms[monomial] = _whole(coefficient)
        return Size(terms)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> Size:
        return self * -1

    def __sub__(self, other: Count) -> Size:
        return self + -Size.of(other)

    def __rsub__(self, other: Count) -> Size:
        return Size.of(other) - self

    def __floordiv__(self, other: Count) -> Size:
        exact = self._exactly(Size.of(other))
        return exact if exact is not None else Size({((Call("floor", self, Size.of(other)), 1),): 1})

    def __rfloordiv__(self, other: Count) -> Size:
        return Size.of(other) // self

    def __pow__(self, power: int) -> Size:
        if power < 0:
            raise ValueError("a size takes no negative power: write a quotient")
        result = Size.of(1)
        for _ in range(power):
            result = result * self
        return result

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Size, int)) and self.terms == Size.of(other).terms

    def __hash__(self) -> int:
        if self._hash is None:
            constant = self.terms.get((), 0)
            named = len(self.terms) > (1 if constant else 0)
            self._hash = hash(frozenset(self.terms.items())) if named else hash(constant)
        return self._hash

    def __bool__(self) -> bool:
        raise TypeError("a size has no truth: branch on a flag or on None, never on a count")

    def __lt__(self, other: Count) -> bool:
        raise TypeError("a size has no order: branch on a flag, or use least() or most()")

    __gt__ = __le__ = __ge__ = __lt__

    def quotient(self, other: Count) -> Size:
        """The quotient where `other` is known to divide, so that multiplying back gives `self` again."""
        divisor = Size.of(other)
        if len(divisor.terms) != 1:
            return self // divisor
        ((monomial, coefficient),) = divisor.terms.items()
        return self * Size(
            {tuple((atom, -power) for atom, power in monomial): _whole(Fraction(1) / coefficient)}
        )

    def _exactly(self, divisor: Size) -> Size | None:
        if len(divisor.terms) != 1:
            return None
        result = self.quotient(divisor)
        whole = all(isinstance(c, int) and all(p > 0 for _, p in m) for m, c in result.terms.items())
        return result if whole else None

    def names(self) -> frozenset[str]:
        """Every name the size depends on, inside calls too."""
        found: set[str] = set()
        for monomial in self.terms:
            for atom, _ in monomial:
                found |= {atom} if isinstance(atom, str) else atom.left.names() | atom.right.names()
        return frozenset(found)

    def at(self, values: Values) -> int:
        """The number for these ints: exact while every quotient in the size divides, else rounded down."""
        total = Fraction(0)
        for monomial, coefficient in self.terms.items():
            term = Fraction(coefficient)
            for atom, power in monomial:
                term *= Fraction(values[atom] if isinstance(atom, str) else atom.at(values)) ** power
            total += term
        return total.numerator // total.denominator

    def over(self, values: Values) -> np.ndarray | int:
        """The numbers for arrays (or ints) of one broadcastable shape, in their own dtype.

        Numerator and denominator are worked out apart and divided once, so the result is exact wherever
        the quotients divide; elsewhere it means nothing, and the checks of the trace say so.
        """
        top, bottom = self.fraction()
        above = top.evaluated(values)
        return above if bottom == 1 else above // bottom.evaluated(values)

    def fraction(self) -> tuple[Size, Size]:
        """(numerator, denominator), each with whole coefficients and powers that are not negative."""
        powers: dict[Atom, int] = {}
        scale = 1
        for monomial, coefficient in self.terms.items():
            if isinstance(coefficient, Fraction):
                scale = scale * coefficient.denominator // gcd(scale, coefficient.denominator)
            for atom, power in monomial:
                powers[atom] = max(powers.get(atom, 0), -power)
        bottom = Size({_ordered({a: p for a, p in powers.items() if p}): scale})
        return (self, Size.of(1)) if bottom == 1 else (self * bottom, bottom)

    def evaluated(self, values: Values) -> Any:
        """A polynomial of whole coefficients and powers that are not negative, on ints, floats or arrays."""
        total: Any = 0
        for monomial, coefficient in self.terms.items():
            term: Any = coefficient
            for atom, power in monomial:
                value = values[atom] if isinstance(atom, str) else atom.over(values)
                for _ in range(power):
                    term = value * term
            total = term + total
        return total

    def __str__(self) -> str:
        return self.spelled(str)

    __repr__ = __str__

    def spelled(self, called: Callable[[Atom], str]) -> str:
        """The sum as people write it, highest powers first, each atom as it is `called`."""
        ordered = sorted(self.terms.items(), key=lambda t: (-sum(p for _, p in t[0]), _spelled(*t, str)))
        text = ""
        for monomial, coefficient in ordered:
            sign = " − " if coefficient < 0 else " + "
            text += (sign if text else sign.strip(" +")) + _spelled(monomial, abs(coefficient), called)
        return text or "0"


class Call:
    """What a polynomial cannot say, kept whole as one atom: `floor`, `least` or `most` of two sizes."""

    __slots__ = ("_hash", "kind", "left", "right")

    def __init__(self, kind: str, left: Size, right: Size) -> None:
        self.kind, self.left, self.right = kind, left, right
        self._hash = hash((kind, left, right))

    def at(self, values: Values) -> int:
        """The number for ints."""
        return _PICKS[self.kind][0](self.left.at(values), self.right.at(values))

    def over(self, values: Values) -> Any:
        """The numbers for arrays."""
        left, right = self.left.over(values), self.right.over(values)
        if self.kind == "floor":
            return left // right
        return _elementwise(self.kind, left, right)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Call) and (self.kind, self.left, self.right) == (
            other.kind,
            other.left,
            other.right,
        )

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        if self.kind == "floor":
            return f"⌊({self.left}) / ({self.right})⌋"
        return f"{self.kind}({self.left}, {self.right})"

    __repr__ = __str__


Count: TypeAlias = int | Size
Shape: TypeAlias = tuple[Count, ...]

_PICKS: Mapping[str, tuple[Callable[[int, int], int], str]] = {
    "floor": (lambda a, b: a // b, "floor_divide"),
    "least": (min, "minimum"),
    "most": (max, "maximum"),
}


def least(a: Count, b: Count) -> Count:
    """The lesser of two counts."""
    return _picked("least", a, b)


def most(a: Count, b: Count) -> Count:
    """The greater of two counts."""
    return _picked("most", a, b)


def quotient(a: Count, b: Count) -> Count:
    """a / b where b is meant to divide a: exact for sizes, rounded down for ints where it does not."""
    if isinstance(a, Size) or isinstance(b, Size):
        return Size.of(a).quotient(b)
    return a // b


def product(counts: Iterable[Count]) -> Count:
    """The product of counts; 1 for none."""
    result: Count = 1
    for count in counts:
        result = result * count
    return result


def total(counts: Iterable[Count]) -> Count:
    """The sum of counts; 0 for none."""
    result: Count = 0
    for count in counts:
        result = result + count
    return result


def _picked(kind: str, a: Count, b: Count) -> Count:
    if isinstance(a, int) and isinstance(b, int):
        return _PICKS[kind][0](a, b)
    return a if a == b else Size({((Call(kind, Size.of(a), Size.of(b)), 1),): 1})


def _elementwise(kind: str, a: Any, b: Any) -> Any:
    if isinstance(a, int) and isinstance(b, int):
        return _PICKS[kind][0](a, b)
    import numpy as np

    return getattr(np, _PICKS[kind][1])(a, b)


def _joined(left: Monomial, right: Monomial) -> Monomial:
    if not left or not right:
        return left or right
    powers = dict(left)
    for atom, power in right:
        powers[atom] = powers.get(atom, 0) + power
    return _ordered({atom: power for atom, power in powers.items() if power})


def _ordered(powers: Mapping[Atom, int]) -> Monomial:
    return tuple(sorted(powers.items(), key=lambda pair: str(pair[0])))


def _whole(number: Coefficient) -> Coefficient:
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number


_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _spelled(monomial: Monomial, coefficient: Coefficient, called: Callable[[Atom], str]) -> str:
    above = [_raised(called(atom), power) for atom, power in monomial if power > 0]
    below = [_raised(called(atom), -power) for atom, power in monomial if power < 0]
    top, bottom = Fraction(coefficient).numerator, Fraction(coefficient).denominator
    if top != 1 or not above:
        above = [str(top), *above]
    if bottom != 1:
        below = [str(bottom), *below]
    if not below:
        return "·".join(above)
    return f"{'·'.join(above)}/{below[0] if len(below) == 1 else '(' + '·'.join(below) + ')'}"


def _raised(atom: str, power: int) -> str:
    return atom if power == 1 else atom + str(power).translate(_SUPERSCRIPT)
