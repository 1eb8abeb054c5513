"""Polynomials and bounds: arrays of any numbers equal ints, and no value leaves its bounds."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.search.bounds import bounds, magnitude
from designer.search.polynomial import LIMIT, Polynomial, divisors
from designer.symbolic.size import Size, least, most, quotient

NAMES = ("a", "b", "c")
LEAVES = st.one_of(st.sampled_from([Size.named(name) for name in NAMES]), st.integers(1, 60))


def grown(children):
    pairs = st.tuples(children, children)
    return st.one_of(
        pairs.map(lambda p: p[0] + p[1]),
        pairs.map(lambda p: p[0] * p[1]),
        pairs.map(lambda p: p[0] - p[1]),
        pairs.map(lambda p: least(*p)),
        pairs.map(lambda p: most(*p)),
        st.tuples(children, st.one_of(st.integers(1, 9), st.just(Size.named("c")))).map(
            lambda p: p[0] // p[1]
        ),
    )


SIZES = st.recursive(LEAVES, grown, max_leaves=8).map(Size.of)
LARGEST = st.sampled_from([10, 10**4, 10**9, 10**14])


@st.composite
def cases(draw):
    size, largest = draw(SIZES), draw(LARGEST)
    rows = draw(
        st.lists(st.fixed_dictionaries({n: st.integers(1, largest) for n in NAMES}), min_size=1, max_size=5)
    )
    ranges = {n: (min(row[n] for row in rows), max(row[n] for row in rows)) for n in NAMES}
    return size, rows, ranges


@settings(max_examples=400)
@given(cases(), st.permutations(NAMES), st.booleans())
def test_arrays_equal_ints(case, order, shared):
    size, rows, ranges = case
    if shared:
        rows = [{**row, "a": rows[0]["a"]} for row in rows]
    values = {n: np.array([row[n] for row in rows]) for n in NAMES}
    if shared:
        values["a"] = rows[0]["a"]
    polynomial = Polynomial(size, ranges, order)
    expected = [size.at(row) for row in rows]
    assert [polynomial.at(row) for row in rows] == expected
    found = np.broadcast_to(polynomial(values), len(rows)).tolist()
    if polynomial.numbers == "float64":
        largest = max(map(abs, expected))
        slack = max(polynomial.slack, polynomial.error * largest)
        assert all(abs(Fraction(f) - e) <= slack for f, e in zip(found, expected, strict=True))
    else:
        assert found == expected
    exact = np.broadcast_to(Polynomial(size, ranges, order, exact=True)(values), len(rows))
    assert exact.tolist() == expected


@settings(max_examples=300)
@given(cases())
def test_no_value_leaves_its_bounds(case):
    size, rows, ranges = case
    interval, largest = bounds(size, ranges), magnitude(size, ranges)
    assert interval is not None
    assert largest is not None
    for row in rows:
        assert interval[0] <= size.at(row) <= interval[1]
        assert abs(size.at(row)) <= largest


@given(st.integers(-5, 5), st.integers(-5, 5), st.integers(-5, 5))
def test_bounds_hold_below_zero_too(a, b, c):
    size = Size.named("a") ** 2 * Size.named("b") - 3 * Size.named("b") ** 3 + most(Size.named("a"), 1)
    ranges = {"a": (min(a, c), max(a, c)), "b": (min(b, c), max(b, c))}
    interval = bounds(size, ranges)
    assert interval is not None
    for row in ({"a": a, "b": b}, {"a": c, "b": c}):
        assert interval[0] <= size.at(row) <= interval[1]


def test_a_divisor_that_may_be_zero_has_no_bounds():
    a, b = Size.named("a"), Size.named("b")
    for size in (quotient(a, b), a // (b - 3), 3 + a * (a // b)):
        assert bounds(size, {"a": (1, 9), "b": (0, 9)}) is None
    assert list(divisors(quotient(a, b) + (a + 1) // (b + a // (b - 3)))) == [b, b - 3, b + a // (b - 3)]


@given(st.integers(1, 99), st.integers(1, 10**6), st.integers(1, 10**6))
def test_quotients_are_exact_where_they_divide(divisor, times, a):
    size = quotient(Size.named("b"), Size.named("c")) * Size.named("a") ** 2 + Size.named("a")
    row = {"a": a, "b": divisor * times, "c": divisor}
    polynomial = Polynomial(size, {n: (v, v) for n, v in row.items()})
    found = polynomial({n: np.array([v]) for n, v in row.items()})
    assert int(found[0]) == pytest.approx(times * a * a + a, rel=polynomial.error)
    if polynomial.numbers == "int64":
        assert int(found[0]) == times * a * a + a


def test_int64_is_left_before_it_can_overflow():
    size = Size.named("a") * Size.named("b") - Size.named("a") * Size.named("b") + Size.named("a") ** 2
    edge = 2**31 - 1
    assert Polynomial(size, {"a": (1, edge), "b": (1, edge)}).numbers == "int64"
    assert Polynomial(size, {"a": (1, edge + 1), "b": (1, edge)}).numbers == "float64"
    assert Polynomial(size // 3, {"a": (1, edge + 1), "b": (1, edge)}).numbers == "int64"
    values = {"a": np.array([1, 2**40]), "b": np.array([3, 5])}
    assert Polynomial(size // 3, {"a": (1, 2**40), "b": (1, 9)})(values).tolist() == [0, 2**80 // 3]
    assert magnitude(Size.of(LIMIT), {}) == LIMIT
