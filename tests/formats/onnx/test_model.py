"""Graphs of designs with every block: valid, with the parameters of the count, and right."""

from __future__ import annotations

from math import prod

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from onnx.reference import ReferenceEvaluator

from designer.analysis.measured import Measured
from designer.analysis.tensors import tensors
from designer.blocks.palette import SECTIONS
from designer.design.tree import Pattern
from designer.formats.onnx.attention import FAR
from designer.formats.onnx.graph import BOOL, FLOAT
from designer.formats.onnx.model import model
from designer.symbolic.operation import Buffer
from tests.formats.onnx.any_design import any_designs
from tests.formats.onnx.filled import LENGTH, WRITTEN, Ran, texts
from tests.formats.onnx.own_blocks import own_measured, own_node
from tests.formats.onnx.running import Running, off_by
from tests.formats.onnx.tiny_designs import DESIGNS, embedded, layers, measured, mlp, node, residual

TOLERANCE = 1e-4
FORMS = pytest.mark.parametrize("functions", [False, True], ids=["flat", "functions"])
OWN = {
    "keys and values of one layer for all": lambda: layers(
        residual(own_node("sharing", name="attn", gives=Pattern((True,), (False,)))), times=3
    ),
    "keys and values of every other layer": lambda: layers(
        residual(own_node("sharing", name="attn", gives=Pattern((), (True, False)))), times=4
    ),
    "two caches of a name": lambda: layers(residual(own_node("two_caches", name="pair")), times=2),
    "rows that a block inside looks at": lambda: layers(
        residual(own_node("fed", node("rms_norm", name="inner"), name="attn")), times=2
    ),
    "lanes": lambda: layers(residual(own_node("lanes", name="lanes")), times=2),
    "a recurrence with a matrix": lambda: layers(residual(own_node("elman", name="rnn")), times=2),
}


def every() -> dict[str, Measured]:
    """All designs by name."""
    made = {name: measured(tree()) for name, tree in DESIGNS.items()}
    return made | {name: own_measured(embedded(tree())) for name, tree in OWN.items()}


EVERY = every()
DECODERS = [name for name in EVERY if name not in ("encoder", "pooled", "mixed")]


def pieces(name: str):
    """The texts in three pieces: (where a piece lies, its texts)."""
    writes = name == "translator"
    length = WRITTEN if writes else LENGTH
    for start, end in ((0, 2), (2, length - 1), (length - 1, length)):
        piece = texts()
        for key in ("decoder_input_ids",) if writes else ("input_ids", "position_ids", "token_type_ids"):
            piece[key] = piece[key][:, start:end]
        if not writes:
            piece["attention_mask"] = piece["attention_mask"][:, :end]
        yield slice(start, end), piece


def judge(design: Measured, functions: bool) -> None:
    """That initializers are the parameters of the count, in name, shape and sum."""
    made = model(design.body, "x.data", functions=functions)
    buffers = {name for name, op in made.weights.items() if isinstance(op, Buffer)}
    shapes = {t.name: tuple(t.dims) for t in made.proto.graph.initializer if t.name not in buffers}
    assert shapes == {t.name: tuple(t.shape) for t in tensors(design.body) if t.tied_to is None}
    assert sum(map(prod, shapes.values())) == design.total


def test_the_designs_hold_every_block():
    held = {node.kind for made in DESIGNS.values() for node in made().walk()}
    assert held == {kind for section in SECTIONS.values() for kind in section}


@pytest.mark.parametrize("name", EVERY)
@FORMS
def test_initializers_are_the_parameters_of_the_count(name, functions):
    judge(EVERY[name], functions)


@pytest.mark.parametrize("name", EVERY)
@FORMS
def test_a_graph_says_what_the_trace_says(name, functions, tmp_path):
    ran = Ran(EVERY[name].body, tmp_path, functions)
    assert off_by(ran(texts())[ran.answer], ran.plainly(texts())) < TOLERANCE


@pytest.mark.parametrize("name", DECODERS)
@FORMS
def test_what_is_remembered_stands_for_what_was_read(name, functions, tmp_path):
    ran = Ran(EVERY[name].body, tmp_path, functions)
    whole, past = ran(texts()), None
    for where, piece in pieces(name):
        past = ran(piece, past)
        assert off_by(past[ran.answer], whole[ran.answer][:, where]) < TOLERANCE
    for kept in ran.outputs[1:]:
        assert off_by(past[kept], whole[kept]) < TOLERANCE


@pytest.mark.parametrize("name", ["gpt", "windows", "latent", "chosen", "mixed", "encoder", "crossed"])
def test_padding_on_the_left_is_not_seen(name, tmp_path):
    ran = Ran(EVERY[name].body, tmp_path)
    padded, bare = texts(), texts()
    padded["attention_mask"][:, :3] = 0
    padded["position_ids"] = np.maximum(padded["position_ids"] - 3, 0)
    for key in ("input_ids", "attention_mask", "token_type_ids"):
        bare[key] = bare[key][:, 3:]
    bare["position_ids"] = bare["position_ids"][:, :-3]
    answer = ran(padded)[ran.answer]
    assert np.isfinite(answer).all()
    assert off_by(answer[:, 3:], ran(bare)[ran.answer]) < TOLERANCE


@pytest.mark.parametrize("name", ["windows", "chosen", "apart", "latent", "encoder", "translator", "crossed"])
@FORMS
def test_another_runtime_says_the_same_and_stays_finite_on_padding(name, functions, tmp_path):
    """ONNX's own reference, which makes no exception for a row that may see nothing."""
    ran, padded = Ran(EVERY[name].body, tmp_path, functions), texts()
    padded["attention_mask"][:, :3] = 0
    fed = ran.fed(padded, None)
    made = onnx.load(tmp_path / "tiny.onnx")
    outputs = [end.name for end in made.graph.output]
    answer = dict(zip(outputs, ReferenceEvaluator(made).run(None, fed), strict=True))[ran.answer]
    assert np.isfinite(answer).all()
    assert off_by(answer, ran(padded)[ran.answer]) < TOLERANCE


@pytest.mark.parametrize("name", ["windows", "latent", "translator"])
def test_every_row_sees_something_even_padding(name, tmp_path):
    """A softmax over nothing is no number, and would spread."""
    Ran(EVERY[name].body, tmp_path)
    padded = texts()
    padded["attention_mask"][0, :3] = 0
    made = onnx.load(tmp_path / "tiny.onnx")
    masks = {entry.input[3] for entry in made.graph.node if entry.op_type == "Attention"}
    kinds = {entry.output[0]: entry.op_type for entry in made.graph.node}
    for mask in masks:
        made.graph.output.append(
            onnx.helper.make_tensor_value_info(mask, FLOAT if kinds[mask] == "Where" else BOOL, None)
        )
    onnx.save(made, tmp_path / "masks.onnx")
    answers = Running(tmp_path / "masks.onnx")(padded)
    for mask in masks:
        assert (answers[mask] > FAR if kinds[mask] == "Where" else answers[mask]).any(-1).all()


def test_a_layer_that_sees_everything_sees_what_is_new(tmp_path):
    """With all of the past padded away, a piece says what it says alone."""
    ran = Ran(EVERY["mixed"].body, tmp_path)
    (_, first), (_, then), _ = pieces("mixed")
    then["attention_mask"][:, : first["input_ids"].shape[1]] = 0
    alone = {**then, "attention_mask": then["attention_mask"][:, first["input_ids"].shape[1] :]}
    assert off_by(ran(then, ran(first))[ran.answer], ran(alone)[ran.answer]) < TOLERANCE


@given(any_designs())
@settings(max_examples=40)
def test_any_design_is_written_as_it_is_meant(tmp_path_factory, tree):
    """Norms over a number or two magnify rounding; a mistake is larger by far."""
    design = measured(tree)
    for functions in (False, True):
        judge(design, functions)
        ran = Ran(design.body, tmp_path_factory.mktemp("any"), functions)
        assert off_by(ran(texts())[ran.answer], ran.plainly(texts())) < 1e-3


def test_two_blocks_of_one_kind_side_by_side_have_nodes_of_their_own():
    pair = node("parallel", mlp(name="one"), mlp(name="two"))
    names = [entry.name for entry in model(measured(embedded(pair)).body, "x.data").proto.graph.node]
    assert len(names) == len(set(names))
    assert "/one/up_proj/MatMul" in names
    assert "/two/up_proj/MatMul" in names


def test_nodes_say_where_they_stand():
    proto = model(measured(DESIGNS["hybrid"]()).body, "x.data").proto
    spaces = {entry.name: {m.key: m.value for m in entry.metadata_props} for entry in proto.graph.node}
    assert spaces["/layers.2/mixer/q_proj/MatMul"] == {"namespace": "layers.2/mixer/q_proj"}
