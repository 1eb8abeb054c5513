"""Issues: each kind says where, why and at which block; what is fine is not spoken of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.analysis.issues import issues, path_of, stops_export
from designer.design.expression import Expression
from designer.design.scenario import Scenario
from designer.design.tree import Design, Node, Pattern
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.symbolic.issue import Issue, said
from tests.designs import KINDS, counted, design_of_nodes, node


def found(design: Design, scenario: Scenario | None = None) -> list[Issue]:
    return issues(counted(design), scenario)


def only(design: Design, scenario: Scenario | None = None) -> Issue:
    (issue,) = found(design, scenario)
    return issue


def words(issue: Issue) -> tuple[str, str, str]:
    return issue.severity, issue.where, str(issue.cause)


def embedded(*inside: Node, **settings: object) -> Design:
    """Blocks behind a table of 10 rows, 8 wide."""
    return design_of_nodes(node("token_embedding", rows=10, hidden=8), *inside, **settings)


@pytest.mark.parametrize("name", presets())
def test_a_published_model_has_no_fault(name):
    design = opened(name, KINDS)
    assert stops_export(found(design)) is None
    assert all(issue.severity == "note" for issue in found(design))


def test_what_an_import_had_to_say_comes_first():
    remark = Issue("note", said("It is old."), "model_type")
    design = embedded(node("attention", heads=3, kv_heads=2, head_dim=4), remarks=(remark,))
    assert found(design)[0] == remark
    assert len(found(design)) == 2


def test_a_misfit_is_unsound_and_names_its_block():
    head = node("lm_head", rows=10)
    issue = only(embedded(node("residual", head, label="Branch")))
    assert words(issue) == ("unsound", "Branch", "Adds rows of 10 to rows of 8.")
    assert stops_export([issue]) is issue


def test_what_does_not_divide_is_a_warning_at_its_block_and_stops_an_export():
    attention = node("attention", heads=3, kv_heads=2, head_dim=4)
    design = embedded(node("repeat", node("residual", attention), name="layers"))
    issue = only(design)
    cause = "3 query heads cannot share 2 key/value heads evenly."
    assert words(issue) == ("warning", "Repeat ×N › Residual › Attention", cause)
    assert issue.node == attention.id
    assert stops_export([issue]) is issue


def test_the_same_fault_in_two_blocks_is_two_issues():
    blocks = [node("attention", heads=3, kv_heads=2, head_dim=4, name=name) for name in ("a", "b")]
    assert [issue.node for issue in found(embedded(*blocks))] == [block.id for block in blocks]


def test_the_same_fault_in_several_layers_is_one_issue():
    heads = Pattern((), (3, 5, 7))
    attention = node("attention", heads=heads, kv_heads=2, head_dim=4)
    design = embedded(node("repeat", node("residual", attention), times=6))
    assert sorted({str(issue.cause)[:1] for issue in found(design)}) == ["3", "5", "7"]
    same = embedded(
        node("repeat", node("residual", replace(attention, fields=attention.fields | {"heads": 3})), times=6)
    )
    assert len(found(same)) == 1


def test_a_quotient_that_is_not_whole_is_said_of_the_variable_and_of_a_block_that_needs_it():
    variables = {"d": 9, "half": Expression("d / 2"), "quarter": Expression("half // 2")}
    mlp = node("mlp", hidden=Expression("quarter"))
    issue = only(embedded(node("dropout"), node("residual", mlp), variables=variables))
    assert words(issue) == ("warning", "half", "9 is not a multiple of 2.")
    assert issue.node == mlp.id
    assert stops_export([issue]) is issue


def test_a_variable_that_nobody_needs_stops_no_export():
    issue = only(embedded(variables={"d": 9, "half": Expression("d / 2")}))
    assert (issue.where, issue.node) == ("half", None)
    assert stops_export([issue]) is None


def test_an_expression_that_is_broken_counts_on_with_its_last_value():
    mlp = node("mlp", hidden=Expression("8 *", 8))
    issue = only(embedded(mlp))
    assert (issue.severity, issue.where, issue.node) == ("unsound", "Feed-forward", mlp.id)
    assert "Counting goes on with 8, the last value that could be read." in str(issue.cause)
    variable = only(embedded(variables={"a": Expression("1 / 0", 4)}))
    assert words(variable) == ("unsound", "a", "This divides by zero. Counting goes on with 4.")


def test_a_field_out_of_range_and_a_word_that_is_none_are_unsound():
    broken = node("attention", sees="sideways", heads=0, kv_heads=1)
    causes = [str(issue.cause) for issue in found(embedded(broken))]
    assert "Query heads is 0; it counts as 1, the least it can be." in causes
    assert "Sees cannot be sideways; it counts as past." in causes


def test_an_unknown_kind_is_unsound_and_passes_its_input_through():
    stranger = Node("quantum", label="Strange")
    issue = only(embedded(stranger, node("lm_head", rows=10)))
    assert (issue.severity, issue.where, issue.node) == ("unsound", "Strange", stranger.id)
    assert "No block is called quantum" in str(issue.cause)


def test_what_is_wrong_in_an_expert_is_said_at_the_experts():
    expert = node("attention", heads=3, kv_heads=2, head_dim=4, window=Expression("8 *", 8))
    experts = node("experts", experts=2, expert=expert)
    assert {issue.node for issue in found(embedded(experts))} == {experts.id}
    assert len(found(embedded(experts))) == 2


def test_what_is_wrong_in_what_an_expert_holds_is_said_at_the_experts():
    odd = node("attention", heads=3, kv_heads=2, head_dim=4)
    experts = node("experts", experts=2, expert=node("stack", odd))
    issue = only(embedded(experts))
    assert (str(issue.cause), issue.node) == (
        "3 query heads cannot share 2 key/value heads evenly.",
        experts.id,
    )


def test_two_blocks_that_keep_one_name_are_found_at_the_second():
    first, second = node("mlp", name="mlp"), node("mlp", name="mlp", label="Again")
    issue = only(embedded(node("repeat", first, second, name="layers", times=3)))
    assert (issue.severity, issue.where, issue.node) == ("unsound", "Repeat ×N › Again", second.id)
    assert "layers.*.mlp.gate_proj.weight" in str(issue.cause)
    assert str(issue.fix) == "Give one of the two another name."
    assert stops_export([issue]) is issue


def test_blocks_that_share_a_place_and_do_not_keep_the_same_are_found():
    wide, narrow = (node("mlp", hidden=hidden, name=f"m{hidden}", shares="once") for hidden in (16, 4))
    issue = found(embedded(wide, narrow))[0]
    assert (issue.severity, issue.where, issue.node) == ("unsound", "once", wide.id)
    cause = "Blocks that share their weights keep once.gate_proj.weight as 16 × 8 and as 4 × 8."
    assert str(issue.cause) == cause


def test_a_name_kept_twice_is_found_through_unnamed_containers():
    design = embedded(node("mlp", name="mlp"), node("residual", node("stack", node("mlp", name="mlp"))))
    assert "mlp.gate_proj.weight" in str(only(design).cause)


def test_a_repeat_whose_numbers_go_to_others_keeps_what_has_none_under_one_name():
    numbered, plain = node("mlp", name="{}"), node("mlp", name="mlp")
    design = embedded(node("repeat", numbered, plain, name="layers", times=2))
    assert only(design).node == plain.id
    assert found(embedded(node("repeat", numbered, plain, name="layers", times=1))) == []
    shared = node("repeat", numbered, plain, name="layers", times=2, shared=True)
    assert found(embedded(shared)) == []


@pytest.mark.parametrize(
    "inside",
    [
        [node("choose", node("mlp", name="mlp"), node("experts", name="mlp"), pick=Pattern((), (0, 1)))],
        [node("choose", node("mlp"), node("mlp", bias=True), name="mlp", pick=Pattern((), (0, 1)))],
        [node("mlp", name="{}"), node("mlp", name="{}")],
        [node("repeat", node("mlp", name="{}"), times=3), node("mlp", name="{}")],
        [node("repeat", node("mlp", name="{}"), times=3), node("repeat", node("mlp", name="{}"), times=3)],
        [node("mlp", name="a", shares="once"), node("mlp", name="b", shares="once")],
        [node("repeat", node("mlp", name="mlp"), name=name) for name in ("a", "b")],
        [node("repeat", node("mlp", name="mlp"), times=4, shared=True)],
        [node("lm_head", rows=10, tied=True, name="head")],
    ],
    ids=[
        "alternatives of a choice",
        "alternatives under one name",
        "numbers",
        "numbers of an inner repeat",
        "numbers of two inner repeats",
        "one place for two",
        "two repeats",
        "one set of weights",
        "a tied head",
    ],
)  # fmt: skip
def test_a_name_that_is_kept_once_is_not_complained_of(inside):
    assert found(embedded(*inside, name="d")) == []
    repeated = node("repeat", node("residual", *inside), name="layers", times=4)
    assert not any("there is one already" in str(issue.cause) for issue in found(embedded(repeated)))


def test_twelve_of_three_and_one_have_no_name_twice():
    three = node("repeat", node("mlp", name="{}"), times=3)
    design = embedded(node("repeat", three, node("experts", name="{}"), name="layers", times=12))
    assert found(design) == []


def test_a_context_beyond_the_models_own_positions_is_a_warning_that_stops_no_export():
    design = embedded(positions=1024)
    issue = only(design, Scenario(context=2048))
    assert words(issue) == (
        "warning",
        "scenario",
        "A context of 2,048 is beyond the model's own 1,024 positions.",
    )
    assert stops_export([issue]) is None
    assert found(design, Scenario(context=1024)) == []
    assert found(embedded(), Scenario(context=10**9)) == []


def test_positions_may_be_an_expression_and_follow_its_variable():
    design = embedded(positions=Expression("2 * n"), variables={"n": 512})
    assert found(design, Scenario(context=1024)) == []
    assert "1,024 positions" in str(only(design, Scenario(context=1025)).cause)


def test_the_designs_own_scenario_is_asked_where_none_is_given():
    assert "positions" in str(only(embedded(positions=8, scenario=Scenario(context=9))).cause)


@pytest.mark.parametrize(
    ("scenario", "causes"),
    [
        (Scenario(weights="int4"), ["int4 counts as 4.0 bits a number, without scales."]),
        (Scenario(cache="int8"), ["int8 counts as 8.0 bits a number, without scales."]),
        (Scenario(weights="int4", cache="int4"), ["int4 counts as 4.0 bits a number, without scales."]),
        (Scenario(weights="fp16", cache="fp32"), []),
    ],
)
def test_nominal_bits_are_said(scenario, causes):
    noted = found(embedded(), scenario)
    assert [str(issue.cause) for issue in noted] == causes
    assert all(issue.severity == "note" for issue in noted)
    assert stops_export(noted) is None


def test_where_a_block_stands_is_said_by_labels_and_kinds_without_plain_stacks():
    mlp = node("mlp")
    design = design_of_nodes(
        node("stack", node("repeat", node("residual", mlp, label="feed-forward"), label="Layer"))
    )
    assert path_of(design, mlp.id, KINDS) == "Layer › feed-forward › Feed-forward"
    assert path_of(design, design.tree.id, KINDS) == "stack"
    labelled = design_of_nodes(node("stack", mlp, label="Half"))
    assert path_of(labelled, mlp.id, KINDS) == "Half › Feed-forward"


def test_an_unsound_import_stops_an_export_and_a_warning_of_it_does_not():
    unsound, warning = Issue("unsound", said("No head.")), Issue("warning", said("A key."))
    assert stops_export([warning, unsound]) is unsound
    assert stops_export([warning]) is None
