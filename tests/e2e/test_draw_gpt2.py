"""GPT-2 from an empty canvas and ready parts, once with the mouse alone, once with the keyboard alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.program import Program, Sight, middle, program
from tests.e2e.screen import Screen

GPT2 = "124,439,808 parameters"  # Radford et al. 2019, 124M; the sum over its checkpoint
EMBEDDING, LAYER, HEAD = "Embedding and positions", "GPT decoder layer", "Head of norm and head"
LIMIT = 60.0
"""Seconds."""


@pytest.fixture
def empty(shown: Screen, tmp_path: Path) -> Iterator[Program]:
    """The program with an empty canvas, ready for the hand; in the end there is nothing to complain of."""
    with program(shown, tmp_path) as running:
        running.settled()
        yield running
        assert running.complaints == ""


@contextmanager
def timed(what: str, capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Say how long it took, and fail where it took too long."""
    start = time.monotonic()
    yield
    took = time.monotonic() - start
    with capsys.disabled():
        print(f"\n{what}: {took:.1f} s")
    assert took <= LIMIT


def counts(running: Program, total: str) -> Sight:
    return running.until(lambda sight: sight["total"].startswith(total), total)


def below(sight: Sight) -> tuple[int, int]:
    """A point well under the last block, even if what is held opens a gap on its way there."""
    x, y, width, height = sight["cards"]["stack"]
    return x + width // 2, y + height + 60


def is_gpt2(sight: Sight) -> None:
    """The blocks are those of the paper, in their order."""
    kinds = [way.rpartition(".")[2] for way in sight["cards"]]
    assert kinds == [
        "stack",
        *("token_embedding", "learned_position"),
        *("repeat", "residual", "layer_norm", "attention", "residual", "layer_norm", "mlp"),
        *("layer_norm", "lm_head"),
    ]


def typed(running: Program, shown: Screen) -> Sight:
    """Draw it by keyboard, part after part."""
    for part, total in ((EMBEDDING, "39,383,808"), (LAYER, "124,438,272"), (HEAD, GPT2)):
        shown.keys("slash")
        shown.text(part)
        shown.keys("Return", "Escape")
        sight = counts(running, total)
    return sight


def test_gpt2_is_drawn_by_mouse_alone(empty, shown, capsys):
    sight = empty.see()
    assert [way for way in sight["cards"] if way != "stack"] == []
    with timed("GPT-2 by mouse alone", capsys):
        shown.drag(middle(sight["parts"][EMBEDDING]), middle(sight["cards"]["stack"]))
        sight = counts(empty, "39,383,808")
        shown.drag(middle(sight["parts"][LAYER]), below(sight))
        sight = counts(empty, "124,438,272")
        shown.drag(middle(sight["parts"][HEAD]), below(sight))
        sight = counts(empty, GPT2)
    is_gpt2(sight)


def test_gpt2_is_drawn_by_keyboard_alone(empty, shown, capsys):
    with timed("GPT-2 by keyboard alone", capsys):
        sight = typed(empty, shown)
    is_gpt2(sight)


def test_gpt2_that_was_drawn_can_be_taken_back_to_the_empty_canvas_and_drawn_again(empty, shown):
    typed(empty, shown)
    shown.keys("ctrl+z", "ctrl+z", "ctrl+z")
    sight = empty.until(lambda sight: len(sight["cards"]) == 1, "the empty canvas")
    assert sight["total"].startswith("0 parameters")
    shown.keys("ctrl+shift+z", "ctrl+shift+z", "ctrl+shift+z")
    is_gpt2(counts(empty, GPT2))
