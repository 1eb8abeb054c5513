"""Ties and edges on the canvas."""

from __future__ import annotations

from designer.design import edits
from designer.ui.canvas.wires import Wire


def drawn(canvas) -> list[Wire]:
    return [item for item in canvas.board.items() if isinstance(item, Wire)]


def test_a_tie_comes_and_goes_with_the_field(opened):
    canvas = opened("gpt2")
    assert [wire.route.tied for wire in drawn(canvas)] == [True]
    session = canvas.session
    (head,) = (node for node in session.design.tree.walk() if node.kind == "lm_head")
    session.commit(edits.configure(session.design, (head.id,), {"tied": False}), "Untie")
    assert drawn(canvas) == []
    session.undo()
    assert len(drawn(canvas)) == 1


def test_the_edge_between_two_streams_is_darker_than_they_are(opened):
    canvas = opened("flan-t5-base", width=960)
    (flow,) = (wire for wire in drawn(canvas) if not wire.route.tied)
    (_, (x, low), (_, high), _) = flow.route.corners
    picture = canvas.grab().toImage()
    spot = canvas.mapFromScene(x, (low + high) / 2)
    seen = picture.pixelColor(spot)
    theme = canvas.appearance.theme
    assert seen.lightness() < theme.stream.lightness() < theme.canvas.lightness()


def test_a_line_stays_the_same_object_while_its_way_does(opened):
    canvas = opened("gpt2")
    (before,) = drawn(canvas)
    session = canvas.session
    (mlp,) = (node for node in session.design.tree.walk() if node.kind == "mlp")
    session.commit(edits.configure(session.design, (mlp.id,), {"hidden": 1024}), "Change")
    assert drawn(canvas) == [before]
