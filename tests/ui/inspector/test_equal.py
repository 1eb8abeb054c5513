"""What would make several blocks agree, each with its price."""

from __future__ import annotations

from designer.design import edits
from designer.ui.inspector.inspector import Inspector
from tests.ui.conftest import leaf


def test_each_value_is_offered_with_its_price_and_taken_with_a_click(qtbot, appearance, settings, llama):
    first = leaf(llama.design, "attention")
    llama.commit(edits.duplicate(llama.design, (first.id,)), "Duplicate")
    second = [node for node in llama.design.tree.walk() if node.kind == first.kind][1]
    llama.commit(edits.configure(llama.design, (second.id,), {"kv_heads": 16}), "Change")
    inspector = Inspector(llama, appearance, settings)
    qtbot.addWidget(inspector)
    inspector.show()
    llama.select((first.id, second.id))
    qtbot.waitUntil(lambda: len(inspector.equal.buttons) == 2)
    offers = [(button.text(), button.price) for button in inspector.equal.buttons]
    more = 32 * 2 * 8 * 128 * 4096  # in every layer, keys and values of eight heads of 128
    assert more == 268_435_456
    assert offers == [("Both num_key_value_heads = 8", "\u2212268\u2009M"), ("Both 16", "+268\u2009M")]
    before = llama.measured.total
    inspector.equal.buttons[0].click()
    assert llama.measured.total == before - more
    assert inspector.equal.isHidden()
    llama.undo()
    assert llama.measured.total == before
