"""Which rule writes what, and where none can."""

from __future__ import annotations

import pytest

from designer.formats.onnx.model import model
from designer.formats.onnx.rules import RULES
from designer.symbolic import operation
from designer.symbolic.issue import Refusal
from designer.symbolic.operation import Op, Region
from tests.formats.onnx.tiny_designs import attention, embedded, measured, node


def test_there_is_a_rule_for_every_operation():
    kinds = {kind for kind in vars(operation).values() if isinstance(kind, type) and issubclass(kind, Op)}
    assert kinds - {Op, Region} == set(RULES)


@pytest.mark.parametrize(
    "late",
    [
        attention(name="late"),
        node("mamba2", name="late", heads=2, head_dim=3, groups=1),
        node("pooler", name="late"),
        node("learned_position", name="late"),
        node("segment_embedding", name="late"),
        node("position_bias", name="late"),
    ],
    ids=lambda late: late.kind,
)
def test_nothing_runs_along_a_sequence_once_there_is_one_row_of_it(late):
    with pytest.raises(Refusal, match="^late: What stands here runs along whole sequences"):
        model(measured(embedded(node("pooler", name="pooler"), late)).body, "x.data")


@pytest.mark.parametrize(
    ("buckets", "reach", "both_ways"), [(1, 8, False), (3, 8, True), (16, 8, False), (16, 4, True)]
)
def test_a_bias_by_distance_needs_buckets_for_far_distances(buckets, reach, both_ways):
    bias = node("position_bias", name="bias", heads=4, buckets=buckets, reach=reach, both_ways=both_ways)
    with pytest.raises(Refusal, match=f"^bias: Of {buckets} buckets that reach {reach} tokens"):
        model(measured(embedded(bias)).body, "x.data")
