"""Which lines the ledger has, and that they add up."""

from __future__ import annotations

import pytest
from hypothesis import given

from designer.ui.canvas.ledger.columns import Shows, Widths, columns, pairs, type_scale
from designer.ui.canvas.ledger.counts import counts, subtotal
from designer.ui.canvas.ledger.room import ROOM, side, stack_width
from designer.ui.canvas.ledger.sheet import deepest, leaves, sheet
from designer.ui.numbers import share
from tests.ui.canvas.designs import DESIGNS, FEWER, block, design, laid, measured, placed, preset

PRESETS = (
    *("gpt2", "bert-base-uncased", "llama-3-8b", "gemma-3-270m", "deepseek-v3"),
    *("flan-t5-base", "albert-base-v2", "mamba2-130m"),
)
EVERYTHING = -1e9, 1e9


@pytest.mark.parametrize("name", PRESETS)
def test_the_lines_add_up_to_the_whole(name):
    of = preset(name)
    root = laid(of)
    known = counts(measured(of), root)
    assert sum(known.of(leaf.id) for leaf in leaves(root)) == known.total == measured(of).total


@pytest.mark.parametrize("name", PRESETS)
def test_the_lines_add_up_whatever_is_closed(name):
    of = preset(name)
    for node in of.tree.walk():
        if node.inside and node is not of.tree:
            root = laid(of, closed=[node.id])
            known = counts(measured(of), root)
            assert sum(known.of(leaf.id) for leaf in leaves(root)) == known.total


@pytest.mark.parametrize("name", PRESETS)
def test_shares_that_are_rounded_one_by_one_miss_a_hundred_by_little(name):
    of = preset(name)
    root = laid(of)
    known = counts(measured(of), root)
    said = [share(known.of(leaf.id), known.total) for leaf in leaves(root)]
    numbers = [float(words.strip("<").split("\u2009")[0]) for words in said if not words.startswith("<")]
    assert sum(numbers) == pytest.approx(100, abs=0.05 * len(said) + 0.01)


@FEWER
@given(of=DESIGNS)
def test_what_is_in_sight_is_what_there_is(of):
    root = laid(of)
    seen = sheet(root, *EVERYTHING)
    assert [line.laid.id for line in seen.lines] == [leaf.id for leaf in leaves(root)]
    halves = [sheet(root, 0, root.height / 2), sheet(root, root.height / 2, root.height)]
    assert {line.laid.id for half in halves for line in half.lines} == {line.laid.id for line in seen.lines}


def test_a_line_stands_at_the_height_of_its_block():
    root = laid(preset("llama-3-8b"))
    (attention,) = placed(root, "attention")
    line = next(line for line in sheet(root, *EVERYTHING).lines if line.laid is attention.laid)
    assert (line.top, line.bottom) == (attention.y, attention.y + attention.laid.height)
    assert line.middle == (line.top + line.bottom) / 2


def test_tables_side_by_side_have_lines_under_one_another():
    root = laid(preset("gpt2"))
    lines = [line for line in sheet(root, *EVERYTHING).lines if line.crowded]
    assert [line.laid.shown.node.kind for line in lines] == ["token_embedding", "learned_position"]
    assert lines[1].middle - lines[0].middle == 20
    assert sheet(root, *EVERYTHING).at(lines[1].middle) is lines[1].laid


def test_a_repeat_is_a_subtotal_and_a_residual_has_no_row():
    of = preset("llama-3-8b")
    root = laid(of)
    (bracket,) = sheet(root, *EVERYTHING).brackets
    (repeat,) = placed(root, "repeat")
    assert bracket.laid is repeat.laid
    assert subtotal(bracket.laid.shown, measured(of).nodes[bracket.laid.id]) == "32 layers"
    assert sheet(root, *EVERYTHING).at(bracket.middle) is repeat.laid


def test_nested_repeats_stand_in_nested_brackets_that_say_all_their_layers():
    inner = block("repeat", block("mlp", hidden=64), times=3)
    of = design(block("token_embedding", hidden=64), block("repeat", inner, block("rms_norm"), times=12))
    root = laid(of)
    outer, nested = sheet(root, *EVERYTHING).brackets
    assert (outer.level, nested.level, deepest(root.shown)) == (0, 1, 2)
    nodes = measured(of).nodes
    assert subtotal(outer.laid.shown, nodes[outer.laid.id]) == "12 times"
    assert subtotal(nested.laid.shown, nodes[nested.laid.id]) == "36 layers"


def test_one_set_of_weights_is_counted_once():
    of = preset("albert-base-v2")
    (bracket, *_) = sheet(laid(of), *EVERYTHING).brackets
    assert subtotal(bracket.laid.shown, measured(of).nodes[bracket.laid.id]) == "once, 12 passes"


def test_a_closed_container_is_a_line():
    of = preset("llama-3-8b")
    (repeat,) = placed(laid(of), "repeat")
    seen = sheet(laid(of, closed=[repeat.laid.id]), *EVERYTHING)
    assert seen.brackets == []
    assert repeat.laid.id in [line.laid.id for line in seen.lines]


def test_from_far_the_lines_fold_into_their_containers():
    of = design(
        block("token_embedding"), *(block("stack", *(block("rms_norm") for _ in range(9))) for _ in "ab")
    )
    root = laid(of)
    near, far = sheet(root, *EVERYTHING), sheet(root, *EVERYTHING, 0.2)
    assert [line.laid.shown.node.kind for line in far.lines] == ["token_embedding", "stack", "stack"]
    assert len(near.lines) == 19


def test_only_what_is_in_sight_is_worked_out():
    root = laid(design(block("token_embedding"), *(block("rms_norm") for _ in range(300))))
    assert len(sheet(root, 4000, 4400).lines) < 15


def test_digits_keep_their_room_and_bars_give_way():
    widths, shows = Widths(60, 55), Shows()
    assert columns(250, widths, shows, 1).bars
    narrow = columns(widths.least(shows), widths, shows, 1)
    assert not narrow.bars
    assert narrow.count_end - narrow.bar_end == 60
    assert narrow.share_end - narrow.count_end == 55
    assert columns(200, widths, Shows(shares=False), 1).bars


@pytest.mark.parametrize(("view", "stack"), [(672, 424), (776, 500), (880, 560), (1253, 780), (3000, 780)])
def test_the_stack_is_as_wide_as_the_ledger_leaves_it(view, stack):
    assert stack_width(view) == stack


def test_a_wider_view_never_has_a_narrower_stack():
    widths = [stack_width(view) for view in range(ROOM, 1400)]
    assert widths == sorted(widths)
    assert [side(672), side(776), side(1800), side(880, 2)] == [24, 36, 36, 26]


def test_type_grows_with_the_zoom_and_never_shrinks():
    assert [type_scale(zoom) for zoom in (0.1, 1, 1.2, 3)] == [1, 1, 1.2, 1.5]


def test_two_streams_have_their_own_lines_that_add_up_together():
    of = preset("flan-t5-base")
    root = laid(of, 560)
    assert root.lanes
    seen, known = sheet(root, *EVERYTHING), counts(measured(of), root)
    halves = [
        sum(known.of(line.laid.id) for line in seen.lines if line.stream == stream) for stream in (0, 1)
    ]
    assert sum(halves) == known.total
    assert min(halves) > 0
    first, second = (next(line for line in seen.lines if line.stream == stream) for stream in (0, 1))
    assert seen.at(first.middle, 0) is first.laid
    assert seen.at(second.middle, 1) is second.laid
    assert seen.at(second.middle, 1) is not first.laid


def test_two_streams_share_the_columns_and_do_without_bars():
    left, right = pairs(260, Widths(60, 55), Shows())
    assert not left.bars
    assert not right.bars
    assert left.share_end <= right.bar
    assert left.shows.shares
    narrow = pairs(140, Widths(60, 55), Shows())
    assert not narrow[0].shows.shares
    assert narrow[0].count_end <= narrow[1].bar


def test_the_longest_bar_is_that_of_the_greatest_line_at_any_zoom():
    of = design(block("token_embedding"), *(block("stack", *(block("mlp") for _ in range(9))) for _ in "ab"))
    root = laid(of)
    known = counts(measured(of), root)
    assert known.at(root, 1.0).most == known.most
    lines = sheet(root, *EVERYTHING, 0.2).lines
    assert known.at(root, 0.2).most == max(known.of(line.laid.id) for line in lines) > known.most


def test_what_is_higher_than_a_view_keeps_its_lines_as_long_as_they_can_be_told_apart():
    root = laid(design(block("token_embedding"), block("stack", *(block("rms_norm") for _ in range(300)))))
    assert len(sheet(root, *EVERYTHING, 0.1).lines) == 301
    assert len(sheet(root, *EVERYTHING, 0.03).lines) == 2
