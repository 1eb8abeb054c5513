"""What is said under a field that cannot be read."""

from __future__ import annotations

import pytest

from designer.ui.controls.entry import Ask, read
from designer.ui.controls.priced_button import PricedButton
from designer.ui.controls.said_box import SaidBox

NUMBERS = {"hidden_size": 4096}


@pytest.fixture
def box(qtbot, appearance) -> SaidBox:
    made = SaidBox(appearance)
    qtbot.addWidget(made)
    return made


def offers(box: SaidBox) -> list[tuple[str, str]]:
    return [(button.text(), button.price) for button in box.findChildren(PricedButton)]


def test_it_offers_what_was_meant_with_its_value_and_the_way_back(box):
    box.show_entry(read("hiden_size/3", Ask(), NUMBERS, last=14336), 14336)
    assert offers(box) == [("hidden_size // 3", "= 1,365"), ("14,336", "back to the last")]


def test_an_offer_is_taken_with_a_click(qtbot, box):
    box.show_entry(read("hiden_size/4", Ask(), NUMBERS, last=14336), 14336)
    with qtbot.waitSignal(box.taken) as told:
        box.findChildren(PricedButton)[0].click()
    assert told.args[0].text == "hidden_size/4"


def test_a_step_that_cannot_be_taken_changes_nothing_and_offers_nothing(box):
    box.show_entry(read("/3", Ask(), NUMBERS, None, (64,)), 64)
    assert not box.isHidden()
    assert offers(box) == []


def test_it_is_hidden_while_all_is_well(box):
    box.show_entry(read("64", Ask(), NUMBERS), 64)
    assert box.isHidden()
