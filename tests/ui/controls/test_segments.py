"""Segments: by mouse, by key, for who cannot see them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.ui.controls.segments import Segments

Left, Key = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture(params=[False, True], ids=["together", "apart"])
def segments(qtbot, appearance, request):
    made = Segments(appearance, "Weights", {"a": "fp32", "b": "bf16", "c": "int8"}, apart=request.param)
    qtbot.addWidget(made)
    made.resize(240, made.sizeHint().height())
    made.chosen.connect(made.show_chosen)
    made.show_chosen("b")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_click_takes_a_cell_and_it_looks_different(segments, qtbot):
    before = segments.grab().toImage()
    with qtbot.waitSignal(segments.chosen) as told:
        QTest.mouseClick(segments.cells["c"], Left)
    assert told.args == ["c"]
    assert segments.value == "c"
    assert segments.grab().toImage() != before


def test_the_arrows_go_from_cell_to_cell_and_take_it(segments):
    segments.setFocus()
    assert QApplication.focusWidget() is segments.cells["b"]
    QTest.keyClick(segments.cells["b"], Key.Key_Right)
    assert segments.value == "c"


def test_tab_comes_to_the_chosen_cell_alone(segments):
    reached = [v for v, cell in segments.cells.items() if cell.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert reached == ["b"]


def test_a_value_without_a_cell_leaves_all_free(segments):
    segments.show_chosen("elsewhere")
    assert segments.value is None


def test_what_is_dashed_says_why(segments):
    before = segments.grab().toImage()
    segments.dash(["a"], "beyond")
    assert segments.cells["a"].accessibleDescription() == "beyond"
    assert segments.cells["b"].accessibleDescription() == ""
    if segments.apart:
        assert segments.grab().toImage() != before
