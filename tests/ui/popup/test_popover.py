"""Popovers: where they stand, how they are left, where the keyboard goes."""

from __future__ import annotations

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenuBar, QPushButton, QVBoxLayout, QWidget

from designer.ui.popup.popover import ARROW, EDGE, Popover, placed

Left, Key = Qt.MouseButton.LeftButton, Qt.Key


def test_it_stands_below_what_it_is_about_where_there_is_room():
    place = placed(QSize(1000, 800), QRect(300, 100, 400, 40), 650, QSize(500, 300))
    assert place.below
    assert place.sheet.top() == 140 + ARROW
    assert place.sheet.size() == QSize(500, 300)
    assert place.tip == 650


def test_it_stands_above_where_there_is_none_below():
    place = placed(QSize(1000, 800), QRect(300, 700, 400, 40), 650, QSize(500, 300))
    assert not place.below
    assert place.sheet.bottom() + 1 == 700 - ARROW


@given(
    st.integers(400, 2560),
    st.integers(300, 1440),
    st.integers(0, 100),
    st.integers(0, 100),
    st.integers(10, 200),
    st.integers(50, 900),
    st.integers(40, 1500),
)
def test_it_is_in_the_window_and_never_over_what_it_is_about(wide, high, x, y, tall, width, height):
    about = QRect(wide * x // 110, high * y // 110, max(wide // 10, 30), tall)
    place = placed(QSize(wide, high), about, about.right() - 10, QSize(width, height))
    assert not place.sheet.intersects(about)
    assert place.sheet.left() >= EDGE
    assert place.sheet.right() < wide - EDGE
    assert place.sheet.bottom() < high
    assert place.sheet.left() < place.tip < place.sheet.right()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.resize(700, 500)
    column = QVBoxLayout(made)
    made.line = QLineEdit(made)
    column.addWidget(made.line)
    column.addStretch(1)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.line.setFocus()
    return made


@pytest.fixture
def popover(window, appearance):
    made = Popover(window, appearance, "Why?", 300, lambda: (window.line.geometry(), 200))
    made.body.addWidget(QLabel("Because."))
    for word in ("one", "two"):
        made.body.addWidget(QPushButton(word))
    made.open()
    return made


def buttons(popover):
    return popover.findChildren(QPushButton)


def press(window, widget):
    """Press on a widget, and do not let the event loop turn."""
    where = QPointF(widget.mapTo(window, widget.rect().center()))
    event = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        where,
        QPointF(window.mapToGlobal(where)),
        Left,
        Left,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window.windowHandle(), event)


@pytest.fixture
def closings(popover):
    """Grows by one each time the popover says that it is closed."""
    told: list[bool] = []
    popover.closed.connect(lambda: told.append(True))
    return told


def test_it_takes_the_keyboard_and_gives_it_back_at_esc(window, popover, qtbot):
    assert QApplication.focusWidget() is popover
    with qtbot.waitSignal(popover.closed):
        QTest.keyClick(popover, Key.Key_Escape)
    assert QApplication.focusWidget() is window.line


def test_esc_closes_it_from_anything_inside(window, popover, qtbot):
    inside = buttons(popover)[1]
    inside.setFocus()
    with qtbot.waitSignal(popover.closed):
        QTest.keyClick(inside, Key.Key_Escape)
    assert QApplication.focusWidget() is window.line


def test_tab_goes_round_inside(popover):
    one, two = buttons(popover)
    seen = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen[:2] == [one, two]
    assert set(seen) <= {one, two, popover}


def test_its_end_ends_nothing_else(window, popover, qtbot):
    menu = QMenuBar(window).addMenu("File")
    action = menu.addAction("New")
    for key in (Key.Key_Tab, Key.Key_Tab, Key.Key_Backtab):
        QTest.keyClick(QApplication.focusWidget(), key)
    with qtbot.waitSignal(popover.destroyed):
        popover.close()
    assert menu.actions() == [action]
    assert action.text() == "New"


def test_a_press_elsewhere_closes_it_and_one_inside_does_not(window, popover, qtbot):
    button = buttons(popover)[0]
    QTest.mouseClick(window.windowHandle(), Left, pos=button.mapTo(window, button.rect().center()))
    assert popover.isVisible()
    with qtbot.waitSignal(popover.closed):
        QTest.mouseClick(window.windowHandle(), Left, pos=window.line.mapTo(window, QPoint(5, 5)))


def test_a_press_arrives_where_it_was_meant_before_it_closes_anything(window, popover, qtbot):
    below = QPushButton("Below", window)
    window.layout().addWidget(below)
    QApplication.processEvents()
    stood: list[bool] = []
    below.pressed.connect(lambda: stood.append(popover.isVisible()))
    with qtbot.waitSignal(popover.closed):
        press(window, below)
    assert stood == [True]


def test_two_presses_at_once_close_it_once(window, popover, closings, qtbot):
    press(window, window.line)
    press(window, window.line)
    assert popover.isVisible()
    qtbot.waitUntil(lambda: not shiboken6.isValid(popover))
    assert closings == [True]


def test_closed_after_a_press_that_would_have_closed_it_it_says_so_once(window, popover, closings, qtbot):
    press(window, window.line)
    popover.close()
    QApplication.processEvents()  # which ends nothing, as within a dialog's own loop
    qtbot.waitUntil(lambda: not shiboken6.isValid(popover))
    assert closings == [True]


def test_it_closes_though_what_the_screen_knows_its_window_by_is_gone(window, popover, closings):
    window.destroy()
    assert window.windowHandle() is None
    popover.close()
    assert closings == [True]


def test_a_press_on_its_shadow_closes_it(window, popover, qtbot):
    with qtbot.waitSignal(popover.closed):
        corner = popover.mapTo(window, QPoint(3, popover.height() - 3))
        QTest.mousePress(window.windowHandle(), Left, pos=corner)


def test_it_hears_of_its_window_and_of_no_object_within(window, appearance):
    heard: set[str] = set()

    class Hearing(Popover):
        def eventFilter(self, watched, event):
            heard.add(type(watched).__name__)
            return super().eventFilter(watched, event)

    sheet = Hearing(window, appearance, "Of the line", 300, lambda: (QRect(0, 0, 100, 20), 50))
    sheet.open()
    row = QVBoxLayout()
    window.layout().addLayout(row)
    row.setProperty("going", True)
    window.line.setText("12")
    QApplication.processEvents()
    sheet.close()
    assert heard <= {"QWidget", "QWindow"}


def test_its_arrow_ends_at_what_it_is_about(window, popover):
    assert popover.points_at == QPoint(200, window.line.geometry().bottom() + 1)


def test_what_does_not_fit_is_scrolled_to(window, appearance, qtbot):
    popover = Popover(window, appearance, "Long", 300, lambda: (window.line.geometry(), 200))
    rows = [QPushButton(str(n)) for n in range(40)]
    for row in rows:
        popover.body.addWidget(row)
    popover.open(rows[0])
    assert popover.sheet.bottom() < window.height()
    rows[-1].setFocus()
    QTest.keyClick(rows[-1], Key.Key_Backtab)
    assert rows[-2].visibleRegion().boundingRect().height() == rows[-2].height()


def test_it_stays_in_the_window_when_that_changes(window, popover, qtbot):
    window.resize(420, 300)
    qtbot.waitUntil(lambda: popover.sheet.right() < 420)
    assert popover.isVisible()


def test_it_goes_when_what_it_is_about_goes(window, appearance, qtbot):
    there = [(window.line.geometry(), 200)]
    popover = Popover(window, appearance, "Gone", 300, lambda: there[0] if there else None)
    popover.open()
    there.clear()
    with qtbot.waitSignal(popover.closed):
        popover.place()
