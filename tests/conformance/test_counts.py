"""Names, shapes, ties and totals against transformers, for configs that nobody has chosen."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="torch and transformers are the other side of this comparison")
pytest.importorskip("transformers", reason="torch and transformers are the other side of this comparison")

import torch
import transformers

from designer.analysis.measured import Measured
from designer.analysis.tensors import tensors
from designer.blocks.palette import registry
from designer.formats.huggingface.importing import design_of
from tests.conformance.drawn import FAMILIES, Drawn, drawn

EACH = 40
transformers.logging.set_verbosity_error()
REGISTRY = registry()


def theirs(case: Drawn, config) -> tuple[int, dict[str, tuple[int, ...]], set[frozenset[str]]]:
    """Parameters of transformers' model, without numbers: total, shapes by name, names that are one."""
    with torch.device("meta"):
        model = getattr(transformers, case.architecture)(config)
    named = dict(model.named_parameters(remove_duplicate=False))
    same: dict[int, set[str]] = {}
    for name, weight in named.items():
        same.setdefault(id(weight), set()).add(name)
    total = sum(weight.numel() for weight in {id(w): w for w in named.values()}.values())
    groups = {frozenset(names) for names in same.values() if len(names) > 1}
    return total, {name: tuple(weight.shape) for name, weight in named.items()}, groups


def ours(raw) -> tuple[int, dict[str, tuple[int, ...]], set[frozenset[str]]]:
    """The same of the design, which must have read every key."""
    design = design_of(raw, REGISTRY)
    assert all(remark.severity == "note" for remark in design.remarks)
    measured = Measured(design, REGISTRY)
    found = list(tensors(measured.body))
    names = [tensor.name for tensor in found]
    assert len(names) == len(set(names))
    same: dict[str, set[str]] = {}
    for tensor in found:
        if tensor.tied_to is not None:
            same.setdefault(tensor.tied_to, {tensor.tied_to}).add(tensor.name)
    shapes = {tensor.name: tuple(tensor.shape) for tensor in found}
    return measured.total, shapes, set(map(frozenset, same.values()))


@pytest.mark.parametrize("kind", FAMILIES)
@pytest.mark.parametrize("seed", range(EACH))
def test_a_drawn_config_counts_as_transformers_builds_it(kind, seed):
    case = drawn(kind, seed)
    config = transformers.AutoConfig.for_model(kind, **case.settings)
    config.architectures = [case.architecture]
    built = theirs(case, config)
    assert ours(config.to_dict()) == built
    older = {"model_type": kind, "architectures": [case.architecture], **case.older}
    assert ours(older) == built


@pytest.mark.parametrize(
    "kind", ["llama", "gemma3_text", "gpt2", "bert", "albert", "deepseek_v3", "mamba2", "t5"]
)
def test_a_config_of_defaults_counts_as_transformers_builds_it(kind):
    config = transformers.AutoConfig.for_model(kind)
    names = transformers.models.auto.modeling_auto.MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
    architecture = "T5ForConditionalGeneration" if kind == "t5" else names.get(kind, "AlbertForMaskedLM")
    config.architectures = [architecture]
    assert ours(config.to_dict()) == theirs(Drawn(kind, architecture, {}, {}), config)


def test_an_untied_t5_has_a_head_of_its_own_as_published():
    """transformers 5 ties them by force; the checkpoints hold a head."""
    case = drawn("t5", 1)
    raw = {"model_type": "t5", "architectures": ["T5ForConditionalGeneration"], **case.older}
    tied, untied = ours(raw), ours({**raw, "tie_word_embeddings": False})
    head = raw["vocab_size"], raw["d_model"]
    assert untied[0] == tied[0] + head[0] * head[1]
    assert untied[1]["lm_head.weight"] == head
    assert untied[2] == {frozenset(group - {"lm_head.weight"}) for group in tied[2]}
