from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.design import edits
from designer.ui.canvas.drop import EDGE, Spot, WhyNot, landing, stays, under
from designer.ui.canvas.laid import Gap, Laid
from tests.ui.canvas.designs import DESIGNS, FEWER, block, design, laid, placed, preset

POINTS = st.tuples(st.floats(-60, 700), st.floats(-80, 3000))


@FEWER
@given(DESIGNS, POINTS)
def test_every_point_is_a_place_in_a_container_that_can_be_filled(drawn, point):
    spot = landing(laid(drawn), *point)
    assert isinstance(spot, Spot)
    node = edits.find(drawn, spot.container)
    assert 0 <= spot.index <= len(node.inside)
    edits.insert(drawn, spot.container, spot.index, block("rms_norm"))


@FEWER
@given(DESIGNS, POINTS)
def test_the_gap_that_opens_does_not_move_away_from_under_the_pointer(drawn, point):
    spot = landing(laid(drawn), *point)
    assert isinstance(spot, Spot)
    opened = laid(drawn, gap=Gap(spot.container, spot.index))
    assert landing(opened, *point) == spot


@FEWER
@given(DESIGNS)
def test_every_gap_of_a_frame_can_be_reached(drawn):
    root = laid(drawn)
    for place in root.walk():
        holder = place.laid
        if not holder.open or holder.seamless or holder.margins is None:
            continue
        if holder.forked:
            found = {landing(root, place.x + x, place.y + 20) for x in range(holder.width)}
            assert found == {Spot(holder.id, index) for index in range(len(holder.shown.inside) + 1)}
            continue
        wanted = {0, *(row.after for row in holder.rows)}
        x = place.x + min(7, holder.margins.left - 1)  # in the margin that nothing inside has
        found = {landing(root, x, place.y + y) for y in range(holder.height)}
        reached = {spot.index for spot in found if isinstance(spot, Spot) and spot.container == holder.id}
        if holder.margins.left:
            assert wanted <= reached


@FEWER
@given(DESIGNS, POINTS, st.data())
def test_nothing_lands_inside_itself(drawn, point, data):
    nodes = list(drawn.tree.walk())[1:]
    if not nodes:
        return
    node = data.draw(st.sampled_from(nodes))
    spot = landing(laid(drawn), *point, moving=[node.id])
    if isinstance(spot, Spot):
        assert spot.container not in {inner.id for inner in node.walk()}
        edits.move(drawn, [node.id], spot.container, spot.index)
    else:
        assert str(spot.reason) == "A block cannot be put into itself."


def llama() -> Laid:
    return laid(preset("llama-3-8b"))


def test_below_the_last_block_is_the_end_and_above_the_first_the_beginning():
    root = llama()
    assert landing(root, 100, root.height + 500) == Spot(root.id, 2)
    assert landing(root, 100, -500) == Spot(root.id, 0)


def test_between_two_residuals_is_in_every_layer():
    root = llama()
    (repeat,) = placed(root, "repeat")
    attention, feed_forward = placed(root, "residual")
    between = (attention.y + attention.laid.height + feed_forward.y) / 2
    assert landing(root, 300, between) == Spot(repeat.laid.id, 1)


def test_the_halves_of_a_card_are_before_and_after_it():
    root = llama()
    (mlp,) = placed(root, "mlp")
    residual = placed(root, "residual")[1]
    assert landing(root, 300, mlp.y + 4) == Spot(residual.laid.id, 1)
    assert landing(root, 300, mlp.y + mlp.laid.height - 4) == Spot(residual.laid.id, 2)


@pytest.mark.parametrize(("depth", "inside"), [(EDGE - 1, False), (EDGE + 1, True)])
def test_near_the_edge_of_a_frame_a_block_lands_outside_of_it(depth, inside):
    root = llama()
    (repeat,) = placed(root, "repeat")
    spot = landing(root, 300, repeat.y + depth)
    assert isinstance(spot, Spot)
    assert (spot.container == repeat.laid.id) is inside


def test_beside_the_stack_it_is_the_height_that_counts():
    root = llama()
    (repeat,) = placed(root, "repeat")
    attention = placed(root, "residual")[0]
    y = attention.y + attention.laid.height / 2
    for x in (-400, 5, root.width + 400):
        spot = landing(root, x, y)
        assert isinstance(spot, Spot)
        assert spot.container == repeat.laid.id


def test_an_empty_container_is_filled_by_dropping_onto_it():
    root = laid(design(block("token_embedding"), block("residual")))
    (residual,) = placed(root, "residual")
    assert landing(root, 200, residual.y + residual.laid.height / 2) == Spot(residual.laid.id, 0)


def test_a_closed_container_takes_nothing_in():
    drawn = preset("llama-3-8b")
    (repeat,) = placed(laid(drawn), "repeat")
    root = laid(drawn, closed=[repeat.laid.id])
    (closed,) = placed(root, "repeat")
    for y in range(closed.laid.height):
        spot = landing(root, 300, closed.y + y)
        assert isinstance(spot, Spot)
        assert spot.container != closed.laid.id


def test_a_block_that_lands_beside_itself_stays():
    root = llama()
    residual = placed(root, "residual")[1].laid
    norm, mlp = (place.laid.id for place in residual.places())
    assert stays(root, Spot(residual.id, 0), [norm])
    assert stays(root, Spot(residual.id, 1), [norm])
    assert not stays(root, Spot(residual.id, 2), [norm])
    assert not stays(root, Spot(residual.id, 1), [norm, mlp])


def test_why_not_is_said_over_the_block_itself():
    root = llama()
    residual = placed(root, "residual")[1]
    y = residual.y + residual.laid.height / 2
    assert isinstance(landing(root, 300, y, [residual.laid.id]), WhyNot)


@FEWER
@given(DESIGNS, POINTS)
def test_what_is_under_a_point_is_drawn_there_and_is_the_innermost(drawn, point):
    root = laid(drawn)
    found = under(root, *point)
    around = [
        place
        for place in root.walk()
        if place.x <= point[0] < place.x + place.laid.width
        and place.y <= point[1] < place.y + place.laid.height
        and not place.laid.seamless
        and place.laid is not root
    ]
    assert (found.laid if found else None) is (around[-1].laid if around else None)
    if found is not None:
        assert (found.x, found.y) == (around[-1].x, around[-1].y)
