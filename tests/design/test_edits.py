"""Edits one by one: what each does, and what it refuses in one sentence."""

from __future__ import annotations

import pytest

from designer.analysis.tensors import tensors
from designer.design import edits
from designer.design.expression import Expression
from designer.design.scenario import Scenario
from designer.design.tree import Pattern, Run
from designer.symbolic.issue import Refusal
from tests.designs import counted, design_of_nodes, node, value


def small():
    """table, layers ×2 of (residual of (norm, mlp)), norm."""
    mlp = node("mlp", hidden=Expression("hidden"), name="mlp")
    layer = node("residual", node("rms_norm", name="norm"), mlp)
    return design_of_nodes(
        node("token_embedding", rows=10, hidden=8, name="table"),
        node("repeat", layer, times=Expression("layers"), name="layers"),
        node("rms_norm", name="norm"),
        name="Small",
        variables={"hidden": 20, "layers": 2},
    )


def named(design, kind, nth=0):
    return [n for n in design.tree.walk() if n.kind == kind][nth]


def names(design):
    return [t.name for t in tensors(counted(design).body)]


def refused(run):
    with pytest.raises(Refusal) as refusal:
        run()
    return str(refusal.value)


def test_a_removed_block_leaves_the_tree_and_its_stack_heals():
    design = small()
    layers = named(design, "repeat")
    after = edits.remove(design, [layers.id])
    assert [n.kind for n in after.tree.inside] == ["token_embedding", "rms_norm"]
    assert counted(after).total == 88
    assert after.tree.inside[0] is design.tree.inside[0]
    assert refused(lambda: edits.find(after, layers.id)) == "The block is no longer part of the design."
    inner = named(design, "mlp")
    assert edits.remove(design, [layers.id, inner.id]).tree == after.tree


def test_a_block_is_inserted_with_an_id_and_a_name_of_its_own():
    design, new = small(), node("rms_norm", name="norm")
    after = edits.insert(design, design.tree.id, 1, new)
    put = after.tree.inside[1]
    assert (put.kind, put.name) == ("rms_norm", "norm_2")
    assert put.id not in {new.id, *(n.id for n in design.tree.walk())}
    assert after.tree.inside[2] is design.tree.inside[1]
    again = edits.insert(after, after.tree.id, 9, new)
    assert [n.name for n in again.tree.inside] == ["table", "norm_2", "layers", "norm", "norm_3"]


def test_an_expert_inside_a_pasted_block_has_an_id_of_its_own_too():
    moe = node("experts", expert=node("mlp", hidden=4), name="moe")
    design = design_of_nodes(moe)
    after = edits.duplicate(design, [moe.id])
    first, second = (n.fields["expert"] for n in after.tree.inside)
    assert first == second
    assert first.id != second.id


def test_a_moved_block_keeps_its_id_and_takes_a_free_name():
    design = small()
    inner, residual = named(design, "rms_norm"), named(design, "residual")
    outer = named(design, "rms_norm", 1)
    after = edits.move(design, [outer.id], residual.id, 1)
    moved = edits.find(after, outer.id)
    assert (moved.id, moved.name) == (outer.id, "norm_2")
    assert [n.id for n in edits.find(after, residual.id).inside][:2] == [inner.id, outer.id]
    assert edits.find(after, named(design, "mlp").id) is named(design, "mlp")


def test_a_move_that_changes_nothing_is_the_same_design():
    design = small()
    table, layers, norm = design.tree.inside
    for index in (0, 1, 2):
        assert edits.move(design, [table.id, layers.id], design.tree.id, index) is design
    assert edits.move(design, [], design.tree.id, 0).tree == design.tree
    other = edits.move(design, [layers.id, norm.id], design.tree.id, 0)
    assert [n.id for n in other.tree.inside] == [layers.id, norm.id, table.id]
    apart = edits.move(design, [norm.id, table.id], design.tree.id, 2)
    assert [n.id for n in apart.tree.inside] == [layers.id, table.id, norm.id]


def test_a_move_down_counts_places_as_they_are_before_it():
    design = design_of_nodes(*(node("dropout", name=name) for name in "abcd"))
    a, b, _, _ = design.tree.inside
    after = edits.move(design, [b.id, a.id, a.id], design.tree.id, 3)
    assert [n.name for n in after.tree.inside] == ["c", "a", "b", "d"]


def test_a_reordered_block_without_a_name_stays_without():
    design = design_of_nodes(*(node(kind) for kind in ("token_embedding", "learned_position", "rms_norm")))
    last = design.tree.inside[2]
    after = edits.move(design, [last.id], design.tree.id, 0)
    assert [n.name for n in after.tree.inside] == ["", "", ""]


def test_moving_into_itself_is_refused():
    design = small()
    layers, residual = named(design, "repeat"), named(design, "residual")
    for target in (layers, residual):
        assert refused(lambda target=target: edits.move(design, [layers.id], target.id, 0)) == (
            "A block cannot be put into itself."
        )
    assert refused(lambda: edits.move(design, [design.tree.id], layers.id, 0)) == (
        "A block cannot be put into itself."
    )


def test_settings_change_and_everything_else_is_shared():
    design = small()
    mlp = named(design, "mlp")
    after = edits.configure(design, [mlp.id], {"hidden": 30, "bias": True})
    changed = edits.find(after, mlp.id)
    assert (changed.fields["hidden"], changed.fields["bias"], changed.id) == (30, True, mlp.id)
    assert changed.fields["gate"] == mlp.fields["gate"]
    assert after.tree.inside[0] is design.tree.inside[0]
    assert named(after, "rms_norm") is named(design, "rms_norm")
    assert counted(after).total == 80 + 2 * (8 + 3 * 8 * 30 + 2 * 30 + 8) + 8


def test_a_label_is_for_people():
    design = small()
    after = edits.relabel(design, named(design, "mlp").id, "Thinking")
    assert named(after, "mlp").label == "Thinking"
    assert names(after) == names(design)


def test_neighbours_are_wrapped_and_unwrapped_again():
    design = small()
    table, layers, norm = design.tree.inside
    wrapped = edits.wrap(design, [norm.id, layers.id], node("residual"))
    outer = wrapped.tree.inside[1]
    assert [n.id for n in outer.inside] == [layers.id, norm.id]
    assert outer.inside[0] is layers
    assert names(wrapped) == names(design)
    back = edits.unwrap(wrapped, outer.id)
    assert back.tree.inside == design.tree.inside
    assert all(a is b for a, b in zip(back.tree.inside, design.tree.inside, strict=True))
    assert back.tree.inside[0] is table


def test_a_named_wrapper_makes_a_room_of_its_own_and_unwrapping_finds_free_names():
    design = small()
    norm = design.tree.inside[2]
    wrapped = edits.wrap(design, [norm.id], node("stack", name="norm"))
    assert names(wrapped)[-1] == "norm.norm.norm.weight"
    outer = wrapped.tree.inside[2]
    filled = edits.insert(wrapped, wrapped.tree.id, 3, node("rms_norm", name="mlp"))
    opened = edits.unwrap(filled, outer.id)
    assert [n.name for n in opened.tree.inside] == ["table", "layers", "norm", "mlp"]


def test_what_cannot_be_wrapped_or_unwrapped_is_refused():
    design = small()
    table, _, norm = design.tree.inside
    wrapper = node("stack")
    assert refused(lambda: edits.wrap(design, [table.id, norm.id], wrapper)) == (
        "Only blocks that stand side by side can be wrapped together."
    )
    inner = named(design, "mlp")
    assert refused(lambda: edits.wrap(design, [norm.id, inner.id], wrapper)) == (
        "Only blocks that stand side by side can be wrapped together."
    )
    nothing = "Nothing that can be wrapped is selected."
    assert refused(lambda: edits.wrap(design, [], wrapper)) == nothing
    assert refused(lambda: edits.wrap(design, [design.tree.id], wrapper)) == nothing
    assert "holds nothing" in refused(lambda: edits.unwrap(design, norm.id))
    assert refused(lambda: edits.unwrap(design, design.tree.id)) == (
        "Small: The whole design cannot be unwrapped."
    )


def test_the_whole_design_is_neither_removed_nor_duplicated():
    design = small()
    assert refused(lambda: edits.remove(design, [design.tree.id])) == (
        "Small: The whole design cannot be removed."
    )
    assert refused(lambda: edits.duplicate(design, [design.tree.id])) == (
        "Small: The whole design cannot be duplicated inside itself."
    )


def test_a_copy_stands_right_after_its_original():
    design = small()
    residual = named(design, "residual")
    after = edits.duplicate(design, [residual.id])
    one, two = named(after, "repeat").inside
    assert one is residual
    assert [n.name for n in two.inside] == ["norm_2", "mlp_2"]
    assert counted(after).total == counted(design).total + 2 * (8 + 480)


def test_several_blocks_are_pasted_in_order():
    design = small()
    clipboard = (named(design, "mlp"), named(design, "rms_norm"))
    after = edits.paste(design, design.tree.id, 3, clipboard)
    assert [n.name for n in after.tree.inside[3:]] == ["mlp", "norm_2"]


@pytest.mark.parametrize(
    ("kind", "name", "taken", "given"),
    [
        ("mlp", "mlp", ["mlp"], "mlp_2"),
        ("mlp", "mlp", ["mlp", "mlp_2"], "mlp_3"),
        ("layer_norm", "ln_1", ["ln_1", "ln_2"], "ln_3"),
        ("stack", "layer.0", ["layer.0", "layer.1"], "layer.2"),
        ("mamba2", "", ["x"], "mamba2"),
        ("mamba2", "mamba2", ["mamba2"], "mamba2_2"),
        ("dropout", "7", ["7", "8"], "9"),
        ("dropout", "free", ["taken"], "free"),
        ("dropout", "", [], ""),
    ],
)
def test_a_name_that_is_taken_becomes_one_like_it(kind, name, taken, given):
    design = design_of_nodes(*(node("rms_norm", name=other) for other in taken))
    after = edits.insert(design, design.tree.id, 0, node(kind, name=name))
    assert after.tree.inside[0].name == given


def test_what_is_numbered_or_shared_keeps_its_name():
    numbered, shared = node("mlp", name="{}"), node("mlp", name="a", shares="both")
    design = design_of_nodes(numbered, shared)
    after = edits.paste(design, design.tree.id, 2, [numbered, shared])
    assert [n.name for n in after.tree.inside] == ["{}", "a", "{}", "a"]


def test_variables_are_set_renamed_and_removed():
    design = edits.set_variable(small(), "spare", Expression("hidden * 2"))
    assert list(design.variables) == ["hidden", "layers", "spare"]
    assert refused(lambda: edits.remove_variable(design, "hidden")) == (
        "hidden: It is still used, so it cannot be removed."
    )
    assert list(edits.remove_variable(design, "spare").variables) == ["hidden", "layers"]
    only_in_a_variable = edits.set_variable(design, "spare", Expression("more + 1"))
    with_more = edits.set_variable(only_in_a_variable, "more", 3)
    assert "still used" in refused(lambda: edits.remove_variable(with_more, "more"))


def test_a_variable_that_only_the_positions_use_is_used():
    design = design_of_nodes(variables={"n": 512}, positions=Expression("n"))
    assert "still used" in refused(lambda: edits.remove_variable(design, "n"))
    assert counted(edits.rename_variable(design, "n", "longest")).tokens() == 512


def test_a_variable_is_renamed_wherever_it_is_named():
    n = Expression("n")
    pattern = Pattern((Run(n, Expression("n // 2")),), (Expression("2*n"), None), {3: Expression("n+1")})
    expert = node("mlp", hidden=Expression("n * n"))
    attention = node(
        "attention", heads=n, window=pattern, rope=value("rope", turned=Expression("n / 2")), name="a"
    )
    design = design_of_nodes(
        node("token_embedding", rows=10, hidden=n, name="t"),
        node("repeat", attention, node("experts", expert=expert, name="e"), times=5, name="l"),
        variables={"n": 4, "m": Expression("n + 1")},
        positions=Expression("max(n, 512)"),
    )
    after = edits.rename_variable(design, "n", "wide")
    assert after.variables == {"wide": 4, "m": Expression("wide + 1")}
    assert after.positions == Expression("max(wide, 512)")
    assert not any("n" in block.used for block in after.tree.walk())
    assert counted(after).by_category == counted(design).by_category
    assert named(after, "attention").fields["window"] == Pattern(
        (Run(Expression("wide"), Expression("wide // 2")),),
        (Expression("2*wide"), None),
        {3: Expression("wide+1")},
    )


def test_a_variable_cannot_take_a_name_that_is_none():
    design = small()
    assert refused(lambda: edits.rename_variable(design, "nothing", "x")) == (
        "nothing: There is no such variable."
    )
    assert refused(lambda: edits.rename_variable(design, "hidden", "layers")) == "layers: The name is taken."
    for name in ("total", "a b", "1st", "", "min", "start", "a.b"):
        assert "name a variable" in refused(lambda name=name: edits.rename_variable(design, "hidden", name))


def test_scenario_name_and_notes_are_the_designs_own():
    design = edits.set_scenario(small(), Scenario(batch=3))
    design = edits.describe(design, "New", "Why.")
    assert (design.scenario.batch, design.name, design.notes) == (3, "New", "Why.")
    assert design.tree == small().tree
