"""The document around the tree: what it may hold, and one sentence by place for what it may not."""

from __future__ import annotations

import pytest

from designer.design.expression import Expression
from designer.design.scenario import Scenario
from designer.design.tree import Design
from designer.formats.design_reader import read_design
from designer.formats.reading_json import Given
from designer.symbolic.issue import Refusal
from tests.formats.designs import REGISTRY

TREE = {"block": "stack"}


def read(**keys: object) -> Design:
    return read_design(Given({"format": "llm-designer", "tree": TREE} | keys, "a.json"), REGISTRY)


def test_a_design_needs_a_tree_and_nothing_else():
    design = read()
    assert (design.name, design.notes, design.variables, design.remarks) == ("", "", {}, ())
    assert design.scenario == Scenario()
    assert (design.positions, design.version, design.source, design.extra) == (None, 1, {}, {})


def test_variables_are_numbers_flags_and_expressions_in_the_order_of_the_file():
    given = {"b": 2, "a": "b * 2", "real": 0.5, "flag": True, "total": 7, "_x1": {"text": "b +", "last": 3}}
    expressions = {"a": Expression("b * 2"), "_x1": Expression("b +", 3)}
    variables = read(variables=given).variables
    assert variables == given | expressions
    assert list(variables) == list(given)


def test_a_variable_may_be_used_before_it_is_named():
    assert read(variables={"a": "b", "b": 1}).variables["a"] == Expression("b")


def test_what_a_scenario_leaves_open_has_its_default():
    assert read(scenario={"context": 4096, "batch": None}).scenario == Scenario(context=4096)


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"format": "other"}, "format: It is no design of this program."),
        ({"format": None}, "format: It is no design of this program."),
        ({"tree": None}, "tree: It must be an object, not null."),
        ({"tree": []}, "tree: It must be an object, not a list."),
        ({"version": 0}, "version: 0 is no version."),
        ({"version": True}, "version: true is no version."),
        ({"version": "1"}, 'version: "1" is no version.'),
        ({"name": 7}, "name: It must be text, not 7."),
        ({"notes": ["a"]}, "notes: It must be text, not a list."),
        ({"variables": []}, "variables: It must be an object, not a list."),
        ({"variables": {"a b": 1}}, "variables.a b: It cannot name a variable"),
        ({"variables": {"lambda": 1}}, "variables.lambda: It cannot name a variable"),
        ({"variables": {"": 1}}, "variables.: It cannot name a variable"),
        ({"variables": {"größe": 1}}, "variables.größe: It cannot name a variable"),
        ({"variables": {"a": None}}, "variables.a: null is neither a number nor an expression."),
        ({"variables": {"a": [1]}}, "variables.a: a list is neither a number nor an expression."),
        ({"variables": {"a": {"text": 1}}}, "variables.a.text: 1 is neither a number nor an expression."),
        ({"variables": {"a": {"text": "(", "last": "x"}}}, 'variables.a.last: "x" is no number.'),
        ({"variables": {"a": {"text": "1", "was": 2}}}, "variables.a.was: Only text, last can stand here."),
        ({"variables": {"a": "2 *"}}, "variables.a: Something is missing at the end."),
        ({"variables": {"size": 1, "a": "sise"}}, "variables.a: There is no 'sise'; did you mean 'size'?"),
        ({"scenario": []}, "scenario: It must be an object, not a list."),
        ({"scenario": {"batch": 0}}, "scenario.batch: 0 is not a whole number of 1 or more."),
        ({"scenario": {"batch": True}}, "scenario.batch: True is not a whole number of 1 or more."),
        ({"scenario": {"context": "8k"}}, "scenario.context: 8k is not a whole number of 1 or more."),
        ({"scenario": {"weights": "fp8"}}, "scenario.weights: fp8 is not known; known are fp32, bf16,"),
        ({"scenario": {"cache": []}}, "scenario.cache: [] is not known"),
        ({"scenario": {"convention": 1}}, "scenario.convention: 1 is not known; known are causal, dense."),
        ({"positions": 0}, "positions: 0 is no number of positions."),
        ({"positions": 2.5}, "positions: 2.5 is no number of positions."),
        ({"positions": True}, "positions: true is no number of positions."),
        ({"positions": "n"}, "positions: There is no 'n'."),
        ({"source": 1}, "source: It must be an object, not 1."),
        ({"remarks": {}}, "remarks: It must be a list, not an object."),
        ({"remarks": ["a"]}, 'remarks[0]: It must be an object, not "a".'),
        ({"remarks": [{"severity": "bad"}]}, 'remarks[0].severity: "bad" is none of note, warning, unsound.'),
        ({"remarks": [{}, {"cause": 1}]}, "remarks[1].cause: It must be text, not 1."),
        ({"remarks": [{"fix": 1}]}, "remarks[0].fix: It must be text, not 1."),
    ],
)  # fmt: skip
def test_what_a_design_cannot_hold_is_one_sentence_by_place(keys, sentence):
    with pytest.raises(Refusal) as refused:
        read(**keys)
    assert str(refused.value).startswith(f"a.json: {sentence}")
    assert "\n" not in str(refused.value)
