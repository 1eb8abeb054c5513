"""The whole program, with a real mouse and real keys."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.e2e.program import CHECKOUT, Program, between, middle

LLAMA = "8,030,261,248 parameters"
WITH_A_SECOND_FEED_FORWARD = (
    "13,667,536,896 parameters"  # 32 times three matrices of 4096 × 14336, and a norm
)


def total(running: Program, wanted: str):
    return running.until(lambda sight: sight["total"].startswith(wanted), wanted)


def test_a_part_that_is_dragged_into_llama_moves_every_number_and_undo_takes_it_out(llama, shown, tmp_path):
    sight = llama.see()
    gap = between(sight["cards"]["0.1.0.residual"], sight["cards"]["0.1.1.residual"])
    shown.drag(middle(sight["parts"]["Feed-forward sublayer"]), (150, gap[1]), gap)
    total(llama, WITH_A_SECOND_FEED_FORWARD)
    added = {"0.1.1.residual", "0.1.1.1.mlp", "0.1.2.residual", "0.1.2.1.mlp"}
    llama.until(lambda sight: added <= set(sight["cards"]), "the second feed-forward")
    shown.keys("ctrl+z")
    total(llama, LLAMA)
    llama.until(lambda sight: "0.1.2.residual" not in sight["cards"], "it gone")
    shown.keys("ctrl+shift+z")
    total(llama, WITH_A_SECOND_FEED_FORWARD)


def test_what_is_edited_is_saved_and_counts_the_same_from_a_shell(llama, shown, tmp_path):
    sight = llama.see()
    x, y, *_ = sight["cards"]["0.1.1.residual"]
    shown.click((x + 60, y + 8))  # its head; its middle is a block inside
    llama.until(lambda sight: sight["selected"] == 1, "the selection")
    shown.keys("ctrl+d")
    total(llama, WITH_A_SECOND_FEED_FORWARD)
    shown.keys("ctrl+s")
    llama.until(lambda sight: sight["dialogs"] and sight["active"] is False, "the dialog")
    file = tmp_path / "drawn.json"
    shown.keys("ctrl+a")
    shown.text(str(file))
    shown.keys("Return")
    llama.until(lambda sight: not sight["edited"], "a design that is saved")
    command = [sys.executable, "-m", "designer", "count", str(file), "--json"]
    counted = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert json.loads(counted.stdout)["total"] == 13_667_536_896
    shown.keys("ctrl+q")
    assert llama.ended() == 0


def test_a_block_is_moved_by_mouse_and_the_count_stays(llama, shown):
    sight = llama.see()
    gap = between(sight["cards"]["0.0.token_embedding"], sight["cards"]["0.1.repeat"])
    shown.drag(middle(sight["cards"]["0.2.rms_norm"]), gap)
    sight = llama.until(lambda sight: sight["edited"], "an edit")
    assert {"0.1.rms_norm", "0.2.repeat"} <= set(sight["cards"])
    assert sight["total"].startswith(LLAMA)


def test_unsaved_changes_are_asked_for_before_the_window_closes(llama, shown):
    sight = llama.see()
    shown.click(middle(sight["cards"]["0.1.1.1.mlp"]))
    shown.keys("Delete")
    llama.until(lambda sight: sight["edited"], "an edit")
    shown.keys("ctrl+q")
    llama.until(lambda sight: sight["dialogs"], "the question")
    shown.keys("Escape")
    sight = llama.until(lambda sight: not sight["dialogs"], "the window, still open")
    assert sight["edited"]
