"""BERT: every key that changes a shape, its three classes, decoders and cross-attention."""

from __future__ import annotations

import pytest

from designer.analysis.tensors import tensors as written_out
from designer.symbolic.issue import Refusal
from tests.formats.huggingface.configs import changes, imported, remarks, tensors

D, F, L, V, P = 24, 40, 3, 50, 17
LAYER = "bert.encoder.layer.*."


def test_its_tensors_are_these():
    layer = {}
    for part in ("attention.self.query", "attention.self.key", "attention.self.value"):
        layer[LAYER + part + ".weight"], layer[LAYER + part + ".bias"] = (D, D), (D,)
    layer[LAYER + "attention.output.dense.weight"] = (D, D)
    layer[LAYER + "intermediate.dense.weight"], layer[LAYER + "intermediate.dense.bias"] = (F, D), (F,)
    layer[LAYER + "output.dense.weight"] = (D, F)
    for part in (
        "attention.output.dense.bias",
        "attention.output.LayerNorm.weight",
        "attention.output.LayerNorm.bias",
        "output.dense.bias",
        "output.LayerNorm.weight",
        "output.LayerNorm.bias",
    ):
        layer[LAYER + part] = (D,)
    once = {
        "bert.embeddings.word_embeddings.weight": (V, D),
        "bert.embeddings.position_embeddings.weight": (P, D),
        "bert.embeddings.token_type_embeddings.weight": (2, D),
        "bert.embeddings.LayerNorm.weight": (D,),
        "bert.embeddings.LayerNorm.bias": (D,),
        "cls.predictions.transform.dense.weight": (D, D),
        "cls.predictions.transform.dense.bias": (D,),
        "cls.predictions.transform.LayerNorm.weight": (D,),
        "cls.predictions.transform.LayerNorm.bias": (D,),
        "cls.predictions.bias": (V,),
    }
    assert dict(tensors("bert")) == {
        **dict.fromkeys(layer.items(), L),
        **dict.fromkeys(once.items(), 1),
    }


@pytest.mark.parametrize(
    ("key", "value", "name", "shape"),
    [
        ("type_vocab_size", 5, "bert.embeddings.token_type_embeddings.weight", (5, D)),
        ("type_vocab_size", 0, "bert.embeddings.token_type_embeddings.weight", (0, D)),
        ("max_position_embeddings", 99, "bert.embeddings.position_embeddings.weight", (99, D)),
    ],
)
def test_tables_have_the_rows_their_keys_say(key, value, name, shape):
    assert changes("bert", **{key: value})[1] == {name: shape}
    assert imported("bert", **{key: value}).resolved.findings == ()


def test_a_vocabulary_reaches_the_table_and_the_bias_of_the_head():
    assert changes("bert", vocab_size=51)[1] == {
        "bert.embeddings.word_embeddings.weight": (51, D),
        "cls.predictions.bias": (51,),
    }


def test_an_untied_head_has_a_matrix_and_a_bias_more():
    assert changes("bert", tie_word_embeddings=False) == (
        {},
        {"cls.predictions.decoder.weight": (V, D), "cls.predictions.decoder.bias": (V,)},
    )
    tied = {t.name: t.tied_to for t in written_out(imported("bert").body) if t.tied_to}
    assert tied == {
        "cls.predictions.decoder.weight": "bert.embeddings.word_embeddings.weight",
        "cls.predictions.decoder.bias": "cls.predictions.bias",
    }


def test_the_bare_model_has_a_pooler_and_no_prefix():
    bare = {name for name, _ in tensors("bert", architectures=["BertModel"])}
    body = {name.removeprefix("bert.") for name, _ in tensors("bert") if name.startswith("bert.")}
    assert bare == body | {"pooler.dense.weight", "pooler.dense.bias"}


def test_a_decoder_sees_the_past_and_may_read_a_memory():
    decoder = {"is_decoder": True, "architectures": ["BertLMHeadModel"]}
    assert changes("bert", **decoder) == ({}, {})
    cross = changes("bert", before=decoder, add_cross_attention=True)[1]
    own = {name.replace(".attention.", ".crossattention.") for name, _ in tensors("bert")}
    assert set(cross) == {name for name in own if ".crossattention." in name}
    assert imported("bert", **decoder).reading("kv_cache_bytes") == 2 * 2 * D * L * P
    assert imported("bert").reading("kv_cache_bytes") == 0
    with pytest.raises(Refusal, match="Cross-attention needs is_decoder to be true."):
        imported("bert", add_cross_attention=True)


def test_positions_of_another_kind_are_told():
    ((severity, key, _),) = remarks("bert", position_embedding_type="relative_key")
    assert (severity, key) == ("note", "position_embedding_type")
