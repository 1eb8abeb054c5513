"""Whichever way a checkpoint was saved, the same numbers come to lie beside the graph."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("torch", reason="torch and transformers save the checkpoints")
pytest.importorskip("transformers", reason="torch and transformers save the checkpoints")

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from designer.cli import main
from designer.formats.onnx.export import Options, data_path, export
from designer.symbolic.issue import Refusal
from tests.conformance.exported import measured_of
from tests.conformance.tiny import SETTINGS, Tiny

HEADED = {
    "gpt2": Tiny("gpt2", "gpt2", "GPT2LMHeadModel"),
    "bert": Tiny("bert", "bert", "BertForMaskedLM"),
    "llama": Tiny("llama", "llama", "LlamaForCausalLM", {"tie_word_embeddings": True}),
    "gemma3_text": Tiny("gemma3_text", "gemma3_text", "Gemma3ForCausalLM"),
    "deepseek_v3": Tiny("deepseek_v3", "deepseek_v3", "DeepseekV3ForCausalLM"),
    "t5": Tiny("t5", "t5", "T5ForConditionalGeneration"),
    "albert": Tiny("albert", "albert", "AlbertForMaskedLM"),
    "mamba2": Tiny("mamba2", "mamba2", "Mamba2ForCausalLM", {"tie_word_embeddings": True}),
}
BARE = {
    "gpt2": Tiny("gpt2", "gpt2", "GPT2Model"),
    "bert": Tiny("bert", "bert", "BertModel"),
    "llama": Tiny("llama", "llama", "LlamaModel"),
    "albert": Tiny("albert", "albert", "AlbertModel"),
    "mamba2": Tiny("mamba2", "mamba2", "Mamba2Model"),
}
KINDS = pytest.mark.parametrize("kind", SETTINGS)


@pytest.fixture
def written(tmp_path):
    """The numbers beside the graph, exported from a folder that a model's config is put into."""

    def written(model, **tensors: torch.Tensor) -> np.ndarray:
        folder = tmp_path / "checkpoint"
        folder.mkdir(exist_ok=True)
        config = {**model.config.to_dict(), "architectures": [type(model).__name__]}
        (folder / "config.json").write_text(json.dumps(config))
        if tensors:
            save_file(
                {name: tensor.clone() for name, tensor in tensors.items()}, folder / "model.safetensors"
            )
        path = tmp_path / "model.onnx"
        export(measured_of(folder), path, Options(weights=folder))
        return np.fromfile(data_path(path), np.float32)

    written.folder = tmp_path / "checkpoint"
    return written


@pytest.fixture
def saved(written):
    def saved(model, **how) -> np.ndarray:
        model.save_pretrained(written.folder, **how)
        return written(model)

    return saved


@KINDS
def test_names_in_memory_and_names_on_the_hub_are_the_same_checkpoint(kind, saved, written):
    model = HEADED[kind].model()
    hub, memory = saved(model), written(model, **model.state_dict())
    assert hub.size
    assert (hub == memory).all()


@KINDS
def test_tied_tensors_may_be_left_out(kind, saved, written):
    model = HEADED[kind].model()
    once: dict[int, str] = {}
    for name, tensor in model.state_dict().items():
        once.setdefault(tensor.data_ptr(), name)
    left = {name: model.state_dict()[name] for name in once.values()}
    assert len(left) < len(model.state_dict()) or not model.all_tied_weights_keys
    assert (written(model, **left) == saved(model)).all()


def test_tied_tensors_that_differ_are_refused(written):
    model = HEADED["llama"].model()
    tensors = dict(model.state_dict())
    tensors["lm_head.weight"] = tensors["lm_head.weight"] + 1
    with pytest.raises(Refusal, match=r"different here \(1\): lm_head.weight"):
        written(model, **tensors)


@KINDS
def test_a_checkpoint_in_shards_is_read_through_its_index(kind, saved):
    model = HEADED[kind].model()
    whole, shards = saved(model), saved(model, max_shard_size="30KB")
    assert (whole == shards).all()


def test_shards_lie_in_several_files(saved, written):
    (written.folder).mkdir()
    saved(HEADED["deepseek_v3"].model(), max_shard_size="30KB")
    assert len(list(written.folder.glob("model-*.safetensors"))) > 2


@pytest.mark.parametrize("kept", [torch.bfloat16, torch.float16])
def test_narrow_numbers_are_widened_exactly(kept, saved, written):
    model = HEADED["deepseek_v3"].model().to(kept)
    narrow, wide = saved(model), written(model, **{n: t.float() for n, t in model.state_dict().items()})
    assert (narrow == wide).all()


@pytest.mark.parametrize("kind", BARE)
def test_names_of_the_bare_model_may_have_the_prefix_of_a_class_with_a_head(kind, written):
    model = BARE[kind].model()
    prefix = HEADED[kind].model().base_model_prefix
    plain = written(model, **model.state_dict())
    prefixed = written(model, **{f"{prefix}.{name}": tensor for name, tensor in model.state_dict().items()})
    assert (plain == prefixed).all()


@pytest.mark.parametrize("kind", BARE)
def test_names_of_a_class_with_a_head_may_lack_its_prefix(kind, written):
    model = HEADED[kind].model()
    plain = written(model, **model.state_dict())
    bare = {name.removeprefix(f"{model.base_model_prefix}."): t for name, t in model.state_dict().items()}
    assert len(bare) == len(model.state_dict())
    assert (written(model, **bare) == plain).all()


@pytest.mark.parametrize("kind", ["bert", "albert"])
def test_norms_may_be_named_as_tensorflow_named_them(kind, written):
    model = HEADED[kind].model()
    old = {
        name.replace("LayerNorm.weight", "LayerNorm.gamma").replace(
            "LayerNorm.bias", "LayerNorm.beta"
        ): tensor
        for name, tensor in model.state_dict().items()
    }
    assert set(old) != set(model.state_dict())
    assert (written(model, **old) == written(model, **model.state_dict())).all()


def test_buffers_of_older_releases_are_passed_over(written):
    model = HEADED["gpt2"].model()
    old = {f"h.{i}.attn.bias": torch.ones(1, 1, 64, 64) for i in range(3)}
    old |= {f"transformer.h.{i}.attn.masked_bias": torch.tensor(-1e4) for i in range(3)}
    plain = written(model, **model.state_dict())
    assert (written(model, **model.state_dict(), **old) == plain).all()


@KINDS
def test_a_tensor_too_many_one_too_few_and_one_of_another_shape_are_listed(kind, written):
    model = HEADED[kind].model()
    tensors = dict(model.state_dict())
    names = [
        name for name in tensors if name.endswith("weight") and "embed" not in name and "wte" not in name
    ]
    gone, bent = names[1], names[2]
    del tensors[gone]
    tensors[bent] = tensors[bent][..., :-1]
    with pytest.raises(Refusal) as refused:
        written(model, **tensors, **{"decoder.block.99.strange": torch.ones(2)})
    said = str(refused.value)
    assert f"missing (1): {gone}" in said
    assert "not in the design (1): decoder.block.99.strange" in said
    assert f"of another shape (1): {bent} (" in said
    assert sorted(path.name for path in written.folder.parent.iterdir()) == ["checkpoint"]


def test_an_expert_too_few_is_listed_by_its_published_name(saved, written):
    model = HEADED["deepseek_v3"].model()
    saved(model)
    tensors = load_file(written.folder / "model.safetensors")
    del tensors["model.layers.1.mlp.experts.7.up_proj.weight"]
    with pytest.raises(Refusal, match=r"missing \(1\): model.layers.1.mlp.experts.7.up_proj.weight\."):
        written(model, **tensors)


@KINDS
def test_the_command_exports_a_saved_folder_with_its_weights(kind, saved, written, tmp_path, capsys):
    model = HEADED[kind].model()
    expected = saved(model)
    out = tmp_path / "by_command.onnx"
    assert (
        main(["export", str(written.folder), "--to", "onnx", str(out), "--weights", str(written.folder)]) == 0
    )
    assert (np.fromfile(data_path(out), np.float32) == expected).all()
    assert capsys.readouterr().out == ""


def test_the_command_says_in_one_sentence_what_does_not_fit_and_writes_nothing(written, tmp_path, capsys):
    model = HEADED["llama"].model()
    written(model, **model.state_dict())
    save_file({"model.norm.weight": torch.ones(64)}, written.folder / "model.safetensors")
    out = tmp_path / "by_command.onnx"
    assert (
        main(["export", str(written.folder), "--to", "onnx", str(out), "--weights", str(written.folder)]) == 2
    )
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "missing (28): model.embed_tokens.weight, " in said
    assert not out.exists()
    assert not data_path(out).exists()
