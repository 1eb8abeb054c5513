"""The lowest row: what is true, whose keys hold, what goes on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolButton

from designer.design import edits
from designer.design.expression import Expression
from designer.symbolic.issue import Refusal, said
from designer.ui import keys
from designer.ui.status_row import StatusRow
from designer.ui.zoom import Zoom
from tests.ui.conftest import leaf


@pytest.fixture
def row(qtbot, appearance, llama) -> StatusRow:
    made = StatusRow(llama, appearance, Zoom(appearance))
    qtbot.addWidget(made)
    made.resize(1200, 24)
    made.show()
    made.keys.show_keys(keys.CANVAS)
    return made


def test_what_is_wrong_is_counted_the_gravest_first(row, llama):
    assert row.truth.words == "All shapes agree"
    design = edits.set_variable(llama.design, "num_key_value_heads", 5)
    llama.commit(design, "Change num_key_value_heads")
    assert row.truth.words == "1 issue"
    node = leaf(design, "feed_forward")
    llama.commit(edits.configure(design, (node.id,), {"hidden": Expression("x y", 14336)}), "Break")
    assert row.truth.words == "1 issue leaves the count provisional"


def test_an_empty_design_says_so(row, llama, empty):
    llama.start(empty.design)
    assert row.truth.words == "Empty design"


def test_a_refusal_has_the_whole_row_until_something_else_happens(row, llama):
    row.say(Refusal("mine.json", said("It cannot be read: {cause}.", cause="permission denied")))
    assert row.truth.words == "mine.json: It cannot be read: permission denied."
    assert row.keys.isHidden()
    llama.select((leaf(llama.design, "attention").id,))
    assert row.truth.words == "All shapes agree"
    assert not row.keys.isHidden()


def test_while_something_is_dragged_only_that_gestures_keys_are_shown(row, llama):
    llama.propose(edits.set_variable(llama.design, "num_hidden_layers", 64))
    assert row.keys.keys == keys.DRAG
    llama.propose(None)
    assert row.keys.keys == keys.CANVAS


def test_a_reason_why_nothing_can_land_is_said_and_taken_back(row):
    row.hint("A block cannot be put into itself.")
    assert row.truth.words == "A block cannot be put into itself."
    row.hint("")
    assert row.truth.words == "All shapes agree"


def test_work_that_goes_on_shows_its_share_and_can_be_stopped(qtbot, row):
    assert row.task.isHidden()
    row.task.begin("Writing gpt2.onnx")
    row.task.advance(0.25)
    assert row.task._bar.share == 0.25
    with qtbot.waitSignal(row.task.stopped):
        row.task.findChild(QToolButton).click()
