"""Every published model of the eight families, exact in every number that others give for it."""

from __future__ import annotations

from collections import Counter
from math import prod

import numpy as np
import pytest

from designer.analysis.parameters import CATEGORIES
from designer.analysis.tensors import patterns, starred, tensors
from designer.symbolic.size import Size
from tests.published import FAMILIES, MODELS, in_symbols, measured

every_model = pytest.mark.parametrize("id", MODELS)


def test_all_eight_families_are_here():
    assert set(FAMILIES) == {
        "gpt2", "bert", "llama", "gemma3_text", "deepseek_v3", "t5", "albert", "mamba2"
    }  # fmt: skip
    assert len(MODELS) == 29


@every_model
def test_the_total_and_all_seven_categories_are_exact(id):
    model, published = measured(id), MODELS[id]
    assert model.total == published["total"]
    assert model.by_category == published["by_category"]
    assert tuple(model.by_category) == CATEGORIES
    assert model.tally.provisional == 0


@every_model
def test_every_tensors_name_shape_category_and_number_is_exact(id):
    found: Counter[tuple[str, tuple, str]] = Counter()
    for tensor in patterns(measured(id).body):
        if tensor.tied_to is None:
            found[tensor.name, tensor.shape, tensor.category] += tensor.copies
    assert found == Counter(
        {(t["name"], tuple(t["shape"]), t["category"]): t["count"] for t in MODELS[id]["tensors"]}
    )


@every_model
def test_written_out_the_tensors_are_the_same_and_none_stands_twice(id):
    listed = [t for t in tensors(measured(id).body) if t.tied_to is None]
    assert len({t.name for t in listed}) == len(listed)
    found = Counter((starred(t.name), t.shape, t.category) for t in listed)
    assert found == Counter(
        {(t["name"], tuple(t["shape"]), t["category"]): t["count"] for t in MODELS[id]["tensors"]}
    )
    assert sum(prod(t.shape) for t in listed) == MODELS[id]["total"]


@every_model
def test_what_is_tied_is_tied_to_the_same_tensor(id):
    published = {(t["name"], t["tied_to"], tuple(t["shape"])) for t in MODELS[id]["tied"]}
    for listing in (tensors, patterns):
        tied = [t for t in listing(measured(id).body) if t.tied_to is not None]
        assert {(t.name, t.tied_to, t.shape) for t in tied} == published
        assert all(t.copies == 0 for t in tied)


@every_model
def test_active_parameters_are_exact(id):
    published = MODELS[id]
    assert measured(id).tally.active == published.get("active", published["total"])
    if published["model_type"] == "deepseek_v3":
        assert measured(id).tally.active < published["total"] / 10


@every_model
def test_no_model_has_anything_to_complain_of(id):
    model = measured(id)
    assert [str(finding) for finding in model.resolved.findings] == []
    assert [remark for remark in model.design.remarks if remark.severity == "unsound"] == []


@every_model
def test_the_formula_gives_the_count_and_so_does_a_sweep(id):
    model, formula = measured(id), in_symbols(id)
    numbers = model.resolved.valued.numbers
    assert Size.of(formula.total).names() <= set(model.design.variables)
    assert Size.of(formula.total).at(numbers) == MODELS[id]["total"]
    columns = {name: np.array([number, number]) for name, number in numbers.items()}
    assert list(Size.of(formula.total).over(columns)) == [MODELS[id]["total"]] * 2
    for category, count in formula.by_category.items():
        assert Size.of(count).at(numbers) == MODELS[id]["by_category"][category]
    assert Size.of(formula.tally.active).at(numbers) == measured(id).tally.active


@every_model
def test_what_the_blocks_count_adds_up_to_the_whole(id):
    model = measured(id)
    root = model.nodes[model.design.tree.id]
    assert root.total == MODELS[id]["total"]
    leaves = [n for n in model.design.tree.walk() if not n.inside and n.id in model.nodes]
    assert sum(model.nodes[leaf.id].total for leaf in leaves) == MODELS[id]["total"]
