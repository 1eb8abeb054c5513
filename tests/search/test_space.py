"""Spaces: how ranges are read, refused and ordered."""

from __future__ import annotations

from itertools import product

import pytest

from designer.search.space import Axis, Space
from designer.symbolic.issue import Refusal
from tests.search.plainly import design

LLAMA = design("llama")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1:4", [1, 2, 3, 4]),
        ("1k:8k:1k", [1024 * n for n in range(1, 9)]),
        ("1:10:4", [1, 5, 9]),
        ("7:7", [7]),
        ("-2:2:2", [-2, 0, 2]),
        ("8,2,4", [8, 2, 4]),
        ("4,4,8,4", [4, 8]),
        ("1.5M", [1_500_000]),
        ("0.5,1", [0.5, 1]),
        ("true,False", [True, False]),
    ],
)
def test_a_range_takes_the_values_it_says(text, values):
    assert list(Axis.read("x", text).values) == values


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "The range is empty."),
        (" , ", "The range is empty."),
        ("1,,2", "'' is not a number."),
        ("8:4", "The range runs backward, from 8 to 4."),
        ("1:8:0", "The step must be above 0, not 0."),
        ("8:1:-1", "The step must be above 0, not -1."),
        ("1:2:3:4", "A range is low:high or low:high:step."),
        ("1:", "'' is not a number."),
        ("0.5:2", "A range is of whole numbers; list others one by one."),
        ("1:9e99", "beyond 1000000000000000"),
        ("many", "'many' is not a number."),
        ("1,1e300", "beyond 1000000000000000"),
    ],
)
def test_a_range_that_leads_nowhere_is_one_sentence(text, cause):
    with pytest.raises(Refusal) as refused:
        Axis.read("x", text)
    assert cause in str(refused.value)
    assert "\n" not in str(refused.value)


def test_only_variables_of_the_design_are_varied_and_each_once():
    with pytest.raises(
        Refusal, match="hiden_size: The design has no such variable; did you mean 'hidden_size'?"
    ):
        Space.read(LLAMA, [("hiden_size", "1,2")])
    with pytest.raises(Refusal, match="zz: The design has no such variable"):
        Space.read(LLAMA, [("zz", "1,2")])
    with pytest.raises(Refusal, match="head_dim: The variable is varied twice"):
        Space.read(LLAMA, [("head_dim", "1,2"), ("head_dim", "3")])


def test_the_first_axis_turns_slowest():
    space = Space.read(LLAMA, [("hidden_size", "64,32"), ("head_dim", "8:10"), ("num_hidden_layers", "1,2")])
    assert space.points == 12
    assert [tuple(space.at(index).values()) for index in range(12)] == list(
        product((64, 32), (8, 9, 10), (1, 2))
    )


def test_an_axis_stays_open_only_where_all_its_values_are_ints():
    assert Axis.read("x", "3,1,2").whole
    assert Axis.read("x", "3,1,2").ends == (1, 3)
    assert Axis.read("x", "2:9:2").ends == (2, 8)
    assert not Axis.read("x", "1,true").whole
    assert not Axis.read("x", "1,2.5").whole
