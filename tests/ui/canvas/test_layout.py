from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from designer.design import edits
from designer.ui.canvas.laid import GAP, SLOT, Gap, Laid, Measures, Place
from designer.ui.canvas.layout import arrange
from designer.ui.canvas.shown import follow
from tests.ui.canvas.designs import (
    DESIGNS,
    FEWER,
    MEASURES,
    block,
    design,
    laid,
    measured,
    placed,
    preset,
    shown,
)

WIDTHS = st.integers(200, 800)


def containers(root: Laid) -> list[Laid]:
    return [place.laid for place in root.walk() if place.laid.margins is not None]


def check(root: Laid) -> None:
    """Nothing sticks out of its container, nothing overlaps, and rows stand in the order of the tree."""
    for holder in containers(root):
        for place in holder.places():
            assert place.x >= 0
            assert place.y >= 0
            assert place.x + place.laid.width <= holder.width
            assert place.y + place.laid.height <= holder.height
            assert place.laid.width > 0
            assert place.laid.height > 0
        for lane in holder.columns:
            for upper, lower in pairwise(holder.rows[lane.first : lane.after]):
                assert upper.y + upper.height <= lower.y
        for left, right in pairwise(holder.lanes):
            assert left.after == right.first
            assert all(
                place.x + place.laid.width < right.x
                for row in holder.rows[: left.after]
                for place in row.places
            )
            assert all(place.x >= right.x for row in holder.rows[left.after :] for place in row.places)
        for row in holder.rows:
            for left, right in pairwise(row.places):
                assert left.x + left.laid.width <= right.x
        if holder.rows:
            assert [place.laid.shown for place in holder.places()] == list(holder.shown.inside)
        assert [row.first for row in holder.rows] == [0, *(row.after for row in holder.rows[:-1])][
            : len(holder.rows)
        ]


@FEWER
@given(DESIGNS, WIDTHS)
def test_cards_stay_in_their_containers_and_out_of_each_other_s_way(drawn, width):
    check(laid(drawn, width))


@FEWER
@given(DESIGNS, st.data())
def test_they_do_with_containers_closed_and_a_gap_open_too(drawn, data):
    nodes = list(drawn.tree.walk())
    closed = data.draw(
        st.lists(st.sampled_from([node.id for node in nodes[1:]]), unique=True) if nodes[1:] else st.just([])
    )
    holder = data.draw(st.sampled_from([node for node in nodes if node.inside or node is drawn.tree]))
    gap = Gap(holder.id, data.draw(st.integers(0, len(holder.inside))))
    root = laid(drawn, closed=closed, gap=gap)
    check(root)
    for each in containers(root):
        if each.slot is not None:
            assert each.slot.y >= 0
            assert each.slot.y + each.slot.height <= each.height
            lane = each.column_at(each.slot.x)
            if each.forked:
                assert all(
                    place.x + place.laid.width <= each.slot.x or each.slot.x + each.slot.width <= place.x
                    for place in each.rows[0].places
                )
                continue
            assert all(
                row.y + row.height <= each.slot.y or each.slot.y + each.slot.height <= row.y
                for row in each.rows[lane.first : lane.after]
            )


@FEWER
@given(DESIGNS)
def test_every_block_is_laid_out_once(drawn):
    ids = [place.laid.id for place in laid(drawn).walk()]
    assert sorted(ids) == sorted(node.id for node in drawn.tree.walk())


@FEWER
@given(DESIGNS, st.data())
def test_what_is_taken_over_from_before_is_what_would_be_made_anew(drawn, data):
    reading = measured(drawn)
    before = follow(reading, (), None)
    known = arrange(before, MEASURES, 560)
    holder = data.draw(
        st.sampled_from([node for node in drawn.tree.walk() if node.inside or node is drawn.tree])
    )
    index = data.draw(st.integers(0, len(holder.inside)))
    edited = reading.of(edits.insert(drawn, holder.id, index, block("rms_norm")))
    after = follow(edited, (), before)
    assert look(arrange(after, MEASURES, 560, None, known)) == look(
        arrange(follow(edited, (), None), MEASURES, 560)
    )


def look(root: Laid) -> list[tuple]:
    return [
        (
            p.x,
            p.y,
            p.laid.id,
            p.laid.width,
            p.laid.height,
            p.laid.stream,
            [row[:3] + row[4:] for row in p.laid.rows],
        )
        for p in root.walk()
    ]


@FEWER
@given(DESIGNS, st.data())
def test_a_gap_only_moves_what_is_below_it(drawn, data):
    holders = [each for each in containers(laid(drawn)) if each.rows]
    assume(holders)
    holder = data.draw(st.sampled_from(holders))
    row = data.draw(st.sampled_from(holder.rows))
    opened = laid(drawn, gap=Gap(holder.id, row.first))
    now = next(each for each in containers(opened) if each.id == holder.id)
    moved = SLOT + (holder.margins.between if holder.margins is not None else 0)
    if holder.forked:
        assert all(
            (after.x >= before.x) == (at >= row.first)
            for at, (before, after) in enumerate(zip(holder.places(), now.places(), strict=True))
        )
        return
    lane = holder.column_at(row.places[0].x)
    for at, (before, after) in enumerate(zip(holder.rows, now.rows, strict=True)):
        below = before.first >= row.first and lane.first <= at < lane.after
        assert after.y - before.y == (moved if below else 0)
    if not holder.lanes:
        assert now.height - holder.height == moved


def test_llama_stands_as_it_is_drawn():
    root = laid(preset("llama-3-8b"))
    embedding, head = placed(root, "token_embedding")[0], placed(root, "lm_head")[0]
    (repeat,) = placed(root, "repeat")
    attention, feed_forward = placed(root, "residual")
    norms = placed(root, "rms_norm")
    assert {place.laid.height for place in norms} == {MEASURES.row}
    assert {embedding.laid.height, head.laid.height, placed(root, "mlp")[0].laid.height} == {MEASURES.card}
    assert embedding.x == repeat.x == head.x == 0
    assert repeat.y - (embedding.y + embedding.laid.height) == GAP
    assert attention.x == 12
    assert norms[0].x == attention.x + 50
    assert feed_forward.y - attention.y == attention.laid.height + 8
    assert repeat.laid.margins is not None
    assert repeat.laid.margins.sheets > 0


def stream_of(place: Place) -> int:
    return place.x + place.laid.stream


def test_one_line_runs_through_all_of_llama():
    root = laid(preset("llama-3-8b"))
    on_it = [
        *placed(root, "token_embedding"),
        *placed(root, "repeat"),
        *placed(root, "residual"),
        *placed(root, "lm_head"),
    ]
    assert {stream_of(place) for place in on_it} == {28}


def test_a_stack_that_only_lends_a_name_is_not_seen_and_a_labelled_one_is():
    inner = block("mlp"), block("mlp")
    for name, label, seamless in (("model", "", True), ("", "", False), ("model", "Trunk", False)):
        root = laid(design(block("token_embedding"), block("stack", *inner, name=name, label=label)))
        stack = placed(root, "stack")[1]
        assert stack.laid.seamless is seamless
        assert (placed(root, "mlp")[0].y == stack.y) is seamless


def test_tables_that_are_added_at_the_entrance_stand_side_by_side_where_there_is_room():
    wide = laid(preset("bert-base-uncased"), 780)
    tables = [placed(wide, kind)[0] for kind in ("token_embedding", "learned_position", "segment_embedding")]
    assert len({place.y for place in tables}) == 1
    assert len({place.x for place in tables}) == 3
    assert {place.laid.height for place in tables} == {MEASURES.card}
    narrow = laid(preset("bert-base-uncased"), 560)
    token, position, segment = (placed(narrow, p.laid.shown.node.kind)[0] for p in tables)
    assert token.y < position.y < segment.y
    assert token.x < position.x == segment.x


def test_what_only_offers_something_stands_aside_and_the_line_passes():
    root = laid(preset("flan-t5-base"))
    rows = [row for holder in containers(root) for row in holder.rows if row.aside]
    assert [row.places[0].laid.shown.node.kind for row in rows] == ["position_bias"] * 2
    assert not any(row.joined for row in rows)


def test_another_stream_begins_below_an_encoder():
    root = laid(preset("flan-t5-base"), width=480)
    begun = [row for holder in containers(root) for row in holder.rows if row.begins]
    assert [row.places[0].laid.shown.node.kind for row in begun] == ["encoder"]
    assert begun[0].height > begun[0].places[0].laid.height


def test_a_closed_container_keeps_its_head_alone():
    drawn = preset("llama-3-8b")
    repeat = placed(laid(drawn), "repeat")[0].laid
    closed = placed(laid(drawn, closed=[repeat.id]), "repeat")[0].laid
    assert closed.rows == ()
    assert repeat.margins is not None
    assert closed.height == repeat.margins.head + repeat.margins.sheets


@pytest.mark.parametrize("depth", [3, 12, 40])
def test_however_deep_it_is_nested_a_card_keeps_room_for_its_name(depth):
    node = block("mlp")
    for _ in range(depth):
        node = block("repeat", block("residual", node))
    root = laid(design(block("token_embedding"), node))
    check(root)
    assert placed(root, "mlp")[0].laid.width >= 140


def test_an_edit_lays_out_only_the_way_to_the_root():
    reading = measured(preset("llama-3-8b"))
    before = follow(reading, (), None)
    known = {place.laid.id: place.laid for place in arrange(before, MEASURES, 560).walk()}
    mlp = next(node for node in reading.design.tree.walk() if node.kind == "mlp")
    after = follow(reading.of(edits.configure(reading.design, [mlp.id], {"bias": True})), (), before)
    changed = {p.laid.id for p in arrange(after, MEASURES, 560).walk() if p.laid is not known[p.laid.id]}
    path = edits.path_to(reading.design.tree, mlp.id)
    assert changed == {edits.at(reading.design.tree, path[:n]).id for n in range(len(path) + 1)}


def test_rows_above_an_edit_are_the_same_objects():
    drawn = design(block("token_embedding"), *(block("mlp") for _ in range(6)))
    reading = measured(drawn)
    before = follow(reading, (), None)
    known = arrange(before, MEASURES, 560)
    after = follow(reading.of(edits.insert(drawn, drawn.tree.id, 4, block("rms_norm"))), (), before)
    rows = arrange(after, MEASURES, 560, None, known).rows
    assert all(a is b for a, b in zip(rows[1:4], known.rows[1:4], strict=True))
    assert rows[5].places[0].laid is known.rows[4].places[0].laid


def test_heights_follow_the_type():
    root = shown(preset("llama-3-8b"))
    small, large = arrange(root, Measures(20, 34), 560), arrange(root, Measures(40, 66), 560)
    assert placed(small, "rms_norm")[0].laid.height == 20
    assert placed(large, "mlp")[0].laid.height == 66
    check(large)


def test_an_empty_design_keeps_a_place_to_drop_something():
    root = laid(design())
    assert root.rows == ()
    assert root.slot is not None
    assert root.slot.width == root.width
