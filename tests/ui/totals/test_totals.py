"""The totals row says what is counted, how, and what it costs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from designer.design import edits
from designer.design.expression import Expression
from designer.formats.opening import opened
from designer.ui.session import Session
from designer.ui.totals.strip import segments
from designer.ui.totals.totals import Totals
from tests.ui.conftest import KINDS, leaf

THIN = "\u2009"


@pytest.fixture
def totals_of(qtbot, appearance):
    kept: list[Totals] = []

    def made(session: Session, width: int = 1440) -> Totals:
        totals = Totals(session, appearance)
        kept.append(totals)
        qtbot.addWidget(totals)
        totals.resize(width, totals.sizeHint().height())
        totals.show()
        return totals

    return made


def test_the_count_is_short_and_exact_and_names_its_convention(totals_of, llama):
    totals = totals_of(llama)
    assert totals.count.shown == f"8.03{THIN}B"
    assert totals.count.exact == "8,030,261,248 parameters · tied counted once"
    assert totals.count.qualified == ""


def test_active_and_shared_parameters_are_named(totals_of):
    experts = totals_of(Session(opened("deepseek-v3", KINDS), KINDS))
    assert experts.count.exact == f"671,026,404,352 parameters · 37.6{THIN}B active"
    shared = totals_of(Session(opened("albert-base-v2", KINDS), KINDS))
    assert shared.count.exact.endswith("parameters · shared counted once")


def test_costs_name_precision_context_and_convention(totals_of, llama):
    costs = totals_of(llama).costs.shown
    assert [(cost.name, cost.value, cost.convention) for cost in costs] == [
        ("Weights", f"15.0{THIN}GiB", "bf16"),
        ("KV cache", f"1.00{THIN}GiB", "8k context, bf16"),
        ("FLOPs per token", f"17.2{THIN}G", "causal, forward"),
    ]
    assert costs[0].exact == "16,060,522,496 bytes"
    assert costs[1].exact == "1,073,741,824 bytes"


def test_a_model_without_a_cache_shows_its_state(totals_of):
    costs = totals_of(Session(opened("mamba2-130m", KINDS), KINDS)).costs.shown
    assert costs[1].name == "State"


def test_all_seven_categories_stand_in_their_order_zeros_kept(totals_of, llama):
    sentence = totals_of(llama).strip.sentence()
    names = [part.split()[0] for part in sentence.split("%, ")]
    assert names == [
        "Embedding",
        "Attention",
        "Feed-forward",
        "Output",
        "Positional",
        "Normalization",
        "Other",
    ]
    assert "Positional 0" in sentence
    assert "Feed-forward 5,637,144,576" in sentence


def test_an_edit_reaches_every_number(totals_of, llama):
    totals = totals_of(llama)
    llama.commit(edits.set_variable(llama.design, "num_hidden_layers", 64), "Change num_hidden_layers")
    assert totals.count.shown == f"15.0{THIN}B"
    assert totals.costs.shown[1].value == f"2.00{THIN}GiB"
    assert f"Attention {2 * 1_342_177_280:,}" in totals.strip.sentence()


def test_what_cannot_be_relied_on_is_apart_and_hatched(totals_of, llama):
    totals = totals_of(llama)
    node = leaf(llama.design, "feed_forward")
    broken = edits.configure(llama.design, (node.id,), {"hidden": Expression("hiden_size", 14336)})
    llama.commit(broken, "Change Hidden width")
    assert (totals.count.shown, totals.count.qualified) == (f"2.39{THIN}B", f"+ 5.64{THIN}B provisional")
    assert totals.count.exact.startswith("~8,030,261,248 ")


def test_a_proposal_is_shown_beside_the_present_count(totals_of, llama):
    totals = totals_of(llama)
    llama.propose(edits.set_variable(llama.design, "num_hidden_layers", 64))
    assert totals.count.shown == f"8.03{THIN}B"
    assert totals.count.qualified == f"→ 15.0{THIN}B if dropped"
    added = totals.strip._counts.added
    assert added["feed_forward"] == 5_637_144_576
    assert added["embedding"] == 0
    llama.propose(None)
    assert totals.count.qualified == ""
    assert not totals.strip._counts.added


def test_an_empty_design_counts_nothing(totals_of, empty):
    totals = totals_of(empty)
    assert totals.count.shown == "0"
    assert [cost.value for cost in totals.costs.shown] == [f"0{THIN}GiB", f"0{THIN}GiB", "0"]


@pytest.mark.parametrize("width", [1024, 1280, 1440, 2560])
def test_nothing_is_cut_at_any_width(totals_of, llama, width):
    totals = totals_of(llama, width)
    fonts = totals._appearance.theme.fonts
    assert totals.count.width() >= fonts.small.width(totals.count.exact)
    assert totals.costs.width() >= sum(totals.costs._widths())
    legend = totals.strip._legend
    assert max(area.right() for area in legend.values()) <= totals.strip.width() + 1
    areas = list(legend.values())
    assert all(a.right() < b.left() for a, b in pairwise(areas))


def test_experts_have_a_strip_of_all_and_one_of_what_a_token_meets(totals_of, llama):
    session = Session(opened("deepseek-v3", KINDS), KINDS)
    strip = totals_of(session).strip
    assert [words for words, _, _ in strip._strips()] == ["all", "active"]
    _, active, _ = strip._strips()[1]
    assert sum(active.values()) == session.measured.tally.active
    assert "of them active" in strip.told("feed_forward")
    assert len(totals_of(llama).strip._strips()) == 1


def test_each_strip_knows_what_is_under_the_pointer(totals_of):
    strip = totals_of(Session(opened("deepseek-v3", KINDS), KINDS)).strip
    for _, counts, area in strip._strips():
        for category, (left, wide) in segments(counts, area.width()).items():
            at = QPointF(area.left() + left + wide / 2, area.center().y()).toPoint()
            assert wide < 4 or strip.category_at(at) == category


def test_costs_are_marked_where_the_count_is_not_certain(totals_of, llama):
    totals = totals_of(llama)
    node = leaf(llama.design, "feed_forward")
    broken = edits.configure(llama.design, (node.id,), {"hidden": Expression("hiden_size", 14336)})
    llama.commit(broken, "Change Hidden width")
    assert totals.costs.shown[0].value == f"~15.0{THIN}GiB"
    llama.undo()
    assert totals.costs.shown[0].value == f"15.0{THIN}GiB"


def test_numbers_that_an_edit_changed_are_marked_and_no_others(totals_of, llama):
    totals = totals_of(llama)
    for part in (totals.count, totals.strip, totals.costs):
        part.fading.still = False
    llama.commit(edits.set_variable(llama.design, "num_key_value_heads", 32), "Change num_key_value_heads")
    assert totals.count.fading.changed == {"count"}
    assert totals.strip.fading.changed == {"attention"}
    assert totals.costs.fading.changed == {"Weights", "KV cache", "FLOPs per token"}


def test_a_click_on_the_total_asks_why(totals_of, llama, qtbot):
    totals = totals_of(llama)
    with qtbot.waitSignal(totals.count.asked):
        QTest.mouseClick(totals.count, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
