"""Blocks dragged over the canvas with a real mouse: drag loops, modifiers and Esc as they really come."""

from __future__ import annotations

from tests.e2e.program import between, middle

LLAMA = "8,030,261,248 parameters"
WITHOUT_FEED_FORWARD = "2,393,116,672 parameters"  # 32 times three matrices of 4096 × 14336 less
WITH_TWO = "13,667,405,824 parameters"  # 32 times three matrices more


def hold(shown, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press on something and carry it to a point, without letting go."""
    shown.act("mousemove", *start, "mousedown", 1, "sleep", 0.02)
    for step in range(1, 11):
        at = [round(a + (b - a) * step / 10) for a, b in zip(start, end, strict=True)]
        shown.act("mousemove", *at, "sleep", 0.01)


def after_attention(sight) -> tuple[int, int]:
    """The lower half of the attention's card: behind it in its branch."""
    x, y, width, height = sight["cards"]["0.1.0.1.attention"]
    return x + width // 2, y + height - 6


def total(running, wanted: str):
    return running.until(lambda sight: sight["total"].startswith(wanted), wanted)


def test_while_a_block_is_held_the_total_says_what_letting_go_would_give_and_escape_changes_nothing(
    llama, shown
):
    sight = llama.see()
    hold(shown, middle(sight["parts"]["Feed-forward sublayer"]), between(*_sublayers(sight)))
    llama.until(lambda sight: "13.7" in sight["qualified"], "the total if dropped")
    shown.keys("Escape")
    sight = llama.until(lambda sight: "13.7" not in sight["qualified"], "the total as it is")
    shown.act("mouseup", 1)
    sight = llama.until(lambda sight: not sight["moving"], "the cards at rest")
    assert sight["total"].startswith(LLAMA)
    assert not sight["edited"]
    assert "0.1.2.residual" not in sight["cards"]


def test_a_block_is_pulled_out_of_one_branch_into_another_and_keeps_its_count(llama, shown):
    sight = llama.see()
    shown.drag(middle(sight["cards"]["0.1.1.1.mlp"]), after_attention(sight))
    sight = llama.until(lambda sight: "0.1.0.2.mlp" in sight["cards"], "the moved block")
    assert sight["total"].startswith(LLAMA)
    assert sight["selected"] == 1
    shown.keys("ctrl+z")
    llama.until(lambda sight: "0.1.1.1.mlp" in sight["cards"], "the block where it was")


def test_with_alt_a_copy_is_dropped(llama, shown):
    sight = llama.see()
    hold(shown, middle(sight["cards"]["0.1.1.1.mlp"]), after_attention(sight))
    shown.act("keydown", "alt")
    x, y = after_attention(sight)
    shown.act("mousemove", x + 2, y, "sleep", 0.05, "mouseup", 1, "sleep", 0.05, "keyup", "alt")
    total(llama, WITH_TWO)
    both = {"0.1.0.2.mlp", "0.1.1.1.mlp"}
    llama.until(lambda sight: both <= set(sight["cards"]), "the copy beside what it was taken from")


def test_several_blocks_are_carried_together_in_their_order(llama, shown):
    sight = llama.see()
    norm, mlp = sight["cards"]["0.1.1.0.rms_norm"], sight["cards"]["0.1.1.1.mlp"]
    shown.click(middle(norm))
    shown.act("keydown", "ctrl", "mousemove", *middle(mlp), "click", 1, "keyup", "ctrl")
    llama.until(lambda sight: sight["selected"] == 2, "both selected")
    shown.drag(middle(norm), after_attention(sight))  # at the other, it would be a double click
    sight = llama.until(lambda sight: "0.1.0.3.mlp" in sight["cards"], "the moved blocks")
    assert "0.1.0.2.rms_norm" in sight["cards"]
    assert "0.1.1.0.rms_norm" not in sight["cards"]
    assert sight["selected"] == 2
    assert sight["total"].startswith(LLAMA)


def test_a_layer_cannot_be_carried_into_itself(llama, shown):
    sight = llama.see()
    x, y, *_ = sight["cards"]["0.1.repeat"]
    shown.drag((x + 16, y + 18), middle(sight["cards"]["0.1.1.1.mlp"]))
    sight = llama.settled()
    assert not sight["edited"]
    assert sight["total"].startswith(LLAMA)


def test_a_removed_block_comes_back_by_undo(llama, shown):
    sight = llama.see()
    shown.click(middle(sight["cards"]["0.1.1.1.mlp"]))
    llama.until(lambda sight: sight["selected"] == 1, "the selection")
    shown.keys("Delete")
    total(llama, WITHOUT_FEED_FORWARD)
    shown.keys("ctrl+z")
    total(llama, LLAMA)


def _sublayers(sight) -> tuple[list[int], list[int]]:
    return sight["cards"]["0.1.0.residual"], sight["cards"]["0.1.1.residual"]
