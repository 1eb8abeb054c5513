"""Numbers for the weights of a graph."""

from __future__ import annotations

import numpy as np
import pytest

from designer.formats.onnx.export import Options, export
from designer.formats.onnx.filling import ALIGNED, Random, laid_out
from designer.formats.onnx.model import model
from tests.formats.onnx.filled import texts
from tests.formats.onnx.running import Running
from tests.formats.onnx.tiny_designs import DESIGNS, embedded, layers, measured, mlp, node, residual


def drawn(tree, seed=0):
    design = measured(tree)
    made = model(design.body, "x.data")
    source = Random(design.body, made, seed)
    return {name: np.concatenate(list(source.numbers(name))).reshape(tensor.dims)
            for name, tensor in made.tensors.items()}  # fmt: skip


def test_a_matrix_is_scaled_by_what_it_sums_up():
    weights = drawn(embedded(layers(residual(mlp(hidden=4000)), times=1), head=False))
    assert weights["layers.0.mlp.down_proj.weight"].std() == pytest.approx(4000**-0.5, rel=0.02)
    assert weights["layers.0.mlp.up_proj.weight"].std() == pytest.approx(16**-0.5, rel=0.02)


def test_a_matrix_kept_the_other_way_is_scaled_by_the_same():
    weights = drawn(DESIGNS["gpt"]())
    assert weights["layers.0.attn.c_attn.weight"].shape == (16, 72)
    assert weights["layers.0.attn.c_attn.weight"].std() == pytest.approx(16**-0.5, rel=0.1)


def test_scales_begin_at_one_and_shifts_at_zero():
    weights = drawn(DESIGNS["gpt"]())
    assert (weights["layers.0.ln2.norm.weight"] == 1).all()
    assert (weights["layers.0.ln2.norm.bias"] == 0).all()
    assert (weights["layers.1.mlp.up_proj.bias"] == 0).all()


def test_a_scale_that_is_kept_as_its_distance_from_one_begins_at_zero():
    shifted = node("rms_norm", plus_one=True, name="n")
    assert (drawn(embedded(shifted))["n.norm.weight"] == 0).all()


def test_a_buffer_begins_at_zero():
    assert (drawn(DESIGNS["chosen"]())["layers.1.mlp.gate.e_score_correction_bias"] == 0).all()


def test_tensors_do_not_overlap_and_begin_where_a_page_does():
    made = model(measured(DESIGNS["hybrid"]()).body, "x.data")
    end = laid_out(made)
    places = [
        {entry.key: int(entry.value) for entry in tensor.external_data if entry.key != "location"}
        for tensor in made.tensors.values()
    ]
    assert all(place["offset"] % ALIGNED == 0 for place in places)
    ends = [place["offset"] + place["length"] for place in places]
    assert all(place["offset"] >= before for place, before in zip(places[1:], ends, strict=False))
    assert ends[-1] == end


@pytest.mark.parametrize("name", DESIGNS)
def test_a_graph_with_random_weights_runs_and_lets_signals_through(name, tmp_path):
    path = tmp_path / "out.onnx"
    export(measured(DESIGNS[name]()), path, Options(weights="random"))
    ran = Running(path)
    answer = ran(texts())[ran.outputs[0]]
    assert np.isfinite(answer).all()
    assert 0.05 < answer.std() < 20
