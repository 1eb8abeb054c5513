"""Experts and recurrences as Scans."""

from __future__ import annotations

import numpy as np
import pytest

from designer.formats.onnx.model import model
from designer.symbolic.issue import Refusal
from tests.formats.onnx.filled import Ran, texts
from tests.formats.onnx.own_blocks import own_measured, own_node
from tests.formats.onnx.running import off_by
from tests.formats.onnx.tiny_designs import attention, embedded, measured, node, residual


def test_a_token_that_no_expert_takes_adds_nothing(tmp_path):
    """One active expert of five: four Scan steps see no row of a text of one token."""
    tree = embedded(node("experts", experts=5, active=1, hidden=7, name="moe"))
    ran = Ran(measured(tree).body, tmp_path)
    one = {name: text[:, :1] for name, text in texts().items()}
    assert off_by(ran(one)["logits"], ran.plainly(one)) < 1e-5


def test_experts_may_hold_experts(tmp_path):
    inner = node("experts", experts=3, active=2, hidden=5, name="inner")
    tree = embedded(residual(node("experts", experts=4, active=2, hidden=7, expert=inner, name="moe")))
    ran = Ran(measured(tree).body, tmp_path)
    assert {name: weight.shape for name, weight in ran.source.weights.items() if "inner" in name} == {
        "moe.experts.inner.gate.weight": (4, 3, 16),
        "moe.experts.inner.experts.gate_up_proj.weight": (4, 3, 10, 16),
        "moe.experts.inner.experts.down_proj.weight": (4, 3, 16, 5),
    }
    assert off_by(ran(texts())["logits"], ran.plainly(texts())) < 1e-4


def test_an_expert_that_looks_along_the_sequence_is_refused():
    tree = embedded(node("experts", experts=4, active=2, expert=attention(), name="moe"))
    with pytest.raises(Refusal, match=r"^moe.experts.attn: What stands here runs along whole sequences"):
        model(measured(tree).body, "x.data")


def test_a_matrix_inside_a_recurrence_is_turned_once(tmp_path):
    ran = Ran(own_measured(embedded(own_node("elman", name="rnn"))).body, tmp_path)
    assert off_by(ran(texts())["logits"], ran.plainly(texts())) < 1e-5
    scan = next(entry for entry in ran.made.proto.graph.node if entry.op_type == "Scan")
    (step,) = [attribute.g for attribute in scan.attribute if attribute.name == "body"]
    assert [entry.op_type for entry in step.node].count("Transpose") == 0
    past = None
    for piece in (slice(0, 4), slice(4, 11)):
        past = ran({name: text[:, piece] for name, text in texts().items()}, past)
    assert np.abs(past["logits"] - ran(texts())["logits"][:, 4:]).max() < 1e-5
