"""The one place where the present design lives."""

from __future__ import annotations

from pathlib import Path

from designer.design import edits
from designer.formats.opening import opened
from tests.ui.conftest import KINDS, leaf


def vary(session, value, gesture=None):
    session.commit(edits.set_variable(session.design, "n_embd", value), "Change n_embd", gesture)


def test_a_commit_tells_before_and_after_once(qtbot, session):
    before = session.design
    with qtbot.waitSignal(session.changed) as told:
        vary(session, 1024)
    assert told.args == [before, session.design]


def test_counts_follow_every_commit(session):
    assert session.measured.total == 124_439_808
    vary(session, 1536)
    assert session.measured.total > 124_439_808
    session.undo()
    assert session.measured.total == 124_439_808


def test_the_same_design_is_no_step(qtbot, session):
    with qtbot.assertNotEmitted(session.changed):
        session.commit(session.design, "Nothing")
    assert session.history.undoes is None


def test_a_gesture_is_one_step_and_two_gestures_are_two(session):
    first, second = object(), object()
    for value in (800, 832, 864):
        vary(session, value, first)
    vary(session, 900, second)
    session.undo()
    assert session.design.variables["n_embd"] == 864
    session.undo()
    assert session.design.variables["n_embd"] == 768


def test_a_gesture_that_is_withdrawn_leaves_no_trace(session):
    before, gesture = session.design, object()
    vary(session, 800, gesture)
    vary(session, 832, gesture)
    session.withdraw(gesture)
    assert session.design is before
    assert not session.edited
    assert (session.history.undoes, session.history.redoes) == (None, None)


def test_withdrawing_a_gesture_that_did_nothing_takes_no_other_step_back(session):
    vary(session, 800)
    session.withdraw(object())
    assert session.design.variables["n_embd"] == 800


def test_selection_comes_back_with_undo(session):
    embedding, norm = leaf(session.design, "embedding").id, leaf(session.design, "normalization").id
    session.select((embedding,))
    session.commit(edits.remove(session.design, (norm,)), "Remove LayerNorm", select=())
    session.select((leaf(session.design, "attention").id,))
    session.undo()
    assert session.selection == (embedding,)


def test_a_removed_block_is_no_longer_selected(session):
    norm = leaf(session.design, "normalization").id
    session.select((norm,))
    session.commit(edits.remove(session.design, (norm,)), "Remove LayerNorm")
    assert session.selection == ()


def test_ids_of_nothing_are_not_selected(qtbot, session):
    with qtbot.assertNotEmitted(session.selected):
        session.select((-5,))
    assert session.selection == ()


def test_a_proposal_is_counted_and_changes_nothing(qtbot, session):
    other = edits.set_variable(session.design, "n_layer", 24)
    with qtbot.assertNotEmitted(session.changed), qtbot.waitSignal(session.proposed):
        session.propose(other)
    assert session.proposal is not None
    assert session.proposal.total > session.measured.total
    session.propose(None)
    assert session.proposal is None


def test_edited_means_there_is_something_to_keep(session):
    assert not session.edited
    vary(session, 800)
    assert session.edited
    session.now_kept(Path("gpt2.json"))
    assert not session.edited
    session.undo()
    assert session.edited


def test_starting_anew_forgets_history_and_selection(session):
    session.select((session.design.tree.id,))
    vary(session, 800)
    other = opened("bert-base-uncased", KINDS)
    session.start(other)
    assert session.design is other
    assert session.opening is other
    assert (session.selection, session.edited, session.history.undoes) == ((), False, None)
    assert session.measured.total == 109_514_298


def test_a_block_is_called_by_what_it_is_and_a_stack_of_layers_by_its_label(llama):
    titles = [llama.title(node.id) for node in llama.design.tree.walk()]
    assert "Grouped-query attention" in titles
    assert "Decoder layer" in titles
    assert "Residual" in titles


def test_issues_are_those_of_the_present_design(session):
    assert session.issues == []
    vary(session, 800)
    assert any("12" in str(issue.cause) for issue in session.issues)
    session.undo()
    assert session.issues == []
