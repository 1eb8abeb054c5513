"""Small controls, by mouse, by key, and for who cannot see them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from designer.ui.controls.pick import Pick
from designer.ui.controls.search_field import SearchField
from designer.ui.controls.section import Section, link
from designer.ui.controls.switch import Switch
from designer.ui.controls.tabs import Tabs
from designer.ui.zoom import Zoom

Left, Key = Qt.MouseButton.LeftButton, Qt.Key


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    widget.show()
    return widget


def test_a_switch_turns_by_click_and_by_space_and_looks_different(qtbot, appearance):
    switch = shown(qtbot, Switch(appearance))
    off = switch.grab().toImage()
    QTest.mouseClick(switch, Left, pos=QPoint(12, switch.height() // 2))
    assert switch.isChecked()
    assert switch.grab().toImage() != off
    QTest.keyClick(switch, Key.Key_Space)
    assert not switch.isChecked()


def test_a_pick_is_changed_by_keys_and_not_by_scrolling_past_it(qtbot, appearance):
    pick = shown(qtbot, Pick(appearance))
    pick.addItems(["one", "two", "three"])
    pick.setCurrentIndex(0)
    QTest.keyClick(pick, Key.Key_Down)
    assert pick.currentText() == "two"
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    at = QPointF(20, 10)
    wheel = QWheelEvent(
        at, pick.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, none, phase, False
    )
    QApplication.sendEvent(pick, wheel)
    assert pick.currentText() == "two"


def test_a_section_opens_and_closes_by_its_heading_and_says_so(qtbot, appearance):
    section = shown(qtbot, Section(appearance, "Fields"))
    inside = QLabel("inside")
    section.body.addWidget(inside)
    qtbot.waitUntil(inside.isVisible)
    with qtbot.waitSignal(section.turned) as told:
        QTest.keyClick(section.heading, Key.Key_Space)
    assert told.args == [False]
    assert not inside.isVisible()


def test_a_link_says_itself_whole_to_who_cannot_see_where_it_stands(appearance):
    assert (
        link(appearance, "free", "Free head_dim of its expression")
        .accessibleName()
        .startswith("Free head_dim")
    )


def test_tabs_are_walked_with_arrows_and_carry_a_number(qtbot, appearance):
    tabs = Tabs(appearance, "Panel")
    for word in ("Charts", "Issues"):
        tabs.addTab(word)
    shown(qtbot, tabs)
    narrow = tabs.tabSizeHint(1).width()
    tabs.mark(1, 12)
    assert tabs.tabSizeHint(1).width() > narrow
    QTest.keyClick(tabs, Key.Key_Right)
    assert tabs.currentIndex() == 1
    tabs.mark(1, 0)
    assert tabs.tabSizeHint(1).width() == narrow


def test_a_search_field_leads_down_takes_and_lets_go(qtbot, appearance):
    field = shown(qtbot, SearchField(appearance, "Search blocks", "/"))
    for key, signal in (
        (Key.Key_Down, field.down),
        (Key.Key_Return, field.taken),
        (Key.Key_Escape, field.left),
    ):
        with qtbot.waitSignal(signal):
            QTest.keyClick(field, key)


def test_the_zoom_asks_by_click_by_key_and_snaps_to_its_own_size(qtbot, appearance):
    zoom = shown(qtbot, Zoom(appearance))
    asked: list[float] = []
    zoom.asked.connect(asked.append)
    zoom.show_factor(0.5)
    track = zoom._track
    QTest.mouseClick(track, Left, pos=QPoint(round(track._x(1.0)) + 2, track.height() // 2))
    QTest.keyClick(track, Key.Key_Right)
    zoom._smaller.click()
    assert asked == [1.0, 0.5 * 1.25, 0.5 / 1.25]
