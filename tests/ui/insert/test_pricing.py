"""Prices, worked out between other work."""

from __future__ import annotations

import pytest

from designer.design import edits
from designer.symbolic.issue import Refusal, said
from designer.ui.insert.pricing import Pricing, in_one_unit


def test_prices_come_one_after_another_and_stay_known(qtbot, session):
    pricing = Pricing(session)
    asked = []

    def deeper():
        asked.append(1)
        return edits.set_variable(session.design, "n_layer", 13)

    pricing.ask({"deeper": deeper, "same": lambda: session.design})
    qtbot.waitUntil(lambda: pricing.of("same") is not None)
    assert pricing.of("deeper") == 7_087_872
    assert pricing.of("same") == 0
    pricing.ask({"deeper": deeper})
    assert len(asked) == 1
    pricing.forget()
    assert pricing.of("deeper") is None


def test_what_cannot_be_done_has_no_price(qtbot, session):
    pricing = Pricing(session)

    def refused():
        raise Refusal("", said("No."))

    with qtbot.waitSignal(pricing.priced):
        pricing.ask({"no": refused})
    assert pricing.of("no") is None


@pytest.mark.parametrize(
    ("amounts", "written"),
    [
        ([39_460_000_000, 131_072, 0, None], ["+39.46\u2009B", "<0.01\u2009B", "0", ""]),
        ([-1_500_000, 250_000], ["\u22121.50\u2009M", "+0.25\u2009M"]),
        ([7, -12], ["+7", "\u221212"]),
        ([], []),
    ],
)
def test_a_column_has_one_unit(amounts, written):
    assert in_one_unit(amounts) == written
