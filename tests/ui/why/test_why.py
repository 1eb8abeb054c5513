"""Why this number: what is said, where it stands, and that it can be copied."""

from __future__ import annotations

from math import prod

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.design import edits
from designer.formats.opening import opened
from designer.ui.session import Session
from designer.ui.why.words import told
from tests.ui.conftest import KINDS, holder, leaf

Key = Qt.Key


def test_a_block_is_explained_in_words_people_use_and_in_the_names_of_the_checkpoint(llama):
    said = told(llama, leaf(llama.design, "attention").id)
    assert said.title == "Why 41,943,040, and 1.34\u2009B for 32 layers?"
    assert [row.name for row in said.rows] == ["query, output", "key, value"]
    assert [row.count for row in said.rows] == [33_554_432, 8_388_608]
    assert said.remark == "one layer · no biases · RoPE has no parameters"
    assert "shared by 4 query heads: 1/4 of the size" in said.paragraph
    assert [(t.name, t.shape, t.count) for t in said.tensors][1] == (
        "k_proj.weight",
        "1024 × 4096",
        4_194_304,
    )
    assert (said.times, said.whole, said.all_of_it) == (
        "× 32 layers",
        1_342_177_280,
        "16.7\u2009% of the design",
    )
    assert "arXiv:2305.13245" in said.source


def test_the_words_hold_whatever_the_checkpoint_calls_its_weights(session):
    said = told(session, leaf(session.design, "attention").id)
    assert [row.name for row in said.rows] == [
        "query, key, value",
        "query, key, value bias",
        "output",
        "output bias",
    ]
    assert said.tensors[0].name == "c_attn.weight"


def test_what_counts_nothing_says_where_it_is_counted(session):
    said = told(session, leaf(session.design, "output").id)
    assert (said.title, said.rows, said.total) == ("Why 0?", (), 0)
    assert "counted where it stands first" in said.remark


def test_the_text_has_all_of_it(llama):
    text = told(llama, leaf(llama.design, "attention").id).text()
    sums = "2 · hidden_size · num_attention_heads · head_dim = 2 · 4,096 · 32 · 128 = 33,554,432"
    assert f"query, output: {sums}" in text
    assert "k_proj.weight: 1024 × 4096 = 4,194,304, 10.0\u2009%" in text
    assert "× 32 layers = 1,342,177,280" in text
    assert text.endswith("arXiv:2305.13245")


def test_a_category_and_the_design_are_explained_by_their_blocks(llama):
    said = told(llama, "normalization")
    assert [row.name for row in said.rows] == [
        "RMSNorm, input_layernorm",
        "RMSNorm, post_attention_layernorm",
        "RMSNorm, norm",
    ]
    whole = told(llama, None)
    assert whole.title == "Why 8,030,261,248 in the whole design?"
    assert [prod(f.value for f in row.factors) for row in whole.rows] == [row.count for row in whole.rows]


@pytest.mark.parametrize("name", ["gpt2", "deepseek-v3", "flan-t5-base", "albert-base-v2", "mamba2-130m"])
def test_every_block_of_every_family_has_something_to_say(name):
    session = Session(opened(name, KINDS), KINDS)
    for node in session.design.tree.walk():
        if node.id in session.measured.nodes:
            said = told(session, node.id)
            assert said.text().strip()
            assert sum(row.count for row in said.rows) == said.total


@pytest.fixture
def window(open_window, llama):
    made = open_window(llama)
    llama.select((leaf(llama.design, "attention").id,))
    return made


def card_area(window, id: int) -> QRect:
    card = window.canvas.board.card(id)
    area = window.canvas.mapFromScene(card.sceneBoundingRect()).boundingRect()
    return area.translated(window.canvas.viewport().mapTo(window, area.topLeft()) - area.topLeft())


def test_it_opens_from_the_inspector_under_the_row_that_it_explains(window, llama, qtbot):
    QTest.mouseClick(window.panels.inspector.count.why, Qt.MouseButton.LeftButton)
    popover = window.commands.why.popover
    area = card_area(window, llama.selection[0])
    assert popover.isVisible()
    assert not popover.sheet.intersects(area)
    assert area.left() < popover.points_at.x() < area.right()
    assert abs(popover.points_at.y() - area.bottom()) < 4


@pytest.mark.parametrize("size", [(1024, 640), (1280, 720), (2560, 1440)])
def test_it_is_never_over_its_row(open_window, llama, size):
    window = open_window(llama, *size)
    for category in ("embedding", "attention", "feed_forward", "output"):
        id = leaf(llama.design, category).id
        llama.select((id,))
        window.commands.explain()
        sheet = window.commands.why.popover.sheet
        assert not sheet.intersects(card_area(window, id))
        assert window.rect().contains(sheet)


def test_it_opens_by_key_for_the_design_too_and_esc_gives_the_keyboard_back(window, llama, qtbot):
    llama.select(())
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    why = window.commands.why
    qtbot.waitUntil(lambda: why.popover is not None)
    assert "whole design" in why.said.title
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert why.popover is None
    assert QApplication.focusWidget() is window.canvas


def test_copy_puts_the_text_on_the_clipboard(window):
    window.commands.explain()
    why = window.commands.why
    why.copy()
    assert QApplication.clipboard().text() == why.said.text()
    assert "33,554,432" in QApplication.clipboard().text()


def test_it_follows_the_design_while_it_is_open(window, llama):
    window.commands.explain()
    why = window.commands.why
    llama.commit(edits.set_variable(llama.design, "num_key_value_heads", 32), "Change it")
    assert why.said.total == 67_108_864
    assert why.popover.isVisible()
    llama.commit(edits.remove(llama.design, llama.selection), "Remove it")
    assert why.popover is None


def test_a_container_is_explained_by_what_it_holds(window, llama):
    llama.select((holder(llama.design, "repeat").id,))
    window.commands.explain()
    said = window.commands.why.said
    assert [row.name for row in said.rows] == ["Residual, attention", "Residual, feed-forward"]
    assert said.total == 6_979_584_000


def test_a_click_on_a_category_of_the_totals_explains_it_and_so_does_enter(window, llama):
    strip, why = window.totals.strip, window.commands.why
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._legend["attention"].center().toPoint())
    assert why.said.total == 1_342_177_280
    assert why.popover.sheet.top() > strip.mapTo(window, strip.rect().bottomLeft()).y()
    why.popover.close()
    strip.setFocus()
    QTest.keyClick(strip, Key.Key_Right)
    QTest.keyClick(strip, Key.Key_Return)
    assert why.said.total == 5_637_144_576
