"""Controls that paint themselves say what they are."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from designer.ui import accessible


@pytest.mark.parametrize("role", accessible.ROLES)
def test_a_widget_plays_its_role_though_its_name_was_told_before(qtbot, role):
    accessible.stand_by()
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setAccessibleName("Depth")
    accessible.play(widget, role)
    told = QAccessible.queryAccessibleInterface(widget)
    assert told.role() == accessible.ROLES[role]
    assert told.text(QAccessible.Text.Name) == "Depth"


def test_a_widget_without_a_role_is_told_of_as_ever(qtbot):
    accessible.stand_by()
    widget = QWidget()
    qtbot.addWidget(widget)
    assert QAccessible.queryAccessibleInterface(widget).role() == QAccessible.Role.Client
