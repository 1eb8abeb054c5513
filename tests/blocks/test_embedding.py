"""Embeddings, and what stands for an embedding."""

from __future__ import annotations

from designer.analysis.tensors import tensors
from tests.designs import counted, design_of_nodes, node


def misfits(measured):
    return [str(b.misfit) for n in measured.nodes.values() for b in n.bodies if b.misfit is not None]


def test_a_table_is_a_row_for_each_token():
    measured = counted(design_of_nodes(node("token_embedding", rows=11, hidden=8, scale=2.0)))
    assert measured.by_category["embedding"] == measured.total == 88


def test_a_second_table_may_be_the_first_one():
    again = node("token_embedding", rows=11, hidden=8, shared=True, name="again")
    encoder = node("encoder", node("token_embedding", rows=11, hidden=8, name="first"))
    measured = counted(design_of_nodes(encoder, again))
    assert measured.total == 88
    tied = [t for t in tensors(measured.body) if t.tied_to is not None]
    assert [(t.name, t.tied_to) for t in tied] == [("again.embed_tokens.weight", "first.embed_tokens.weight")]
    alone = counted(design_of_nodes(node("token_embedding", shared=True)))
    assert misfits(alone) == ["Nothing above offers token table."]


def test_a_table_in_the_middle_of_the_stack_is_told_that_it_takes_ids():
    first, second = (node("token_embedding", rows=11, hidden=8, name=name) for name in "ab")
    measured = counted(design_of_nodes(first, second, node("rms_norm", name="norm")))
    assert misfits(measured) == ["It takes token ids and is given rows of width 8."]
    assert (measured.total, measured.tally.provisional) == (88 + 88 + 8, 88)


def test_segments_and_positions_are_added_and_keep_the_width():
    above = node("token_embedding", rows=11, hidden=8, name="t")
    segment, position = node("segment_embedding", rows=2), node("learned_position", rows=5, name="p")
    measured = counted(design_of_nodes(above, segment, position))
    assert measured.by_category == {
        **dict.fromkeys(measured.by_category, 0),
        "embedding": 88 + 16,
        "positional": 40,
    }
    assert measured.nodes[position.id].exit == (8,)
    none = counted(design_of_nodes(above, node("segment_embedding", rows=0)))
    assert none.total == 88
    assert none.resolved.findings == ()


def test_a_projection_widens_narrow_rows():
    projection = node("embedding_projection", hidden=20, name="p")
    measured = counted(design_of_nodes(node("token_embedding", rows=11, hidden=8, name="t"), projection))
    assert measured.by_category["embedding"] == 88 + 8 * 20 + 20
    assert measured.nodes[projection.id].exit == (20,)


def test_scale_and_dropout_have_no_parameters():
    above = node("token_embedding", rows=11, hidden=8)
    measured = counted(design_of_nodes(above, node("scale", by=0.5), node("dropout")))
    assert measured.total == 88
