"""Steps: what is meant from where a number stands."""

from __future__ import annotations

import pytest

from designer.design.expression import Expression
from designer.ui.controls.entry import Ask, read, several
from designer.ui.controls.relative import distinct, step_in

NUMBERS = {"hidden_size": 4096}


@pytest.mark.parametrize(
    ("text", "present", "stored"),
    [
        ("*2", 32, 64),
        ("+64", 32, 96),
        ("-1", 32, 31),
        ("\u22121", 32, 31),
        ("/2", 32, 16),
        ("*2 + 1", 32, 65),
        ("+1k", 32, 1056),
        ("*2", Expression("hidden_size"), Expression("hidden_size * 2")),
        ("/2", Expression("4*hidden_size"), Expression("4*hidden_size / 2")),
        ("*2", Expression("hidden_size + 1"), Expression("(hidden_size + 1) * 2")),
        ("*hidden_size", 2, Expression("2 * hidden_size")),
        ("*2", None, None),
    ],
)
def test_a_step_is_taken_from_what_stands_there(text, present, stored):
    assert read(text, Ask(), NUMBERS, None, (present,)).each == (stored,)


@pytest.mark.parametrize(
    ("text", "present", "cause"),
    [
        ("/2", 7, "7 is not a multiple of 2."),
        ("-32", 32, "It must be at least 1, and is 0."),
        ("*hiden", 32, "There is no 'hiden'; did you mean 'hidden_size'?"),
        ("/0", 32, "This divides by zero."),
    ],
)
def test_a_step_that_cannot_be_taken_says_why(text, present, cause):
    entry = read(text, Ask(), NUMBERS, None, (present,))
    assert str(entry.cause) == cause
    assert entry.each == ()


def test_a_sign_before_a_number_that_may_be_negative_belongs_to_the_number():
    assert step_in("-1", signed=True) is None
    assert step_in("*2", signed=True) == "* 2"
    assert read("-1", Ask(whole=False, least=None), NUMBERS, None, (2.0,)).setting == -1.0


def test_reals_stay_reals():
    entry = read("*2", Ask(whole=False, least=None), NUMBERS, None, (4.0,))
    assert entry.each == (8.0,)
    assert isinstance(entry.each[0], float)


def test_different_settings_are_said_as_what_they_come_to():
    assert several((Expression("hidden_size"), 16), NUMBERS) == "4,096, 16"
    assert several((Expression("hidden_size"), 4096), NUMBERS) == "hidden_size, 4,096"
    assert several((None, 512), {}) == "none, 512"
    assert several(range(9), {}) == "0, 1, 2, 3 …"


def test_what_is_equal_is_said_once_and_true_is_not_one():
    assert distinct((8, 16, 8)) == [8, 16]
    assert distinct((1, True)) == [1, True]
