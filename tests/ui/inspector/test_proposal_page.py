"""While something is dragged, the inspector says what letting go would give."""

from __future__ import annotations

import pytest

from designer.design import edits
from designer.formats.templates import ready_parts
from designer.ui.inspector.inspector import Inspector
from designer.ui.placing import placed
from tests.ui.conftest import KINDS, holder, leaf


@pytest.fixture
def inspector(qtbot, appearance, settings, llama) -> Inspector:
    made = Inspector(llama, appearance, settings)
    qtbot.addWidget(made)
    made.resize(328, 800)
    made.show()
    return made


def rows(table) -> dict[str, tuple[str, str]]:
    return {row.name: (row.before, row.after) for row in table.rows}


def test_every_number_is_said_before_and_after_and_what_stays_says_so(inspector, llama):
    layers = holder(llama.design, "repeat")
    (feed_forward,) = (part for part in ready_parts(KINDS) if part.title == "Feed-forward sublayer")
    design, _ = placed(llama.design, layers.id, 1, feed_forward.node, KINDS)
    llama.propose(design)
    page = inspector.proposal
    assert page.isVisible()
    assert page.amount.text() == "+5,637,275,648"
    assert page.each.text() == "176,164,864 in each of 32 layers"
    assert rows(page.changes) == {
        "Total": ("8.03\u2009B", "13.7\u2009B"),
        "Feed-forward": ("5.64\u2009B", "11.3\u2009B"),
        "Normalization": ("266\u2009K", "397\u2009K"),
        "Weights": ("15.0\u2009GiB", "25.5\u2009GiB"),
        "KV cache": ("", "unchanged"),
        "FLOPs per token": ("17.2\u2009G", "28.4\u2009G"),
    }
    assert rows(page.fields) == {"Hidden width": ("intermediate_size", "14,336")}


def test_a_move_that_changes_no_count_says_so(inspector, llama):
    norm = leaf(llama.design, "normalization")
    layers = holder(llama.design, "repeat")
    llama.propose(edits.move(llama.design, (norm.id,), layers.id, 0))
    assert inspector.proposal.amount.text() == "no parameters more, none less"
    assert inspector.proposal.each.isHidden()
    assert inspector.proposal.fields.isHidden()


def test_taking_blocks_away_is_a_difference_too(inspector, llama):
    llama.propose(edits.remove(llama.design, (leaf(llama.design, "output").id,)))
    assert inspector.proposal.amount.text() == "−525,336,576"


def test_letting_go_or_turning_back_shows_the_selection_again(inspector, llama):
    design = edits.set_variable(llama.design, "num_hidden_layers", 64)
    llama.propose(design)
    llama.propose(None)
    assert not inspector.proposal.isVisible()
    llama.propose(design)
    llama.commit(design, "Change num_hidden_layers")
    assert not inspector.proposal.isVisible()
    assert inspector.head.isVisible()
