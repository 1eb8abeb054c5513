"""Expressions: what they say, what they refuse, and that ints, sizes and arrays agree."""

from __future__ import annotations

import operator
import time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from designer.design.arithmetic import ARRAYS, INTS, SIZES
from designer.design.expression import READINGS, RESERVED, Expression, why_not_a_name
from designer.design.grammar import BrokenExpression
from designer.design.notation import read_number, rename
from designer.symbolic.issue import Refusal
from designer.symbolic.size import Size

VALUES = {"hidden_size": 4096, "heads": 32, "tied": True, "start.total": 8_030_261_248, "total": 7}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4096", 4096),
        ("4_096", 4096),
        ("00012", 12),
        ("3e9", 3_000_000_000),
        ("3B", 3_000_000_000),
        ("1.5M", 1_500_000),
        ("2K", 2000),
        ("32k", 32_768),
        ("0.5k", 512),
        ("1T", 10**12),
        ("24GiB", 24 * 2**30),
        ("24GB", 24_000_000_000),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("2.0", 2.0),
        (".5", 0.5),
        ("1e-5", 1e-5),
        ("7 * hidden_size // 2", 14336),
        ("hidden_size / heads", 128),
        ("hidden_size / 3", 1365),
        ("0.5 / 2", 0.25),
        ("hidden_size ** -0.5", 1 / 64),
        ("-hidden_size % 5", 4),
        ("2 ** 3 ** 2", 512),
        ("max(1, heads, 3)", 32),
        ("abs(heads - 100)", 68),
        ("1 < heads <= 32 != 5", True),
        ("not tied or heads > 40", False),
        ("tied", True),
        ("start.total + 1", 8_030_261_249),
        ("( 1\n+\t2 )", 3),
        ("1 ** 9999999999", 1),
        ("hidden_size ** 80 // hidden_size ** 79", 4096),
    ],
)
def test_an_expression_has_the_value_its_text_says(text, value):
    found = Expression(text).evaluate(VALUES)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "cause", "span"),
    [
        ("", "An expression is missing.", (0, 0)),
        ("hidden_size +", "Something is missing at the end.", (13, 13)),
        ("8 * hidden_sise", "There is no 'hidden_sise'; did you mean 'hidden_size'?", (4, 15)),
        ("hidden_size heads", "An operator is missing before 'heads'.", (12, 17)),
        ("3 * (1 + 2", "A parenthesis is not closed.", (4, 5)),
        ("1) + (2", "A parenthesis is closed that was never opened.", (1, 2)),
        ("10 ^ 3", "'^' is no sign of an expression; write '**'.", (3, 4)),
        ("heads = 3", "'=' is no sign of an expression; write '=='.", (6, 7)),
        ("größe", "'ö' is no sign of an expression.", (2, 3)),
        ("3X + 1", "'3X' is not a number.", (0, 2)),
        ("1e999", "'1e999' is not a number.", (0, 5)),
        ("sqrt(heads)", "'sqrt' is no function; there are abs, min and max.", (0, 4)),
        ("max(3)", "max takes two numbers or more.", (0, 6)),
        ("abs(1, 2)", "abs takes one number.", (0, 9)),
        ("a.b.c", "'a.b.c' is out of place.", (0, 5)),
        ("1, 2", "'1, 2' is out of place.", (0, 4)),
        ("1 + * 2", "'*' is out of place.", (4, 5)),
        ("x if y else z", "'if' cannot stand in an expression.", (2, 4)),
        ("(heads < 3) + 1", "'heads < 3' is true or false where a number is needed.", (1, 10)),
        ("heads + 1 and tied", "'heads + 1' is a number where 'and' needs a condition.", (0, 9)),
        ("heads and tied", "32 is a number, not a condition.", (0, 14)),
        ("1 + heads / 0", "This divides by zero.", (4, 13)),
        ("5 % 0", "This divides by zero.", (0, 5)),
        ("1 + 9**9**9", "This power has more than 1024 bits.", (4, 11)),
        ("(0 - 8) ** 0.5", "This power is not a real number.", (0, 14)),
        ("0.5 * 10**308 * 10.0 * 10.0", "This is not a finite number.", (0, 27)),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_its_place(text, cause, span):
    with pytest.raises(BrokenExpression) as refused:
        Expression(text).evaluate(VALUES)
    assert (str(refused.value.cause), refused.value.span) == (cause, span)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "(lambda: 1)()",
        "[x for x in (1, 2)]",
        "open('/etc/passwd')",
        "total.__class__",
        "f'{total}'",
        "...",
        "max(*heads, 1)",
        "max(1, heads := 3)",
        "max(1, 2, key=abs)",
        "-" * 900 + "1",
        "(" * 499 + "1" + ")" * 499,
        "9" * 900,
        "9**9**9**9",
        "max(2, 9) ** 99999999 ** 99999999",
        "1" + "+1" * 5000,
        "\x00",
        "٣ + 1",
    ],
)
def test_hostile_text_is_refused_at_once_and_nothing_is_run(text):
    started = time.perf_counter()
    with pytest.raises(Refusal):
        Expression(text).evaluate(VALUES)
    assert time.perf_counter() - started < 0.5


@settings(max_examples=500)
@given(st.text(alphabet="0123456789abeknotrdhM. +-*/%<>=!(),_\n'^²∞", max_size=40) | st.text(max_size=60))
def test_arbitrary_text_has_a_value_or_is_refused(text):
    try:
        Expression(text).evaluate({"a": 3, "b": 4.5, "e": True})
    except Refusal as refusal:
        said = str(refusal)
    else:
        said = ""
    assert "\n" not in said
    broken = Expression(text).broken()
    assert broken is None or 0 <= broken.span[0] <= broken.span[1] <= len(text)


def test_a_quotient_of_counts_says_what_is_meant_to_divide():
    met = []
    assert Expression("hidden_size / 3 + 7 // 2 + 1.0 / 3").evaluate(VALUES, INTS, met) == 1365 + 3 + 1 / 3
    assert met == [(4096, 3)]
    met = []
    quotient = Expression("a / b * b").evaluate({"a": Size.named("a"), "b": Size.named("b")}, SIZES, met)
    assert quotient == Size.named("a")
    assert met == [(Size.named("a"), Size.named("b"))]
    met = []
    Expression("a / 4").evaluate({"a": np.array([8, 9])}, ARRAYS, met)
    assert [(*top, bottom) for top, bottom in met] == [(8, 9, 4)]


def test_what_is_settled_leaves_the_rest_unread():
    assert Expression("heads != 32 and 1 / 0 == 1").evaluate(VALUES) is False
    assert Expression("heads == 32 or 1 / 0 == 1").evaluate(VALUES) is True


def test_a_count_that_varies_has_no_order_and_takes_no_reals():
    sizes = {"a": Size.named("a"), "tied": True}
    for text, cause in [
        ("a < 3", "cannot be compared"),
        ("a * 0.5", "real number"),
        ("a ** -1", "whole powers"),
        ("2 ** a", "whole powers"),
    ]:
        with pytest.raises(BrokenExpression, match=cause):
            Expression(text).evaluate(sizes, SIZES)
    assert Expression("not tied").evaluate(sizes, SIZES) is False


def test_an_expression_knows_its_names_and_which_are_unknown():
    expression = Expression("max(heads, start.total) - 3e9 * hidden_sise")
    assert expression.names == {"heads", "start.total", "hidden_sise"}
    assert expression.broken() is None
    broken = expression.broken(VALUES)
    assert broken is not None
    assert broken.suggestions[0] == "hidden_size"
    assert expression.broken({*VALUES, "hidden_sise"}) is None
    assert Expression("1 +").names == frozenset()


def test_an_expression_without_a_value_is_worth_its_last_one():
    assert Expression("2 * a", 5).worth({"a": 3}) == 6
    assert [Expression(text, 5).worth({"a": 3}) for text in ("2 *", "2 * b", "a / 0")] == [5, 5, 5]
    assert Expression("a / 0").worth({"a": 3}) is None


def test_two_expressions_are_equal_by_text_and_last_value():
    assert Expression("a + b", 3) == Expression("a + b", 3)
    assert hash(Expression("a + b", 3)) == hash(Expression("a + b", 3))
    assert Expression("a + b", 3) != Expression("a+b", 3)
    assert Expression("a + b", 3) != Expression("a + b", 4)


def test_a_condition_is_told_by_its_form():
    assert Expression("a < 3 or not b").is_condition
    assert Expression("True").is_condition
    assert not Expression("a + 3").is_condition
    assert Expression(" heads ").is_plain
    assert not Expression("heads * 1").is_plain


def test_renaming_changes_one_name_everywhere_and_nothing_else():
    text = "B*3B  + total.B + max(B, 1e5, B.x, B (2)) - AB // B $ 'B"
    assert (
        rename(text, "B", "batch")
        == "batch*3B  + total.B + max(batch, 1e5, B.x, B (2)) - AB // batch $ 'batch"
    )
    assert rename("k + 32k + 3e9", "e9", "x") == "k + 32k + 3e9"


@given(st.text(max_size=40), st.sampled_from(["a", "heads", "k"]))
def test_renaming_there_and_back_gives_the_same_text(text, name):
    assume("zz" not in text)
    assert rename(rename(text, name, "zz"), "zz", name) == text


def test_a_number_is_read_with_suffix_and_sign():
    assert (read_number("8k"), read_number(" -1.5 "), read_number("3B")) == (8192, -1.5, 3 * 10**9)
    for text in ("", "k", "8 k", "--3", "8kk", "nan", "inf", "1__0", "0x10", "8k\n3"):
        with pytest.raises(Refusal, match=r"--context: '.*' is not a number"):
            read_number(text, "--context")


def test_words_of_expressions_cannot_name_a_variable():
    assert {*READINGS, "start", "abs", "min", "max", "and", "or", "not"} <= RESERVED
    for name in (
        "total",
        "kv_cache_bytes",
        "start",
        "max",
        "and",
        "if",
        "lambda",
        "3a",
        "a.b",
        "a b",
        " a",
        "",
        "é",
    ):
        assert why_not_a_name(name) is not None
    for name in ("hidden_size", "_x", "k", "B", "e5", "totals"):
        assert why_not_a_name(name) is None


# --- the same value by another way ------------------------------------------------------------------------

NAMES = ("a", "b", "c")
LEAVES = st.one_of(st.sampled_from(NAMES), st.integers(1, 50))
COUNTING = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "min": min,
    "max": max,
}


def trees(leaves, functions):
    def node(children):
        return st.tuples(st.sampled_from(functions), children, children)

    return st.recursive(leaves, node, max_leaves=8)


def spelled(tree):
    if not isinstance(tree, tuple):
        return str(tree)
    function, left, right = tree[0], spelled(tree[1]), spelled(tree[2])
    if function in ("min", "max"):
        return f"{function}({left}, {right})"
    return f"({left} {function} {right})"


def reckoned(tree, values):
    if isinstance(tree, str):
        return values[tree]
    if not isinstance(tree, tuple):
        return tree
    left, right = reckoned(tree[1], values), reckoned(tree[2], values)
    return COUNTING[tree[0]](left, right)


NUMBERS = st.fixed_dictionaries({name: st.integers(1, 10**6) for name in NAMES})


@settings(max_examples=300)
@given(trees(LEAVES, list(COUNTING)), NUMBERS)
def test_ints_have_the_value_reckoned_another_way(tree, values):
    try:
        expected = reckoned(tree, values)
    except ZeroDivisionError:
        with pytest.raises(BrokenExpression, match="divides by zero"):
            Expression(spelled(tree)).evaluate(values)
        return
    assert Expression(spelled(tree)).evaluate(values) == expected


@settings(max_examples=300)
@given(trees(LEAVES, ["+", "-", "*", "min", "max", "//"]), NUMBERS)
def test_sizes_at_numbers_equal_ints(tree, values):
    try:
        expected = reckoned(tree, values)
        size = Expression(spelled(tree)).evaluate({name: Size.named(name) for name in NAMES}, SIZES)
    except (ZeroDivisionError, BrokenExpression):
        return
    assert Size.of(size).at(values) == expected


@settings(max_examples=300)
@given(trees(LEAVES, list(COUNTING)), st.lists(NUMBERS, min_size=1, max_size=4))
def test_arrays_equal_ints_element_by_element(tree, rows):
    try:
        expected = [reckoned(tree, row) for row in rows]
    except ZeroDivisionError:
        return
    assume(all(abs(reckoned(part, row)) < 2**62 for row in rows for part in parts(tree)))
    arrays = {name: np.array([row[name] for row in rows]) for name in NAMES}
    found = np.broadcast_to(Expression(spelled(tree)).evaluate(arrays, ARRAYS), len(rows))
    assert found.tolist() == expected


def parts(tree):
    yield tree
    if isinstance(tree, tuple):
        yield from parts(tree[1])
        yield from parts(tree[2])


COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


@given(
    st.lists(LEAVES, min_size=2, max_size=4),
    st.lists(st.sampled_from(list(COMPARED)), min_size=3, max_size=3),
    st.lists(NUMBERS, min_size=1, max_size=4),
)
def test_chains_of_comparisons_hold_where_every_link_holds(leaves, signs, rows):
    text = str(leaves[0]) + "".join(f" {sign} {leaf}" for sign, leaf in zip(signs, leaves[1:], strict=False))
    expected = [
        all(
            COMPARED[sign](reckoned(left, row), reckoned(right, row))
            for sign, left, right in zip(signs, leaves, leaves[1:], strict=False)
        )
        for row in rows
    ]
    assert [Expression(text).evaluate(row) for row in rows] == expected
    arrays = {name: np.array([row[name] for row in rows]) for name in NAMES}
    assert np.broadcast_to(Expression(text).evaluate(arrays, ARRAYS), len(rows)).tolist() == expected


def test_truths_in_arrays_count_as_one_and_join_by_logic():
    arrays = {"flag": np.array([True, False]), "a": np.array([3, 4]), "r": np.array([2.0, 4.0])}
    assert Expression("flag + flag + a").evaluate(arrays, ARRAYS).tolist() == [5, 4]
    assert Expression("flag and not a > 3 or a == 4").evaluate(arrays, ARRAYS).tolist() == [True, True]
    assert Expression("r ** -0.5 / 2").evaluate(arrays, ARRAYS).tolist() == [2**-0.5 / 2, 0.25]
    assert Expression("a ** -1").evaluate(arrays, ARRAYS).tolist() == [1 / 3, 0.25]
    assert Expression("-abs(a - 5)").evaluate(arrays, ARRAYS).tolist() == [-2, -1]
