"""The design's file: what is saved comes back, all of it, and reads well in a diff."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Design, Node
from designer.formats.design_json import (
    design_from,
    load,
    node_from_text,
    node_object,
    node_text,
    save,
    text_of,
)
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.formats.reading_json import parse_object
from designer.symbolic.issue import Refusal
from tests.formats.designs import REGISTRY, designs, nodes

KEYS = [
    "format",
    "version",
    "name",
    "notes",
    "variables",
    "scenario",
    "positions",
    "source",
    "remarks",
    "tree",
]


def read(text: str) -> Design:
    return design_from(parse_object(text, "a.json"), REGISTRY, "a.json")


def written(**changes: object) -> str:
    """A small design's file, with other top-level keys."""
    tree = {"block": "stack", "inside": [{"block": "token_embedding", "fields": {"rows": 10, "hidden": "d"}}]}
    return json.dumps({"format": "llm-designer", "version": 1, "variables": {"d": 8}, "tree": tree} | changes)


def holding(block: dict) -> str:
    return written(tree={"block": "stack", "inside": [block]})


@pytest.mark.parametrize("name", presets())
def test_a_preset_comes_back_equal_and_byte_for_byte(name, tmp_path):
    design = opened(name, REGISTRY)
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    save(design, first)
    again = load(first, REGISTRY)
    save(again, second)
    assert again == design
    assert second.read_bytes() == first.read_bytes()


@settings(max_examples=80)
@given(designs)
def test_any_design_comes_back_equal_and_byte_for_byte(design):
    text = text_of(design)
    assert read(text) == design
    assert text_of(read(text)) == text


@settings(max_examples=40)
@given(nodes)
def test_a_copied_block_comes_back_equal_and_is_another(node):
    again = node_from_text(node_text(node), REGISTRY)
    assert again == node
    assert again.id != node.id


def test_keys_stand_in_a_fixed_order_and_unknown_ones_before_the_tree():
    assert list(json.loads(text_of(opened("gpt2", REGISTRY)))) == KEYS
    shuffled = dict(reversed(json.loads(written(colour="red")).items()))
    assert list(json.loads(text_of(read(json.dumps(shuffled))))) == [*KEYS[:-1], "colour", "tree"]


def test_changing_one_field_changes_one_line():
    design = opened("llama-3-8b", REGISTRY)
    attention = next(node for node in design.tree.walk() if "kv_heads" in node.fields)
    other = edits.configure(design, [attention.id], {"kv_heads": 4})
    before, after = text_of(design).splitlines(), text_of(other).splitlines()
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


STRANGER = {
    "block": "quantum",
    "name": "q",
    "fields": {"depth": [1, 2, {"cycle": None}]},
    "names": {"a": "b"},
    "shares": "somewhere",
    "inside": [{"block": "quark", "spin": 0.5}],
    "tuning": {"deep": [[]]},
}


def test_a_block_of_an_unknown_kind_is_kept_word_for_word():
    (block,) = json.loads(text_of(read(holding(STRANGER))))["tree"]["inside"]
    assert block == STRANGER


def test_an_unknown_block_can_be_moved_and_named_and_keeps_the_rest():
    design = read(holding(STRANGER))
    named = edits.relabel(design, design.tree.inside[0].id, "Quantum layer")
    (block,) = json.loads(text_of(named))["tree"]["inside"]
    assert block == {**STRANGER, "label": "Quantum layer"}


def test_unknown_fields_and_keys_of_known_blocks_are_kept():
    block = {
        "block": "mlp",
        "fields": {"hidden": 4, "sparsity": {"n": 2, "m": [4]}},
        "colour": None,
    }
    (kept,) = json.loads(text_of(read(holding(block))))["tree"]["inside"]
    assert kept["fields"]["sparsity"] == {"n": 2, "m": [4]}
    assert kept["colour"] is None
    rope = {"kind": "rope", "theta": 5, "spiral": True}
    attention = {"block": "attention", "fields": {"rope": rope}}
    (kept,) = json.loads(text_of(read(holding(attention))))["tree"]["inside"]
    assert kept["fields"]["rope"]["spiral"] is True


def test_a_value_of_a_kind_that_the_field_does_not_take_is_kept_word_for_word():
    for rope in ({"kind": "spiral", "turns": [1]}, {"kind": "qk_norm", "over": "head"}):
        (kept,) = json.loads(text_of(read(holding({"block": "attention", "fields": {"rope": rope}}))))[
            "tree"
        ]["inside"]
        assert kept["fields"]["rope"] == rope


def test_unknown_keys_at_the_top_and_in_the_scenario_are_kept():
    kept = json.loads(text_of(read(written(colour={"of": "hat"}, scenario={"batch": 2, "hardware": "h100"}))))
    assert kept["colour"] == {"of": "hat"}
    assert kept["scenario"]["batch"] == 2
    assert kept["scenario"]["hardware"] == "h100"


def test_a_broken_expression_is_kept_with_its_last_value_until_it_is_mended():
    design = replace(read(written()), variables={"d": Expression("8 *", 8)})
    text = text_of(design)
    assert json.loads(text)["variables"]["d"] == {"text": "8 *", "last": 8}
    assert read(text) == design
    mended = edits.set_variable(read(text), "d", Expression("8 * 2"))
    assert json.loads(text_of(mended))["variables"]["d"] == "8 * 2"


@pytest.mark.parametrize("text", ["8 *", "e * 2", "", "__import__('os').system('true')", "9 $ 3"])
@pytest.mark.parametrize("variable", [True, False])
def test_an_expression_that_is_broken_without_a_last_value_is_refused_by_place(text, variable):
    block = {"block": "mlp", "fields": {"hidden": text}}
    where = "variables.d" if variable else "tree.inside[0].fields.hidden"
    with pytest.raises(Refusal) as refused:
        read(written(variables={"d": text}) if variable else holding(block))
    assert refused.value.place == f"a.json: {where}"


def test_a_newer_version_opens_and_is_saved_only_under_another_name(tmp_path):
    theirs, ours = tmp_path / "theirs.json", tmp_path / "ours.json"
    theirs.write_text(written(version=7, invention={"of": "later"}))
    before = theirs.read_bytes()
    design = load(theirs, REGISTRY)
    with pytest.raises(Refusal, match="newer version"):
        save(design, theirs)
    assert theirs.read_bytes() == before
    save(design, ours)
    assert load(ours, REGISTRY) == design
    assert json.loads(ours.read_text())["version"] == 7
    assert json.loads(ours.read_text())["invention"] == {"of": "later"}


def test_half_a_character_is_kept_as_json_writes_it(tmp_path):
    path = tmp_path / "half.json"
    design = read(written(name="\ud83d", notes="whole: 🙂"))
    save(design, path)
    assert load(path, REGISTRY) == design
    assert "\\ud83d" in path.read_text("utf-8")
    assert "🙂" in path.read_text("utf-8")


def test_what_is_written_is_json_for_every_reader(tmp_path):
    def strict(constant: str) -> float:
        raise AssertionError(f"{constant} is no JSON")

    config = {**presets()["mamba2-130m"].config(), "time_step_limit": [0.0, float("inf")]}
    (tmp_path / "config.json").write_text(json.dumps(config))
    text = text_of(opened(str(tmp_path), REGISTRY))
    kept = json.loads(text, parse_constant=strict)
    assert kept["source"]["time_step_limit"] == [0.0, {"__float__": "Infinity"}]
    assert read(text) == opened(str(tmp_path), REGISTRY)


def test_every_field_is_written_so_that_a_later_default_changes_nothing():
    (block,) = json.loads(text_of(read(holding({"block": "mlp", "fields": {}}))))["tree"]["inside"]
    assert set(block["fields"]) == set(REGISTRY.get("mlp").fields())


def test_a_block_says_of_itself_only_what_there_is_to_say():
    assert node_object(Node("stack")) == {"block": "stack"}
