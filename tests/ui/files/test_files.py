"""New, open, save, and the guard over what is not saved."""

from __future__ import annotations

import json
import shutil

import pytest
from PySide6.QtWidgets import QFileDialog

from designer.design import edits
from designer.symbolic.issue import Refusal
from designer.symbolic.resource import resource
from designer.ui.files.files import Files, Unsaved
from designer.ui.files.naming import read
from tests.ui.conftest import KINDS


@pytest.fixture
def files(window, session, settings) -> Files:
    return Files(session, settings, window)


@pytest.fixture
def answer(monkeypatch):
    """Let the dialogs give these answers."""

    def given(*, path: str = "", unsaved: Unsaved = Unsaved.STAY) -> list[str]:
        asked: list[str] = []
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(
                QFileDialog, name, lambda *args, name=name: (asked.append(name), (path, ""))[1]
            )
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: path)
        monkeypatch.setattr(Files, "ask", lambda files: (asked.append("unsaved"), unsaved)[1])
        return asked

    return given


def edit(session) -> None:
    session.commit(edits.set_variable(session.design, "n_layer", 24), "Change n_layer")


def test_saving_asks_for_a_name_once_and_then_writes_there(files, session, answer, tmp_path, settings):
    target = tmp_path / "mine"
    asked = answer(path=str(target))
    edit(session)
    assert files.save()
    assert not session.edited
    assert session.path == target.with_suffix(".json")
    assert json.loads(session.path.read_text())["variables"]["n_layer"] == 24
    edit(session)
    session.commit(edits.set_variable(session.design, "n_layer", 36), "Change n_layer")
    assert files.save()
    assert asked == ["getSaveFileName"]
    assert settings.recent == [session.path]


def test_what_was_saved_opens_again_byte_for_byte(files, session, answer, tmp_path):
    answer(path=str(tmp_path / "a.json"))
    edit(session)
    files.save()
    first = (tmp_path / "a.json").read_bytes()
    files.open_named(str(tmp_path / "a.json"))
    assert session.path == tmp_path / "a.json"
    answer(path=str(tmp_path / "b.json"))
    files.save_as()
    assert (tmp_path / "b.json").read_bytes() == first


def test_a_cancelled_dialog_changes_nothing(files, session, answer):
    answer(path="")
    edit(session)
    assert not files.save()
    assert session.edited
    files.open()
    files.open_folder()
    assert session.path is None


def test_opening_with_unsaved_changes_asks_first(files, session, answer):
    edit(session)
    asked = answer(unsaved=Unsaved.STAY)
    files.open_named("bert-base-uncased")
    assert asked == ["unsaved"]
    assert session.design.variables["n_layer"] == 24
    answer(unsaved=Unsaved.DISCARD)
    files.open_named("bert-base-uncased")
    assert session.measured.total == 109_514_298
    assert not session.edited


def test_saving_when_asked_leaves_only_after_it_was_saved(files, session, answer, tmp_path):
    edit(session)
    answer(path=str(tmp_path / "kept.json"), unsaved=Unsaved.SAVE)
    files.new()
    assert (tmp_path / "kept.json").exists()
    assert session.design.tree.inside == ()
    edit(session)
    answer(path="", unsaved=Unsaved.SAVE)
    assert not files.may_leave()


def test_a_file_that_cannot_be_read_leaves_the_design_and_asks_nothing(files, session, answer, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "llm-designer", ')
    edit(session)
    asked, before = answer(), session.design
    with pytest.raises(Refusal, match="broken.json"):
        files.open_named(str(broken))
    assert session.design is before
    assert asked == []


def test_a_file_that_cannot_be_written_is_refused_and_the_design_is_still_unsaved(
    files, session, answer, tmp_path
):
    answer(path=str(tmp_path / "no such folder" / "x.json"))
    edit(session)
    with pytest.raises(Refusal):
        files.save()
    assert session.edited


def test_a_config_and_a_preset_are_kept_nowhere_yet(files, session, tmp_path):
    shutil.copy(resource("presets", "llama-3-8b.json"), tmp_path / "config.json")
    files.open_named(str(tmp_path))
    assert session.measured.total == 8_030_261_248
    assert session.path is None
    assert read("gpt2", KINDS)[1] is None
    assert read(str(tmp_path / "config.json"), KINDS)[1] is None


def test_the_guard_names_the_design_and_its_answers_are_verbs(qtbot, files, session):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMessageBox

    edit(session)
    said = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append((box.text(), [button.text() for button in box.buttons()]))
        box.reject()

    QTimer.singleShot(0, answer)
    assert files.ask() is Unsaved.STAY
    ((text, buttons),) = said
    assert "gpt2" in text
    assert set(buttons) == {"Save the design", "Discard the changes", "Stay here"}
