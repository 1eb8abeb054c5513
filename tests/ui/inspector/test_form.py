"""Forms, derived from the declared fields of every kind of block there is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from designer.blocks.palette import SECTIONS
from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Group, Pattern, Run
from designer.formats.opening import opened
from designer.formats.templates import block_node, empty_design
from designer.ui.inspector.form import Form
from designer.ui.inspector.form_rows import ChoiceRow, FlagRow, NumberRow, TextRow
from designer.ui.inspector.held_row import HeldRow
from designer.ui.session import Session
from tests.ui.conftest import KINDS, leaf

ALL = [kind for section in SECTIONS.values() for kind in section]


@pytest.fixture
def form_of(qtbot, appearance, settings):
    """A form on these nodes of a session, shown."""

    def made(session: Session, *nodes) -> Form:
        form = Form(session, appearance, settings)
        qtbot.addWidget(form)
        ids = [node.id for node in nodes]

        def show(*_: object) -> None:
            form.show_nodes([edits.find(session.design, id) for id in ids])

        session.changed.connect(show)
        form.resize(328, 900)
        form.show()
        show()
        qtbot.waitUntil(lambda: not form.rows or form.rows[0].isVisible())
        return form

    return made


def row(form: Form, name: str):
    return next(row for row in form.rows if row.way == (name,))


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_of_block_has_a_row_for_each_field_and_shows_its_default(form_of, kind):
    session = Session(empty_design(KINDS), KINDS)
    session.commit(edits.insert(session.design, session.design.tree.id, 0, block_node(KINDS, kind)), "Insert")
    form = form_of(session, session.design.tree.inside[0])
    made = KINDS.get(kind)
    assert made is not None
    assert [row.way[0] for row in form.rows] == sorted(
        made.fields(), key=lambda name: [row.way[0] for row in form.rows].index(name)
    )
    assert len(form.rows) == len(made.fields())
    assert all(row.name for row in form.rows)


def test_each_kind_of_field_has_its_own_row(form_of, llama):
    form = form_of(llama, leaf(llama.design, "attention"))
    kinds = {row.way[0]: type(row) for row in form.rows}
    assert kinds["heads"] is kinds["scale"] is kinds["window"] is NumberRow
    assert kinds["bias"] is FlagRow
    assert kinds["rope"] is HeldRow
    assert kinds["sees"] is ChoiceRow


def test_a_pattern_over_the_layers_is_written_in_its_row_and_read_for_several_blocks(form_of):
    session = Session(opened("gemma-3-1b", KINDS), KINDS)
    attention = next(n for n in session.design.tree.walk() if isinstance(n.fields.get("window"), Pattern))
    form = form_of(session, attention)
    line = row(form, "window").field.line
    assert line.text() == "5×sliding_window, none"
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2x 512, none")
    QTest.keyClick(line, Qt.Key.Key_Return)
    changed = edits.find(session.design, attention.id)
    assert changed.fields["window"] == Pattern((), (Run(512, 2), None))
    copied = edits.duplicate(session.design, (attention.id,))
    session.commit(copied, "Duplicate")
    several = [n for n in copied.tree.walk() if isinstance(n.fields.get("window"), Pattern)]
    form = form_of(session, *several)
    assert isinstance(row(form, "window"), TextRow)
    assert "2 × 512, none" in row(form, "window").text.text()


def test_a_row_under_the_pointer_offers_its_field_by_layer(qtbot, form_of, llama):
    attention = leaf(llama.design, "attention")
    llama.select((attention.id,))
    form = form_of(llama, attention)
    heads = row(form, "heads")
    QTest.mouseMove(heads, heads.rect().center())
    QApplication.sendEvent(heads, QEvent(QEvent.Type.Enter))
    button = next(b for b in heads.findChildren(QToolButton) if b.accessibleName().endswith("by layer…"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert edits.find(llama.design, attention.id).fields["heads"] == Pattern((), (attention.fields["heads"],))
    llama.undo()
    norm = leaf(llama.design, "embedding")
    llama.select((norm.id,))
    outside = row(form_of(llama, norm), "hidden")
    QApplication.sendEvent(outside, QEvent(QEvent.Type.Enter))
    assert outside.findChildren(QToolButton) == []


def test_typing_counts_at_once_and_is_one_step(form_of, llama):
    form = form_of(llama, leaf(llama.design, "feed_forward"))
    line = row(form, "hidden").field.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "16384")
    assert llama.measured.by_category["feed_forward"] == 32 * 3 * 4096 * 16384
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert llama.history.undoes == "Change Hidden width"
    llama.undo()
    assert llama.measured.total == 8_030_261_248
    assert line.text() == "intermediate_size"


def test_escape_leaves_no_step(form_of, llama):
    form = form_of(llama, leaf(llama.design, "feed_forward"))
    line = row(form, "hidden").field.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "77")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert llama.history.undoes is None
    assert not llama.edited


def test_what_cannot_be_read_is_said_under_the_field_and_counting_goes_on(form_of, llama):
    form = form_of(llama, leaf(llama.design, "feed_forward"))
    hidden = row(form, "hidden")
    hidden.field.line.setFocus()
    hidden.field.line.selectAll()
    QTest.keyClicks(hidden.field.line, "hiden_size/3")
    assert not hidden.box.isHidden()
    hidden.field.line.clearFocus()
    assert llama.measured.total == 8_030_261_248
    assert [issue.severity for issue in llama.issues] == ["unsound"]


def test_an_optional_count_may_be_given_and_taken_away_while_its_row_stays(form_of, llama):
    form = form_of(llama, leaf(llama.design, "attention"))
    line = row(form, "window").field.line
    QTest.keyClicks(line, "512")
    assert leaf(llama.design, "attention").fields["window"] == 512
    assert row(form, "window").field.line is line
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert leaf(llama.design, "attention").fields["window"] is None


def test_a_flag_is_turned(form_of, llama):
    form = form_of(llama, leaf(llama.design, "attention"))
    switch = row(form, "bias").switch
    switch.click()
    assert llama.measured.by_category["attention"] == 1_342_177_280 + 32 * (4096 + 2 * 1024)
    switch.click()
    assert llama.measured.total == 8_030_261_248


def test_a_choice_is_made(form_of, llama):
    form = form_of(llama, leaf(llama.design, "feed_forward"))
    pick = row(form, "gate").pick
    pick.activated.emit(pick.findData("no"))
    assert leaf(llama.design, "feed_forward").fields["gate"] == "no"
    assert pick.currentData() == "no"


def test_a_value_may_be_absent_and_has_rows_of_its_own(form_of, llama):
    form = form_of(llama, leaf(llama.design, "attention"))
    rope = row(form, "rope")
    theta = next(inner for inner in rope.rows if inner.way == ("rope", "theta"))
    theta.field.line.setFocus()
    theta.field.line.selectAll()
    QTest.keyClicks(theta.field.line, "1e6")
    assert leaf(llama.design, "attention").fields["rope"].fields["theta"] == 1e6
    rope.pick.activated.emit(rope.pick.findData(None))
    assert leaf(llama.design, "attention").fields["rope"] is None
    rope = row(form, "rope")
    rope.pick.activated.emit(rope.pick.findData("rope"))
    given = leaf(llama.design, "attention").fields["rope"]
    assert isinstance(given, Group)
    assert given.fields["theta"] == 10000.0


def test_several_blocks_are_changed_together(form_of, llama):
    norms = [node for node in llama.design.tree.walk() if "eps" in node.fields][:2]
    design = edits.configure(llama.design, (norms[0].id,), {"eps": 1e-6})
    llama.commit(design, "Change ε")
    form = form_of(llama, *norms)
    eps = row(form, "eps").field
    assert eps.line.placeholderText() == "1e-06, 1e-05"
    QTest.keyClicks(eps.line, "1e-4")
    assert {edits.find(llama.design, node.id).fields["eps"] for node in norms} == {1e-4}


def different_heads(session: Session):
    """Two attentions of Llama that stand one after the other and differ in three fields."""
    first = leaf(session.design, "attention")
    session.commit(edits.duplicate(session.design, (first.id,)), "Duplicate")
    second = [n for n in session.design.tree.walk() if n.kind == first.kind][1]
    others = {"kv_heads": 16, "sees": "all", "bias": True}
    session.commit(edits.configure(session.design, (second.id,), others), "Change")
    return first.id, second.id


def settings(session: Session, ids, name: str):
    return [edits.find(session.design, id).fields[name] for id in ids]


def test_a_step_keeps_several_blocks_different_and_is_one_step_to_undo(form_of, llama):
    ids = different_heads(llama)
    llama.commit(edits.configure(llama.design, ids[:1], {"kv_heads": 8}), "Change")
    form = form_of(llama, *(edits.find(llama.design, id) for id in ids))
    field = row(form, "kv_heads").field
    assert field.line.placeholderText() == "8, 16"
    QTest.keyClicks(field.line, "*2")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert settings(llama, ids, "kv_heads") == [16, 32]
    QTest.keyClicks(field.line, "-8")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert settings(llama, ids, "kv_heads") == [8, 24]
    llama.undo()
    llama.undo()
    assert settings(llama, ids, "kv_heads") == [8, 16]


def test_a_step_on_an_expression_wraps_it(form_of, llama):
    form = form_of(llama, leaf(llama.design, "feed_forward"))
    line = row(form, "hidden").field.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "*2")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert leaf(llama.design, "feed_forward").fields["hidden"] == Expression("intermediate_size * 2")


def test_several_blocks_say_what_differs_and_choices_are_named(form_of, llama):
    ids = different_heads(llama)
    form = form_of(llama, *(edits.find(llama.design, id) for id in ids))
    assert form._note is not None
    assert form._note.text() == "3 differ"
    assert row(form, "sees").pick.said == "what came before; the whole sequence"
    row(form, "bias").switch.click()
    assert settings(llama, ids, "bias") == [True, True]
    assert form._note.text() == "2 differ"


def test_unlike_blocks_show_the_fields_that_they_share(form_of, llama):
    mlp, norm = leaf(llama.design, "feed_forward"), leaf(llama.design, "normalization")
    form = form_of(llama, mlp, norm)
    names = {row.way[0] for row in form.rows}
    assert names == set(mlp.fields) & set(norm.fields)


def test_the_price_of_a_switch_is_said_while_it_has_the_keyboard(form_of, llama):
    form = form_of(llama, leaf(llama.design, "attention"))
    bias = row(form, "bias")
    assert bias.price.text() == ""
    bias.switch.setFocus()
    assert bias.price.text() == "+197\u2009K"
    row(form, "heads").field.line.setFocus()
    assert bias.price.text() == ""


def test_a_constrained_count_offers_what_fits_while_it_has_the_keyboard(qtbot, form_of, llama):
    import numpy  # noqa: F401  (the window loads it right after its first frame)

    form = form_of(llama, leaf(llama.design, "attention"))
    kv_heads = row(form, "kv_heads")
    kv_heads.field.line.setFocus()
    qtbot.waitUntil(lambda: kv_heads.cells is not None)
    assert [cell.text() for cell in kv_heads.cells.cells] == ["1", "2", "4", "8", "16", "32"]
    assert [cell.text() for cell in kv_heads.cells.cells if cell.isChecked()] == ["8"]
    QTest.keyClick(kv_heads.field.line, Qt.Key.Key_Up)
    assert leaf(llama.design, "attention").fields["kv_heads"] == 16
    kv_heads.cells.cells[0].click()
    assert leaf(llama.design, "attention").fields["kv_heads"] == 1
    row(form, "heads").field.line.setFocus()
    assert kv_heads.cells.isHidden()


def test_a_block_inside_a_block_is_a_form_of_its_own(form_of):
    session = Session(opened("deepseek-v3", KINDS), KINDS)
    form = form_of(session, leaf(session.design, "feed_forward", "experts"))
    before = session.measured.total
    expert = row(form, "expert")
    expert.pick.activated.emit(expert.pick.findData("mlp"))
    expert = row(form, "expert")
    hidden = next(inner for inner in expert.rows if inner.way == ("expert", "hidden"))
    hidden.field.line.setFocus()
    hidden.field.line.selectAll()
    QTest.keyClicks(hidden.field.line, "moe_intermediate_size")
    assert session.measured.total == before
    expert.pick.activated.emit(0)
    assert leaf(session.design, "feed_forward", "experts").fields["expert"] is None


def test_no_label_is_cut(form_of):
    session = Session(opened("deepseek-v3", KINDS), KINDS)
    form = form_of(session, leaf(session.design, "feed_forward", "experts"))
    for shown in form.rows:
        area = shown.label.fontMetrics().boundingRect(
            0, 0, shown.label.width(), 1000, Qt.TextFlag.TextWordWrap.value, shown.name
        )
        assert area.height() <= shown.label.height()
        assert area.width() <= shown.label.width()


def test_a_label_gives_way_to_the_name_of_a_variable(form_of):
    session = Session(opened("deepseek-v3", KINDS), KINDS)
    form = form_of(session, leaf(session.design, "feed_forward", "experts"))
    assert row(form, "hidden").label.width() < row(form, "experts").label.width()
    fields = [
        row.field
        for row in form.rows
        if isinstance(row, NumberRow) and row.field.entry.setting == Expression("moe_intermediate_size")
    ]
    assert all(field.toolTip() == "" for field in fields)
