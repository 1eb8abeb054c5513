from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest

from designer.design import edits
from designer.design.tree import Node
from designer.formats.templates import block_node, ready_parts
from designer.ui.canvas.dropping import held
from designer.ui.canvas.edge_scroll import EdgeScroll
from designer.ui.session import Session
from tests.ui.canvas.designs import KINDS, block, design, placed
from tests.ui.canvas.hands import LEFT, NONE, Held, ids, kinds, point

LLAMA, FEED_FORWARD = 8_030_261_248, 32 * (3 * 4096 * 14336 + 4096)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def feed_forward():
    return next(part.node for part in ready_parts(KINDS) if part.title == "Feed-forward sublayer")


def total(canvas) -> int:
    return canvas.session.measured.total


def scroll(canvas) -> EdgeScroll:
    return canvas.findChild(EdgeScroll)


def between_sublayers(canvas) -> QPoint:
    upper, lower = placed(canvas.board.laid, "residual")[:2]
    return canvas.mapFromScene(upper.x + 40, (upper.y + upper.laid.height + lower.y) / 2)


# --- parts from the palette -----------------------------------------------------------------------------


def test_a_part_dropped_into_the_layer_stands_there_and_is_counted_in_every_layer(llama, feed_forward):
    Held(llama, feed_forward).drop(between_sublayers(llama))
    (repeat,) = ids(llama, "repeat")
    assert kinds(llama, repeat) == ["residual"] * 3
    assert total(llama) == LLAMA + FEED_FORWARD
    assert llama.session.history.undoes == "Insert feed-forward"
    added = edits.find(llama.session.design, repeat).inside[1]
    assert llama.session.selection == (added.id,)
    assert llama.board.card(added.id) is not None


def test_while_it_is_held_the_gap_says_what_it_would_cost_and_nothing_is_changed(llama, feed_forward):
    before = llama.session.design
    Held(llama, feed_forward).over(between_sublayers(llama))
    preview = llama.board.stage.preview
    assert preview.place == "In every layer, ×32"
    assert preview.price == "+5.64\u2009B"
    assert llama.session.proposal.total == LLAMA + FEED_FORWARD
    assert llama.session.design is before
    assert placed(llama.board.laid, "repeat")[0].laid.slot is not None


def test_leaving_puts_everything_back(llama, feed_forward):
    before = llama.board.laid.height
    held = Held(llama, feed_forward).over(between_sublayers(llama))
    assert llama.board.laid.height > before
    held.leave()
    assert llama.board.laid.height == before
    assert llama.session.proposal is None
    assert llama.board.stage.preview is None


def test_a_dropped_block_takes_its_fields_from_its_like_nearby(llama):
    Held(llama, block_node(KINDS, "attention")).drop(between_sublayers(llama))
    (repeat,) = ids(llama, "repeat")
    added = edits.find(llama.session.design, repeat).inside[1]
    alike = next(
        node for node in llama.session.design.tree.walk() if node.kind == "attention" and node is not added
    )
    assert added.fields["kv_heads"] == alike.fields["kv_heads"]


def test_what_is_no_block_is_not_taken(llama):
    text = QMimeData()
    text.setText("hello")
    assert not Held(llama, text).taken
    broken = QMimeData()
    broken.setData("application/x-llm-designer-part", b'{"block": ')
    assert not Held(llama, broken).taken


def test_a_block_can_be_dropped_into_an_empty_design(opened):
    canvas = opened(design())
    Held(canvas, block_node(KINDS, "token_embedding")).drop(QPoint(400, 80))
    assert kinds(canvas, canvas.session.design.tree.id) == ["token_embedding"]
    assert total(canvas) > 0


@pytest.mark.parametrize("kind", ["stack", "residual", "parallel", "choose", "repeat", "encoder"])
def test_every_container_can_be_dropped_and_filled(opened, kind):
    canvas = opened(design(block("token_embedding")))
    root = canvas.session.design.tree.id
    Held(canvas, block_node(KINDS, kind)).drop(point(canvas, "token_embedding", y=0.9))
    assert kinds(canvas, root) == ["token_embedding", kind]
    (id,) = [node.id for node in canvas.session.design.tree.inside[1:]]
    Held(canvas, block_node(KINDS, "rms_norm")).drop(point(canvas, kind, number=-1))
    assert kinds(canvas, id) == ["rms_norm"]
    assert canvas.board.card(id) is not None


# --- blocks of the design -------------------------------------------------------------------------------


def move(canvas, *moved: int) -> Held:
    return Held(canvas, held(canvas.session, moved))


def test_a_block_is_moved_out_of_its_container_and_keeps_its_id(llama):
    norm = ids(llama, "rms_norm")[1]
    first, second = ids(llama, "residual")
    move(llama, norm).drop(point(llama, "attention", y=0.9))
    assert kinds(llama, first) == ["rms_norm", "attention", "rms_norm"]
    assert kinds(llama, second) == ["mlp"]
    assert edits.find(llama.session.design, first).inside[2].id == norm
    assert llama.session.selection == (norm,)
    llama.session.undo()
    assert kinds(llama, second) == ["rms_norm", "mlp"]


def test_a_move_into_every_layer_is_priced(llama):
    final = ids(llama, "rms_norm")[2]
    move(llama, final).over(between_sublayers(llama))
    assert llama.board.stage.preview.price == "+127\u2009K"
    assert total(llama) == LLAMA


def test_a_move_that_changes_no_count_has_no_price(llama):
    move(llama, ids(llama, "mlp")[0]).over(point(llama, "rms_norm", 1, y=0.1))
    assert llama.board.stage.preview.price == ""


def test_a_block_dropped_where_it_stands_changes_nothing(llama):
    before = llama.session.design
    move(llama, ids(llama, "mlp")[0]).drop(point(llama, "mlp", y=0.8))
    assert llama.session.design is before


def test_a_container_is_not_put_into_itself_and_the_reason_is_said(llama, qtbot):
    repeat, before = ids(llama, "repeat")[0], llama.session.design
    holding = move(llama, repeat)
    with qtbot.waitSignal(llama.refused) as refused:
        holding.over(point(llama, "mlp"))
    assert refused.args == ["A block cannot be put into itself."]
    assert not holding.lands
    holding.drop(point(llama, "mlp"))
    assert llama.session.design is before


def test_with_alt_a_copy_is_dropped(llama):
    (mlp,) = ids(llama, "mlp")
    first, second = ids(llama, "residual")
    move(llama, mlp).drop(point(llama, "attention", y=0.9), ALT)
    assert kinds(llama, first) == ["rms_norm", "attention", "mlp"]
    assert kinds(llama, second) == ["rms_norm", "mlp"]
    assert edits.find(llama.session.design, first).inside[2].id != mlp
    assert llama.session.history.undoes == "Copy Gated feed-forward"


def test_several_blocks_are_moved_together_in_their_order(llama):
    norm, mlp = ids(llama, "rms_norm")[1], ids(llama, "mlp")[0]
    first, second = ids(llama, "residual")
    move(llama, mlp, norm).drop(point(llama, "attention", y=0.9))
    assert kinds(llama, first) == ["rms_norm", "attention", "rms_norm", "mlp"]
    assert kinds(llama, second) == []
    assert llama.session.history.undoes == "Move 2 blocks"


def test_the_place_of_what_is_dragged_fades_and_comes_back(llama):
    (mlp,) = ids(llama, "mlp")
    holding = move(llama, mlp)
    assert llama.board.card(mlp).opacity() < 1
    holding.leave()
    assert llama.board.card(mlp).opacity() == 1


def test_blocks_of_another_session_are_copied_in(llama, opened):
    other = opened("gpt2")
    data = held(other.session, ids(other, "mlp")[:1])
    before = {node.id for node in llama.session.design.tree.walk()}
    Held(llama, data).drop(point(llama, "mlp", y=0.9))
    (added,) = [node for node in llama.session.design.tree.walk() if node.id not in before]
    assert added.kind == "mlp"
    assert kinds(other, ids(other, "residual")[1]) == ["layer_norm", "mlp"]


def test_a_gap_is_measured_once_while_the_pointer_stays_in_it(llama, feed_forward, monkeypatch):
    proposed = []
    monkeypatch.setattr(Session, "propose", lambda self, design: proposed.append(design))
    at = between_sublayers(llama)
    held = Held(llama, feed_forward)
    proposed.clear()
    for step in range(6):
        held.over(at + QPoint(step, 0))
    assert len(proposed) == 1


# --- the mouse ------------------------------------------------------------------------------------------


def test_pulling_a_block_starts_a_drag_with_a_picture_of_it(llama, monkeypatch):
    drags = []

    def exec_(self, *_):
        drags.append((self.mimeData().formats(), self.pixmap().size()))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", exec_)
    at = point(llama, "mlp")
    QTest.mousePress(llama.viewport(), LEFT, NONE, at)
    QTest.mouseMove(llama.viewport(), at + QPoint(0, 30))
    QTest.mouseRelease(llama.viewport(), LEFT, NONE, at + QPoint(0, 30))
    ((formats, size),) = drags
    assert "application/x-llm-designer-part" in formats
    assert "application/x-llm-designer-moved" in formats
    assert size.width() > 200
    assert size.height() > 40


def test_held_at_the_edge_the_canvas_scrolls_and_the_gap_follows(opened, qtbot):
    canvas = opened(design(block("token_embedding"), *(block("mlp") for _ in range(30))), 600, 300)
    held = Held(canvas, block_node(KINDS, "rms_norm")).over(QPoint(300, 295))
    first = canvas.board.laid.slot.before
    bar = canvas.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert canvas.board.laid.slot.before > first
    held.drop(QPoint(300, 150))
    assert "rms_norm" in kinds(canvas, canvas.session.design.tree.id)


def test_an_unknown_block_can_be_moved_too(opened):
    canvas = opened(design(block("token_embedding"), block("mlp"), Node("flux_capacitor")))
    last = canvas.session.design.tree.inside[2].id
    move(canvas, last).drop(point(canvas, "mlp", y=0.1))
    assert kinds(canvas, canvas.session.design.tree.id) == ["token_embedding", "flux_capacitor", "mlp"]


def test_the_nearer_to_the_edge_the_faster_it_scrolls_and_nowhere_else(opened):
    canvas = opened(design(block("token_embedding"), *(block("mlp") for _ in range(30))), 600, 600)
    held, bar = Held(canvas, block_node(KINDS, "rms_norm")), canvas.verticalScrollBar()
    high, steps = canvas.viewport().height(), []
    for depth in (200, 90, 60, 30, 1):
        held.over(QPoint(300, high - depth))
        before = bar.value()
        scroll(canvas).step()
        steps.append(bar.value() - before)
        held.over(QPoint(300, high // 2))
    assert steps[0] == 0
    assert 0 < steps[1] < steps[2] < steps[3] < steps[4]


def test_escape_puts_back_every_card_where_it_stood_and_where_one_looked(llama, feed_forward):
    before = [(place.x, place.y, place.laid.id) for place in llama.board.laid.walk()]
    design, looked = llama.session.design, llama.verticalScrollBar().value()
    held = Held(llama, feed_forward).over(between_sublayers(llama))
    held.over(QPoint(300, llama.viewport().height() - 1))
    assert scroll(llama).runs
    held.leave()  # what Qt sends on Esc
    assert [(place.x, place.y, place.laid.id) for place in llama.board.laid.walk()] == before
    assert llama.session.design is design
    assert llama.verticalScrollBar().value() == looked
    assert not scroll(llama).runs
    assert llama.session.proposal is None


def test_below_the_last_block_a_drop_appends(opened):
    canvas = opened("gpt2", 880, 1200)
    below = canvas.mapFromScene(100, canvas.board.laid.height + 40)
    Held(canvas, block_node(KINDS, "rms_norm")).drop(below)
    assert kinds(canvas, canvas.session.design.tree.id)[-1] == "rms_norm"
