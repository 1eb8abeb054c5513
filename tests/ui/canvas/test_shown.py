from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Node
from designer.ui.canvas.shown import Shown, follow
from tests.ui.canvas.designs import DESIGNS, FEWER, block, design, measured, preset, shown


def every(root: Shown) -> dict[int, Shown]:
    found = {root.node.id: root}
    for inner in root.inside:
        found.update(every(inner))
    return found


def of_kind(root: Shown, kind: str) -> list[Shown]:
    return [each for each in every(root).values() if each.node.kind == kind]


@FEWER
@given(DESIGNS)
def test_the_tree_that_is_shown_mirrors_the_design(drawn):
    def mirrors(each: Shown, node: Node) -> bool:
        pairs = zip(each.inside, node.inside, strict=True)
        return each.node is node and all(mirrors(*pair) for pair in pairs)

    root = shown(drawn)
    assert mirrors(root, drawn.tree)
    assert len(every(root)) == len(list(drawn.tree.walk()))


@FEWER
@given(DESIGNS)
def test_an_unchanged_design_is_the_very_same_tree(drawn):
    reading = measured(drawn)
    first = follow(reading, (), None)
    assert follow(reading, (), first) is first
    renamed = reading.of(replace(drawn, name="another name"))
    assert follow(renamed, (), first) is first


def test_an_edit_changes_only_the_way_to_the_root():
    reading = measured(preset("llama-3-8b"))
    before = follow(reading, (), None)
    mlp, attention = (of_kind(before, kind)[0] for kind in ("mlp", "attention"))
    after = follow(reading.of(edits.configure(reading.design, [mlp.node.id], {"bias": True})), (), before)
    known = every(before)
    changed = {id for id, each in every(after).items() if each is not known[id]}
    path = edits.path_to(reading.design.tree, mlp.node.id)
    assert changed == {edits.at(reading.design.tree, path[:n]).id for n in range(len(path) + 1)}
    assert attention.node.id not in changed


def test_a_variable_changes_what_depends_on_it_though_no_node_does():
    reading = measured(preset("llama-3-8b"))
    before = follow(reading, (), None)
    after = follow(reading.of(edits.set_variable(reading.design, "intermediate_size", 4096)), (), before)
    assert of_kind(after, "mlp")[0] is not of_kind(before, "mlp")[0]
    assert of_kind(after, "attention")[0] is of_kind(before, "attention")[0]


def test_a_block_that_no_round_runs_follows_its_variables_too():
    never = block("mlp", hidden=Expression("wide"))
    drawn = design(block("token_embedding"), block("choose", block("attention"), never, pick=0))
    reading = measured(edits.set_variable(drawn, "wide", 64))
    before = follow(reading, (), None)
    after = follow(reading.of(edits.set_variable(reading.design, "wide", 128)), (), before)
    assert of_kind(before, "mlp")[0].block.hidden == 64
    assert of_kind(after, "mlp")[0].block.hidden == 128


def test_closing_a_container_changes_it_and_what_is_around_it_alone():
    drawn = preset("llama-3-8b")
    reading = measured(drawn)
    before = follow(reading, (), None)
    residual = of_kind(before, "residual")[0]
    after = follow(reading, (residual.node.id,), before)
    assert every(after)[residual.node.id].closed
    assert every(after)[residual.inside[0].node.id] is residual.inside[0]
    assert follow(reading, (residual.node.id,), after) is after
    opened = follow(reading, (), after)
    assert not every(opened)[residual.node.id].closed


def test_blocks_that_hold_a_matrix_are_full_and_those_of_a_few_vectors_slim():
    root = shown(preset("bert-base-uncased"))
    slim = {each.block.title for each in every(root).values() if each.slim}
    assert slim == {"LayerNorm", "Segment embedding"}
    assert not of_kind(shown(preset("gpt2")), "lm_head")[0].slim  # tied: it counts 0 and works all the same


def test_what_stands_beside_the_stream_adds_to_it_or_only_offers_something():
    assert of_kind(shown(preset("gpt2")), "learned_position")[0].merges
    assert not of_kind(shown(preset("flan-t5-base")), "position_bias")[0].merges


def test_an_encoder_ends_one_stream_and_begins_another():
    root = shown(preset("flan-t5-base"))
    assert [each.node.kind for each in every(root).values() if each.begins] == ["encoder"]
    begin = [each for each in every(root).values() if each.takes_ids and not each.inside]
    assert [each.node.kind for each in begin] == ["token_embedding"] * 2


def test_a_block_has_a_body_for_each_way_that_rounds_run_it():
    root = shown(preset("deepseek-v3"))
    (choose,) = of_kind(root, "choose")
    assert len(choose.bodies) == 2
    assert [len(each.bodies) for each in choose.inside] == [1, 1]
    assert len(of_kind(root, "latent_attention")[0].bodies) == 1


def test_what_no_round_runs_has_no_body():
    root = shown(design(block("token_embedding"), block("choose", block("mlp"), block("attention"), pick=0)))
    (choose,) = of_kind(root, "choose")
    assert [len(each.bodies) for each in choose.inside] == [1, 0]
    assert choose.inside[1].width is None
    assert not choose.inside[1].slim


def test_a_misfit_and_a_doubt_are_told_apart():
    narrow = block("residual", block("embedding_projection", hidden=64))
    odd = block("attention", heads=32, kv_heads=12)
    root = shown(design(block("token_embedding", hidden=128), narrow, odd))
    residual, attention = of_kind(root, "residual")[0], of_kind(root, "attention")[0]
    assert residual.misfit is not None
    assert residual.doubt is None
    assert attention.misfit is None
    assert str(attention.doubt) == "32 query heads cannot share 12 key/value heads evenly."


def test_a_doubt_about_an_expert_is_one_about_the_block_that_runs_it():
    odd = block("attention", heads=32, kv_heads=12)
    root = shown(design(block("token_embedding", hidden=128), block("experts", expert=odd)))
    assert str(root.inside[1].doubt) == "32 query heads cannot share 12 key/value heads evenly."


def test_a_kind_that_nobody_knows_is_known_to_be_unknown():
    root = shown(design(block("token_embedding"), Node("flux_capacitor"), block("mlp")))
    assert [each.known for each in root.inside] == [True, False, True]
    assert not root.inside[1].slim  # it has a sentence to say
