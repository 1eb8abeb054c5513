"""A design with its readings: worked out once, under a scenario, remembered across edits."""

from __future__ import annotations

import pytest

from designer.analysis.measured import READINGS
from designer.analysis.parameters import CATEGORIES
from designer.design import edits
from designer.design.expression import READINGS as WORDS
from designer.design.expression import Expression
from designer.design.scenario import Scenario
from designer.symbolic.size import Size
from tests.designs import counted, design_of_nodes, node
from tests.published import MODELS, in_symbols, measured

GPT2 = "openai-community/gpt2"
LLAMA = "meta-llama/Llama-3.1-70B"


def test_every_word_that_expressions_may_ask_is_a_reading():
    assert set(READINGS) == set(WORDS)


@pytest.mark.parametrize("id", MODELS)
def test_readings_agree_with_one_another(id):
    model = measured(id)
    read = {name: model.reading(name) for name in READINGS}
    assert all(isinstance(number, int) for number in read.values())
    assert read["total"] == model.total == sum(read[name] for name in CATEGORIES)
    assert read["trainable"] == read["total"] >= read["active"]
    assert read["weights_bytes"] == 2 * read["total"]
    assert read["flops_training"] == 3 * read["flops_forward"] > 0


@pytest.mark.parametrize("id", MODELS)
@pytest.mark.parametrize("precision", ["bf16", "int4"])
def test_every_reading_in_symbols_is_the_reading(id, precision):
    scenario = Scenario(batch=3, context=77, weights=precision, cache=precision)
    numbers = measured(id).resolved.valued.numbers
    for name in READINGS:
        symbolic = Size.of(in_symbols(id).reading(name, scenario))
        assert symbolic.at(numbers) == measured(id).reading(name, scenario), name


def test_the_context_is_the_lesser_of_8192_and_the_models_own_positions():
    assert measured(GPT2).tokens() == 1024
    assert measured(LLAMA).tokens() == 8192
    assert measured("google-t5/t5-small").tokens() == 8192
    assert measured(LLAMA).tokens(Scenario(context=100_000)) == 100_000
    assert counted(design_of_nodes(positions=Expression("1k / 2"))).tokens() == 512


def test_the_batch_multiplies_work_and_caches_but_no_weights():
    one, four = Scenario(batch=1, context=100), Scenario(batch=4, context=100)
    gpt2 = measured(GPT2)
    for name in ("flops_forward", "kv_cache_bytes"):
        assert gpt2.reading(name, four) == 4 * gpt2.reading(name, one)
    assert gpt2.reading("weights_bytes", four) == gpt2.reading("weights_bytes", one)


def test_the_designs_own_scenario_is_asked_where_none_is_given():
    design = edits.set_scenario(measured(GPT2).design, Scenario(batch=2, context=10, weights="fp32"))
    gpt2 = counted(design)
    assert gpt2.reading("weights_bytes") == 4 * 124_439_808
    assert gpt2.tokens() == 10


def test_a_design_edited_and_edited_back_is_traced_once():
    start = counted(measured(LLAMA).design)
    mlp = next(n for n in start.design.tree.walk() if n.kind == "mlp")
    there = start.of(edits.configure(start.design, (mlp.id,), {"hidden": 1000}))
    back = there.of(edits.configure(there.design, (mlp.id,), {"hidden": mlp.fields["hidden"]}))
    assert there.total == start.total - 80 * 3 * 8192 * (28672 - 1000)
    assert back.total == start.total
    inner = [measured.body.ops[0].bodies[0] for measured in (start, there, back)]
    assert inner[0] is inner[2]
    assert inner[0] is not inner[1]


def test_what_is_not_edited_is_not_traced_again():
    start = counted(measured(LLAMA).design)
    norm = [n for n in start.design.tree.walk() if n.kind == "rms_norm"][-1]
    after = start.of(edits.configure(start.design, (norm.id,), {"eps": 1e-3}))
    layers = next(n for n in start.design.tree.walk() if n.kind == "repeat")
    assert start.nodes[layers.id].bodies[0] is after.nodes[layers.id].bodies[0]
    assert start.nodes[norm.id].bodies[0] is not after.nodes[norm.id].bodies[0]


def test_an_empty_design_counts_nothing_and_asks_nothing():
    empty = counted(design_of_nodes())
    assert {name: empty.reading(name) for name in READINGS} == dict.fromkeys(READINGS, 0)
    assert empty.by_category == dict.fromkeys(CATEGORIES, 0)
    assert empty.nodes[empty.design.tree.id].total == 0


def test_one_field_may_be_named_by_itself():
    design = design_of_nodes(node("token_embedding", rows=10, hidden=Expression("d")), variables={"d": 8})
    symbolic = counted(design)
    assert symbolic.total == 80
    assert Size.of(type(symbolic)(design, symbolic.registry, symbols=frozenset({"d"})).total) == 10 * (
        Size.named("d")
    )
