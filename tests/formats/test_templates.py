"""What a design begins with: ready parts, single blocks and the empty design."""

from __future__ import annotations

import pytest

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.design import edits
from designer.design.adapt import insert
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.formats.templates import block_node, empty_design, ready_parts
from designer.symbolic.walk import trace
from tests.formats.designs import KINDS, REGISTRY

PARTS = {part.title: part for part in ready_parts(REGISTRY)}
FAMILIES = ("llama-3-8b", "gpt2", "bert-base-uncased", "gemma-3-270m", "flan-t5-base", "mamba2-130m")


def repeat_of(design: Design) -> Node:
    return next(node for node in design.tree.walk() if REGISTRY.get(node.kind).layout == "repeat")


def faults(design: Design) -> list[str]:
    return [str(issue.cause) for issue in issues(Measured(design, REGISTRY)) if issue.severity != "note"]


def test_the_parts_are_those_that_the_palette_opens_with():
    assert list(PARTS) == [
        "Attention sublayer",
        "Feed-forward sublayer",
        "Decoder layer",
        "GPT decoder layer",
        "Encoder layer",
        "Embedding and positions",
        "Head of norm and head",
    ]
    assert all(part.subtitle for part in PARTS.values())


def test_a_part_is_new_each_time():
    assert {part.node.id for part in ready_parts(REGISTRY)}.isdisjoint(
        part.node.id for part in PARTS.values()
    )


@pytest.mark.parametrize("title", PARTS)
def test_every_field_of_a_part_is_written(title):
    for node in PARTS[title].node.walk():
        assert list(node.fields) == list(REGISTRY.get(node.kind).fields())
        assert node.extra == {}


SUBLAYERS = [title for title in PARTS if "layer" in title]


@pytest.mark.parametrize("title", SUBLAYERS)
@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("at_end", [True, False])
def test_a_part_dropped_into_the_layers_of_a_model_fits_there(title, name, at_end):
    design = opened(name, REGISTRY)
    assert faults(design) == []
    repeat = repeat_of(design)
    grown = insert(design, repeat.id, len(repeat.inside) if at_end else 0, PARTS[title].node, REGISTRY)
    assert faults(grown) == []
    assert Measured(grown, REGISTRY).total > Measured(design, REGISTRY).total


@pytest.mark.parametrize("title", [title for title in PARTS if not title.startswith("Embedding")])
def test_a_part_stands_in_an_empty_design_behind_an_embedding(title):
    design = empty_design(REGISTRY)
    design = insert(design, design.tree.id, 0, block_node(REGISTRY, "token_embedding"), REGISTRY)
    design = insert(design, design.tree.id, 1, PARTS[title].node, REGISTRY)
    assert faults(design) == []
    if any("kv_heads" in node.fields for node in design.tree.walk()):
        assert design.variables["num_attention_heads"] == (12 if title.startswith("GPT") else 32)


@pytest.mark.parametrize("title", ["Decoder layer", "GPT decoder layer", "Encoder layer"])
def test_a_layer_says_which_way_its_attention_looks(title):
    design = opened("llama-3-8b", REGISTRY)
    grown = insert(design, repeat_of(design).id, 0, PARTS[title].node, REGISTRY)
    layer = edits.find(grown, repeat_of(grown).id).inside[0]
    assert [node.fields["sees"] for node in layer.walk() if "sees" in node.fields] == (
        ["all"] if title == "Encoder layer" else ["past"]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_block_can_be_had_by_itself(kind):
    node = block_node(REGISTRY, kind)
    assert node.kind == kind
    assert node.name == REGISTRY.get(kind).segment
    assert list(node.fields) == list(REGISTRY.get(kind).fields())


def test_a_kind_that_nobody_knows_is_a_fault_of_the_program():
    for kind in ("quantum", "rope"):
        with pytest.raises(TypeError, match=kind):
            block_node(REGISTRY, kind)


def test_the_empty_design_counts_nothing_and_has_no_fault():
    measured = Measured(empty_design(REGISTRY), REGISTRY)
    assert measured.total == 0
    assert issues(measured) == []
    assert trace(measured.resolved.step).misfit is None
