"""An encoder and a decoder side by side: where they stand, what lands in them, where the arrows lead."""

from __future__ import annotations

import pytest

from designer.design import edits
from designer.ui.canvas.drop import Spot, landing, under
from designer.ui.canvas.ends import entrances
from designer.ui.canvas.laid import GUTTER, LANE, Gap, Laid
from designer.ui.canvas.layout import arrange
from designer.ui.canvas.shown import follow
from designer.ui.canvas.walking import next_block
from designer.ui.canvas.words import begun
from tests.ui.canvas.designs import MEASURES, block, design, laid, measured, placed, preset

WIDE = 2 * LANE + GUTTER


@pytest.fixture(scope="module")
def t5() -> Laid:
    return laid(preset("flan-t5-base"), WIDE)


def test_two_streams_stand_side_by_side_each_at_its_own_port(t5):
    first, second = t5.lanes
    source, target = placed(t5, "token_embedding")
    assert (source.x, target.x) == (first.x, second.x) == (0, LANE + GUTTER)
    assert source.y == target.y
    encoder, decoder = placed(t5, "repeat")
    assert encoder.y == decoder.y
    assert placed(t5, "lm_head")[0].x == second.x


def test_an_encoder_in_its_lane_needs_no_frame(t5):
    (encoder,) = placed(t5, "encoder")
    assert encoder.laid.bare
    assert placed(t5, "token_embedding")[0].laid.width == encoder.laid.width == LANE


def test_where_there_is_no_room_for_two_they_stand_one_below_the_other():
    root = laid(preset("flan-t5-base"), WIDE - 2)
    assert not root.lanes
    source, target = placed(root, "token_embedding")
    assert target.y > source.y


def test_a_closed_encoder_keeps_its_lane():
    design_ = preset("flan-t5-base")
    (encoder,) = (node for node in design_.tree.walk() if node.kind == "encoder")
    root = laid(design_, WIDE, closed=[encoder.id])
    assert root.lanes
    (closed,) = placed(root, "encoder")
    assert (closed.laid.width, closed.laid.bare, closed.laid.rows) == (LANE, False, ())


def test_a_decoder_that_is_still_to_come_has_its_place():
    root = laid(design(block("encoder", block("token_embedding"))), WIDE)
    assert root.slot is not None
    assert (root.slot.x, root.slot.before) == (root.lanes[1].x, 1)
    x, y = root.slot.x + 20, root.slot.y + 5
    assert landing(root, x, y) == Spot(root.id, 1)


def test_what_is_held_beside_the_decoder_lands_in_the_decoder(t5):
    head = placed(t5, "lm_head")[0]
    children = len(t5.shown.inside)
    assert landing(t5, head.x + 5, head.y + head.laid.height + 5) == Spot(t5.id, children)
    assert landing(t5, head.x + 5, 2) == Spot(t5.id, 1)


@pytest.mark.parametrize("y", [2, 600, 5000])
def test_what_is_held_anywhere_in_the_encoder_s_lane_lands_in_the_encoder(t5, y):
    spot = landing(t5, 3, y)
    assert isinstance(spot, Spot)
    tree = t5.shown.node
    inside = {node.id for node in tree.inside[0].walk()}
    assert spot.container in inside


def test_a_gap_in_one_stream_leaves_the_other_where_it_is():
    drawn = preset("flan-t5-base")
    still = laid(drawn, WIDE)
    opened = laid(drawn, WIDE, gap=Gap(drawn.tree.id, 1))
    assert placed(opened, "repeat")[0].y == placed(still, "repeat")[0].y
    assert placed(opened, "repeat")[1].y > placed(still, "repeat")[1].y


def test_a_point_is_in_the_stream_it_lies_in(t5):
    for place in t5.walk():
        if place.laid.margins is None:
            found = under(t5, place.x + 1, place.y + 1)
            assert found is not None
            assert found.laid.id == place.laid.id


def test_left_and_right_lead_from_one_stream_to_the_other(t5):
    source, target = (place.laid.id for place in placed(t5, "token_embedding"))
    assert next_block(t5, source, "in") == target
    assert next_block(t5, target, "out") == source
    mlp_of_encoder, cross = placed(t5, "mlp")[0], placed(t5, "attention")[2]
    assert mlp_of_encoder.y == cross.y
    assert next_block(t5, mlp_of_encoder.laid.id, "in") == cross.laid.id


def test_rows_that_are_not_touched_by_an_edit_are_the_same_objects():
    drawn = preset("flan-t5-base")
    reading = measured(drawn)
    before_shown = follow(reading, (), None)
    before = arrange(before_shown, MEASURES, WIDE)
    edited = reading.of(edits.insert(drawn, drawn.tree.id, 3, block("rms_norm")))
    after = arrange(follow(edited, (), before_shown), MEASURES, WIDE, None, before)
    assert after.rows[0].places[0].laid is before.rows[0].places[0].laid
    assert after.rows[2] is before.rows[2]


@pytest.mark.parametrize(("width", "streams"), [(WIDE, 2), (420, 1)])
def test_both_streams_are_named_alike_side_by_side_and_one_below_the_other(width, streams):
    root = laid(preset("flan-t5-base"), width)
    names = [name for _, (name, _) in entrances(root, ("Tokens", "batch × sequence"))]
    assert names == ["Source tokens", "Target tokens"][:streams]
    assert begun(placed(root, "encoder")[0].laid.shown) == "Target tokens"
    assert [name for _, (name, _) in entrances(laid(preset("llama-3-8b")), ("Tokens", ""))] == ["Tokens"]
