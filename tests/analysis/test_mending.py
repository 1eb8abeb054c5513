"""What mends an issue is found by trying, and is gone afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.analysis.mending import advice, mending
from designer.blocks.palette import registry
from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.formats.templates import block_node

KINDS = registry()


def with_field(design: Design, name: str) -> Node:
    return next(node for node in design.tree.walk() if name in node.fields)


def mended(design: Design) -> tuple[str, int]:
    """What is said on the button for the only grave issue, and how many parameters it adds."""
    measured = Measured(design, KINDS)
    (issue,) = (issue for issue in issues(measured) if issue.severity != "note")
    found = mending(measured, issue)
    assert found is not None
    after = measured.of(found.design)
    assert [issue for issue in issues(after) if issue.severity != "note"] == []
    more = after.total - measured.total
    assert isinstance(more, int)
    return str(found.words), more


@pytest.fixture
def llama() -> Design:
    return opened("llama-3-8b", KINDS)


def test_a_misspelt_name_is_replaced_by_the_likely_one(llama):
    hidden = Expression("3*hiden_size", 14336)
    design = edits.configure(llama, (with_field(llama, "gate").id,), {"hidden": hidden})
    assert mended(design) == ("Use 3*hidden_size", 32 * 3 * 4096 * (12288 - 14336))


def test_a_quotient_that_is_not_whole_is_rounded_down(llama):
    hidden = Expression("hiden_size/3", 14336)
    design = edits.configure(llama, (with_field(llama, "gate").id,), {"hidden": hidden})
    assert mended(design) == ("Use hidden_size // 3", 32 * 3 * 4096 * (1365 - 14336))


def test_what_resembles_nothing_goes_back_to_the_last_value(llama):
    hidden = Expression("x y", 14336)
    design = edits.configure(llama, (with_field(llama, "gate").id,), {"hidden": hidden})
    assert mended(design) == ("Use 14,336", 0)


def test_what_divides_by_zero_goes_back_to_the_last_value(llama):
    hidden = Expression("hidden_size / 0", 14336)
    design = edits.configure(llama, (with_field(llama, "gate").id,), {"hidden": hidden})
    assert mended(design) == ("Use 14,336", 0)
    assert advice(Measured(design, KINDS)) == []


def test_a_broken_variable_is_mended_where_it_is_written(llama):
    design = edits.set_variable(llama, "intermediate_size", Expression("hiden_size*4", 14336))
    words, more = mended(design)
    assert words == "Use hidden_size*4"
    assert more > 0


@pytest.mark.parametrize(("heads", "near"), [(7, 8), (12, 16), (40, 32)])
def test_key_value_heads_become_the_nearest_divisor(llama, heads, near):
    design = edits.set_variable(llama, "num_key_value_heads", heads)
    words, more = mended(design)
    assert words == f"Use {near} for Key/value heads"
    assert more == 32 * 2 * (near - heads) * 128 * 4096


def test_a_width_that_does_not_fit_becomes_the_stream_s_by_its_name(llama):
    residual = next(node for node in llama.tree.walk() if node.kind == "residual")
    narrow = block_node(KINDS, "embedding_projection").configured(hidden=4000)
    design = edits.insert(llama, residual.id, 2, narrow)
    words, more = mended(design)
    assert words == "Use hidden_size"
    assert more > 0


def test_a_context_beyond_the_model_becomes_its_own(llama):
    gpt2 = opened("gpt2", KINDS)
    design = edits.set_scenario(gpt2, replace(gpt2.scenario, context=4096))
    assert mended(design) == ("Use a context of 1,024", 0)


def test_a_vocabulary_is_filled_to_whole_tiles_wherever_it_stands():
    measured = Measured(opened("gpt2", KINDS), KINDS)
    ((issue, found),) = advice(measured)
    assert issue.severity == "note"
    assert str(found.words) == "Use 50,304"
    assert measured.of(found.design).total == 124_439_808 + 47 * 768
    assert advice(measured.of(found.design)) == []


def test_a_full_vocabulary_needs_no_advice(llama):
    assert advice(Measured(llama, KINDS)) == []


def test_what_nothing_mends_is_left_alone(llama):
    design = edits.insert(llama, llama.tree.id, 0, Node("hologram"))
    measured = Measured(design, KINDS)
    (issue,) = (issue for issue in issues(measured) if "hologram" in str(issue.cause))
    assert mending(measured, issue) is None
