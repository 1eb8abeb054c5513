"""Walking: where weights are kept and where in the graph we stand, which differ where weights are shared."""

from __future__ import annotations

from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion, Parameter, Region, RepeatRegion
from designer.symbolic.size import Size
from designer.symbolic.walk import Where, walk
from tests.symbolic.toys import Chain, Line, Loop, Residue, Some, only_repeat, step, traced


def stands(body: Body, where: Where | None = None) -> list[tuple[str, str]]:
    """(path, place) of every weight that a graph written out meets, in order."""
    where, found = where or Where(), []
    for op in body.ops:
        if isinstance(op, Parameter):
            found.append((where.path + op.name, where.place + op.name))
        elif isinstance(op, RepeatRegion):
            for round, here in enumerate(where.rounds(op, int(op.rounds))):
                found += stands(op.body(round), here)
        elif isinstance(op, Region):
            found += stands(op.bodies[0], where.inside(op) if isinstance(op, BlockRegion) else where)
    return found


def names(*inside, **settings):
    """(path, place) below the stack's own table, the weight's name cut off."""
    found = stands(traced(step(Chain(), *inside, **settings)))[1:]
    return [tuple(name.removesuffix(".w.weight").removesuffix(".weight") for name in pair) for pair in found]


def line(name="", **settings):
    return step(Line(), name=name, **settings)


def test_names_nest_and_unnamed_containers_add_nothing():
    found = names(step(Residue(), line("a")), step(Chain(), step(Residue(), line("b.c")), name="d"))
    assert found == [("a", "a"), ("d.b.c", "d.b.c")]


def test_rounds_of_a_named_repeat_are_numbered():
    found = names(step(Loop(times=3), line("a"), name="layers"))
    assert found == [(f"layers.{i}.a",) * 2 for i in range(3)]


def test_numbered_children_count_on_through_the_rounds():
    group = (step(Loop(times=3), line("{}")), line("{}"))
    found = names(step(Loop(times=12), *group, name="layers"))
    assert found == [(f"layers.{i}",) * 2 for i in range(48)]


def test_numbering_begins_anew_in_every_named_block():
    pair = (line("{}"), step(Residue(), line("{}")))
    found = names(step(Chain(), *pair, name="a"), step(Loop(times=2), *pair, name="b"))
    assert [path for path, _ in found] == ["a.0", "a.1", "b.0", "b.1", "b.2", "b.3"]


def test_a_named_block_inside_a_round_has_numbers_of_its_own():
    found = names(step(Loop(times=2), step(Chain(), line("{}"), line("{}"), name="sub"), name="layers"))
    assert [path for path, _ in found] == [f"layers.{i}.sub.{j}" for i in range(2) for j in range(2)]


def test_a_shared_repeat_keeps_one_path_and_has_a_place_for_each_round():
    found = names(step(Loop(times=3, shared=True), line("a"), name="layers"))
    assert found == [("layers.a", f"layers.{i}.a") for i in range(3)]


def test_numbered_children_of_a_shared_repeat_keep_their_numbers():
    layers = step(
        Chain(), line("{}"), step(Loop(times=3, shared=True), line("{}"), line("{}")), name="layers"
    )
    found = names(layers)
    assert [path for path, _ in found] == ["layers.0", *["layers.1", "layers.2"] * 3]
    assert [place for _, place in found] == [f"layers.{i}" for i in range(7)]


def test_blocks_that_share_a_place_keep_one_path_and_stand_where_they_are():
    found = names(line("a", shares="both"), step(Loop(times=2), line("b", shares="both"), name="c"))
    assert found == [("both", "a"), ("both", "c.0.b"), ("both", "c.1.b")]


def test_numbered_children_of_a_shared_place_are_the_same_each_time():
    pair = (line("{}"), line("{}"))
    chain = step(Chain(), *pair, shares="both")
    found = names(line("{}"), chain, chain)
    assert [path for path, _ in found] == ["0", "both.0", "both.1", "both.0", "both.1"]


def test_the_walk_multiplies_copies_and_runs_on_the_way_down():
    some = step(Some(copies=6, active=2), name="some")
    body = traced(step(Loop(times=Size.named("n")), step(Loop(times=2, shared=True), some)))
    found = {op.name: (copies, runs) for op, copies, runs in walk(body) if isinstance(op, Parameter)}
    n = Size.named("n")
    assert found == {
        "rows.weight": (1, 1),
        "gate.weight": (n, 2 * n),
        "experts.w.weight": (6 * n, 4 * n),
    }
    assert only_repeat(traced(step(Loop(times=2), line()))).rounds == 2
