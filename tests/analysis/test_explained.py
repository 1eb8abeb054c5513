"""Why: lines of factors that multiply and add up to the very count that they explain."""

from __future__ import annotations

from math import prod

import pytest

from designer.analysis.explained import Explained, Explanation
from designer.analysis.measured import Measured
from designer.analysis.parameters import CATEGORIES
from designer.design.expression import Expression
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.formats.presets import presets
from tests.designs import KINDS, counted, design_of_nodes, node
from tests.published import MODELS, measured


def adds_up(explanation: Explanation) -> int:
    """The sum of the lines, each of which must be the product of its factors."""
    for line in explanation.lines:
        assert not line.factors or prod(factor.value for factor in line.factors) == line.count
    assert sum(line.count for line in explanation.lines) == explanation.one
    return explanation.one


def spelled(explanation: Explanation) -> list[str]:
    return [" · ".join(factor.symbol or "each" for factor in line.factors) for line in explanation.lines]


def explain_all(known: Measured) -> None:
    explained = Explained(known.design, KINDS)
    assert adds_up(explained.design()) == known.total
    for category in CATEGORIES:
        assert adds_up(explained.category(category)) == known.by_category[category]
    for block in known.design.tree.walk():
        explanation, count = explained.node(block), known.nodes.get(block.id)
        assert (explanation is None) == (count is None)
        if explanation is not None and count is not None:
            assert adds_up(explanation) * explanation.copies == explanation.whole == count.total


@pytest.mark.parametrize("name", presets())
def test_every_number_of_a_preset_is_the_sum_of_its_lines_and_each_the_product_of_its_factors(name):
    explain_all(Measured(opened(name, KINDS), KINDS))


@pytest.mark.parametrize("id", MODELS)
def test_every_number_of_a_published_model_is_explained_exactly(id):
    explain_all(measured(id))


def llama() -> tuple[Design, Explained]:
    design = opened("llama-3-8b", KINDS)
    return design, Explained(design, KINDS)


def of_kind(design: Design, kind: str) -> Node:
    return next(block for block in design.tree.walk() if block.kind == kind)


def test_tensors_of_one_product_share_a_line_in_the_designs_own_names():
    design, explained = llama()
    explanation = explained.node(of_kind(design, "attention"))
    assert explanation is not None
    assert spelled(explanation) == [
        "2 · hidden_size · num_attention_heads · head_dim",
        "2 · hidden_size · num_key_value_heads · head_dim",
    ]
    assert [line.tensors for line in explanation.lines] == [
        ("q_proj.weight", "o_proj.weight"),
        ("k_proj.weight", "v_proj.weight"),
    ]
    assert [line.count for line in explanation.lines] == [33_554_432, 8_388_608]
    assert (explanation.one, explanation.copies, explanation.whole) == (41_943_040, 32, 1_342_177_280)
    assert (explanation.biased, explanation.rotates) == (False, True)


def test_a_container_is_explained_by_what_it_holds():
    design, explained = llama()
    repeat = of_kind(design, "repeat")
    explanation = explained.node(repeat)
    assert explanation is not None
    assert [line.node for line in explanation.lines] == [child.id for child in repeat.inside]
    assert spelled(explanation) == ["num_hidden_layers · each"] * 2
    assert [line.factors[-1].number for line in explanation.lines] == [41_947_136, 176_164_864]


def test_the_whole_design_is_explained_by_what_stands_in_its_stream():
    assert spelled(llama()[1].design()) == [
        "hidden_size · vocab_size",
        "num_hidden_layers · each",
        "hidden_size",
        "hidden_size · vocab_size",
    ]


def test_a_category_is_explained_by_the_blocks_that_count_in_it():
    design, explained = llama()
    lines = explained.category("normalization").lines
    assert [line.count for line in lines] == [131_072, 131_072, 4_096]
    assert [line.node for line in lines] == [
        block.id for block in design.tree.walk() if block.kind == "rms_norm"
    ]


def test_a_factor_that_stands_twice_is_a_power():
    table = node("token_embedding", rows=10, hidden=Expression("d"), name="t")
    square = node("mlp", hidden=Expression("d"), gate="no", name="m")
    design = design_of_nodes(table, square, variables={"d": 8})
    explanation = Explained(design, KINDS).node(square)
    assert explanation is not None
    (line,) = explanation.lines
    assert [(factor.symbol, factor.number, factor.power) for factor in line.factors] == [
        ("2", 2, 1),
        ("d", 8, 2),
    ]


def test_a_block_whose_layers_differ_is_explained_as_a_whole():
    known = Measured(opened("deepseek-v3", KINDS), KINDS)
    choose = of_kind(known.design, "choose")
    explanation = Explained(known.design, KINDS).node(choose)
    assert explanation is not None
    assert (explanation.one, explanation.copies) == (known.nodes[choose.id].total, 1)
    assert [line.node for line in explanation.lines] == [child.id for child in choose.inside]


def test_a_tied_head_has_no_lines_and_a_block_that_no_layer_runs_no_explanation():
    choose = node("choose", node("mlp", name="a"), node("mlp", name="b"), pick=1)
    head = node("lm_head", rows=10, tied=True, name="h")
    design = design_of_nodes(node("token_embedding", rows=10, hidden=8, name="t"), choose, head)
    explained = Explained(design, KINDS)
    tied = explained.node(head)
    assert tied is not None
    assert (tied.lines, tied.one) == ((), 0)
    assert explained.node(choose.inside[0]) is None


def test_what_is_broken_is_still_explained_exactly():
    design = design_of_nodes(
        node("token_embedding", rows=10, hidden=8, name="t"),
        node("residual", node("embedding_projection", hidden=Expression("d"), name="p"), name="r"),
        node("mlp", hidden=Expression("d"), name="m"),
        variables={"d": 9},
    )
    assert adds_up(Explained(design, KINDS).design()) == counted(design).total
