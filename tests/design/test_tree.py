"""The tree: data that knows its variables, its ids and its walk."""

from __future__ import annotations

from designer.design.expression import Expression
from designer.design.tree import Group, Node, Pattern, Run
from tests.designs import design_of_nodes, node


def test_a_walk_meets_parents_first():
    design = design_of_nodes(node("stack", node("dropout", name="a")), node("dropout", name="b"))
    assert [(n.kind, n.name) for n in design.tree.walk()] == [
        ("stack", ""),
        ("stack", ""),
        ("dropout", "a"),
        ("dropout", "b"),
    ]


def test_a_node_knows_the_variables_it_and_all_below_it_depend_on():
    rope = Group("rope", {"turned": Expression("t"), "theta": 1.0})
    pattern = Pattern(
        (Run(Expression("a"), Expression("b")),), (Run(Expression("c"), 2),), {1: Expression("d")}
    )
    inner = Node("mlp", {"hidden": Expression("h + start.total"), "gate": "split"})
    outer = Node(
        "x", {"window": pattern, "rope": rope, "expert": inner}, (Node("y", {"n": Expression("z")}),)
    )
    assert inner.used == {"h", "start.total"}
    assert outer.used == {"a", "b", "c", "d", "t", "h", "start.total", "z"}


def test_a_copy_has_ids_of_its_own_all_the_way_down_and_is_otherwise_equal():
    original = node("stack", node("experts", expert=node("mlp")), node("dropout"))
    copy = original.fresh()
    assert copy == original
    ids = [[n.id, *(f.id for f in n.fields.values() if isinstance(f, Node))] for n in original.walk()]
    copied = [[n.id, *(f.id for f in n.fields.values() if isinstance(f, Node))] for n in copy.walk()]
    assert not {id for row in ids for id in row} & {id for row in copied for id in row}


def test_an_id_is_outside_equality_and_kept_by_configuring():
    one, two = node("mlp"), node("mlp")
    assert one == two
    assert one.id != two.id
    assert one.configured(hidden=3).id == one.id
    assert one.configured(hidden=3).fields == {**one.fields, "hidden": 3}
    assert len({one, two}) == 2
