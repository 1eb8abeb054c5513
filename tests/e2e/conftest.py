"""A screen with a real mouse for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.screen import Screen, missing, screen


@pytest.fixture(scope="session")
def shown() -> Iterator[Screen]:
    """A screen; the test is skipped where there can be none."""
    if why := missing():
        pytest.skip(why)
    with screen() as made:
        yield made
