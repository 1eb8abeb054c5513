"""How well a name answers to what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.ui.menus.fuzzy import score


def ranked(typed: str, *names: str) -> list[str]:
    found = [(score(typed, name), name) for name in names]
    return [name for value, name in sorted(((v, n) for v, n in found if v is not None), reverse=True)]


def test_a_beginning_comes_before_a_word_and_a_word_before_letters_within():
    assert ranked("norm", "LayerNorm", "Norm and head", "Final norm") == [
        "Norm and head",
        "Final norm",
        "LayerNorm",
    ]


def test_initials_stand_for_a_name():
    assert score("moe", "Mixture of experts") is not None
    assert ranked("moe", "Mixture of experts", "Language-model head")[0] == "Mixture of experts"


def test_letters_in_order_are_enough_if_they_begin_a_word():
    assert score("mxtr", "Mixture of experts") is not None
    assert score("xtr", "Mixture of experts") is None


def test_another_name_is_as_good_as_a_word():
    assert score("mla", "Latent attention", ("MLA",)) > score("attention", "Latent attention")


def test_every_word_that_is_typed_must_be_found():
    assert score("sliding head", "Language-model head") is None
    assert score("model head", "Language-model head") is not None


def test_what_is_said_of_it_counts_last():
    assert score("router", "Mixture of experts", (), "a router sends each token to a few") is not None
    assert score("router", "Router") > score("router", "Mixture of experts", (), "a router sends")


@given(st.text(min_size=1, max_size=30))
def test_every_name_answers_to_itself_whole_and_to_nothing_typed(name):
    assert score("", name) is not None
    assert score(name, name) is not None


@pytest.mark.parametrize("typed", ["  ", "Mixture", "mixture  OF"])
def test_case_and_spaces_do_not_matter(typed):
    assert score(typed, "Mixture of experts") is not None
