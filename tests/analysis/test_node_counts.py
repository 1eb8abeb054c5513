"""What nodes count, asked one by one in any order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.formats.opening import opened
from tests.analysis.test_unrolled import blocks, unrolled
from tests.designs import KINDS, counted, design_of_nodes, node


@settings(max_examples=80)
@given(blocks("a", 3), st.randoms(use_true_random=False))
def test_a_nodes_count_does_not_depend_on_what_was_asked_before(block, random):
    table = node("token_embedding", rows=5, hidden=4, name="table")
    design = design_of_nodes(table, unrolled(block, 0, ""))
    in_order, shuffled = counted(design).nodes, counted(design).nodes
    ids = [each.id for each in design.tree.walk()]
    random.shuffle(ids)
    asked = {id: shuffled.get(id) for id in ids}
    for id in reversed(ids):
        known, other = asked[id], in_order.get(id)
        assert (known is None) == (other is None)
        if known is not None and other is not None:
            assert (known.whole, known.copies, known.runs) == (other.whole, other.copies, other.runs)


def test_an_id_that_no_node_has_is_absent():
    model = counted(opened("gpt2", KINDS))
    assert -1 not in model.nodes
    assert len(model.nodes) == len(list(model.nodes)) == len(list(model.design.tree.walk()))
