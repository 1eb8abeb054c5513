"""Random edits of random trees: what holds after any of them."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.measured import Measured
from designer.analysis.tensors import tensors
from designer.design import edits
from designer.design.expression import Expression
from designer.design.history import History
from designer.design.tree import Design, Node
from designer.symbolic.issue import Refusal
from designer.symbolic.scope import Memo
from tests.designs import KINDS, counted, design_of_nodes, node

Edit = Callable[[Design], Design]

NAMES = ("", "", "a", "b", "c.d", "x_2", "layers.1")
HIDDEN = Expression("hidden")

leaves = st.sampled_from(
    [
        lambda name: node("mlp", hidden=HIDDEN, name=name),
        lambda name: node("rms_norm", name=name),
        lambda name: node("layer_norm", name=name),
        lambda name: node("attention", heads=2, kv_heads=1, head_dim=2, bias=True, name=name),
        lambda name: node("dropout", name=name),
        lambda name: node("experts", experts=3, active=1, hidden=2, stacked=False, name=name),
        lambda name: node("mlp", hidden=5, name=name, names={"up_proj": "wi", "down_proj": "wo"}),
        lambda name: node("lm_head", rows=3, name=name),
    ]
)
containers = st.sampled_from(
    [
        lambda name, *inside: node("stack", *inside, name=name),
        lambda name, *inside: node("residual", *inside, name=name),
        lambda name, *inside: node("parallel", *inside, name=name),
        lambda name, *inside: node("repeat", *inside, times=2, name=name),
        lambda name, *inside: node("repeat", *inside, times=Expression("layers"), name=name),
        lambda name, *inside: node("repeat", *inside, times=3, shared=True, name=name),
    ]
)


@st.composite
def nodes(draw, depth=2) -> Node:
    """A node that may stand in a tree: inside a container, names differ."""
    name = draw(st.sampled_from(NAMES))
    if depth and draw(st.booleans()):
        made = draw(containers)
        inside = draw(st.lists(nodes(depth - 1), max_size=3))
        empty = design_of_nodes(made(name))
        (container,) = empty.tree.inside
        return edits.find(edits.paste(empty, container.id, 0, inside), container.id)
    return draw(leaves)(name)


KINDS_OF_EDITS = (
    *("insert", "paste", "duplicate", "remove", "move", "wrap", "unwrap"),
    *("configure", "relabel", "variable", "rename"),
)


def any_id(draw, design: Design) -> int:
    return draw(st.sampled_from([n.id for n in design.tree.walk()]))


def any_container(draw, design: Design) -> Node:
    holders = {"stack", "residual", "parallel", "repeat"}
    return draw(st.sampled_from([n for n in design.tree.walk() if n.kind in holders]))


@st.composite
def edits_of(draw, design: Design) -> Edit:
    """An edit that may or may not be possible."""
    kind = draw(st.sampled_from(KINDS_OF_EDITS))
    container = any_container(draw, design)
    index = draw(st.integers(0, len(container.inside)))
    some = [any_id(draw, design) for _ in range(draw(st.integers(1, 2)))]
    if kind == "insert":
        new = draw(nodes())
        return lambda d: edits.insert(d, container.id, index, new)
    if kind == "paste":
        several = draw(st.lists(nodes(1), min_size=1, max_size=3))
        return lambda d: edits.paste(d, container.id, index, several)
    if kind == "wrap":
        outer = draw(containers)(draw(st.sampled_from(NAMES)))
        start = draw(st.integers(0, max(len(container.inside) - 1, 0)))
        side_by_side = [child.id for child in container.inside[start : start + 2]]
        return lambda d: edits.wrap(d, side_by_side, outer)
    if kind == "configure":
        never = 1.0 + max(n.fields.get("eps", 0.0) for n in design.tree.walk())
        return lambda d: edits.configure(d, some, {"eps": never})
    if kind == "relabel":
        return lambda d: edits.relabel(d, some[0], edits.find(d, some[0]).label + "x")
    if kind == "variable":
        value = draw(st.integers(1, 9))
        return lambda d: edits.set_variable(d, "hidden", value)
    if kind == "rename":
        old, new = draw(st.permutations(["hidden", "layers", "wide"]))[:2]
        return lambda d: edits.rename_variable(d, old, new)
    return {
        "duplicate": lambda d: edits.duplicate(d, some),
        "remove": lambda d: edits.remove(d, some),
        "move": lambda d: edits.move(d, some, container.id, index),
        "unwrap": lambda d: edits.unwrap(d, some[0]),
    }[kind]


def start() -> Design:
    variables = {"hidden": 3, "layers": 2}
    return design_of_nodes(node("token_embedding", rows=5, hidden=4, name="table"), variables=variables)


@settings(max_examples=120)
@given(st.data())
def test_after_any_edit_the_tree_is_sound_and_shares_what_was_not_touched(data):
    design, memo = start(), Memo()
    for _ in range(data.draw(st.integers(1, 8))):
        try:
            after = data.draw(edits_of(design))(design)
        except Refusal as refusal:
            assert str(refusal).endswith(".")
            assert len(str(refusal).split(". ")) == 1
            continue
        ids = [n.id for n in after.tree.walk()]
        assert len(set(ids)) == len(ids)
        assert after.tree.id == design.tree.id
        untouched_nodes_are_the_same_objects(design, after)
        names_are_unique(after, memo)
        counts_are_a_fresh_recounts(after, memo)
        design = after


def untouched_nodes_are_the_same_objects(before: Design, after: Design) -> None:
    known = {n.id: n for n in before.tree.walk()}
    for new in after.tree.walk():
        old = known.get(new.id)
        if old is not None and old == new:
            assert old is new


def names_are_unique(design: Design, memo: Memo) -> None:
    names = [tensor.name for tensor in tensors(Measured(design, KINDS, memo).body)]
    assert len(set(names)) == len(names), sorted(n for n in names if names.count(n) > 1)


def counts_are_a_fresh_recounts(design: Design, memo: Memo) -> None:
    remembered, fresh = Measured(design, KINDS, memo), counted(design)
    assert remembered.total == fresh.total
    assert remembered.by_category == fresh.by_category
    assert remembered.tally.active == fresh.tally.active
    assert {id: n.total for id, n in remembered.nodes.items()} == {
        id: n.total for id, n in fresh.nodes.items()
    }


@settings(max_examples=40)
@given(st.data())
def test_undo_and_redo_give_the_very_same_designs(data):
    design = start()
    history, designs = History.of(design), [design]
    for number in range(data.draw(st.integers(1, 6))):
        try:
            design = data.draw(edits_of(design))(design)
        except Refusal:
            continue
        history, designs = history.committed(design, f"Step {number}"), [*designs, design]
    for expected in reversed(designs):
        assert history.design is expected
        history = history.undone()
    for expected in designs:
        assert history.design is expected
        history = history.redone()


@settings(max_examples=60)
@given(st.data())
def test_a_move_keeps_every_id_and_an_in_place_move_keeps_every_name(data):
    design = start()
    for _ in range(3):
        new = data.draw(nodes())
        design = edits.insert(design, any_container(data.draw, design).id, 0, new)
    some = [any_id(data.draw, design) for _ in range(2)]
    container = any_container(data.draw, design)
    try:
        after = edits.move(design, some, container.id, data.draw(st.integers(0, len(container.inside))))
    except Refusal:
        return
    assert sorted(n.id for n in after.tree.walk()) == sorted(n.id for n in design.tree.walk())
    if all(id in {child.id for child in container.inside} for id in some):
        assert {n.id: n.name for n in after.tree.walk()} == {n.id: n.name for n in design.tree.walk()}


@settings(max_examples=60)
@given(st.data())
def test_a_renamed_variable_changes_no_count(data):
    design = start()
    for _ in range(2):
        design = edits.insert(design, design.tree.id, 1, data.draw(nodes()))
    renamed = edits.rename_variable(design, "hidden", "wide")
    assert counted(renamed).by_category == counted(design).by_category
    assert set(renamed.variables) == {"wide", "layers"}
    assert not any("hidden" in n.used for n in renamed.tree.walk())
