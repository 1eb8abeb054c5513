"""Why a number is what it is: a polynomial in the design's own names, its tensors, and the numbers put in."""

from __future__ import annotations

import pytest

from designer.analysis.formula import Formulas
from designer.analysis.parameters import CATEGORIES
from designer.design.expression import Expression
from designer.design.tree import Pattern
from tests.designs import KINDS, counted, design_of_nodes, node
from tests.formats.huggingface.configs import imported
from tests.published import MODELS, measured


def formulas(design):
    return Formulas(design, KINDS)


@pytest.mark.parametrize("id", MODELS)
def test_the_formula_of_a_published_model_gives_its_total_and_its_tensors_add_up(id):
    formula = formulas(measured(id).design).of_design()
    assert formula.one == MODELS[id]["total"]
    assert sum(term.count for term in formula.terms) == MODELS[id]["total"]
    assert {term.category for term in formula.terms} <= set(CATEGORIES)


@pytest.mark.parametrize("id", MODELS)
def test_every_blocks_formula_gives_what_one_set_of_it_holds(id):
    model, known = measured(id), formulas(measured(id).design)
    for node_id, count in model.nodes.items():
        formula = known.of_node(node_id)
        assert formula is not None
        assert formula.copies == count.copies
        assert formula.one == count.one.settled().total or len(count.bodies) > 1
        assert sum(term.count for term in formula.terms) == formula.one


def test_a_count_is_called_by_its_variable_else_by_its_field():
    mlp = node("mlp", hidden=Expression("inner"), name="a")
    other, third = node("mlp", hidden=30, name="b"), node("mlp", hidden=40, name="c")
    table = node("token_embedding", rows=10, hidden=8, name="t")
    design = design_of_nodes(table, mlp, other, third, variables={"inner": 20})
    known = formulas(design)
    texts = {n.name: known.of_node(n.id) for n in design.tree.inside}
    assert texts["a"].text == "3·hidden·inner"
    assert texts["a"].substituted == "3·8·20"
    assert texts["b"].text == "3·hidden·hidden_2"
    assert texts["c"].text == "3·hidden·hidden_3"
    assert [texts[name].one for name in "tabc"] == [80, 480, 720, 960]
    (term, *_) = texts["a"].terms
    assert (term.name, term.numbers, term.count) == ("gate_proj.weight", (20, 8), 160)
    assert [str(size) for size in term.symbols] == ["inner", "hidden"]


def test_a_block_in_layers_has_the_formula_of_one_set_and_says_how_many():
    mlp = node("mlp", hidden=20, name="mlp")
    table = node("token_embedding", rows=10, hidden=8, name="t")
    design = design_of_nodes(table, node("repeat", mlp, times=Expression("n"), name="l"), variables={"n": 7})
    formula = formulas(design).of_node(mlp.id)
    assert (formula.one, formula.copies) == (480, 7)
    assert formulas(design).of_design().text == "3·hidden·hidden_2·n + hidden·rows"


def test_a_block_that_no_layer_runs_has_none():
    choose = node("choose", node("mlp", name="a"), node("mlp", name="b"), pick=1)
    design = design_of_nodes(node("token_embedding", rows=10, hidden=8, name="t"), choose)
    known = formulas(design)
    assert known.of_node(choose.inside[0].id) is None
    assert known.of_node(choose.inside[1].id).one == 3 * 8 * 11008


WRONG = {
    "more layers set apart than there are": lambda: imported("deepseek_v3", first_k_dense_replace=9).design,
    "heads that do not divide the width": lambda: imported("gpt2", n_embd=25).design,
    "experts in uneven groups": lambda: imported("deepseek_v3", n_group=3).design,
    "a tied head of another vocabulary": lambda: design_of_nodes(
        node("token_embedding", rows=10, hidden=8, name="t"),
        node("lm_head", rows=11, tied=True, bias=True, name="h"),
    ),
    "a residual of another width": lambda: design_of_nodes(
        node("token_embedding", rows=10, hidden=8, name="t"),
        node("residual", node("embedding_projection", hidden=Expression("d"), name="p"), name="r"),
        node("mlp", hidden=Expression("d"), name="m"),
        variables={"d": 9},
    ),
    "a count below its least": lambda: design_of_nodes(
        node("token_embedding", rows=10, hidden=8, name="t"),
        node("mlp", hidden=Expression("d - 20"), name="m"),
        variables={"d": 9},
    ),
    "shared layers fewer than their kinds": lambda: design_of_nodes(
        node("token_embedding", rows=10, hidden=8, name="t"),
        node(
            "repeat",
            node("mlp", hidden=5, bias=Pattern((), (False, True)), name="m"),
            times=1,
            shared=True,
            name="l",
        ),
    ),
    "an expression that is broken": lambda: design_of_nodes(
        node("token_embedding", rows=10, hidden=Expression("8 *", last=8), name="t"),
        node("mlp", hidden=Expression("d"), name="m"),
        variables={"d": Expression("d + 1", last=5)},
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_where_something_does_not_fit_the_formula_still_gives_the_count(wrong):
    design = WRONG[wrong]()
    assert formulas(design).of_design().one == counted(design).total
