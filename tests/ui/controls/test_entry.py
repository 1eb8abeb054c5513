"""What a person may type into a field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.design.expression import Expression
from designer.ui.controls.entry import Ask, read, value_of, written

NUMBERS = {"hidden_size": 4096, "num_attention_heads": 32, "ratio": 0.5, "tied": True}


@pytest.mark.parametrize(
    ("text", "stored", "value"),
    [
        ("4096", 4096, 4096),
        (" 4,096 ", 4096, 4096),
        ("8k", 8192, 8192),
        ("1.5M", 1_500_000, 1_500_000),
        ("32*128", Expression("32*128"), 4096),
        ("4*hidden_size", Expression("4*hidden_size"), 16384),
        ("hidden_size / 32", Expression("hidden_size / 32"), 128),
    ],
)
def test_numbers_and_expressions_are_read_as_people_write_them(text, stored, value):
    entry = read(text, Ask(), NUMBERS)
    assert (entry.setting, entry.value, entry.broken) == (stored, value, False)


def test_a_misspelt_name_says_where_and_what_was_meant():
    entry = read("hiden_size/3", Ask(), NUMBERS, last=14336)
    assert entry.broken
    assert entry.span == (0, 10)
    assert "hiden_size" in str(entry.cause)
    assert [(s.text, s.value) for s in entry.suggestions] == [("hidden_size // 3", 1365)]
    assert entry.setting == Expression("hiden_size/3", 14336)


@pytest.mark.parametrize(
    "text", ["4*", "(", "4 4", "hidden size", "__import__('os')", "1e999", "9**9**9", "tied"]
)
def test_what_says_no_number_is_refused_in_place_and_kept_with_the_last_value(text):
    entry = read(text, Ask(), NUMBERS, last=7)
    assert entry.broken
    assert entry.setting == Expression(text, 7)
    assert value_of(entry.setting, {}) == 7


def test_a_number_too_small_offers_the_least():
    entry = read("0", Ask(least=1), NUMBERS)
    assert entry.broken
    assert entry.suggestions[0].value == 1
    assert not read("0", Ask(least=0), NUMBERS).broken


def test_a_count_is_whole_and_a_real_need_not_be():
    assert read("2.5", Ask(), NUMBERS).suggestions[0].value == 2
    assert read("2.5", Ask(whole=False, least=None), NUMBERS).setting == 2.5
    assert read("500000", Ask(whole=False, least=None), NUMBERS).setting == 500000.0
    assert isinstance(read("2", Ask(whole=False, least=None), NUMBERS).setting, float)


def test_nothing_is_a_value_only_where_a_field_may_be_absent():
    assert read("", Ask(), NUMBERS).broken
    assert not read("  ", Ask(optional=True), NUMBERS).broken
    assert read("", Ask(optional=True), NUMBERS).setting is None


def test_a_quotient_that_is_not_whole_counts_and_is_said():
    entry = read("hidden_size / 3", Ask(), NUMBERS)
    assert (entry.broken, entry.value) == (False, 1365)
    assert "4,096 is not a multiple of 3" in str(entry.note)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_a_fault(text):
    entry = read(text, Ask(), NUMBERS, last=3)
    assert entry.broken or isinstance(entry.value, (int, float))


@given(st.integers(1, 10**15))
def test_what_is_written_is_read_back(number):
    for grouped in (True, False):
        assert read(written(number, grouped), Ask(), {}).setting == number


def test_settings_of_every_kind_are_written():
    assert [written(s) for s in (None, True, 7, 0.5, "silu", Expression("a*b"))] == [
        "",
        "yes",
        "7",
        "0.5",
        "silu",
        "a*b",
    ]
    assert written(500000.0, grouped=True) == "500,000"
