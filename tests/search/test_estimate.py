"""Estimates: never farther from Python's numbers than they say, and sure only where they are right."""

from __future__ import annotations

from fractions import Fraction
from math import inf, isfinite, nan

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from designer.design.expression import Expression
from designer.search.estimate import ESTIMATES, NUMBERS, Estimate, Truth
from designer.symbolic.issue import Refusal

NAMES = ("a", "b", "c")
LEAVES = st.one_of(
    st.sampled_from(NAMES),
    st.integers(0, 9).map(str),
    st.sampled_from(["0.1", "2.5", "1e-9", "3B", "1e17", "0.0"]),
)


def grown(children):
    signs = st.sampled_from(["+", "-", "*", "/", "//", "%"])
    return st.one_of(
        st.tuples(children, signs, children).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(st.sampled_from(["min", "max"]), children, children).map(
            lambda p: f"{p[0]}({p[1]}, {p[2]})"
        ),
        children.map(lambda p: f"abs({p})"),
        children.map(lambda p: f"(-{p})"),
        st.tuples(children, st.sampled_from(["2", "3", "0.5", "-1", "-0.5"])).map(
            lambda p: f"({p[0]} ** {p[1]})"
        ),
    )


NUMBERS_TEXT = st.recursive(LEAVES, grown, max_leaves=6)


def joined(children):
    return st.one_of(
        st.tuples(children, st.sampled_from(["and", "or"]), children).map(
            lambda p: f"({p[0]} {p[1]} {p[2]})"
        ),
        children.map(lambda p: f"(not {p})"),
    )


COMPARISONS = st.tuples(NUMBERS_TEXT, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMBERS_TEXT).map(
    " ".join
)
CONDITIONS = st.recursive(COMPARISONS, joined, max_leaves=3)
ROWS = st.lists(
    st.fixed_dictionaries({n: st.one_of(st.integers(-3, 60), st.integers(-(10**20), 10**20)) for n in NAMES}),
    min_size=1,
    max_size=5,
)


def estimated(rows):
    return {n: Estimate.of(np.array([row[n] for row in rows], object)) for n in NAMES}


def number(text, row):
    try:
        return Expression(text).evaluate(row, NUMBERS)
    except Refusal:
        return nan


@settings(max_examples=600)
@given(NUMBERS_TEXT, ROWS)
@example("abs(a * a ** 0.5)", [{"a": 0, "b": 0, "c": 0}, {"a": -1, "b": 0, "c": 0}])
def test_an_estimate_is_no_farther_than_its_error(text, rows):
    found = Estimate.of(Expression(text).evaluate(estimated(rows), ESTIMATES))
    for value, row in zip(np.broadcast_to(found.value, len(rows)), rows, strict=True):
        exact = number(text, row)
        if found.error == inf:
            continue
        if not isinstance(exact, int) and not isfinite(exact):
            assert not isfinite(value)
            continue
        assert abs(Fraction(float(value)) - Fraction(exact)) <= Fraction(found.error)


@settings(max_examples=600)
@given(CONDITIONS, ROWS)
def test_a_condition_without_doubt_is_right(text, rows):
    truth = Truth.of(Expression(text).evaluate(estimated(rows), ESTIMATES))
    holds, doubt = (np.broadcast_to(part, len(rows)) for part in (truth.holds, truth.doubt))
    for at, row in enumerate(rows):
        if not doubt[at]:
            assert bool(holds[at]) == Expression(text).evaluate(row, NUMBERS)


@given(
    CONDITIONS,
    st.lists(st.fixed_dictionaries({n: st.integers(1, 60) for n in NAMES}), min_size=1, max_size=5),
)
def test_nothing_small_and_whole_is_in_doubt(text, rows):
    if any(word in text for word in ("1e17", "0.5", "**")):
        return
    values = {n: Estimate.of(np.array([row[n] for row in rows])) for n in NAMES}
    truth = Truth.of(Expression(text).evaluate(values, ESTIMATES))
    assert not np.any(truth.doubt) or "3B" in text


@settings(max_examples=300)
@given(CONDITIONS, ROWS)
def test_the_gap_is_above_zero_only_where_a_condition_fails(text, rows):
    truth = Truth.of(Expression(text).evaluate(estimated(rows), ESTIMATES))
    gaps = np.broadcast_to(truth.gap(), len(rows))
    sure = np.broadcast_to(truth.holds, len(rows)) & ~np.broadcast_to(truth.doubt, len(rows))
    finite = np.isfinite(gaps)
    assert not np.any(gaps[sure & finite] > 0)


def test_the_gap_measures_by_the_greater_side():
    values = {"a": Estimate.of(np.array([150, 100, 50])), "b": Estimate.of(np.array([100, 100, 100]))}
    expected = {"a <= b": [1 / 3, 0, -0.5], "a > b": [-1 / 3, 0, 0.5], "a == b": [1 / 3, 0, 0.5]}
    for text, gaps in expected.items():
        assert Truth.of(Expression(text).evaluate(values, ESTIMATES)).gap().tolist() == pytest.approx(gaps)
    both = Truth.of(Expression("a <= b and a >= b").evaluate(values, ESTIMATES))
    either = Truth.of(Expression("a <= b or a >= b").evaluate(values, ESTIMATES))
    assert both.gap().tolist() == pytest.approx([1 / 3, 0, 0.5])
    assert either.gap().tolist() == pytest.approx([-1 / 3, 0, -0.5])


def test_what_is_not_finite_is_never_comparable():
    values = {"a": 3, "b": 0}
    for text in ("a / b > 1", "a / b < 1", "a % b == 0", "a // b != 1", "b ** -1 > 0", "max(a / b, 9) > 1"):
        assert Expression(text).evaluate(values, NUMBERS) is False
        assert not Truth.of(Expression(text).evaluate(values, ESTIMATES)).holds


def test_a_number_is_no_condition():
    with pytest.raises(Refusal, match="A number stands where a condition is needed"):
        Expression("a and b > 1").evaluate({"a": Estimate.of(3), "b": Estimate.of(2)}, ESTIMATES)
