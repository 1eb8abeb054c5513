"""A number that has changed is marked, for a moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from designer.ui.controls.fading import Fading


class Painted(QWidget):
    def __init__(self, appearance):
        super().__init__()
        self.appearance, self.fading = appearance, Fading(self)

    def paintEvent(self, event):
        with QPainter(self) as painter:
            self.fading.paint(painter, "total", QRectF(self.rect()), self.appearance.theme)


@pytest.fixture
def painted(qtbot, appearance):
    made = Painted(appearance)
    made.fading.still = False
    qtbot.addWidget(made)
    made.resize(40, 20)
    made.show()
    return made


def test_the_first_number_is_not_marked(painted):
    painted.fading.show({"total": 1, "cache": 2})
    assert painted.fading.changed == frozenset()


def test_what_changed_is_marked_and_the_mark_goes(painted, qtbot):
    painted.fading.show({"total": 1, "cache": 2})
    before = painted.grab().toImage()
    painted.fading.show({"total": 3, "cache": 2})
    assert painted.fading.changed == {"total"}
    assert painted.grab().toImage() != before
    qtbot.waitUntil(lambda: not painted.fading.changed)
    assert painted.grab().toImage() == before


def test_nothing_is_marked_where_motion_is_reduced(painted):
    painted.fading.still = True
    painted.fading.show({"total": 1})
    painted.fading.show({"total": 2})
    assert painted.fading.changed == frozenset()
