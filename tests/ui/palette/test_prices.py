"""What every entry of the palette would cost at the selection."""

from __future__ import annotations

from designer.ui.palette.palette import Palette
from designer.ui.palette.prices import PalettePrices
from designer.ui.palette.rows import Rows
from tests.ui.conftest import leaf

THIN = "\u2009"


def rows(palette: Palette) -> Rows:
    """What paints the rows."""
    made = palette.list.itemDelegate()
    assert isinstance(made, Rows)
    return made


def amounts(palette: Palette) -> dict[str, str]:
    return {entry.title: amount for entry, amount in rows(palette).amounts.items()}


def test_prices_are_shown_in_one_unit_with_where_they_count(qtbot, palette, appearance, llama):
    prices = PalettePrices(llama, appearance, palette)
    llama.select((leaf(llama.design, "attention").id,))
    assert amounts(palette) == {}
    prices.switch.click()
    qtbot.waitUntil(lambda: bool(amounts(palette)) and amounts(palette)["Dropout"] == "0")
    found = amounts(palette)
    assert found["Attention sublayer"] == f"+1.34{THIN}B"
    assert found["Feed-forward sublayer"] == f"+5.64{THIN}B"
    assert found["RMSNorm"] == f"<0.01{THIN}B"
    assert found["Dropout"] == "0"
    assert rows(palette).head == "adds here, ×32"


def test_prices_follow_the_selection(qtbot, palette, appearance, llama):
    prices = PalettePrices(llama, appearance, palette)
    llama.select((leaf(llama.design, "attention").id,))
    prices.switch.click()
    qtbot.waitUntil(lambda: rows(palette).head == "adds here, ×32")
    llama.select((leaf(llama.design, "embedding").id,))
    qtbot.waitUntil(lambda: rows(palette).head == "adds here")
    qtbot.waitUntil(lambda: amounts(palette)["Attention sublayer"] == f"+0.04{THIN}B")


def test_without_the_switch_nothing_is_worked_out_but_on_hover(palette, appearance, llama):
    prices = PalettePrices(llama, appearance, palette)
    llama.select((leaf(llama.design, "attention").id,))
    (entry,) = (entry for entry in palette.list.entries() if entry.title == "Feed-forward sublayer")
    assert amounts(palette) == {}
    assert prices.told(entry).splitlines()[-1] == f"+5.64{THIN}B parameters here, in the whole design"


def test_turned_off_again_no_price_is_left(qtbot, palette, appearance, llama):
    prices = PalettePrices(llama, appearance, palette)
    prices.switch.click()
    qtbot.waitUntil(lambda: bool(amounts(palette)))
    prices.switch.click()
    assert amounts(palette) == {}
    assert rows(palette).head == ""


def test_icons_alone_have_no_switch(palette, appearance, llama):
    prices = PalettePrices(llama, appearance, palette)
    palette.show_rail(True)
    assert not prices.switch.isVisible()
    palette.show_rail(False)
    assert prices.switch.isVisible()


def test_what_does_not_fit_is_dim_and_has_no_price(qtbot, palette, appearance, llama):
    prices = PalettePrices(llama, appearance, palette)
    llama.select((leaf(llama.design, "attention").id,))
    prices.switch.click()
    qtbot.waitUntil(lambda: amounts(palette).get("Dropout") == "0")
    unfit = {entry.title for entry in rows(palette).unfit}
    assert {"Token embedding", "Language-model head", "Head of norm and head"} <= unfit
    assert not unfit & {"Attention sublayer", "RMSNorm", "Mixture of experts", "Residual"}
    (entry,) = (entry for entry in palette.list.entries() if entry.title == "Token embedding")
    assert amounts(palette)["Token embedding"] == ""
    assert prices.told(entry).splitlines()[-1] == "It does not fit here."
