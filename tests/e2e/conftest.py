"""A screen with a real mouse for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import Program, program
from tests.e2e.screen import Screen, missing, screen


@pytest.fixture(scope="session")
def shown() -> Iterator[Screen]:
    """A screen; the test is skipped where there can be none."""
    if why := missing():
        pytest.skip(why)
    with screen() as made:
        yield made


@pytest.fixture
def llama(shown: Screen, tmp_path: Path) -> Iterator[Program]:
    """Llama-3-8B in the program's window, ready for the hand; in the end there is nothing to complain of."""
    with program(shown, tmp_path, "llama-3-8b") as running:
        running.settled()
        yield running
        assert running.complaints == ""
