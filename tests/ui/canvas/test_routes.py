"""The ways of ties and of the edge between two streams."""

from __future__ import annotations

from designer.analysis.links import links
from designer.ui.canvas.laid import Laid
from designer.ui.canvas.routes import MARGIN, Route, routes
from tests.ui.canvas.designs import MEASURES, block, design, laid, placed, preset


def found(root: Laid) -> tuple[Route, ...]:
    return routes(root, links(root.shown.bodies[0]), MEASURES.card)


def test_a_tie_runs_in_the_left_margin_from_the_table_to_the_head():
    root = laid(preset("gpt2"))
    (tie,) = found(root)
    table, head = placed(root, "token_embedding")[0], placed(root, "lm_head")[0]
    half = MEASURES.card // 2
    assert tie.tied
    assert tie.corners == (
        (table.x, table.y + half),
        (-MARGIN, table.y + half),
        (-MARGIN, head.y + half),
        (head.x, head.y + half),
    )
    assert tie.disc is not None
    assert table.y < tie.disc[1] < head.y


def test_one_edge_leads_from_the_encoder_s_output_into_cross_attention():
    root = laid(preset("flan-t5-base"))
    (flow,) = (route for route in found(root) if not route.tied)
    (encoder,), cross = placed(root, "encoder"), placed(root, "attention")[2]
    start, *_, end = flow.corners
    assert encoder.x < start[0] < encoder.x + encoder.laid.width
    assert start[1] > encoder.y + max(row.y + row.height for row in encoder.laid.rows)
    assert end == (cross.x, cross.y + MEASURES.card // 2)


def test_the_edge_passes_over_the_decoder_s_stream():
    root = laid(preset("flan-t5-base"))
    (flow,) = (route for route in found(root) if not route.tied)
    decoder = placed(root, "repeat")[1]
    (crossing,) = flow.crossings
    assert crossing.x == decoder.x + decoder.laid.stream
    assert crossing.over.shown.layout == "residual"


def test_a_table_that_both_streams_use_is_tied_across_the_gutter():
    root = laid(preset("flan-t5-base"))
    (tie,) = (route for route in found(root) if route.tied)
    source, target = placed(root, "token_embedding")
    assert tie.corners[0][0] == source.x + source.laid.width
    assert tie.corners[-1][0] == target.x


def test_a_head_tied_to_the_decoder_s_table_is_linked_right_of_the_decoder():
    tree = design(
        block("encoder", block("token_embedding")),
        block("token_embedding", shared=True),
        block("lm_head", tied=True),
    )
    root = laid(tree)
    right = [route for route in found(root) if route.tied][1]
    assert {x for x, _ in right.corners} == {root.width, root.width + MARGIN}


def test_streams_one_below_the_other_have_no_edge_between_them():
    assert all(route.tied for route in found(laid(preset("flan-t5-base"), 420)))


def test_what_is_hidden_in_a_closed_container_is_linked_at_the_container():
    drawn = preset("flan-t5-base")
    decoder = [node for node in drawn.tree.walk() if node.kind == "repeat"][1]
    root = laid(drawn, closed=[decoder.id])
    (flow,) = (route for route in found(root) if not route.tied)
    assert flow.corners[-1][0] == placed(root, "repeat")[1].x
