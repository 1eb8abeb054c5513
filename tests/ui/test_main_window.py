"""The whole window, at the sizes people have."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from designer.design import edits
from designer.formats.opening import opened
from designer.ui.canvas.dropping import held
from designer.ui.controls.label import Elided
from designer.ui.files.files import Files, Unsaved
from designer.ui.panels import RAIL
from designer.ui.session import Session
from tests.ui.canvas.hands import Held, point
from tests.ui.conftest import KINDS, holder, leaf

SIZES = ((1024, 640), (1280, 720), (1440, 900), (2560, 1440))


class Shown(QObject):
    """Every window that was ever shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_part_has_its_place_and_the_canvas_the_rest(open_window, llama, width, height):
    window = open_window(llama, width, height)
    panels = window.panels
    assert window.size().toTuple() == (width, height)
    assert panels.palette_dock.width() == {1024: RAIL, 1280: 196, 1440: 232, 2560: 280}[width]
    assert panels.inspector_dock.width() == {1024: 308, 1280: 308, 1440: 328, 2560: 400}[width]
    assert panels.below.is_folded == (height < 800)
    assert window.canvas.width() >= 560
    assert window.canvas.height() >= 400
    assert window.totals.width() == width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_stack_starts_in_sight(open_window, llama, width, height):
    window = open_window(llama, width, height)
    first = leaf(llama.design, "embedding")
    place = window.canvas.mapFromScene(window.canvas.board.card(first.id).scenePos())
    assert window.canvas.viewport().rect().contains(place)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("preset", ["llama-3-8b", "gpt2"])
def test_no_words_of_the_chrome_are_cut(qtbot, open_window, preset, width, height):
    session = Session(opened(preset, KINDS), KINDS)
    window = open_window(session, width, height)
    session.select((leaf(session.design, "attention").id,))
    qtbot.waitUntil(lambda: window.panels.inspector.form.rows[0].isVisible())
    cut = [
        label.text()
        for label in window.findChildren(QLabel)
        if label.isVisible()
        and not label.wordWrap()
        and label.fontMetrics().horizontalAdvance(label.text()) > label.width() + 1
    ]
    assert cut == []
    buttons = [b for b in window.findChildren(QAbstractButton) if b.isVisible()]
    assert [b.text() for b in buttons if b.width() + 1 < b.minimumSizeHint().width()] == []


def test_every_control_that_takes_the_keyboard_has_a_name(qtbot, open_window, llama):
    window = open_window(llama)
    for ids in ((), (leaf(llama.design, "attention").id,), (leaf(llama.design, "embedding").id,)):
        llama.select(ids)
        qtbot.waitUntil(lambda: window.canvas.isVisible())
        nameless = [
            type(widget).__name__
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and isinstance(widget, (QAbstractButton, QComboBox, QLineEdit))
            and not (widget.accessibleName() or getattr(widget, "text", str)())
        ]
        assert nameless == []


def test_tab_goes_through_the_inspector_and_never_gets_lost(qtbot, open_window, llama):
    window = open_window(llama)
    llama.select((leaf(llama.design, "feed_forward").id,))
    qtbot.waitUntil(lambda: window.panels.inspector.form.rows[0].isVisible())
    window.commands.edit_fields()
    visited = []
    for _ in range(12):
        visited.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert len(set(map(id, visited))) == 12
    assert all(widget.accessibleName() or widget.parent() for widget in visited)


def test_nothing_opens_a_window_of_its_own(qtbot, open_window, llama):
    app = QApplication.instance()
    shown = Shown()
    app.installEventFilter(shown)
    open_window(llama)
    for node in llama.design.tree.walk():
        llama.select((node.id,))
        app.processEvents()
    app.removeEventFilter(shown)
    assert shown.windows == ["MainWindow"]


def test_the_title_says_which_design_this_is_and_whether_it_is_saved(open_window, llama, tmp_path):
    window = open_window(llama)
    assert window.windowTitle().startswith("llama-3-8b")
    assert not window.isWindowModified()
    llama.commit(edits.describe(llama.design, "Mine", ""), "Describe")
    assert window.windowTitle().startswith("Mine")
    assert window.isWindowModified()
    llama.now_kept(tmp_path / "mine.json")
    assert not window.isWindowModified()


def test_closing_with_unsaved_changes_asks(open_window, llama, monkeypatch):
    window = open_window(llama)
    answers = [Unsaved.STAY, Unsaved.DISCARD]
    monkeypatch.setattr(Files, "ask", lambda files: answers.pop(0))
    llama.commit(edits.describe(llama.design, "Mine", ""), "Describe")
    assert not window.close()
    assert window.isVisible()
    assert window.close()
    assert answers == []


def test_panels_close_and_open_and_the_next_window_has_them_so(qtbot, open_window, llama, session):
    window = open_window(llama)
    window.panels.toggle("palette")
    assert not window.panels.is_open("palette")
    window.close()
    second = open_window(session)
    assert not second.panels.is_open("palette")
    second.commands.reset_layout()
    assert second.panels.is_open("palette")


def test_narrower_the_palette_becomes_icons_and_wider_words_again(qtbot, open_window, llama):
    window = open_window(llama)
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: window.panels.palette_dock.width() == RAIL)
    assert not window.panels.palette.search.isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.panels.palette_dock.width() == 232)
    assert window.panels.palette.search.isVisible()


def test_a_palette_of_icons_opens_to_be_searched(qtbot, open_window, llama):
    window = open_window(llama, 1024, 640)
    QTest.keyClick(window.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.panels.palette.search.isVisible())
    QTest.keyClicks(window.focusWidget(), "drop")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert llama.history.undoes == "Insert Dropout"
    qtbot.waitUntil(lambda: window.panels.palette_dock.width() == RAIL)


def test_the_status_row_says_what_is_true_and_the_keys_of_the_panel_with_the_focus(qtbot, open_window, llama):
    window = open_window(llama)
    status = window.commands.status
    assert status.truth.words == "All shapes agree"
    llama.select((leaf(llama.design, "attention").id,))
    assert status.truth.more == "1 block selected, stands for 32"
    assert status.keys.keys[0][:2] == ("/", "insert")
    window.panels.search()
    assert ("Enter", "insert", "") in status.keys.keys
    llama.commit(edits.set_variable(llama.design, "num_attention_heads", 24), "Change num_attention_heads")
    assert status.truth.words.endswith(("issue", "issues"))


def test_a_drop_that_is_not_allowed_says_why_in_the_status_row_and_changes_nothing(open_window, llama):
    window = open_window(llama)
    canvas, truth, before = window.canvas, window.commands.status.truth, llama.design
    moved = Held(canvas, held(llama, (holder(llama.design, "repeat").id,))).over(point(canvas, "mlp"))
    assert not moved.lands
    assert truth.words == "A block cannot be put into itself."
    moved.leave()
    assert truth.words == "All shapes agree"
    assert llama.design is before


def test_enter_on_the_canvas_leads_to_the_first_field_and_escape_back(qtbot, open_window, llama):
    window = open_window(llama)
    llama.select((leaf(llama.design, "attention").id,))
    qtbot.waitUntil(lambda: window.panels.inspector.form.rows[0].isVisible())
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    assert window.focusWidget().accessibleName() == "Query heads"
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.focusWidget() is window.canvas)


def test_zoom_follows_the_canvas_and_the_canvas_the_zoom(open_window, llama):
    window = open_window(llama)
    window.commands.canvas.zoom_to(0.5)
    assert window.canvas.zoom == pytest.approx(0.5)
    from designer.ui.zoom import Zoom

    zoom = window.findChild(Zoom)
    assert zoom._track.factor == pytest.approx(0.5)
    zoom._larger.click()
    assert window.canvas.zoom == pytest.approx(0.625)


def test_two_windows_do_not_know_each_other(open_window, llama, session):
    one, two = open_window(llama), open_window(session)
    llama.commit(edits.set_variable(llama.design, "num_hidden_layers", 64), "Change num_hidden_layers")
    assert one.totals.count.shown == "15.0\u2009B"
    assert two.totals.count.shown == "124\u2009M"


def test_the_scenario_is_said_and_opens_its_form(open_window, llama):
    from designer.ui.scenario.button import ScenarioButton

    button = open_window(llama).findChild(ScenarioButton)
    assert button.words == "bf16 · 8k context · batch 1 · causal"
    button.click()
    assert button.sheet is not None
    assert button.sheet.isVisible()


def test_every_elided_line_can_be_read_whole_on_hover(qtbot, appearance):
    line = Elided(appearance.theme.fonts.body)
    qtbot.addWidget(line)
    line.setText("a very long path › of blocks › that has no room")
    line.resize(80, 20)
    line.grab()
    assert line.toolTip() == line.text()
    line.resize(900, 20)
    line.grab()
    assert line.toolTip() == ""
