"""What commands are given: designs, changes and a scenario, in any order."""

from __future__ import annotations

import pytest

from designer.commands.arguments import Parser, each, measured, scenario
from designer.design.scenario import Scenario
from designer.symbolic.issue import Refusal


def parser() -> Parser:
    parser = Parser("try", "Try it.")
    parser.scenario()
    parser.json()
    return parser


def test_options_and_designs_mix_in_any_order():
    given = ["a", "--json", "b", "--set", "x=1", "c", "--batch", "2", "--set", "y=x * 2"]
    arguments = parser().read(given)
    assert arguments.designs == ["a", "b", "c"]
    assert arguments.set == [("x", "1"), ("y", "x * 2")]
    assert (arguments.json, arguments.batch) == (True, "2")


def test_an_expression_may_hold_the_sign_that_parts_it_from_its_name():
    assert parser().read(["a", "--set", "x=y==2"]).set == [("x", "y==2")]
    assert parser().read(["a", "--set", "x=-5"]).set == [("x", "-5")]
    assert parser().read(["a", "--set", " x = 5 "]).set == [("x", "5")]


@pytest.mark.parametrize("change", ["x", "=5", "x=", " = ", ""])
def test_a_change_needs_a_name_and_a_value(change):
    with pytest.raises(Refusal, match="is not NAME=EXPR"):
        parser().read(["a", "--set", change])


def test_a_scenario_changes_what_is_asked_for_and_nothing_else():
    saved = Scenario(batch=3, context=100, weights="int8", cache="fp32", convention="dense")
    assert scenario(parser().read(["a"]), saved) == saved
    asked = parser().read(["a", "--context", "8k", "--weights", "bf16"])
    assert scenario(asked, saved) == Scenario(3, 8192, "bf16", "fp32", "dense")


def test_changes_are_made_before_anything_is_read():
    arguments = parser().read(["gpt2", "--set", "n_layer=1", "--set", "n_layer=2 * n_layer"])
    assert measured("gpt2", arguments).design.variables["n_layer"] == 2


def test_each_design_is_shown_and_one_that_is_none_only_makes_the_status_2(capsys):
    shown = []
    arguments = parser().read(["gpt2", "none", "albert-base-v2"])
    assert each(arguments, lambda design: shown.append(design.design.name)) == 2
    assert shown == ["gpt2", "albert-base-v2"]
    assert capsys.readouterr().err.startswith("none: There is no such file")


def test_what_argparse_complains_of_is_a_refusal_in_one_sentence():
    with pytest.raises(Refusal) as refused:
        parser().read([])
    assert str(refused.value) == "llm-designer try: The following arguments are required: DESIGN."
