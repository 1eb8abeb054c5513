"""Variables worked out: numbers, Sizes for those kept symbolic, and what is found on the way."""

from __future__ import annotations

import pytest

from designer.design.expression import Expression
from designer.design.variables import DEEPEST, Valued, expressed, needed
from designer.symbolic.body import Check
from designer.symbolic.issue import Issue, Refusal
from designer.symbolic.size import Size

LLAMA = {
    "head_dim": Expression("hidden / heads"),
    "hidden": 4096,
    "heads": 32,
    "inner": Expression("7 * hidden // 2"),
    "scale": Expression("head_dim ** -0.5"),
    "tied": True,
}


def test_expressions_may_name_what_comes_later():
    found = Valued(LLAMA)
    assert found.numbers == {
        "head_dim": 128,
        "hidden": 4096,
        "heads": 32,
        "inner": 14336,
        "scale": 128**-0.5,
        "tied": True,
    }
    assert found.counts == found.numbers
    assert found.found == []


def test_symbols_stay_sizes_and_so_does_what_depends_on_them():
    found = Valued(LLAMA, frozenset({"hidden", "heads", "tied", "scale"}))
    hidden, heads = Size.named("hidden"), Size.named("heads")
    assert found.numbers["head_dim"] == 128
    assert found.counts["head_dim"] * heads == hidden
    assert found.counts["inner"] == (7 * hidden) // 2
    assert found.counts["scale"] == 128**-0.5
    assert {"head_dim", "inner", "scale"} <= found.varying
    (head_dim,) = (check for name, check in found.found if name == "head_dim")
    assert isinstance(head_dim, Check)
    assert (head_dim.kind, head_dim.left, head_dim.right) == ("divides", heads, hidden)


def test_what_does_not_divide_is_found_and_counted_rounded_down():
    found = Valued({**LLAMA, "heads": 30})
    assert found.numbers["head_dim"] == 4096 // 30
    ((name, check),) = found.found
    assert (name, str(check.cause)) == ("head_dim", "4096 is not a multiple of 30.")
    assert check.verdict() is False


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"a": Expression("a + 1")}, "a"),
        ({"a": Expression("b"), "b": Expression("c"), "c": Expression("a")}, "abc"),
    ],
)
def test_variables_that_depend_on_themselves_are_found_and_count_on(variables, named):
    found = Valued(variables)
    assert set(found.numbers) == set(variables)
    issues = [issue for _, issue in found.found]
    assert any("depends on itself by way of" in str(issue.cause) for issue in issues)
    assert all(isinstance(issue, Issue) and issue.severity == "unsound" for issue in issues)
    assert {issue.where for issue in issues} <= set(named)


def test_a_broken_variable_counts_on_with_its_last_value_or_with_one():
    found = Valued({"a": Expression("4 *", last=7), "b": Expression("nothing + 1"), "c": Expression("a + b")})
    assert found.numbers == {"a": 7, "b": 1, "c": 8}
    assert [name for name, _ in found.found] == ["a", "b"]
    causes = [str(issue.cause) for _, issue in found.found]
    assert causes[0].endswith("Counting goes on with 7.")
    assert "nothing" in causes[1]


def test_a_row_of_variables_may_not_be_endless():
    long = {f"v{i}": Expression(f"v{i + 1} + 1") for i in range(3 * DEEPEST)}
    found = Valued({**long, f"v{3 * DEEPEST}": 1})
    assert set(found.numbers) == {*long, f"v{3 * DEEPEST}"}
    assert any("in a row" in str(issue.cause) for _, issue in found.found)
    backwards = dict(reversed({**long, f"v{3 * DEEPEST}": 1}.items()))
    assert Valued(backwards).numbers["v0"] == 3 * DEEPEST + 1


def test_all_that_is_needed_is_found_through_variables():
    variables = {"a": Expression("b + c"), "b": Expression("d"), "c": 1, "d": 2, "e": Expression("a")}
    assert needed(variables, ["a", "unknown"]) == {"a", "b", "c", "d"}
    assert needed({"a": Expression("a")}, ["a"]) == {"a"}


def test_an_expression_is_a_number_and_a_count_at_once():
    n = Size.named("n")
    number, count, checks = expressed(Expression("n * n + 1"), {"n": 3}, {"n": n})
    assert (number, count, checks) == (10, n * n + 1, [])
    number, count, checks = expressed(Expression("n > 2"), {"n": 3}, {"n": n})
    assert (number, count, checks) == (True, True, [])
    number, count, checks = expressed(Expression("n * 0.5"), {"n": 3}, {"n": n})
    assert (number, count) == (1.5, 1.5)
    with pytest.raises(Refusal):
        expressed(Expression("m"), {"n": 3}, {"n": n})
