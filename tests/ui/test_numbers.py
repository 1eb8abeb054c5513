"""Numbers as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.ui.numbers import bytes_, context, difference, exact, real, share, short, work

UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.00 K"),
        (4096, "4.10 K"),
        (999_499, "999 K"),
        (999_500, "1.00 M"),
        (41_943_040, "41.9 M"),
        (8_030_261_248, "8.03 B"),
        (671_026_404_352, "671 B"),
        (1_234 * 10**12, "1,234 T"),
        (-5_637_144_576, "−5.64 B"),
    ],
)
def test_a_count_has_three_digits_and_a_unit(number, written):
    assert short(number) == written.replace(" ", "\u2009")


@given(st.integers(0, 10**15 - 1))
def test_a_short_count_is_never_off_by_more_than_half_its_last_digit(number):
    digits, _, unit = short(number).partition("\u2009")
    shown = float(digits.replace(",", "")) * UNITS[unit]
    assert abs(shown - number) <= number * 0.00501


@given(st.integers(-(10**18), 10**18))
def test_all_digits_are_kept_where_a_number_is_exact(number):
    assert int(exact(number).replace(",", "").replace("−", "-")) == number


def test_a_difference_has_a_sign_and_no_colour():
    assert difference(5_637_144_576) == "+5.64\u2009B"
    assert difference(-1) == "−1"


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (0, 5, "0 %"),
        (5, 5, "100 %"),
        (1, 10**6, "<0.01 %"),
        (266_240, 8_030_261_248, "<0.01 %"),
        (786_432, 124_439_808, "0.6 %"),
        (38_400, 124_439_808, "0.03 %"),
        (5_637_144_576, 8_030_261_248, "70.2 %"),
        (0, 0, "0 %"),
    ],
)
def test_a_share_says_how_little_without_saying_nothing(part, whole, written):
    assert share(part, whole) == written.replace(" ", "\u2009")


def test_bytes_are_gib_and_say_so():
    assert bytes_(16_060_522_496) == "15.0\u2009GiB"
    assert bytes_(1_073_741_824) == "1.00\u2009GiB"
    assert bytes_(248_879_616) == "0.23\u2009GiB"
    assert bytes_(37_748_736) == "36.0\u2009MiB"
    assert bytes_(0) == "0\u2009GiB"
    assert bytes_(100) == "100\u2009B"


def test_a_context_is_said_in_k_of_1024_or_written_out():
    assert [context(n) for n in (512, 1024, 8192, 131072, 8000)] == ["512", "1k", "8k", "128k", "8,000"]


def test_work_counts_in_giga():
    assert work(17_200_000_000) == "17.2\u2009G"


def test_a_real_number_is_written_as_it_would_be_typed():
    assert [real(n) for n in (500000.0, 1e-05, 0.1)] == ["500000", "1e-05", "0.1"]
