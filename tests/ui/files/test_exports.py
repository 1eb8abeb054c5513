"""Exports run beside the window, can be stopped, and say what came of them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from designer.design import edits
from designer.formats.opening import opened
from designer.symbolic.issue import Refusal
from designer.ui.files.exporting import Exporting, Written
from designer.ui.files.exports import Exports
from designer.ui.session import Session
from designer.ui.status_row import StatusRow
from designer.ui.zoom import Zoom
from tests.ui.conftest import KINDS, leaf

LONG = 60_000
"""Milliseconds that an export may take on a busy machine."""


@pytest.fixture
def status(window, session, appearance) -> StatusRow:
    made = StatusRow(session, appearance, Zoom(appearance))
    made.setParent(window)
    window.resize(1200, 40)
    window.show()
    return made


@pytest.fixture
def exports(window, session, status) -> Exports:
    return Exports(session, status, window)


@pytest.fixture
def where(monkeypatch):
    """Let the dialogs name these places."""

    def given(path: object, folder: object = "") -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(folder))

    return given


def test_a_skeleton_is_written_and_its_size_is_said(qtbot, exports, status, where, tmp_path):
    where(tmp_path / "gpt2")
    with qtbot.waitSignal(exports.work.ended, timeout=LONG):
        exports.skeleton()
        assert not status.task.isHidden()
    assert (tmp_path / "gpt2.onnx").stat().st_size > 1000
    assert (tmp_path / "gpt2.onnx.data").stat().st_size == 0
    assert status.task.isHidden()
    assert status.truth.words.startswith("Wrote gpt2.onnx: ")
    assert "no weights" in status.truth.words


def test_what_is_exported_is_the_design_as_it_was_when_it_began(qtbot, session, tmp_path):
    import onnx

    work = Exporting()
    with qtbot.waitSignal(work.ended, timeout=LONG) as told:
        work.start(session.design, KINDS, tmp_path / "then.onnx", None)
        session.commit(edits.set_variable(session.design, "n_layer", 3), "Change n_layer")
    assert isinstance(told.args[0], Written)
    kept = {
        entry.key: entry.value
        for entry in onnx.load(tmp_path / "then.onnx", load_external_data=False).metadata_props
    }
    assert kept["total"] == "124439808"


def test_an_export_that_is_stopped_leaves_nothing_behind(qtbot, exports, status, tmp_path):
    status.task.begin("Writing stopped.onnx")
    with qtbot.waitSignal(exports.work.ended, timeout=LONG) as told:
        exports.work.start(opened("llama-3.1-405b", KINDS), KINDS, tmp_path / "stopped.onnx", None)
        status.task.stopped.emit()
    assert told.args == [None]
    assert list(tmp_path.iterdir()) == []
    assert status.truth.words == "Nothing was written."


def test_a_design_that_does_not_fit_is_refused_in_the_status_row(
    qtbot, exports, status, session, where, tmp_path
):
    node = leaf(session.design, "attention")
    session.commit(edits.configure(session.design, (node.id,), {"kv_heads": 5}), "Change Key/value heads")
    where(tmp_path / "x.onnx")
    with qtbot.waitSignal(exports.work.ended, timeout=LONG) as told:
        exports.skeleton()
    assert isinstance(told.args[0], Refusal)
    assert "5" in status.truth.words
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_checkpoint_is_refused(qtbot, exports, where, tmp_path):
    where(tmp_path / "x.onnx", tmp_path)
    with qtbot.waitSignal(exports.work.ended, timeout=LONG) as told:
        exports.with_weights()
    assert isinstance(told.args[0], Refusal)
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_dialog_begins_nothing(exports, status, where):
    where("")
    exports.skeleton()
    exports.with_weights()
    assert not exports.work.busy
    assert status.task.isHidden()


def test_only_one_file_is_written_at_a_time(qtbot, exports, where, tmp_path):
    where(tmp_path / "second.onnx")
    with qtbot.waitSignal(exports.work.ended, timeout=LONG):
        exports.work.start(opened("llama-3.1-405b", KINDS), KINDS, tmp_path / "first.onnx", None)
        with pytest.raises(Refusal, match="still being written"):
            exports.skeleton()
        exports.work.stop()


def test_a_fault_of_an_export_is_raised_where_faults_are_caught(qtbot, exports):
    with qtbot.capture_exceptions() as raised:
        exports.work.ended.emit(ZeroDivisionError())
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]


def test_an_export_tells_how_far_it_is(qtbot, tmp_path):
    work = Exporting()
    shares: list[float] = []
    work.advanced.connect(shares.append)
    session = Session(opened("gpt2", KINDS), KINDS)
    with qtbot.waitSignal(work.ended, timeout=LONG):
        work.start(session.design, KINDS, tmp_path / "x.onnx", None)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
