from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from designer.ui.canvas.walking import between, find, holder_of, next_block
from tests.ui.canvas.designs import DESIGNS, FEWER, design, laid, placed, preset


def drawn_ids(root) -> list[int]:
    return [p.laid.id for p in root.walk() if p.laid is not root and not p.laid.seamless]


@FEWER
@given(DESIGNS)
def test_down_goes_through_all_that_is_drawn_and_up_comes_back(drawn):
    root = laid(drawn)
    ids = drawn_ids(root)
    walked, here = [], None
    for _ in ids:
        here = next_block(root, here, "down")
        walked.append(here)
    assert walked == ids
    back, here = [], None
    for _ in ids:
        here = next_block(root, here, "up")
        back.append(here)
    assert back == ids[::-1]


@FEWER
@given(DESIGNS, st.sampled_from(["up", "down", "in", "out", "first", "last"]), st.data())
def test_every_step_leads_to_a_block_or_nowhere(drawn, way, data):
    root = laid(drawn)
    ids = [node.id for node in drawn.tree.walk()][1:]
    here = data.draw(st.sampled_from([None, *ids]))
    assert next_block(root, here, way) in ({*ids} if ids else {None})


def test_out_leads_to_what_holds_a_block_even_where_that_is_not_seen():
    root = laid(preset("llama-3-8b"))
    mlp, residual = placed(root, "mlp")[0].laid.id, placed(root, "residual")[1].laid.id
    repeat, model = placed(root, "repeat")[0].laid.id, placed(root, "stack")[1].laid.id
    assert next_block(root, mlp, "out") == residual
    assert next_block(root, residual, "out") == repeat
    assert next_block(root, repeat, "out") == model
    assert next_block(root, model, "out") == model
    assert next_block(root, model, "down") == placed(root, "token_embedding")[0].laid.id


def test_in_leads_to_the_first_block_inside():
    root = laid(preset("llama-3-8b"))
    repeat, mlp = placed(root, "repeat")[0].laid.id, placed(root, "mlp")[0].laid.id
    assert next_block(root, repeat, "in") == placed(root, "residual")[0].laid.id
    assert next_block(root, mlp, "in") == mlp


def test_in_an_empty_design_there_is_nowhere_to_go():
    assert next_block(laid(design()), None, "down") is None


def test_neighbours_are_selected_together_and_strangers_are_not():
    root = laid(preset("llama-3-8b"))
    norm, mlp = (place.laid.id for place in placed(root, "residual")[1].laid.places())
    attention = placed(root, "attention")[0].laid.id
    assert between(root, norm, mlp) == between(root, mlp, norm) == (norm, mlp)
    assert between(root, attention, mlp) == (mlp,)


@FEWER
@given(DESIGNS)
def test_every_block_is_found_with_its_container(drawn):
    root = laid(drawn)
    for node in drawn.tree.walk():
        found = find(root, node.id)
        assert found is not None
        for child in node.inside:
            assert holder_of(root, child.id) is found
    assert holder_of(root, root.id) is None
