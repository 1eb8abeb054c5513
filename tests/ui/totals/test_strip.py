"""The strip: shares as widths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.ui.categories import NAMES
from designer.ui.totals.strip import GAP, LEAST, segments

counts = st.dictionaries(st.sampled_from(list(NAMES)), st.integers(0, 10**12), min_size=1)


@given(counts, st.floats(100, 3000))
def test_segments_fill_the_strip_and_none_is_too_thin_to_be_seen(counts, width):
    placed = segments(counts, width)
    assert set(placed) == {name for name, count in counts.items() if count}
    if placed:
        assert sum(wide for _, wide in placed.values()) + GAP * (len(placed) - 1) == pytest.approx(width)
        assert all(wide >= LEAST * 0.99 for _, wide in placed.values())


def test_widths_are_shares():
    placed = segments({"attention": 1, "feed_forward": 3}, 100 + GAP)
    assert placed == {"attention": (0.0, 25.0), "feed_forward": (25.0 + GAP, 75.0)}


def test_nothing_counted_is_no_segment():
    assert segments(dict.fromkeys(NAMES, 0), 500) == {}
