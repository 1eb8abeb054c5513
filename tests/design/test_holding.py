"""What is held while a variable moves, and who uses one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.design import edits
from designer.design.expression import Expression
from designer.design.holding import Held, held_while, hold_instead, moved_by, users_of
from designer.design.tree import Design
from designer.design.variables import valued
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.symbolic.issue import Refusal
from tests.designs import KINDS, counted


def with_variables(**variables) -> Design:
    design = opened("gpt2", KINDS)
    for name, value in variables.items():
        design = edits.set_variable(design, name, value)
    return design


def llama() -> Design:
    return opened("llama-3-8b", KINDS)


def test_what_is_held_is_the_rest_of_the_expression():
    assert held_while(llama(), "hidden_size") == Held("head_dim", ("num_attention_heads",))
    assert held_while(llama(), "num_attention_heads") == Held("head_dim", ("hidden_size",))
    assert held_while(llama(), "vocab_size") is None


def test_the_quotient_is_held_and_its_divisor_moves():
    design = hold_instead(llama(), "hidden_size", "head_dim")
    assert design.variables["head_dim"] == 128
    assert design.variables["num_attention_heads"] == Expression("hidden_size / head_dim", 32)
    assert held_while(design, "hidden_size") == Held("num_attention_heads", ("head_dim",))


def test_the_swap_goes_both_ways():
    there = hold_instead(llama(), "hidden_size", "head_dim")
    back = hold_instead(there, "hidden_size", "num_attention_heads")
    assert back.variables["num_attention_heads"] == 32
    assert back.variables["head_dim"] == Expression("hidden_size / num_attention_heads", 128)


def test_with_the_divisor_in_hand_the_dividend_moves():
    design = hold_instead(llama(), "num_attention_heads", "head_dim")
    assert design.variables["hidden_size"] == Expression("head_dim * num_attention_heads", 4096)


@pytest.mark.parametrize("text", ["4*a", "a + b", "a // b", "least(a, b)", "a * a", "a / 3"])
def test_what_cannot_be_turned_round_is_only_held(text):
    design = with_variables(a=12, b=6, c=Expression(text))
    after = hold_instead(design, "a", "c")
    numbers = valued(design.variables).numbers
    assert after.variables == {**design.variables, "c": numbers["c"]}


def test_what_is_no_expression_is_refused():
    with pytest.raises(Refusal):
        hold_instead(llama(), "hidden_size", "vocab_size")


@given(
    st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["a / b", "b / a", "a * b"]), st.booleans()
)
def test_no_value_changes_by_holding_another_one(a, b, text, by_a):
    design = with_variables(
        a=a * b if text == "a / b" else a, b=a * b if text == "b / a" else b, c=Expression(text)
    )
    after = hold_instead(design, "a" if by_a else "b", "c")
    assert valued(after.variables).numbers == valued(design.variables).numbers
    assert not isinstance(after.variables["c"], Expression)


@pytest.mark.parametrize("name", presets())
def test_in_every_preset_holding_another_one_changes_no_count(name):
    design = opened(name, KINDS)
    for variable in design.variables:
        held = held_while(design, variable)
        if held is not None:
            after = hold_instead(design, variable, held.moves)
            assert counted(after).total == counted(design).total


def test_what_depends_on_a_variable_is_found_through_others():
    design = edits.set_variable(llama(), "rank", Expression("head_dim // 2"))
    assert moved_by(design, "hidden_size") == ["head_dim", "rank"]


def test_who_uses_a_variable_is_known():
    design = llama()
    users = users_of(design, "head_dim")
    assert [edits.find(design, id).kind for id in users.nodes] == ["attention"]
    assert users_of(design, "num_attention_heads").variables == ("head_dim",)
    assert users_of(opened("gpt2", KINDS), "n_positions").positions
    assert not users_of(edits.set_variable(design, "spare", 1), "spare")
