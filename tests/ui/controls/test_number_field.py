"""Typing into a field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from designer.design.expression import Expression
from designer.ui.controls.entry import Ask
from designer.ui.controls.number_field import NumberField

NUMBERS = {"hidden_size": 4096}
Key = Qt.Key


@pytest.fixture
def field(qtbot, appearance) -> Iterator[NumberField]:
    window = QWidget()
    qtbot.addWidget(window)
    made = NumberField(appearance, Ask(), "Hidden width")
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    window.resize(240, 100)
    window.show()
    window.findChildren(QLineEdit)[-1].setFocus()
    made.show_setting(14336, NUMBERS)
    yield made
    window.close()


def press(field: NumberField, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(field.line, key)


def enter(field: NumberField, text: str) -> None:
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, text)


def test_a_number_is_grouped_at_rest_and_plain_while_it_is_edited(field):
    assert field.line.text() == "14,336"
    field.line.setFocus()
    assert field.line.text() == "14336"


def test_every_stroke_that_can_be_read_is_told(qtbot, field):
    told = []
    field.typed.connect(lambda entry: told.append(entry.setting))
    enter(field, "8k")
    assert told == [8, 8192]


def test_an_expression_shows_what_it_comes_to(field):
    enter(field, "4*hidden_size")
    assert field.comes_to == "= 16,384"
    press(field, Key.Key_Return)
    assert field.entry.setting == Expression("4*hidden_size")


def test_what_cannot_be_read_is_marked_and_not_told(qtbot, field):
    enter(field, "4*hidden_siz")
    assert field.comes_to == "= ?"
    assert field.line.wave == (2, 12)
    assert field.entry.setting == Expression("4*hidden_siz", 14336)


def test_enter_takes_the_first_suggestion(qtbot, field):
    enter(field, "4*hidden_siz")
    with qtbot.waitSignal(field.entered) as told:
        press(field, Key.Key_Return)
    assert told.args[0].setting == Expression("4*hidden_size")
    assert field.line.text() == "4*hidden_size"


def test_leaving_a_field_settles_what_was_typed_broken_or_not(qtbot, field):
    enter(field, "nonsense +")
    with qtbot.waitSignal(field.entered) as told:
        field.window().findChildren(QLineEdit)[-1].setFocus()
    assert told.args[0].broken
    assert told.args[0].setting == Expression("nonsense +", 14336)


def test_escape_brings_the_old_value_back(qtbot, field):
    enter(field, "99")
    with qtbot.waitSignal(field.withdrawn), qtbot.assertNotEmitted(field.entered):
        press(field, Key.Key_Escape)
    assert field.line.text() == "14336"
    assert not field.editing


def test_another_value_does_not_overwrite_what_is_being_typed(field):
    enter(field, "1")
    field.show_setting(77, NUMBERS)
    assert field.line.text() == "1"
    press(field, Key.Key_Escape)
    field.show_setting(77, NUMBERS)
    assert field.line.text() == "77"


def test_an_expression_follows_its_variables(field):
    field.show_setting(Expression("4*hidden_size"), NUMBERS)
    field.show_setting(Expression("4*hidden_size"), {"hidden_size": 100})
    assert field.comes_to == "= 400"


def test_several_values_stand_side_by_side_and_can_be_replaced_by_one(qtbot, field):
    field.show_setting(None, NUMBERS, (8, 16, 8))
    assert field.line.text() == ""
    assert field.line.placeholderText() == "8, 16"
    assert field.line.font().italic()
    assert field.comes_to == "2 values"
    with qtbot.waitSignal(field.typed) as told:
        enter(field, "5")
    assert told.args[0].setting == 5
    assert not field.line.font().italic()


def test_a_step_starts_from_every_present_value_and_keeps_them_different(qtbot, field):
    field.show_setting(None, NUMBERS, (8, 16))
    with qtbot.waitSignal(field.entered) as told:
        enter(field, "*2")
        assert field.comes_to == "= 16, 32"
        press(field, Key.Key_Return)
    assert told.args[0].each == (16, 32)
    assert field.line.placeholderText() == "16, 32"
    assert not field.editing


def test_a_step_on_one_number_gives_a_number(qtbot, field):
    field.show_setting(32, NUMBERS)
    enter(field, "*2")
    press(field, Key.Key_Return)
    assert field.line.text() == "64"
    assert field.entry.setting == 64


def test_a_step_that_cannot_be_taken_waits_and_is_gone_when_the_field_is_left(qtbot, field):
    told = []
    field.entered.connect(told.append)
    field.show_setting(7, NUMBERS)
    enter(field, "/2")
    press(field, Key.Key_Return)
    assert field.editing
    assert str(field.entry.cause) == "7 is not a multiple of 2."
    field.window().findChildren(QLineEdit)[-1].setFocus()
    assert field.line.text() == "7"
    assert told == []


def test_the_arrows_ask_for_the_next_value(qtbot, field):
    told = []
    field.walked.connect(told.append)
    field.line.setFocus()
    press(field, Key.Key_Up, Key.Key_Down)
    assert told == [1, -1]


def test_a_long_expression_is_written_smaller_and_whole_on_hover(appearance, field):
    field.show_setting(Expression("hidden_size * 3 // 2 + hidden_size // 4"), NUMBERS)
    assert field.line.font().pixelSize() < appearance.theme.fonts.base
    assert "hidden_size // 4" in field.toolTip()


def test_the_name_is_there_for_who_cannot_see_it(field):
    assert field.line.accessibleName() == "Hidden width"
