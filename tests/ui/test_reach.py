"""Everything that takes the keyboard says what it is, and shows that it has it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QDockWidget, QScrollArea, QScrollBar, QWidget

from designer.design import edits
from designer.ui.dock import ISSUES
from designer.ui.main_window import MainWindow
from tests.ui.conftest import leaf

SEEN = 40
"""Pixels that a mark of the focus changes at least; a text cursor alone has fewer."""
ROLELESS = {QAccessible.Role.NoRole, QAccessible.Role.Client}


def nothing(window: MainWindow) -> None:
    """Nothing is selected: the design itself is shown."""


def one(window: MainWindow) -> None:
    """A block with all kinds of fields is selected."""
    window.session.select((leaf(window.session.design, "attention").id,))


def several(window: MainWindow) -> None:
    """Several blocks that differ are selected."""
    session = window.session
    first = leaf(session.design, "attention")
    design = edits.duplicate(session.design, (first.id,))
    second = [node for node in design.tree.walk() if node.kind == first.kind][1]
    design = edits.configure(design, (second.id,), {"kv_heads": 16, "bias": True})
    session.commit(design, "Change", select=(first.id, second.id))


def issues(window: MainWindow) -> None:
    """There are issues to mend."""
    session = window.session
    session.commit(edits.set_variable(session.design, "num_key_value_heads", 7), "Change")
    assert window.panels.below is not None
    window.panels.below.show_page(ISSUES)


def complete(window: MainWindow) -> bool:
    """Whether everything that comes a little later is there: charts, what mends issues, what makes equal."""
    below, inspector = window.panels.below, window.panels.inspector
    assert below is not None
    assert inspector is not None
    differs = len(window.session.selection) > 1
    return below.complete and below.issues.settled and bool(inspector.equal.buttons) == differs


def stops(window: MainWindow) -> Iterator[QWidget]:
    """What Tab or a panel's own keys lead to."""
    for widget in window.findChildren(QWidget):
        if (
            widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
            and not isinstance(widget, (QScrollBar, QDockWidget))
        ):
            yield widget


def named(widget: QWidget) -> str:
    """How a failure calls it."""
    return f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


@pytest.mark.parametrize("state", [nothing, one, several, issues], ids=lambda state: state.__name__)
def test_every_control_has_a_name_and_a_role(qtbot, open_window, llama, state):
    window = open_window(llama)
    state(window)
    qtbot.waitUntil(lambda: complete(window))
    nameless: list[str] = []
    for widget in stops(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name)
        if not name.strip() or interface.role() in ROLELESS:
            nameless.append(f"{named(widget)}: {name!r}, {interface.role().name}")
    assert not nameless, "\n".join(nameless)


@pytest.mark.parametrize("state", [nothing, one, several, issues], ids=lambda state: state.__name__)
def test_every_control_shows_that_it_has_the_keyboard(qtbot, open_window, llama, state):
    window = open_window(llama)
    state(window)
    qtbot.waitUntil(lambda: complete(window))
    unseen: list[str] = []
    for widget in list(stops(window)):
        if widget.parentWidget() is None or not widget.isVisible():
            continue
        window.canvas.setFocus()
        if widget is window.canvas:
            continue
        bring_into_sight(widget)
        before = around(window, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if before is not None and changed(before, around(window, widget)) < SEEN:
            unseen.append(named(widget))
    assert not unseen, "\n".join(unseen)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll every panel around a control to it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
    QApplication.processEvents()


def around(window: MainWindow, widget: QWidget) -> QImage | None:
    """What is painted where a control stands, and a little beside it."""
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-10, -6, 10, 6)
    return window.grab(area).toImage() if window.rect().contains(area.center()) else None


def changed(before: QImage, after: QImage | None) -> int:
    """How many pixels differ."""
    if after is None or before.size() != after.size():
        return SEEN
    formed = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (before, after)]
    ours, theirs = (numpy.frombuffer(image.constBits(), numpy.uint32) for image in formed)
    return int((ours != theirs).sum())
