"""What the inspector shows of one block, of several, and of none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from designer.design import edits
from designer.design.expression import Expression
from designer.formats.opening import opened
from designer.ui.inspector.inspector import Inspector
from designer.ui.session import Session
from tests.ui.conftest import KINDS, holder, leaf


@pytest.fixture
def inspector_of(qtbot, appearance, settings):
    kept: list[Inspector] = []

    def made(session: Session) -> Inspector:
        inspector = Inspector(session, appearance, settings)
        kept.append(inspector)
        qtbot.addWidget(inspector)
        inspector.resize(328, 800)
        inspector.show()
        return inspector

    return made


def test_one_block_is_named_placed_counted_and_explained(inspector_of, llama):
    inspector = inspector_of(llama)
    llama.select((leaf(llama.design, "attention").id,))
    assert inspector.head.title.text() == "Grouped-query attention"
    assert inspector.head.path.text() == "Decoder layer › attention"
    assert inspector.count.number == "41,943,040"
    assert inspector.count.sentence == "each · × 32 = 1,342,177,280"
    assert [(part.name, part.count) for part in inspector.count.parts] == [
        ("q_proj", 16_777_216),
        ("k_proj", 4_194_304),
        ("v_proj", 4_194_304),
        ("o_proj", 16_777_216),
    ]
    assert "query" in inspector._help.text()
    assert "arXiv" in inspector._source.text()


def test_no_row_is_squeezed_when_the_selection_turns(open_window, llama):
    inspector = open_window(llama).findChild(Inspector)
    for category in ("attention", "feed_forward", "embedding", "attention"):
        llama.select((leaf(llama.design, category).id,))
        for _ in range(3):
            QApplication.processEvents()
        assert inspector.form.height() >= inspector.form.minimumSizeHint().height() > 0
        assert inspector._inside.height() >= inspector._inside.minimumSizeHint().height()


def needed(widget: QWidget) -> int:
    """The height in which all of a widget can be seen, at the width that it has."""
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.minimumHeightForWidth(widget.width())
    if widget.hasHeightForWidth():
        return widget.heightForWidth(widget.width())
    return widget.minimumSizeHint().height()


@pytest.mark.parametrize("preset", ["gpt2", "gemma-3-1b"])
def test_everything_has_its_height_as_soon_as_the_selection_turns(open_window, preset):
    session = Session(opened(preset, KINDS), KINDS)
    inspector = open_window(session, 1024, 640).findChild(Inspector)
    for node in session.design.tree.walk():
        session.select((node.id,))
        shown = [widget for widget in inspector.findChildren(QWidget) if widget.isVisible()]
        assert [widget for widget in shown if widget.height() < needed(widget)] == []


def test_a_block_that_counts_once_says_its_share(inspector_of, session):
    inspector = inspector_of(session)
    session.select((leaf(session.design, "positional").id,))
    assert inspector.count.number == "786,432"
    assert inspector.count.sentence == "counted once · 0.6\u2009% of the design"


def test_one_set_of_weights_says_how_often_it_runs(inspector_of):
    session = Session(opened("albert-base-v2", KINDS), KINDS)
    inspector = inspector_of(session)
    session.select((leaf(session.design, "attention").id,))
    assert inspector.count.sentence == "counted once · runs 12 times"


def test_a_block_that_no_layer_picks_counts_nothing(inspector_of):
    session = Session(opened("deepseek-v3", KINDS), KINDS)
    inspector = inspector_of(session)
    choose = holder(session.design, "choose")
    design = edits.configure(session.design, (choose.id,), {"pick": 0})
    session.commit(design, "Change Which", select=(choose.inside[1].id,))
    assert inspector.count.number == "0"
    assert inspector.count.sentence.startswith("no layer picks")


def test_several_blocks_are_counted_together_and_edited_together_if_alike(inspector_of, llama):
    inspector = inspector_of(llama)
    norms = [node.id for node in llama.design.tree.walk() if "eps" in node.fields]
    llama.select(norms)
    assert inspector.head.title.text() == "3 blocks selected"
    assert inspector.count.number == "266,240"
    assert not inspector.form.isHidden()
    llama.select((norms[0], leaf(llama.design, "embedding").id))
    assert inspector.head.path.text() == "Token embedding, RMSNorm"
    assert not inspector.form.rows


def test_a_provisional_count_says_so(inspector_of, llama):
    inspector = inspector_of(llama)
    node = leaf(llama.design, "feed_forward")
    broken = edits.configure(llama.design, (node.id,), {"hidden": Expression("x y", 14336)})
    llama.commit(broken, "Break", select=(node.id,))
    assert inspector.count.number == "~176,160,768"
    assert inspector.count.sentence.startswith("provisional · ")


def test_with_nothing_selected_the_design_is_described_and_keys_are_listed(inspector_of, llama):
    inspector = inspector_of(llama)
    assert not inspector.design.isHidden()
    assert not inspector.keys.isHidden()
    assert inspector.design.name.text() == "llama-3-8b"
    llama.select((leaf(llama.design, "attention").id,))
    assert inspector.design.isHidden()
    assert inspector.keys.isHidden()


def test_name_and_notes_are_typed_as_one_step_each(inspector_of, llama):
    inspector = inspector_of(llama)
    inspector.design.name.setFocus()
    inspector.design.name.selectAll()
    QTest.keyClicks(inspector.design.name, "Mine")
    QTest.keyClick(inspector.design.name, Qt.Key.Key_Return)
    QTest.keyClicks(inspector.design.notes, "for the paper")
    assert (llama.design.name, llama.design.notes) == ("Mine", "for the paper")
    llama.undo()
    assert (llama.design.name, llama.design.notes) == ("Mine", "")
    llama.undo()
    assert llama.design.name == "llama-3-8b"
    assert inspector.design.name.text() == "llama-3-8b"


def test_the_scenario_changes_what_is_asked_and_is_undone(inspector_of, llama):
    scenario = inspector_of(llama).design.scenario
    scenario.context.line.setFocus()
    scenario.context.line.selectAll()
    QTest.keyClicks(scenario.context.line, "32k")
    QTest.keyClick(scenario.context.line, Qt.Key.Key_Return)
    assert llama.measured.reading("kv_cache_bytes") == 4 * 1_073_741_824
    scenario.weights.cells["int4"].click()
    assert llama.measured.reading("weights_bytes") == 8_030_261_248 // 2
    llama.undo()
    llama.undo()
    assert llama.design.scenario == llama.opening.scenario


def test_a_batch_of_none_is_refused_in_place(inspector_of, llama):
    scenario = inspector_of(llama).design.scenario
    scenario.batch.line.setFocus()
    scenario.batch.line.selectAll()
    QTest.keyClicks(scenario.batch.line, "0")
    assert scenario.batch.entry.broken
    assert llama.design.scenario.batch == 1


def test_a_block_is_renamed_and_its_tensors_keep_their_names(inspector_of, llama):
    from designer.analysis.tensors import patterns

    inspector = inspector_of(llama)
    layers = holder(llama.design, "repeat")
    before = [tensor.name for tensor in patterns(llama.measured.body)]
    llama.select((layers.id,))
    inspector.head.rename()
    QTest.keyClicks(inspector.head.line, "Trunk")
    QTest.keyClick(inspector.head.line, Qt.Key.Key_Return)
    assert inspector.head.title.text() == "Trunk"
    assert [tensor.name for tensor in patterns(llama.measured.body)] == before
    llama.undo()
    assert inspector.head.title.text() == "Decoder layer"


def test_escape_while_renaming_keeps_the_name(inspector_of, llama):
    inspector = inspector_of(llama)
    llama.select((holder(llama.design, "repeat").id,))
    inspector.head.rename()
    QTest.keyClicks(inspector.head.line, "Trunk")
    QTest.keyClick(inspector.head.line, Qt.Key.Key_Escape)
    assert not llama.edited


def test_a_section_that_was_closed_stays_closed(inspector_of, llama, settings):
    inspector = inspector_of(llama)
    inspector.about.heading.click()
    assert not settings.is_open("about")
    assert not inspector_of(llama).about.heading.isChecked()


@pytest.mark.parametrize(
    "preset",
    [
        "gpt2",
        "bert-base-uncased",
        "flan-t5-base",
        "albert-base-v2",
        "deepseek-v3",
        "gemma-3-1b",
        "mamba2-130m",
    ],
)
def test_every_block_of_every_family_can_be_looked_at(qtbot, inspector_of, preset):
    session = Session(opened(preset, KINDS), KINDS)
    inspector = inspector_of(session)
    for node in session.design.tree.walk():
        session.select((node.id,))
        assert inspector.head.title.text()
        assert inspector.count.number
    assert not session.edited


def test_a_kind_that_nobody_knows_is_shown_as_it_is(inspector_of, empty):
    from designer.formats.design_json import node_from_text

    node = node_from_text('{"block": "hologram", "size": 3}', KINDS)
    empty.commit(edits.insert(empty.design, empty.design.tree.id, 0, node), "Insert")
    inspector = inspector_of(empty)
    empty.select((empty.design.tree.inside[0].id,))
    assert inspector.head.title.text() == "hologram"
