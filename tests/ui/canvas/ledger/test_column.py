"""How the ledger is painted, and that it answers the pointer."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest

from designer.ui.canvas.ledger.column import MANY
from designer.ui.canvas.ledger.columns import Shows
from tests.ui.canvas.designs import block, design
from tests.ui.canvas.hands import Held, ids, point
from tests.ui.canvas.test_painting import area, has, picture


def ledger(canvas) -> QRect:
    """Where the ledger stands in the view."""
    left = canvas.mapFromScene(canvas.board.sceneRect().right(), 0).x()
    return QRect(left, 0, canvas.viewport().width() - left, canvas.viewport().height())


def line(canvas, kind: str) -> QRect:
    """The line of a block in the ledger."""
    beside, card = ledger(canvas), area(canvas, kind)
    return QRect(beside.left(), card.top(), beside.width(), card.height())


def test_the_longest_bar_is_the_greatest_block_and_bars_are_linear(llama, appearance):
    llama.begin_ledger()
    image = picture(llama)

    def length(kind: str, category: str) -> int:
        row, colour = line(llama, kind), appearance.theme.colour(category)
        return sum(image.pixelColor(x, row.center().y()) == colour for x in range(row.left(), row.right()))

    longest = length("mlp", "feed_forward")
    assert longest > 60
    assert length("attention", "attention") == pytest.approx(longest * 1342177280 / 5637144576, abs=2)


def test_the_band_of_what_is_selected_reaches_over_its_line(llama):
    llama.begin_ledger()
    row = line(llama, "attention")
    edge = row.left() + 4, row.center().y()
    before = picture(llama).pixelColor(*edge)
    llama.session.select(ids(llama, "attention"))
    assert picture(llama).pixelColor(*edge) != before
    assert picture(llama).pixelColor(row.right() - 4, row.center().y()) != before


def test_hovering_a_line_lights_its_block_and_the_other_way_round(llama):
    llama.begin_ledger()
    row = line(llama, "mlp")
    assert llama.block_at(row.center()) == ids(llama, "mlp")[0]
    QTest.mouseMove(llama.viewport(), row.center())
    assert llama.board.stage.hovered == ids(llama, "mlp")[0]
    lit = picture(llama).pixelColor(row.left() + 4, row.center().y())
    QTest.mouseMove(llama.viewport(), area(llama, "attention").center())
    assert picture(llama).pixelColor(row.left() + 4, row.center().y()) != lit


def test_head_and_foot_stay_where_they_are_while_the_stack_scrolls(opened):
    canvas = opened("llama-3-8b", 880, 400)
    canvas.begin_ledger()
    beside = ledger(canvas)
    ends = [QRect(beside.left() + 16, 0, beside.width() - 30, 24)]
    ends.append(QRect(beside.left() + 16, beside.bottom() - 25, beside.width() - 30, 25))
    before = picture(canvas)
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().minimum() + 60)
    after = picture(canvas)
    assert [before.copy(end) == after.copy(end) for end in ends] == [True, True]
    assert before.copy(line(canvas, "mlp")) != after.copy(line(canvas, "mlp"))


def test_the_foot_never_hides_the_end_of_the_stack(opened):
    canvas = opened("llama-3-8b", 880, 400)
    canvas.begin_ledger()
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
    end = canvas.mapFromScene(0, canvas.board.laid.height).y()
    assert end <= canvas.viewport().height() - 28


def test_without_counts_and_shares_there_is_no_ledger(llama):
    llama.begin_ledger()
    assert llama.ledger.isVisible()
    llama.show_in_ledger(Shows(counts=False, shares=False))
    assert not llama.ledger.isVisible()
    stack = llama.mapFromScene(llama.board.sceneRect()).boundingRect()
    assert abs(stack.center().x() - llama.viewport().rect().center().x()) <= 10
    llama.show_in_ledger(Shows())
    assert llama.ledger.isVisible()


def test_an_open_gap_has_a_hatched_bar_in_the_colour_of_what_would_land(llama, appearance):
    llama.begin_ledger()
    (repeat,) = ids(llama, "repeat")
    Held(llama, block("mlp", hidden=14336)).over(point(llama, "residual", 1, y=0.02))
    slot = llama.board.card(repeat).laid.slot
    assert slot is not None
    middle = llama.mapFromScene(llama.board.card(repeat).mapToScene(0, slot.y + slot.height / 2)).y()
    row = QRect(ledger(llama).left() + 20, middle - 4, 60, 8)
    assert has(picture(llama), row, appearance.theme.colour("feed_forward"), 40)


def test_a_large_design_is_counted_a_moment_after_it_is_shown(opened, qtbot):
    canvas = opened(design(block("token_embedding"), *(block("rms_norm") for _ in range(MANY + 10))))
    canvas.begin_ledger()
    assert canvas.ledger.counts is None
    qtbot.waitUntil(lambda: canvas.ledger.counts is not None)
    assert canvas.ledger.counts.total == canvas.session.measured.total


def test_a_session_outlives_its_canvas(opened, qtbot):
    canvas = opened("llama-3-8b")
    canvas.begin_ledger()
    session, (attention,) = canvas.session, ids(canvas, "attention")
    canvas.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(canvas))
    session.select((attention,))
    assert session.selection == (attention,)
