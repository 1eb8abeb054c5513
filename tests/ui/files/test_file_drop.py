"""A design dropped from the desktop is opened; whatever else is dropped is not, and why is said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from designer.formats import design_json
from designer.formats.opening import opened
from tests.ui.conftest import KINDS

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


@pytest.fixture
def gpt2(tmp_path):
    """GPT-2 in a file."""
    path = tmp_path / "gpt2.json"
    design_json.save(opened("gpt2", KINDS), path)
    return path


def files(*paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(widget, data) -> bool:
    event = QDragEnterEvent(QPoint(60, 60), COPY, data, LEFT, NONE)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(widget, data) -> None:
    QApplication.sendEvent(widget, QDropEvent(QPointF(60, 60), COPY, data, LEFT, NONE))


def said(window) -> str:
    """What stands in the status row."""
    return window.commands.status.truth.words


def test_a_file_dropped_on_the_canvas_is_opened(open_window, llama, gpt2, qtbot):
    window = open_window(llama, 1280, 720)
    data = files(gpt2)
    assert enter(window.canvas.viewport(), data)
    drop(window.canvas.viewport(), data)
    qtbot.waitUntil(lambda: llama.measured.total == 124_439_808)
    assert llama.path == gpt2


def test_a_file_dropped_beside_the_canvas_is_opened_too(open_window, llama, gpt2, qtbot):
    window = open_window(llama, 1280, 720)
    data = files(gpt2)
    assert enter(window, data)
    drop(window, data)
    qtbot.waitUntil(lambda: llama.measured.total == 124_439_808)


@pytest.mark.parametrize("names", [("picture.png",), ("one.json", "two.json")])
def test_what_is_no_design_is_not_taken_and_the_reason_is_said(open_window, llama, tmp_path, names):
    window = open_window(llama, 1280, 720)
    before = llama.design
    data = files(*(tmp_path / name for name in names))
    assert not enter(window.canvas.viewport(), data)
    assert said(window).startswith("A design is opened from one .json file")
    drop(window.canvas.viewport(), data)
    assert llama.design is before


def test_while_a_file_is_held_no_gap_opens(open_window, llama, gpt2):
    window = open_window(llama, 1280, 720)
    height = window.canvas.board.laid.height
    data = files(gpt2)
    enter(window.canvas.viewport(), data)
    assert window.canvas.board.laid.height == height
    QApplication.sendEvent(window.canvas.viewport(), QDragLeaveEvent())
    assert window.canvas.board.laid.height == height


def test_a_file_that_cannot_be_read_is_refused_and_the_design_stays(open_window, llama, tmp_path, qtbot):
    window = open_window(llama, 1280, 720)
    path = tmp_path / "broken.json"
    path.write_text("{")
    before = llama.design
    data = files(path)
    enter(window.canvas.viewport(), data)
    drop(window.canvas.viewport(), data)
    qtbot.waitUntil(lambda: "broken.json" in said(window))
    assert llama.design is before
