"""Readings as plain text."""

from __future__ import annotations

import pytest

from designer.analysis.tensors import NamedTensor
from designer.formats import report
from designer.formats.presets import presets

COUNTED = {
    "name": "mine",
    "total": 1000,
    "active": 1000,
    "trainable": 900,
    "by_category": {"embedding": 250, "attention": 750, "other": 0},
    "provisional": 0,
}


def test_a_count_has_a_line_for_each_category_with_its_share():
    assert report.count(COUNTED).splitlines() == [
        "mine: 1,000 parameters, tied ones counted once",
        "  trainable                         900",
        "  embedding                         250  25.00%",
        "  attention                         750  75.00%",
        "  other                               0   0.00%",
    ]


def test_a_design_without_parameters_has_no_shares():
    nothing = {"total": 0, "active": 0, "trainable": 0, "by_category": {"other": 0}}
    assert "%" not in report.count(COUNTED | nothing)


def test_a_tensor_says_how_often_it_is_there_or_which_one_it_is():
    tensors = [
        NamedTensor("h.*.w", (2, 1024), "attention", 12),
        NamedTensor("b", (3,), "other"),
        NamedTensor("head", (4, 4), "output", 0, "embed"),
    ]
    assert report.count(COUNTED, tensors).splitlines()[-3:] == [
        "  attention      h.*.w  [2, 1,024] × 12",
        "  other          b  [3]",
        "  output         head  [4, 4]  is embed",
    ]


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0"),
        (1, "0.00 MiB"),
        (2**20, "1.00 MiB"),
        (10**8, "95.37 MiB"),
        (2**30 // 10, "102.40 MiB"),
        (2**30 // 10 + 1, "0.10 GiB"),
        (3 * 2**29, "1.50 GiB"),
        (1_999_000_000_000, "1,861.71 GiB"),
    ],
)  # fmt: skip
def test_bytes_are_said_in_gib_and_small_ones_in_mib(size, text):
    assert report.in_gib(size) == text


def test_bytes_beyond_every_float_are_said_exactly():
    assert report.in_gib(10**400 * 2**30).replace(",", "") == f"{10**400}.00 GiB"


def test_presets_are_a_table_with_totals_under_one_another():
    listed = list(presets().values())
    lines = report.presets(listed).splitlines()
    ends = {
        line.index(total) + len(total)
        for line, p in zip(lines, listed, strict=True)
        if (total := f"{p.published:,}")
    }
    assert len(ends) == 1
    assert [line.split()[0] for line in lines] == list(presets())
