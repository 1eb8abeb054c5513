"""Blocks of a file: what their fields hold, and one sentence by place for what they cannot."""

from __future__ import annotations

import pytest

from designer.design.expression import Expression
from designer.design.tree import Group, Node, Pattern, Run
from designer.formats.node_reader import DEEPEST, NodeReader
from designer.formats.reading_json import Given
from designer.symbolic.issue import Refusal
from designer.symbolic.schedule import LONGEST
from designer.symbolic.scope import Stored
from tests.formats.designs import REGISTRY

MANY = "9" * 5000


def read(raw: object) -> Node:
    return NodeReader(REGISTRY, ("d", "n")).node(Given(raw, "a.json", "tree"))


def field(kind: str, name: str, setting: object) -> object:
    return read({"block": kind, "fields": {name: setting}}).fields[name]


def test_a_block_needs_only_its_kind_and_has_every_default():
    assert read({"block": "mlp"}).fields == {
        name: f.default for name, f in REGISTRY.get("mlp").fields().items()
    }


def test_a_block_holds_blocks_and_names():
    node = read(
        {
            "block": "residual",
            "name": "r",
            "label": "Branch",
            "shares": "once",
            "names": {"a": "x", "b": {"name": "y", "layout": "transposed", "also": ["z"]}},
            "inside": [{"block": "mlp"}, {"block": "stack", "inside": [{"block": "mlp"}]}],
        }
    )
    assert (node.name, node.label, node.shares) == ("r", "Branch", "once")
    assert node.names == {"a": Stored("x"), "b": Stored("y", "transposed", ("z",))}
    assert [inner.kind for inner in node.walk()] == ["residual", "mlp", "stack", "mlp"]


@pytest.mark.parametrize(
    ("kind", "name", "given", "setting"),
    [
        ("mlp", "hidden", 7, 7),
        ("mlp", "hidden", "4 * d", Expression("4 * d")),
        ("mlp", "hidden", {"text": "4 *", "last": 8}, Expression("4 *", 8)),
        ("mlp", "hidden", {"text": "4 * d", "last": None}, Expression("4 * d")),
        ("mlp", "bias", True, True),
        ("mlp", "bias", "d > 4", Expression("d > 4")),
        ("mlp", "gate", "d", "d"),
        ("mlp", "activation", "4 *", "4 *"),
        ("dropout", "rate", 0, 0),
        ("dropout", "rate", 0.5, 0.5),
        ("attention", "window", None, None),
        ("attention", "rope", None, None),
        ("attention", "rope", {"kind": "spiral", "a": [1]}, Group("spiral", {}, {"a": [1]})),
        ("attention", "window", {"cycle": [512, None]}, Pattern((), (512, None))),
        (
            "attention",
            "window",
            {
                "first": [{"value": "d", "times": "n"}],
                "cycle": [{"value": None, "times": 2}, 8],
                "but": {"3": 1},
            },
            Pattern((Run(Expression("d"), Expression("n")),), (Run(None, 2), 8), {3: 1}),
        ),
    ],
)  # fmt: skip
def test_a_field_holds_what_its_kind_can(kind, name, given, setting):
    known = field(kind, name, given)
    assert known == setting
    assert type(known) is type(setting)


def test_an_expert_is_a_block_in_a_field():
    expert = field("experts", "expert", {"block": "mlp", "fields": {"hidden": 4}})
    assert isinstance(expert, Node)
    assert expert.fields["hidden"] == 4


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ([], "tree: It must be an object, not a list."),
        ({}, 'tree: A block needs its kind, as in "block": "attention".'),
        ({"block": 3}, "tree: A block needs its kind"),
        ({"block": "stack", "name": 1}, "tree.name: It must be text, not 1."),
        ({"block": "stack", "label": None}, "tree.label: It must be text, not null."),
        ({"block": "stack", "shares": {}}, "tree.shares: It must be text, not an object."),
        ({"block": "stack", "inside": {}}, "tree.inside: It must be a list, not an object."),
        ({"block": "stack", "inside": [{"block": "mlp"}, 3]}, "tree.inside[1]: It must be an object, not 3."),
        ({"block": "stack", "fields": []}, "tree.fields: It must be an object, not a list."),
        ({"block": "quantum", "fields": []}, "tree.fields: It must be an object, not a list."),
        ({"block": "quantum", "inside": ["x"]}, 'tree.inside[0]: It must be an object, not "x".'),
        ({"block": "mlp", "names": []}, "tree.names: It must be an object, not a list."),
        ({"block": "mlp", "names": {"a": 1}}, "tree.names.a: It must be an object, not 1."),
        ({"block": "mlp", "names": {"a": {}}}, "tree.names.a.name: It must be text, not null."),
        ({"block": "mlp", "names": {"a": {"name": "x", "layout": "odd"}}},
         'tree.names.a.layout: "odd" is none of plain, transposed.'),
        ({"block": "mlp", "names": {"a": {"name": "x", "also": "y"}}},
         'tree.names.a.also: It must be a list, not "y".'),
        ({"block": "mlp", "names": {"a": {"name": "x", "kept": 1}}},
         "tree.names.a.kept: Only name, layout, also can stand here."),
    ],
)  # fmt: skip
def test_what_no_block_can_be_is_one_sentence_by_place(block, sentence):
    with pytest.raises(Refusal) as refused:
        read(block)
    assert str(refused.value).startswith(f"a.json: {sentence}")


@pytest.mark.parametrize(
    ("kind", "name", "given", "sentence"),
    [
        ("mlp", "hidden", None, ": Hidden width cannot be left out."),
        ("mlp", "hidden", 2.5, ": 2.5 does not do for Hidden width."),
        ("mlp", "hidden", True, ": true does not do for Hidden width."),
        ("mlp", "hidden", [4], ": a list does not do for Hidden width."),
        ("mlp", "hidden", "4 *", ": Something is missing at the end."),
        ("mlp", "hidden", "e", ": There is no 'e'."),
        ("mlp", "hidden", {}, ".text: null is neither a number nor an expression."),
        ("mlp", "bias", 1, ": 1 does not do for Biases."),
        ("mlp", "gate", 1, ": It must be text, not 1."),
        ("mlp", "gate", None, ": Gate cannot be left out."),
        ("dropout", "rate", False, ": false does not do for Rate."),
        ("attention", "rope", 3, ": It must be an object, not 3."),
        ("attention", "rope", {"theta": 1}, ': A value needs its kind, as in "kind": "rope".'),
        ("attention", "rope", {"kind": "rope", "theta": []}, ".theta: a list does not do for Base θ."),
        ("attention", "rope", {"kind": "rope", "theta": {"cycle": [1]}},
         ".theta: Only a block's own fields can follow a pattern."),
        ("experts", "expert", {"kind": "mlp"}, ": A block needs its kind"),
    ],
)  # fmt: skip
def test_what_a_field_cannot_hold_is_one_sentence_by_place(kind, name, given, sentence):
    with pytest.raises(Refusal) as refused:
        field(kind, name, given)
    assert str(refused.value).startswith(f"a.json: tree.fields.{name}{sentence}")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ({"cycle": []}, "cycle: A pattern needs at least one value in its cycle."),
        ({"cycle": 4}, "cycle: It must be a list, not 4."),
        ({"cycle": [4], "first": 4}, "first: It must be a list, not 4."),
        ({"cycle": [4, None]}, "cycle[1]: Hidden width cannot be left out."),
        ({"cycle": [{"cycle": [4]}]}, "cycle[0].cycle: Only text, last can stand here."),
        ({"cycle": [4], "until": 3}, "until: Only first, cycle, but can stand here."),
        ({"cycle": [4], "but": []}, "but: It must be an object, not a list."),
        ({"cycle": [4], "but": {"-1": 4}}, "but.-1: It is no number of a layer, from 0 to 99,999."),
        ({"cycle": [4], "but": {"01": 4}}, "but.01: It is no number of a layer"),
        ({"cycle": [4], "but": {"³": 4}}, "but.³: It is no number of a layer"),
        ({"cycle": [4], "but": {"": 4}}, "but.: It is no number of a layer"),
        ({"cycle": [4], "but": {str(LONGEST): 4}}, "but.100000: It is no number of a layer"),
        ({"cycle": [4], "but": {MANY: 4}}, "but.9999"),
        ({"cycle": [{"value": 4, "times": -1}]}, "cycle[0].times: -1 is no number of layers."),
        ({"cycle": [{"value": 4, "times": 10**9}]}, "cycle[0].times: 1000000000 is no number of layers."),
        ({"cycle": [{"value": 4, "times": True}]}, "cycle[0].times: true is no number of layers."),
        ({"cycle": [{"value": 4, "times": "("}]}, "cycle[0].times: A parenthesis is not closed."),
        ({"cycle": [{"value": 4, "times": 1, "a": 1}]}, "cycle[0].a: Only value, times can stand here."),
    ],
)
def test_what_a_pattern_cannot_hold_is_one_sentence_by_place(pattern, sentence):
    with pytest.raises(Refusal) as refused:
        field("mlp", "hidden", pattern)
    assert str(refused.value).startswith(f"a.json: tree.fields.hidden.{sentence}")
    assert len(str(refused.value)) < 200


def nested(levels: int, raw: dict) -> dict:
    for _ in range(levels):
        raw = {"block": "residual", "inside": [raw]}
    return raw


def test_blocks_nest_deep_but_not_without_end():
    assert sum(1 for _ in read(nested(DEEPEST, {"block": "mlp"})).walk()) == DEEPEST + 1
    with pytest.raises(Refusal, match=f"Blocks are nested more than {DEEPEST} deep."):
        read(nested(DEEPEST + 1, {"block": "mlp"}))


def test_experts_within_experts_nest_no_deeper_than_other_blocks():
    raw: dict = {"block": "mlp"}
    for _ in range(DEEPEST + 1):
        raw = {"block": "experts", "fields": {"expert": raw}}
    with pytest.raises(Refusal, match="nested more than"):
        read(raw)


def test_a_reader_that_knows_no_variables_takes_any_name():
    assert NodeReader(REGISTRY).node(Given({"block": "mlp", "fields": {"hidden": "width"}})).fields[
        "hidden"
    ] == (Expression("width"))
