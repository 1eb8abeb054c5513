"""Light, dark, or as the system has it."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from designer.ui.appearance import Appearance


def test_choosing_a_theme_changes_the_palette_at_once_and_says_so_once(qtbot, qapp):
    appearance = Appearance(qapp, "light")
    with qtbot.waitSignal(appearance.turned):
        appearance.choose("dark")
    assert appearance.theme.dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == appearance.theme.panel
    with qtbot.assertNotEmitted(appearance.turned):
        appearance.choose("dark")
    appearance.choose("light")


def test_the_style_sheet_waits_until_it_is_asked_for_and_then_follows_the_theme(qapp):
    qapp.setStyleSheet("")
    appearance = Appearance(qapp, "light")
    assert qapp.styleSheet() == ""
    appearance.put_rules()
    light = qapp.styleSheet()
    appearance.choose("dark")
    assert "" != qapp.styleSheet() != light
    appearance.choose("light")


def test_the_window_repaints_in_the_other_theme(open_window, session, appearance):
    window = open_window(session)
    light = window.grab().toImage()
    appearance.choose("dark")
    dark = window.grab().toImage()
    places = [(20, 60), (60, 400), (700, 600), (1300, 600), (700, 890)]
    assert all(light.pixelColor(*place).lightness() > 200 for place in places)
    assert all(dark.pixelColor(*place).lightness() < 80 for place in places)
    appearance.choose("light")
