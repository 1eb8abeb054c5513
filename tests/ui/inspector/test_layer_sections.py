"""What the inspector says of layers: patterns, tiles that are cut, exceptions, nested Repeats."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from designer.design import edits
from designer.design.tree import Pattern, Run
from designer.formats.opening import opened
from designer.ui.controls.priced_button import PricedButton
from designer.ui.inspector.inspector import Inspector
from designer.ui.session import Session
from tests.test_examples import EXAMPLES
from tests.ui.conftest import KINDS, holder, leaf

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def hybrid() -> Session:
    return Session(opened(str(EXAMPLES / "hybrid_pattern.json"), KINDS), KINDS)


@pytest.fixture
def groups() -> Session:
    return Session(opened(str(EXAMPLES / "hybrid_groups.json"), KINDS), KINDS)


@pytest.fixture
def inspector_of(qtbot, appearance, settings):
    kept: list[Inspector] = []

    def made(session: Session) -> Inspector:
        inspector = Inspector(session, appearance, settings)
        kept.append(inspector)
        qtbot.addWidget(inspector)
        inspector.resize(328, 900)
        inspector.show()
        qtbot.waitExposed(inspector)
        return inspector

    return made


def write(line, text: str, key=Key.Key_Return) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    if key is not None:
        QTest.keyClick(line, key)


def test_a_repeat_shows_its_pattern_its_tiles_and_each_kind(inspector_of, hybrid):
    inspector = inspector_of(hybrid)
    hybrid.select((holder(hybrid.design, "repeat").id,))
    pattern = inspector.layers.pattern
    assert pattern.fields[0].line.text() == "3×Mamba-2 layer, Attention layer"
    assert pattern.fields[0].frame.told == "4"
    assert pattern.tiles.text() == "12 whole tiles in 48 layers"
    rows = [pattern.kinds.itemAt(i).widget().accessibleName() for i in range(2)]
    assert rows == [
        "Mamba-2 layer: 36 layers, 0–2, 4–6 … 44–46",
        "Attention layer: 12 layers, 3, 7 … 47",
    ]
    assert not inspector.layers.cut.isVisible()


def test_a_typed_pattern_is_one_step_and_moves_the_count(inspector_of, hybrid):
    inspector = inspector_of(hybrid)
    hybrid.select((holder(hybrid.design, "repeat").id,))
    before, total = hybrid.design, hybrid.measured.total
    line = inspector.layers.pattern.fields[0].line
    write(line, "7x mamba, attention")
    assert holder(hybrid.design, "choose").fields["pick"] == Pattern((), (Run(0, 7), 1))
    assert line.text() == "7×Mamba-2 layer, Attention layer"
    assert hybrid.history.undoes == "Change the pattern of Repeats"
    assert hybrid.measured.total > total
    hybrid.undo()
    assert hybrid.design is before
    assert line.text() == "3×Mamba-2 layer, Attention layer"


def test_a_broken_pattern_is_said_where_it_breaks_and_enter_takes_the_likely_word(
    qtbot, inspector_of, hybrid
):
    inspector = inspector_of(hybrid)
    hybrid.select((holder(hybrid.design, "repeat").id,))
    field = inspector.layers.pattern.fields[0]
    qtbot.waitUntil(field.isVisible)
    write(field.line, "3x atention layer", None)
    assert field.line.wave == (3, 17)
    assert field.box.isVisible()

    def offers() -> list[str]:
        return [button.text() for button in field.box.findChildren(PricedButton) if button.isVisible()]

    qtbot.waitUntil(lambda: offers() == ["3x Attention layer"])
    QTest.keyClick(field.line, Key.Key_Return)
    assert holder(hybrid.design, "choose").fields["pick"] == Pattern((), (1,))
    assert not field.box.isVisible()


def test_escape_takes_back_what_was_typed(inspector_of, hybrid):
    inspector = inspector_of(hybrid)
    hybrid.select((holder(hybrid.design, "repeat").id,))
    before = hybrid.design
    line = inspector.layers.pattern.fields[0].line
    write(line, "7x mamba, attention", Key.Key_Escape)
    assert hybrid.design is before
    assert line.text() == "3×Mamba-2 layer, Attention layer"


def test_a_count_that_cuts_the_tile_says_what_breaks_and_offers_whole_tiles(inspector_of, hybrid):
    inspector = inspector_of(hybrid)
    hybrid.select((holder(hybrid.design, "repeat").id,))
    hybrid.commit(edits.set_variable(hybrid.design, "num_hidden_layers", 50), "50 layers")
    cut = inspector.layers.cut
    assert cut.isVisible()
    assert cut.cut_after.text() == "cut after 2 of 4"
    assert cut.sentence.text() == (
        "Layers 48–49 begin a tile: the design ends on Mamba-2 layer, not Attention layer, "
        "and its kinds stand 38 to 12."
    )
    fewer, more = cut.offers
    assert fewer.text().startswith("Use 48, whole tiles   −51.")
    assert more.text().startswith("Use 52, whole tiles   +36.")
    QTest.mouseClick(more, Left)
    assert hybrid.design.variables["num_hidden_layers"] == 52
    assert not cut.isVisible()


def test_one_layer_too_many_is_said_as_one(inspector_of, hybrid):
    inspector = inspector_of(hybrid)
    hybrid.select((holder(hybrid.design, "repeat").id,))
    write(inspector.layers.pattern.fields[0].line, "attention, mamba, attention")
    hybrid.commit(edits.set_variable(hybrid.design, "num_hidden_layers", 49), "49 layers")
    said = inspector.layers.cut.sentence.text()
    assert said == "Layer 48 begins a tile, so its kinds stand 33 to 16."


def test_a_nested_repeat_says_which_layers_it_stands_for_and_folds(inspector_of, groups):
    inspector = inspector_of(groups)
    outer = holder(groups.design, "repeat")
    groups.select((outer.inside[0].id,))
    layers, total = inspector.layers, groups.measured.total
    assert layers.stands.words.text() == "36 of 48: 0–2, 4–6 … 44–46"
    assert layers.flat.words.text().endswith("layers.0 to layers.47.")
    QTest.mouseClick(layers.flat.button, Left)
    assert groups.history.undoes == "Fold into one Repeat"
    assert groups.selection == (outer.id,)
    assert groups.measured.total == total
    assert layers.pattern.isVisible()
    assert layers.flat.button.text() != "Fold into one Repeat" or not layers.flat.isVisible()


def test_selected_layers_are_split_off_edited_compared_and_merged_back(inspector_of):
    session = Session(opened("deepseek-v3", KINDS), KINDS)
    inspector = inspector_of(session)
    before = session.design
    session.select((holder(session.design, "repeat").id,), (30,))
    chosen, apart = inspector.layers.chosen, inspector.layers.apart
    assert chosen.words.text() == "Layer 30: experts"
    QTest.mouseClick(chosen.split, Left)
    assert apart.isVisible()
    assert apart.count.text() == "the same count as its neighbours"
    attention = next(n for n in session.nodes[0].walk() if "heads" in n.fields)
    session.commit(edits.configure(session.design, (attention.id,), {"heads": 64}), "64 heads")
    assert apart.count.text() == "−85,983,232 against its neighbours"
    cells = [apart.table.itemAt(i).widget().text() for i in range(apart.table.count())]
    assert cells == ["pattern", "here", "Heads", "num_attention_heads", "64"]
    QTest.mouseClick(apart.merge, Left)
    assert session.design.tree == before.tree
    assert not apart.isVisible()


def test_layers_of_two_kinds_are_not_split_off_together(inspector_of, hybrid):
    inspector = inspector_of(hybrid)
    hybrid.select((holder(hybrid.design, "repeat").id,), (2, 3))
    QTest.mouseClick(inspector.layers.chosen.split, Left)
    assert (
        inspector.layers.chosen.refused.text()
        == "These layers are of several kinds: split each kind off by itself."
    )


def test_a_field_follows_the_layers_and_is_the_same_in_all_again(inspector_of, llama):
    inspector = inspector_of(llama)
    id = leaf(llama.design, "attention").id
    llama.select((id,))
    inspector.offers.field_menu.aboutToShow.emit()
    window = next(a for a in inspector.offers.field_menu.actions() if a.text() == "Window")
    window.trigger()
    row = next(row for row in inspector.form.rows if row.way == ("window",))
    write(row.field.line, "3x 512, none")
    assert edits.find(llama.design, id).fields["window"] == Pattern((), (Run(512, 3), None))
    assert inspector.layers.pattern.isVisible()
    QTest.mouseClick(row.same, Left)
    assert edits.find(llama.design, id).fields["window"] == 512
    for _ in range(3):
        llama.undo()
    assert edits.find(llama.design, id).fields["window"] is None
    assert not inspector.layers.pattern.isVisible()


def test_one_of_these_by_layer_lists_blocks_and_makes_a_choose(inspector_of, llama):
    inspector = inspector_of(llama)
    llama.select((leaf(llama.design, "attention").id,))
    total = llama.measured.total
    inspector.offers.block_menu.aboutToShow.emit()
    mamba = next(a for a in inspector.offers.block_menu.actions() if a.text() == "Mamba-2")
    mamba.trigger()
    assert [node.kind for node in llama.nodes[0].inside] == ["attention", "mamba2"]
    assert llama.measured.total == total
    assert inspector.layers.pattern.isVisible()


def test_blocks_outside_of_repeats_are_offered_nothing_by_layer(inspector_of, llama):
    inspector = inspector_of(llama)
    llama.select((leaf(llama.design, "embedding").id,))
    assert not inspector.offers.isVisible()
