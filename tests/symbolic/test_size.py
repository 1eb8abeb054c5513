"""Whole-number algebra: its laws, its refusals, and its readings as an int, over arrays, as a fraction."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.symbolic.size import Size, least, most, product, quotient, total

NAMES = ("a", "b", "c")
A, B, C = map(Size.named, NAMES)

values = st.fixed_dictionaries({name: st.integers(1, 50) for name in NAMES})
wholes = st.integers(-9, 9)
atoms = st.sampled_from([A, B, C])


def joined(children):
    pairs = st.tuples(children, children)
    return st.one_of(
        pairs.map(lambda p: p[0] + p[1]),
        pairs.map(lambda p: p[0] - p[1]),
        pairs.map(lambda p: p[0] * p[1]),
        pairs.map(lambda p: least(p[0], p[1])),
        pairs.map(lambda p: most(p[0], p[1])),
        st.tuples(children, st.integers(1, 9)).map(lambda p: p[0] // p[1]),
        st.tuples(children, atoms).map(lambda p: p[0] // p[1]),
    )


sizes = st.recursive(st.one_of(atoms, wholes.map(Size.of)), joined, max_leaves=8)
polynomials = st.recursive(
    st.one_of(atoms, wholes.map(Size.of)),
    lambda c: st.one_of(
        st.tuples(c, c).map(lambda p: p[0] + p[1]), st.tuples(c, c).map(lambda p: p[0] * p[1])
    ),
    max_leaves=6,
)


@given(polynomials, polynomials, polynomials)
def test_the_laws_of_a_ring_hold(x, y, z):
    assert x + y == y + x
    assert x * y == y * x
    assert (x + y) + z == x + (y + z)
    assert (x * y) * z == x * (y * z)
    assert x * (y + z) == x * y + x * z
    assert x + 0 == x == 0 + x
    assert x * 1 == x == 1 * x
    assert x * 0 == 0 == x - x
    assert -x + x == 0
    assert 5 - x == -(x - 5)


@given(sizes, sizes, values)
def test_reading_a_size_as_a_number_keeps_every_operation(x, y, numbers):
    assert (x + y).at(numbers) == x.at(numbers) + y.at(numbers)
    assert (x - y).at(numbers) == x.at(numbers) - y.at(numbers)
    assert (x * y).at(numbers) == x.at(numbers) * y.at(numbers)
    assert (x**3).at(numbers) == x.at(numbers) ** 3
    assert Size.of(least(x, y)).at(numbers) == min(x.at(numbers), y.at(numbers))
    assert Size.of(most(x, y)).at(numbers) == max(x.at(numbers), y.at(numbers))
    assert (x // 7).at(numbers) == x.at(numbers) // 7
    assert (x // A).at(numbers) == x.at(numbers) // numbers["a"]
    assert (100 // A).at(numbers) == 100 // numbers["a"]


@given(sizes, st.lists(values, min_size=1, max_size=5))
def test_a_sweep_over_arrays_gives_what_each_design_gives_by_itself(size, designs):
    columns = {name: np.array([d[name] for d in designs], object) for name in NAMES}
    swept = np.broadcast_to(size.over(columns), (len(designs),))
    assert list(swept) == [size.at(d) for d in designs]


@given(sizes, values)
def test_a_sweep_takes_plain_ints_too(size, numbers):
    assert size.over(numbers) == size.at(numbers)


@given(polynomials, st.sampled_from([A, B, A * B, B * B, 3 * A, Size.of(4)]))
def test_an_exact_quotient_multiplies_back(x, divisor):
    assert divisor * quotient(x, divisor) == x
    assert quotient(x * divisor, divisor) == x


@given(values, st.integers(1, 9))
def test_an_exact_quotient_is_a_number_wherever_it_divides(numbers, factor):
    share = quotient(A * B, 1) * factor
    assert quotient(share, B).at(numbers) == numbers["a"] * factor
    assert quotient(A, B).at({"a": numbers["b"] * factor, "b": numbers["b"]}) == factor
    columns = {"a": np.array([12, 20]), "b": np.array([3, 5])}
    assert list(quotient(A, B).over(columns)) == [4, 4]


def test_a_floor_that_is_exact_stays_a_polynomial_and_any_other_is_kept_whole():
    assert (6 * A * B) // (2 * A) == 3 * B
    assert str((A + 1) // 2) == "⌊(a + 1) / (2)⌋"
    assert quotient(3 * A, 2) != (3 * A) // 2
    assert ((3 * A) // 2).at({"a": 3}) == 4


@given(polynomials, values)
def test_numerator_and_denominator_give_the_size_again(x, numbers):
    shared = quotient(quotient(x, A * A), 6 * B)
    above, below = shared.fraction()
    assert all(isinstance(c, int) and all(p > 0 for _, p in m) for m, c in above.terms.items())
    assert all(isinstance(c, int) and all(p > 0 for _, p in m) for m, c in below.terms.items())
    exact = Fraction(above.evaluated(numbers), below.evaluated(numbers))
    assert exact == Fraction(x.at(numbers), numbers["a"] ** 2 * 6 * numbers["b"])
    assert above == shared * below


def test_a_size_refuses_to_be_true_or_false_and_to_be_compared():
    for asked in (bool, lambda s: s or 1, lambda s: 1 if s else 2):
        with pytest.raises(TypeError, match="no truth"):
            asked(A)
    for asked in (
        lambda: A < 3,
        lambda: A <= B,
        lambda: A > B,
        lambda: A <= 3,
        lambda: A > 3,
        lambda: max(A, B),
    ):
        with pytest.raises(TypeError, match="no order"):
            asked()
    with pytest.raises(ValueError, match="negative power"):
        A**-1


@given(polynomials)
def test_equal_sizes_and_equal_ints_have_equal_hashes(x):
    again = x + A - A
    assert again == x
    assert hash(again) == hash(x)
    for number in (0, 1, -7, 2**70):
        assert Size.of(number) == number
        assert hash(Size.of(number)) == hash(number)
    assert len({Size.of(4), 4, A - A + 4}) == 1


@given(st.lists(st.one_of(sizes, wholes), max_size=4), values)
def test_sums_and_products_of_counts_may_mix_ints_and_sizes(counts, numbers):
    read = [Size.of(count).at(numbers) for count in counts]
    assert Size.of(total(counts)).at(numbers) == sum(read)
    assert Size.of(product(counts)).at(numbers) == prod(read)


def test_least_and_most_of_ints_are_ints_and_of_equals_the_thing_itself():
    assert (least(3, 5), most(3, 5)) == (3, 5)
    assert least(A, A) == A == most(A, A)
    assert str(least(A, 4)) == "least(a, 4)"
    assert (quotient(7, 2), quotient(6, 2)) == (3, 3)


@given(sizes)
def test_a_size_names_all_it_depends_on(size):
    read = {name for name in NAMES if name in size.names()}
    plain = dict.fromkeys(read, 1)
    size.at(plain)  # nothing else is asked for
    for name in read:
        with pytest.raises(KeyError):
            size.at({other: 1 for other in read if other != name})


def test_a_formula_is_spelled_with_the_highest_power_first():
    assert str(2 * A * B + A**2 * B + 3) == "a²·b + 2·a·b + 3"
    assert str(quotient(A * C, 2 * B)) == "a·c/(2·b)"
    assert str(quotient(A, B)) == "a/b"
    assert str(A - A) == "0"


def test_counts_stay_exact_beyond_every_machine_number():
    big = A**5 * B
    numbers = {"a": 10**9 + 7, "b": 3}
    assert big.at(numbers) == (10**9 + 7) ** 5 * 3
    assert (big // 2).at(numbers) == (10**9 + 7) ** 5 * 3 // 2
