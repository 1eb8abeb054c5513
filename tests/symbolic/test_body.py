"""Checks: what holds, what does not, and what only numbers can say."""

from __future__ import annotations

import pytest

from designer.symbolic.body import Check
from designer.symbolic.issue import said
from designer.symbolic.size import Size

N = Size.named("n")


@pytest.mark.parametrize(
    ("kind", "left", "right", "holds"),
    [
        ("equal", 4, 4, True),
        ("equal", 4, 5, False),
        ("equal", N, N, True),
        ("equal", N, 4, None),
        ("equal", 2 * N, N + N, True),
        ("divides", 3, 9, True),
        ("divides", 3, 10, False),
        ("divides", 0, 10, False),
        ("divides", 3, 3 * N, None),
        ("divides", N, N, None),
        ("at_most", 3, 3, True),
        ("at_most", 4, 3, False),
        ("at_most", N, N, True),
        ("at_most", 1, N, None),
    ],
)
def test_a_check_says_what_it_can(kind, left, right, holds):
    assert Check(kind, left, right, said("It does not fit.")).verdict() is holds
