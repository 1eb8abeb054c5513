"""T5: two stacks over one table, a bias by distance in each, plain or gated, tied or not."""

from __future__ import annotations

import pytest

from designer.analysis.tensors import tensors as written_out
from designer.design.expression import Expression
from tests.formats.huggingface.configs import changes, imported, remarks, tensors

D, W, F, L, H, V = 24, 5, 40, 3, 6, 50


def test_its_tensors_are_these():
    found = {name: (shape, count) for (name, shape), count in tensors("t5").items()}
    for stack, last in (("encoder", 1), ("decoder", 2)):
        layer = f"{stack}.block.*.layer.*."
        crossed = stack == "decoder"
        assert found[layer + "SelfAttention.q.weight"] == ((H * W, D), L)
        assert found[layer + "SelfAttention.o.weight"] == ((D, H * W), L)
        assert found[layer + "DenseReluDense.wi.weight"] == ((F, D), L)
        assert found[layer + "layer_norm.weight"] == ((D,), (last + 1) * L)
        assert found[layer + "SelfAttention.relative_attention_bias.weight"] == ((32, H), 1)
        assert found[f"{stack}.final_layer_norm.weight"] == ((D,), 1)
        assert (layer + "EncDecAttention.k.weight" in found) == crossed
    assert found["shared.weight"] == ((V, D), 1)
    assert "lm_head.weight" not in found


def test_one_table_has_many_names():
    tied = {t.name: t.tied_to for t in written_out(imported("t5").body) if t.tied_to}
    names = ("encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight")
    assert tied == dict.fromkeys(names, "shared.weight")


def test_decoder_layers_may_be_another_number():
    assert imported("t5").design.variables["num_decoder_layers"] == Expression("num_layers")
    more = imported("t5", num_decoder_layers=5)
    decoder = 2 * 4 * D * H * W + 2 * D * F + 3 * D
    assert more.total - imported("t5").total == 2 * decoder
    assert imported("t5", num_decoder_layers=None).total == imported("t5").total


@pytest.mark.parametrize(
    ("word", "gated", "activation"),
    [
        ("relu", False, "relu"),
        ("gelu", False, "gelu"),
        ("gated-gelu", True, "gelu_tanh"),
        ("gated-silu", True, "silu"),
    ],
)
def test_the_feed_forward_is_as_its_word_says(word, gated, activation):
    names = {name.rsplit(".", 2)[1] for name, _ in tensors("t5", feed_forward_proj=word) if "Dense" in name}
    assert names == ({"wi_0", "wi_1", "wo"} if gated else {"wi", "wo"})
    mlp = next(n for n in imported("t5", feed_forward_proj=word).design.tree.walk() if n.kind == "mlp")
    assert mlp.fields["activation"] == activation
    assert remarks("t5", feed_forward_proj=word) == []


def test_an_untied_head_is_unscaled_too():
    assert changes("t5", tie_word_embeddings=False) == ({}, {"lm_head.weight": (V, D)})

    def scales(**keys):
        return sum(n.kind == "scale" for n in imported("t5", **keys).design.tree.walk())

    assert (scales(), scales(tie_word_embeddings=False)) == (1, 0)
    assert scales(tie_word_embeddings=False, scale_decoder_outputs=True) == 1


def test_buckets_and_widths_have_defaults_and_other_names():
    assert changes("t5", relative_attention_num_buckets=16)[1] == {
        f"{stack}.block.*.layer.*.SelfAttention.relative_attention_bias.weight": (16, H)
        for stack in ("encoder", "decoder")
    }
    other = {
        "hidden_size": D,
        "num_attention_heads": H,
        "num_hidden_layers": L,
        "head_dim": W,
        **dict.fromkeys(("d_model", "num_heads", "num_layers", "d_kv"), ...),
    }
    assert tensors("t5", **other) == tensors("t5")


def test_the_bare_model_and_the_encoder_alone():
    both = {name for name, _ in tensors("t5")}
    assert {name for name, _ in tensors("t5", architectures=["T5Model"])} == both
    encoder = {name for name, _ in tensors("t5", architectures=["T5EncoderModel"])}
    assert encoder == {name for name in both if not name.startswith("decoder.")}
