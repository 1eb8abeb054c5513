"""The published schema takes every file that the program takes, and refuses what is no design's frame.

Kinds of blocks are left open in it, as its own $comment says, so it names none of them.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from designer.formats.design_json import design_from, text_of
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.symbolic.issue import Refusal
from designer.symbolic.resource import resource
from tests.formats.designs import REGISTRY, designs
from tests.formats.mutations import BASES, mutated

SCHEMA = json.loads(resource("schema", "design.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
FRAME = {"format": "llm-designer", "tree": {"block": "stack"}}


def test_it_is_a_valid_schema_of_draft_2020_12():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["title"]
    assert SCHEMA["$comment"]


def test_everything_it_names_is_explained():
    def unexplained(part: object, name: str):
        if isinstance(part, dict):
            for key, inner in part.get("properties", {}).items():
                if inner is not True and "description" not in inner and key != "value":
                    yield f"{name}.{key}"
            for key, inner in part.items():
                yield from unexplained(inner, f"{name}.{key}")

    assert list(unexplained(SCHEMA, "")) == []
    assert all("description" in part for part in SCHEMA["$defs"].values())


@pytest.mark.parametrize("name", presets())
def test_every_preset_saved_as_a_design_is_valid(name):
    VALIDATOR.validate(json.loads(text_of(opened(name, REGISTRY))))


@settings(max_examples=40)
@given(designs)
def test_whatever_is_written_is_valid(design):
    VALIDATOR.validate(json.loads(text_of(design)))


@settings(max_examples=150)
@given(mutated(*BASES))
def test_whatever_is_taken_is_valid(raw):
    try:
        design_from(raw, REGISTRY, "a.json")
    except Refusal:
        return
    VALIDATOR.validate(raw)


@pytest.mark.parametrize(
    "keys",
    [
        {"format": "other"},
        {"tree": None},
        {"tree": {}},
        {"tree": {"block": 3}},
        {"tree": {"block": "stack", "inside": {}}},
        {"tree": {"block": "stack", "inside": [{"block": "mlp", "names": {"a": {"layout": "odd"}}}]}},
        {"version": 0},
        {"name": None},
        {"variables": {"a b": 1}},
        {"variables": {"a": None}},
        {"variables": {"a": {"text": "1 +", "was": 1}}},
        {"scenario": {"batch": 0}},
        {"scenario": {"weights": "fp7"}},
        {"positions": 0},
        {"source": []},
        {"remarks": [{"severity": "bad"}]},
    ],
)
def test_what_is_no_frame_of_a_design_is_neither_valid_nor_taken(keys):
    assert VALIDATOR.is_valid(FRAME)
    assert not VALIDATOR.is_valid(FRAME | keys)
    with pytest.raises(Refusal):
        design_from(FRAME | keys, REGISTRY, "a.json")


def test_its_names_of_variables_and_layers_are_those_that_are_read():
    for name in ("hidden_size", "_x", "A1", "1a", "a-b", "", "é"):
        raw = FRAME | {"variables": {name: 1}}
        assert VALIDATOR.is_valid(raw) == taken(raw)
    pattern = Draft202012Validator({**SCHEMA, "$ref": "#/$defs/pattern", "required": [], "type": "object"})
    for layer in ("0", "7", "99999", "00", "100000", "-1", "x"):
        but = {"cycle": [4], "but": {layer: 4}}
        raw = FRAME | {"tree": {"block": "mlp", "fields": {"hidden": but}}}
        assert pattern.is_valid(but) == taken(raw)


def taken(raw: dict) -> bool:
    try:
        design_from(raw, REGISTRY, "a.json")
    except Refusal:
        return False
    return True
