"""Resolving: a design's data becomes blocks with numbers in them; nothing is raised, everything is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.blocks.palette import registry
from designer.design import edits
from designer.design.expression import Expression
from designer.design.resolve import resolve
from designer.design.tree import Group, Node, Pattern, Run
from designer.symbolic.body import Check
from designer.symbolic.issue import Issue
from designer.symbolic.schedule import Schedule
from designer.symbolic.scope import Memo
from designer.symbolic.size import Size
from tests.designs import KINDS, counted, design_of_nodes, node, value
from tests.published import MODELS, measured, of_config


def resolved(*blocks, symbols=frozenset(), named=None, **settings):
    return resolve(design_of_nodes(*blocks, **settings), KINDS, Memo(), frozenset(symbols), named)


def block(*blocks, **settings):
    return resolved(*blocks, **settings).step.inside[0].block


def causes(found):
    return [str(finding.cause) for _, finding in found.findings]


# --- fields ------------------------------------------------------------------------------------------------


def test_fields_hold_numbers_or_expressions_over_variables():
    mlp = node("mlp", hidden=Expression("7 * d // 2"), bias=Expression("d > 4"), name="mlp")
    found = block(mlp, variables={"d": 8})
    assert (found.hidden, found.bias, found.gate) == (28, True, "split")


def test_values_and_blocks_inside_fields_are_worked_out_too():
    attention = node("attention", rope=value("rope", turned=Expression("d / 2"), theta=Expression("d * 1.5")))
    found = block(attention, variables={"d": 8})
    assert (found.rope.turned, found.rope.theta) == (4, 12.0)
    moe = node("experts", expert=node("mlp", hidden=Expression("d")))
    assert block(moe, variables={"d": 8}).expert.block.hidden == 8


def test_a_field_that_was_left_out_has_its_default():
    bare = Node("mlp", {"hidden": 5})
    assert (block(bare).hidden, block(bare).activation) == (5, "silu")


@pytest.mark.parametrize(
    ("fields", "counted_as", "cause"),
    [
        ({"hidden": 0}, 1, "Hidden width is 0; it counts as 1, the least it can be."),
        ({"hidden": -5}, 1, "Hidden width is -5; it counts as 1, the least it can be."),
        ({"hidden": 2.5}, 2, "Hidden width must be a whole number, not 2.5."),
        ({"hidden": True}, 1, "Hidden width must be a whole number, not True."),
        ({"hidden": "wide"}, 1, "Hidden width must be a whole number, not wide."),
        ({"hidden": None}, 11008, "Hidden width is missing; it counts as 11008."),
        ({"hidden": Expression("d +", last=9)}, 9, "Counting goes on with 9"),
        ({"hidden": Expression("d + nothing", last=9)}, 9, "nothing"),
        ({"hidden": Expression("d / 0", last=9)}, 9, "This divides by zero."),
        ({"hidden": Expression("d +")}, 11008, "Counting goes on with 11008"),
    ],
)
def test_a_count_that_is_none_is_found_and_counting_goes_on(fields, counted_as, cause):
    mlp = node("mlp", name="mlp", **fields)
    found = resolved(mlp, variables={"d": 8})
    assert found.step.inside[0].block.hidden == counted_as
    ((id, issue),) = found.findings
    assert isinstance(issue, Issue)
    assert (id, issue.severity, issue.node) == (mlp.id, "unsound", mlp.id)
    assert cause in str(issue.cause)


def test_a_whole_real_number_is_a_count():
    found = resolved(node("mlp", hidden=8.0))
    assert found.step.inside[0].block.hidden == 8
    assert type(found.step.inside[0].block.hidden) is int
    assert found.findings == ()


@pytest.mark.parametrize(
    ("kind", "fields", "cause"),
    [
        ("mlp", {"gate": "sideways"}, "Gate cannot be sideways; it counts as split."),
        ("attention", {"rope": Group("ropes")}, "Position cannot be ropes"),
        ("attention", {"rope": "rope"}, "Position cannot be rope"),
        ("experts", {"expert": 3}, "Expert cannot be 3"),
    ],
)
def test_a_word_or_value_that_is_not_known_is_found(kind, fields, cause):
    found = resolved(replace(node(kind), fields={**node(kind).fields, **fields}))
    assert cause in causes(found)[0]
    assert all(finding.severity == "unsound" for _, finding in found.findings)


def test_an_optional_count_may_be_absent_and_a_real_may_be_an_expression():
    attention = node("attention", window=None, scale=Expression("d ** -0.5"))
    found = block(attention, variables={"d": 4})
    assert (found.window, found.scale) == (None, 0.5)


# --- schedules ---------------------------------------------------------------------------------------------


def schedule(pattern, **variables):
    found = resolved(node("attention", window=pattern), variables=variables)
    return found.step.inside[0].block.window, causes(found)


def test_a_pattern_becomes_a_schedule_with_its_runs_written_out():
    pattern = Pattern((Run(512, 2), 64), (Run(Expression("w"), Expression("n")), None))
    assert schedule(pattern, w=128, n=3) == (
        Schedule((512, 512, 64), (128, 128, 128, None)),
        [],
    )


def test_single_rounds_may_be_excepted():
    pattern = Pattern((), (512, None), {0: 7, 5: Expression("w")})
    found, complaints = schedule(pattern, w=9)
    assert [found[i] for i in range(10)] == [7, None, 512, None, 512, 9, 512, None, 512, None]
    assert complaints == []
    again, _ = schedule(Pattern((1, 2, 3), (4,), {1: 20}))
    assert [again[i] for i in range(5)] == [1, 20, 3, 4, 4]


def test_a_pattern_without_a_cycle_goes_on_with_its_last_value():
    found, complaints = schedule(Pattern((512, 64), ()))
    assert [found[i] for i in range(4)] == [512, 64, 64, 64]
    assert complaints == ["Window: a pattern needs a cycle."]


@pytest.mark.parametrize("times", [-1, 2.5, 10**9, Expression("n +")])
def test_a_run_of_no_sensible_length_is_found(times):
    found, complaints = schedule(Pattern((Run(5, times),), (7,)))
    assert found.cycle == (7,)
    assert complaints


def test_a_run_of_none_is_nothing():
    assert schedule(Pattern((Run(5, 0),), (7,))) == (Schedule((), (7,)), [])


def test_each_entry_of_a_pattern_is_judged_like_the_field():
    found, complaints = schedule(Pattern((0,), (5, "wide")))
    assert found == Schedule((1,), (5, 1))
    assert len(complaints) == 2


def test_the_lengths_of_patterns_are_structural_and_their_values_are_not():
    pattern = Pattern((Run(Expression("w"), Expression("n")),), (None,))
    found = resolved(node("attention", window=pattern), variables={"w": 5, "n": 2}, symbols={"w", "n"})
    assert found.structural == {"n"}
    assert found.step.inside[0].block.window == Schedule((Size.named("w"),) * 2, (None,))


# --- symbols -----------------------------------------------------------------------------------------------


def test_symbols_stay_sizes_in_counts_and_become_numbers_everywhere_else():
    variables = {"d": 8, "n": 3, "p": 1, "f": True}
    blocks = (
        node("mlp", hidden=Expression("2 * d"), bias=Expression("f"), name="a"),
        node("choose", node("dropout", name="x"), node("dropout", name="y"), pick=Expression("p")),
        node("attention", scale=Expression("d ** -0.5"), name="c"),
        node("repeat", times=Expression("n"), name="r"),
    )
    found = resolved(*blocks, variables=variables, symbols=set(variables))
    mlp, choose, attention, repeat = (step.block for step in found.step.inside)
    assert (mlp.hidden, mlp.bias) == (2 * Size.named("d"), True)
    assert (choose.pick, attention.scale, repeat.times) == (1, 8**-0.5, Size.named("n"))
    assert found.structural == {"p", "f"}


def test_a_symbolic_count_is_held_to_its_least():
    found = resolved(node("mlp", hidden=Expression("d - 5")), variables={"d": 8}, symbols={"d"})
    ((_, check),) = found.findings
    assert isinstance(check, Check)
    assert (check.kind, check.left, check.right) == ("at_most", 1, Size.named("d") - 5)


def test_a_count_that_no_size_can_say_makes_its_variables_structural():
    mlp = node("mlp", hidden=Expression("d * 2.0"))
    found = resolved(mlp, variables={"d": 8}, symbols={"d"})
    assert found.structural == {"d"}
    assert found.step.inside[0].block.hidden == 16


def test_plain_counts_may_be_given_names():
    mlp = node("mlp", hidden=20)
    found = resolved(mlp, named={(mlp.id, "hidden"): "h"})
    assert found.step.inside[0].block.hidden == Size.named("h")


def test_a_head_width_records_that_the_heads_must_divide():
    config = {
        "model_type": "llama",
        "hidden_size": 100,
        "intermediate_size": 60,
        "num_attention_heads": 8,
        "num_hidden_layers": 2,
        "vocab_size": 11,
    }
    found = of_config(config).resolved
    assert causes(found) == ["100 is not a multiple of 8."]
    assert [finding.verdict() for _, finding in found.findings] == [False]
    gpt2 = of_config({"model_type": "gpt2", "n_embd": 100, "n_head": 8, "n_layer": 2, "vocab_size": 11})
    assert set(causes(gpt2.resolved)) == {"100 is not a multiple of 8."}


# --- what nobody knows -------------------------------------------------------------------------------------


def test_a_kind_nobody_knows_passes_its_input_through_and_says_so():
    strange = Node("hyena", {"order": 3}, (node("mlp", hidden=20, name="mlp"),), "mixer")
    design = design_of_nodes(node("token_embedding", rows=10, hidden=8), strange)
    found = counted(design)
    assert found.total == 80 + 480
    ((id, issue),) = found.resolved.findings
    assert (id, issue.severity) == (strange.id, "unsound")
    assert str(issue.cause) == ("No block is called hyena: it is kept as it is and passes its input through.")


def test_a_kind_of_value_is_no_kind_of_block():
    assert "No block is called rope" in causes(resolved(Node("rope")))[0]


def test_what_stands_inside_a_block_that_holds_none_is_told():
    found = resolved(node("mlp", node("mlp", name="inner"), name="outer"))
    assert causes(found) == ["Feed-forward holds no blocks: what stands inside does not count."]


def test_a_broken_design_raises_nothing():
    broken = Expression("((", last=None)
    fields = dict.fromkeys(node("attention").fields, broken)
    found = resolved(Node("attention", fields), variables={"a": broken, "b": Expression("a")})
    assert len(found.findings) >= len(fields)


# --- memory ------------------------------------------------------------------------------------------------


def test_nodes_that_were_not_touched_give_the_very_same_step():
    design, memo = measured("meta-llama/Llama-3.1-70B").design, Memo()
    mlp = next(n for n in design.tree.walk() if n.kind == "mlp")
    before = resolve(design, KINDS, memo).step
    after = resolve(edits.configure(design, [mlp.id], {"hidden": 5}), KINDS, memo).step
    assert before is not after
    assert before.inside[1] is after.inside[1]
    assert resolve(design, KINDS, memo).step is before


def test_a_variable_that_a_block_does_not_use_does_not_make_it_anew():
    design, memo = measured("meta-llama/Llama-3.1-70B").design, Memo()
    before = resolve(design, KINDS, memo).step
    other = edits.set_variable(design, "intermediate_size", 5)
    after = resolve(other, KINDS, memo).step
    assert after is not before
    assert after.inside[1] is before.inside[1]
    spare = resolve(edits.set_variable(design, "spare", 5), KINDS, memo).step
    assert spare is before


def test_a_whole_number_and_a_real_of_the_same_value_are_not_mistaken_for_each_other():
    attention = node("attention", scale=Expression("5 / x"))
    memo, found = Memo(), []
    for number in (2, 2.0, True, 2):
        design = design_of_nodes(attention, variables={"x": number})
        found.append(resolve(design, KINDS, memo).step.inside[0].block.scale)
    assert found == [2.0, 2.5, 5.0, 2.0]


def test_findings_and_structural_variables_are_remembered_with_the_step():
    mlp = node("mlp", hidden=0, bias=Expression("f"))
    design, memo = design_of_nodes(mlp, variables={"f": False}), Memo()
    first, second = (resolve(design, KINDS, memo) for _ in range(2))
    assert first.step is second.step
    assert first.findings == second.findings
    assert len(second.findings) == 1
    assert first.structural == second.structural == {"f"}


def test_equal_blocks_of_different_nodes_are_found_at_their_own_node():
    one, two = node("mlp", hidden=0, name="a"), node("mlp", hidden=0, name="b")
    assert [id for id, _ in resolved(one, two).findings] == [one.id, two.id]


def test_blocks_of_another_registry_are_not_mistaken_for_these():
    class Own(KINDS.get("mlp")):
        """Another block of the same kind."""

    design, memo = design_of_nodes(node("mlp")), Memo()
    resolve(design, KINDS, memo)
    mine = resolve(design, registry().with_own(mlp=Own), memo)
    assert type(mine.step.inside[0].block) is Own


@pytest.mark.parametrize("id", MODELS)
def test_every_variable_of_a_published_model_moves_its_count_or_its_cost(id):
    """No variable is written that nothing uses."""
    design = measured(id).design
    used = set(design.tree.used)
    for value_ in design.variables.values():
        used |= value_.names if isinstance(value_, Expression) else set()
    used |= design.positions.names if isinstance(design.positions, Expression) else set()
    assert set(design.variables) <= used
