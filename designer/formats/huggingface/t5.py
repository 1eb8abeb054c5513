"""T5, T5 v1.1 and Flan-T5."""

from __future__ import annotations

from designer.design.expression import Expression
from designer.design.tree import Node, Setting
from designer.formats.huggingface.config import Config
from designer.formats.huggingface.parts import Family, Head, Parts, function
from designer.symbolic.scope import Stored

QKVO = {"q_proj": "q", "k_proj": "k", "v_proj": "v", "o_proj": "o"}


def build(p: Parts, c: Config, head: Head) -> Node:
    """A T5: an encoder and a decoder over one token table, with a learned bias by distance in each."""
    hidden = c.count("d_model")
    layers = c.count("num_layers", least=0)
    rows, t5 = c.count("vocab_size"), _Layers(p, c)
    names = {"embed_tokens.weight": Stored("shared.weight", also=("encoder.embed_tokens.weight",))}
    table = p.node("token_embedding", names=names, rows=rows, hidden=hidden)
    encoder = t5.half("encoder", layers, t5.attention(0, "all"), t5.mlp(1))
    c.ignore("dropout_rate", "n_positions", "classifier_dropout", "is_decoder", "output_past", "dense_act_fn",
             "is_gated_act", "num_decoder_layers", "tie_word_embeddings",
             "scale_decoder_outputs")  # fmt: skip
    if head == "encoder":
        return p.stack("", table, encoder)
    times = c.derived("num_decoder_layers", "num_layers", least=0)
    decoder = t5.half("decoder", times, t5.attention(0, "past"), t5.attention(1, "memory"), t5.mlp(2))
    names = {"embed_tokens.weight": "decoder.embed_tokens.weight"}
    again = p.node("token_embedding", names=names, rows=rows, hidden=hidden, shared=True)
    model = (p.node("encoder", table, encoder), again, decoder)
    if head != "lm":
        return p.stack("", *model)
    tied = c.flag("tie_word_embeddings", True)
    scaled = c.flag("scale_decoder_outputs", tied)
    scale = (p.node("scale", by=Expression("d_model ** -0.5")),) if scaled else ()
    return p.stack("", *model, *scale, p.node("lm_head", rows=rows, tied=tied))


class _Layers:
    """The sublayers of a T5's halves."""

    def __init__(self, p: Parts, c: Config) -> None:
        self.p, self.c = p, c
        self.eps = c.real("layer_norm_epsilon", 1e-6)
        self.heads, self.width = c.count("num_heads", 8), c.count("d_kv", 64)
        self.inner = c.count("d_ff", 2048)
        self.buckets = c.count("relative_attention_num_buckets", 32)
        self.reach = c.whole("relative_attention_max_distance", 128)

    def half(self, name: str, times: Setting, *sublayers: Node) -> Node:
        """Encoder or decoder: the bias by distance, the layers, the last norm."""
        p, encodes = self.p, name == "encoder"
        bias = p.node("position_bias", name="block.0.layer.0.SelfAttention", heads=self.heads,
                      buckets=self.buckets, reach=self.reach, both_ways=encodes)  # fmt: skip
        label = "Encoder layer" if encodes else "Decoder layer"
        layers = p.node("repeat", *sublayers, name="block", label=label, times=times)
        return p.stack(name, bias, layers, p.rms_norm("final_layer_norm", eps=self.eps))

    def attention(self, index: int, sees: str) -> Node:
        """Self-attention with the bias, or cross-attention without."""
        crosses = sees == "memory"
        mixer = self.p.node(
            "attention",
            name="EncDecAttention" if crosses else "SelfAttention",
            names=QKVO,
            heads=self.heads,
            kv_heads=self.heads,
            head_dim=self.width,
            rope=None,
            scale=1.0,
            sees=sees,
            distances=not crosses,
        )
        return self._sublayer(index, mixer, "cross-attention" if crosses else "attention")

    def mlp(self, index: int) -> Node:
        """The feed-forward, gated where the config's word begins so."""
        word = self.c.word("feed_forward_proj", "relu")
        gated = word.startswith("gated-")
        act = "gelu_new" if word == "gated-gelu" else word.removeprefix("gated-")
        names = {"gate_proj": "wi_0", "up_proj": "wi_1" if gated else "wi", "down_proj": "wo"}
        mlp = self.p.node("mlp", name="DenseReluDense", names=names, hidden=self.inner,
                          gate="split" if gated else "no",
                          activation=function(self.c, "feed_forward_proj", act))  # fmt: skip
        return self._sublayer(index, mlp, "feed-forward")

    def _sublayer(self, index: int, mixer: Node, label: str) -> Node:
        norm = self.p.rms_norm("layer_norm", eps=self.eps)
        return self.p.residual(self.p.stack(f"layer.{index}", norm, mixer), label=label)


FAMILY = Family(
    {"T5ForConditionalGeneration": "lm", "T5Model": "base", "T5EncoderModel": "encoder"},
    build,
    None,
    {
        "d_model": "hidden_size",
        "num_heads": "num_attention_heads",
        "num_layers": "num_hidden_layers",
        "d_kv": "head_dim",
    },
    spare=("decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight",),
)
