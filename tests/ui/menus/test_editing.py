"""What the menus do to the selection."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from designer.design import edits
from designer.formats.templates import block_node
from designer.symbolic.issue import Refusal
from designer.ui.menus import editing
from tests.ui.conftest import KINDS, holder, leaf


def test_removing_selects_what_stood_after(session):
    norm = leaf(session.design, "normalization")
    after = holder(session.design, "residual").inside[1]
    session.select((norm.id,))
    editing.remove(session)
    assert session.selection == (after.id,)
    assert session.history.undoes == "Remove LayerNorm"


def test_removing_the_last_block_selects_what_held_it(session):
    branch = holder(session.design, "residual")
    session.select([node.id for node in branch.inside])
    editing.remove(session)
    assert session.selection == (branch.id,)
    assert session.history.undoes == "Remove 2 blocks"


def test_the_whole_design_cannot_be_removed(session):
    session.select((session.design.tree.id,))
    with pytest.raises(Refusal):
        editing.remove(session)


def test_duplicating_selects_the_copies(session):
    branch = holder(session.design, "residual")
    session.select((branch.id, branch.inside[0].id))
    editing.duplicate(session)
    assert len(session.selection) == 1
    assert session.selection[0] != branch.id
    assert session.nodes[0].inside == branch.inside or session.nodes[0].kind == branch.kind


def test_what_is_copied_can_be_pasted_even_into_another_design(session, llama):
    session.select((holder(session.design, "residual").id,))
    editing.copy(session)
    before = llama.measured.total
    editing.paste(llama)
    assert llama.measured.total > before
    assert llama.nodes[0].kind == session.nodes[0].kind
    assert llama.history.undoes == "Paste 1 block"


def test_cutting_is_copying_and_removing(session):
    norm = leaf(session.design, "normalization")
    session.select((norm.id,))
    editing.cut(session)
    assert norm.kind in QGuiApplication.clipboard().text()
    with pytest.raises(Refusal):
        edits.find(session.design, norm.id)


@pytest.mark.parametrize(
    "text", ["", "hello", "{}", '{"blocks": 5}', '{"blocks": []}', '{"blocks": [{"x": 1}]}']
)
def test_what_is_no_block_is_not_pasted(session, text):
    QGuiApplication.clipboard().setText(text)
    before = session.design
    with pytest.raises(Refusal):
        editing.paste(session)
    assert session.design is before


def test_wrapping_and_unwrapping_give_the_design_back(session):
    norm = leaf(session.design, "normalization")
    before = session.measured.total
    session.select((norm.id,))
    editing.wrap(session, "residual")
    assert [child.id for child in session.nodes[0].inside] == [norm.id]
    assert session.measured.total == before
    editing.unwrap(session)
    assert session.selection == (norm.id,)
    assert [n.kind for n in session.design.tree.walk()] == [n.kind for n in session.opening.tree.walk()]


def test_a_block_moves_among_its_neighbours_and_out_at_the_edge(session):
    branch = holder(session.design, "residual")
    norm, attention = branch.inside[:2]
    session.select((norm.id,))
    editing.move(session, 1)
    assert [n.id for n in edits.find(session.design, branch.id).inside[:2]] == [attention.id, norm.id]
    editing.move(session, -1)
    editing.move(session, -1)
    layers = holder(session.design, "repeat")
    assert layers.inside[0].id == norm.id
    assert session.selection == (norm.id,)


def test_the_outermost_block_moves_no_further(session):
    first = session.design.tree.inside[0]
    session.select((first.id,))
    before = session.design
    editing.move(session, -1)
    assert session.design is before


def test_inserting_names_the_step_and_selects_the_block(empty):
    editing.insert(empty, block_node(KINDS, "token_embedding"), "Token embedding")
    assert empty.history.undoes == "Insert Token embedding"
    assert empty.nodes[0].kind == "token_embedding"
    assert empty.design.variables == {"vocab_size": 32000, "hidden_size": 4096}
    assert empty.measured.total == 32000 * 4096


def test_all_that_stands_beside_the_selection_is_selected(session):
    branch = holder(session.design, "residual")
    session.select((branch.inside[0].id,))
    editing.select_all(session)
    assert session.selection == tuple(node.id for node in branch.inside)
