"""Exports are whole and checked, or not there at all."""

from __future__ import annotations

from math import prod

import onnx
import onnxruntime
import pytest

from designer.analysis.measured import Measured
from designer.analysis.tensors import tensors
from designer.formats.huggingface.importing import design_of
from designer.formats.onnx.export import ExportCancelled, Options, Sizes, data_path, export, sizes
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.symbolic.issue import Refusal
from tests.formats.onnx.filled import Ran, texts
from tests.formats.onnx.running import Running, off_by
from tests.formats.onnx.tiny_designs import (
    DESIGNS,
    REGISTRY,
    attention,
    embedded,
    layers,
    measured,
    mlp,
    node,
    residual,
)


def preset(name):
    return Measured(opened(name, REGISTRY), REGISTRY)


def there(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("flat", [False, True], ids=["functions", "flat"])
@pytest.mark.parametrize("name", presets())
def test_every_preset_becomes_a_valid_skeleton(name, flat, tmp_path):
    path = tmp_path / "out.onnx"
    design = preset(name)
    written = export(design, path, Options(flat=flat))
    assert there(tmp_path) == ["out.onnx", "out.onnx.data"]
    assert (path.stat().st_size, data_path(path).stat().st_size) == (written.graph, 0)
    onnx.checker.check_model(str(path), full_check=True)
    proto = onnx.load(path, load_external_data=False)
    onnx.shape_inference.infer_shapes(proto, check_type=True, strict_mode=True, data_prop=True)
    assert bool(proto.functions) != flat
    parameters = {t.name: tuple(t.shape) for t in tensors(design.body) if t.tied_to is None}
    declared = {
        t.name: tuple(t.dims)
        for t in proto.graph.initializer
        if not t.name.endswith("e_score_correction_bias")
    }
    assert declared == parameters
    assert sum(map(prod, declared.values())) == design.total
    assert proto.ir_version == 10
    assert {entry.domain: entry.version for entry in proto.opset_import}[""] == 23


def test_the_graph_of_the_largest_preset_stays_small(tmp_path):
    design, path = preset("llama-3.1-405b"), tmp_path / "llama-3.1-405b.onnx"
    assert sizes(design, path, Options(flat=True)).graph < 1_000_000
    assert sizes(design, path, Options()).graph < 300_000


@pytest.mark.parametrize("flat", [False, True], ids=["functions", "flat"])
def test_a_skeleton_runs_once_it_is_handed_weights(flat, tmp_path):
    """onnxruntime takes them from memory, in place of those that the empty file does not hold."""
    design, path = measured(DESIGNS["hybrid"]()), tmp_path / "out.onnx"
    filled = Ran(design.body, tmp_path)
    export(design, path, Options(flat=flat))
    options = onnxruntime.SessionOptions()
    weights = filled.source.weights
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(numbers) for numbers in weights.values()]
    options.add_external_initializers(list(weights), values)
    assert off_by(Running(path, options)(texts())["logits"], filled(texts())["logits"]) < 1e-6


@pytest.mark.parametrize("options", [Options(), Options(flat=True), Options(weights="random")], ids=str)
def test_sizes_are_known_before_anything_is_written(options, tmp_path):
    path, design = tmp_path / "out.onnx", measured(DESIGNS["chosen"]())
    expected = sizes(design, path, options)
    assert there(tmp_path) == []
    assert export(design, path, options) == expected
    assert Sizes(path.stat().st_size, data_path(path).stat().st_size) == expected


def test_the_totals_and_the_design_are_kept_inside(tmp_path):
    path, design = tmp_path / "out.onnx", preset("gpt2")
    export(design, path, Options(design='{"format": "llm-designer"}'))
    kept = {entry.key: entry.value for entry in onnx.load(path, load_external_data=False).metadata_props}
    assert kept["total"] == "124439808"
    assert kept["embedding"] == "38597376"
    assert kept["design"] == '{"format": "llm-designer"}'
    assert kept["name"] == "gpt2"


def test_random_weights_are_the_same_for_a_seed(tmp_path):
    design, made = measured(DESIGNS["hybrid"]()), []
    for seed in (0, 0, 1):
        export(design, tmp_path / "out.onnx", Options(weights="random", seed=seed))
        made.append((tmp_path / "out.onnx.data").read_bytes())
    assert made[0] == made[1] != made[2]


def test_random_weights_beyond_2_gb_are_refused(tmp_path):
    with pytest.raises(Refusal, match="more than 2 GB"):
        export(preset("llama-3-8b"), tmp_path / "out.onnx", Options(weights="random"))
    assert there(tmp_path) == []


def test_a_design_that_does_not_fit_is_not_exported(tmp_path):
    tree = embedded(layers(node("residual", attention(kv_heads=3))))
    with pytest.raises(Refusal, match="4 query heads cannot share 3"):
        export(measured(tree), tmp_path / "out.onnx")
    assert there(tmp_path) == []


def test_a_design_with_a_misfit_is_not_exported(tmp_path):
    narrow = node("residual", node("embedding_projection", hidden=7, name="narrow"))
    with pytest.raises(Refusal):
        export(measured(embedded(narrow)), tmp_path / "out.onnx")
    assert there(tmp_path) == []


def test_a_model_whose_head_is_not_known_is_not_exported(tmp_path):
    raw = {**presets()["bert-base-uncased"].config(), "architectures": ["BertForTokenClassification"]}
    with pytest.raises(Refusal, match="BertForTokenClassification"):
        export(Measured(design_of(raw, REGISTRY), REGISTRY), tmp_path / "out.onnx")


def test_a_design_of_nothing_is_not_exported(tmp_path):
    with pytest.raises(Refusal, match="ends with token ids"):
        export(measured(node("stack")), tmp_path / "out.onnx")


def test_a_design_too_deep_to_be_written_is_not_exported(tmp_path):
    with pytest.raises(Refusal, match="operations"):
        export(measured(embedded(layers(residual(mlp()), times=10**9))), tmp_path / "out.onnx")


def test_a_table_too_large_for_a_graph_is_not_exported(tmp_path):
    table = node("token_embedding", rows=10**15, hidden=10**6, name="table")
    tree = node("stack", table, node("rms_norm", name="norm"))
    with pytest.raises(Refusal, match="too large"):
        export(measured(tree), tmp_path / "out.onnx")


@pytest.mark.parametrize("calls", [0, 1, 5, 30])
def test_a_cancelled_export_leaves_nothing_and_touches_nothing(calls, tmp_path):
    path = tmp_path / "out.onnx"
    export(measured(DESIGNS["gpt"]()), path, Options(weights="random"))
    before = path.read_bytes(), data_path(path).read_bytes()
    asked = iter(range(10**6))
    with pytest.raises(ExportCancelled):
        export(
            measured(DESIGNS["hybrid"]()), path, Options(weights="random"),
            cancelled=lambda: next(asked) >= calls,
        )  # fmt: skip
    assert (path.read_bytes(), data_path(path).read_bytes()) == before
    assert there(tmp_path) == ["out.onnx", "out.onnx.data"]


def test_progress_only_grows_and_ends_at_its_end(tmp_path):
    told = []
    written = export(
        measured(DESIGNS["chosen"]()), tmp_path / "out.onnx", Options(weights="random"),
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    total = written.graph + written.data
    assert told[0] == (0, total)
    assert told[-1] == (total, total)
    assert told == sorted(told)
    assert len(told) > 10


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    design = measured(DESIGNS["gpt"]())
    with pytest.raises(Refusal, match="No such file or directory"):
        export(design, tmp_path / "missing" / "out.onnx")
    (tmp_path / "folder.onnx").mkdir()
    with pytest.raises(Refusal, match="It is a folder"):
        export(design, tmp_path / "folder.onnx")
    assert there(tmp_path) == ["folder.onnx"]


def test_a_checkpoint_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Refusal, match=r"nowhere: There is no such checkpoint"):
        export(measured(DESIGNS["gpt"]()), tmp_path / "out.onnx", Options(weights=tmp_path / "nowhere"))
    assert there(tmp_path) == []
