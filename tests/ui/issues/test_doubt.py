"""Which part of a count cannot be relied on."""

from __future__ import annotations

from designer.design import edits
from designer.design.expression import Expression
from designer.ui.issues.doubt import doubtful, provisional
from tests.ui.conftest import leaf


def test_a_sound_design_has_no_doubt(llama):
    assert doubtful(llama.design, llama.issues) == frozenset()
    assert set(provisional(llama.measured, ()).values()) == {0}


def test_a_block_with_a_broken_field_is_in_doubt_with_all_its_copies(llama):
    node = leaf(llama.design, "attention")
    llama.commit(edits.configure(llama.design, (node.id,), {"heads": Expression("x y", 32)}), "Break")
    ids = doubtful(llama.design, llama.issues)
    assert ids == {node.id}
    assert provisional(llama.measured, ids)["attention"] == 1_342_177_280


def test_a_broken_variable_puts_every_block_in_doubt_that_depends_on_it(llama):
    llama.commit(edits.set_variable(llama.design, "hidden_size", Expression("4 *", 4096)), "Break")
    unsure = doubtful(llama.design, llama.issues)
    assert leaf(llama.design, "embedding").id in unsure
    assert leaf(llama.design, "attention").id in unsure  # by way of head_dim
    assert leaf(llama.design, "normalization").id not in unsure


def test_what_lies_inside_a_doubtful_block_is_not_counted_twice(llama):
    layers = next(node for node in llama.design.tree.walk() if "times" in node.fields)
    inner = leaf(llama.design, "attention")
    design = edits.configure(llama.design, (layers.id,), {"times": Expression("nonsense", 32)})
    llama.commit(edits.configure(design, (inner.id,), {"heads": Expression("x y", 32)}), "Break both")
    assert doubtful(llama.design, llama.issues) == {layers.id}
