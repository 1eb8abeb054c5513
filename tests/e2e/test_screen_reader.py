"""The blocks on the accessibility bus, asked for by a client that knows nothing but the bus."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.bus import PATIENCE, Reader, bus, missing, reader
from tests.e2e.program import Program, program
from tests.e2e.screen import Screen

NAMES = [
    "Token embedding, 525 M",
    "Decoder layer ×32, each 218 M",
    "RMSNorm, 4.10 K",
    "Language-model head, 525 M",
]
ATTENTION = "Grouped-query attention, 41.9 M, in Decoder layer ×32"


@pytest.fixture(scope="module")
def on(shown: Screen) -> Iterator[dict[str, str]]:
    """What makes the program speak on a bus: one for the screen, which remembers where it is."""
    if why := missing():
        pytest.skip(why)
    with bus(shown) as environment:
        yield environment


@pytest.fixture
def read(shown: Screen, tmp_path: Path, on: dict[str, str]) -> Iterator[tuple[Program, Reader]]:
    """Llama-3-8B in the program's window, and a reader of the screen beside it."""
    with program(shown, tmp_path, "llama-3-8b", environment=on) as running:
        running.settled()
        with reader(shown, on) as reading:
            yield running, reading
        assert [
            line for line in running.complaints.splitlines() if "GetApplicationBusAddress" not in line
        ] == []


def listed(reading: Reader, holds: Callable[[list], object], what: str) -> list:
    """What the bus lists, once it holds."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        blocks = reading.blocks()
        if holds(blocks):
            return blocks
    raise AssertionError(f"{what} was not listed within {PATIENCE:g} s")


def names(blocks: list) -> list[str]:
    return [block["name"] for block in blocks]


def test_a_client_lists_the_blocks_of_an_open_design_and_moves_one_by_keyboard(read, shown):
    running, reading = read
    blocks = listed(reading, bool, "anything")
    assert names(blocks) == NAMES
    assert {block["role"] for block in blocks} == {"list item"}
    layer = blocks[1]
    assert "expanded" in layer["states"]
    attention = layer["inside"][0]["inside"][1]
    assert attention["name"] == ATTENTION
    assert "41,943,040 parameters" in attention["description"]
    assert attention["place"] == running.see()["cards"]["0.1.0.1.attention"]
    assert reading.focus(NAMES[2])
    running.until(lambda sight: sight["selected"] == 1, "the selection")
    shown.keys("alt+Up")
    order = [NAMES[0], NAMES[2], NAMES[1], NAMES[3]]
    moved = listed(reading, lambda blocks: names(blocks) == order, "the new order")
    assert "selected" in moved[1]["states"]
    shown.keys("alt+Down")
    assert listed(reading, lambda blocks: names(blocks) == NAMES, "the order before")


def test_walking_with_the_arrow_keys_each_block_is_said(read, shown):
    running, reading = read
    listed(reading, bool, "anything")
    assert running.see()["focus"] == "Canvas"  # the keyboard begins there
    reading.heard()
    shown.keys("Down", "Down", "Down", "Down", "Down")
    running.until(lambda sight: sight["selected"] == 1, "the selection")
    heard: list[str] = []
    deadline = time.monotonic() + PATIENCE
    while ATTENTION not in heard and time.monotonic() < deadline:
        heard += reading.heard()
    assert heard == [
        *NAMES[:2],
        "Residual attention, 41.9 M, in Decoder layer ×32",
        "RMSNorm, 4.10 K, in Decoder layer ×32",
        ATTENTION,
    ]
