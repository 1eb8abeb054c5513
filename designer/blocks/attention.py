"""Attention, self and cross, with its options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from designer.blocks.norm import QKNorm
from designer.blocks.position import DISTANCES
from designer.symbolic.block import Block
from designer.symbolic.field import choice, count, flag, optional_count, real, value
from designer.symbolic.issue import Said, said
from designer.symbolic.operation import Mask
from designer.symbolic.rope import Rope
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor, attend

SEES = {"past": "what came before", "all": "the whole sequence", "memory": "the encoder's output"}
FUSED = {"no": "apart", "qkv": "query, key and value in one", "kv": "key and value in one"}


class Attention(Block):
    """Attention whose query heads share key and value heads."""

    kind: ClassVar[str] = "attention"
    category: ClassVar[str] = "attention"
    label: ClassVar[str] = "Attention"
    aliases: ClassVar[tuple[str, ...]] = ("GQA", "MQA", "MHA", "self-attention")
    segment: ClassVar[str] = "self_attn"
    called: ClassVar[Mapping[str, str]] = {
        "q_proj": "query",
        "k_proj": "key",
        "v_proj": "value",
        "kv_proj": "key, value",
        "qkv_proj": "query, key, value",
        "o_proj": "output",
        "q_norm": "query norm",
        "k_norm": "key norm",
    }
    help: ClassVar[str] = (
        "Four matrices: what each token asks (query), what it can be found by (key), what it tells (value), "
        "and how the heads' answers are mixed back into the stream (output). Several query heads may share "
        "one key and value head, which shrinks the cache."
    )
    source: ClassVar[str] = (
        "Vaswani et al. 2017, arXiv:1706.03762; grouped queries: Ainslie et al. 2023, arXiv:2305.13245"
    )
    heads: int = count(32, "Query heads", key="num_attention_heads")
    kv_heads: int = count(
        8, "Key/value heads", key="num_key_value_heads", help="Must divide the query heads."
    )
    head_dim: int = count(128, "Head width", key="head_dim")
    bias: bool = flag(False, "Biases on q, k, v")
    out_bias: bool = flag(False, "Bias on output")
    rope: Rope | None = value(
        Rope(), "Position", ("rope",), help="How queries and keys learn where they stand."
    )
    qk_norm: QKNorm | None = value(None, "Norm on q, k", ("qk_norm",))
    sees: str = choice("past", "Sees", SEES)
    window: int | None = optional_count(
        None, "Window", key="sliding_window", help="Only the nearest so many keys."
    )
    distances: bool = flag(False, "Position bias", help="Adds the bias that a block above offers.")
    scale: float | None = real(None, "Score scale", help="Absent: 1/√head width.")
    softcap: float | None = real(None, "Score softcap")
    fused: str = choice("no", "Kept", FUSED, help="How the checkpoint keeps the projections.")

    @property
    def title(self) -> str:
        if self.sees == "memory":
            return "Cross-attention"
        if self.kv_heads == self.heads:
            return "Multi-head attention"
        return "Multi-query attention" if self.kv_heads == 1 else "Grouped-query attention"

    @property
    def glyph(self) -> str:
        if self.sees == "memory":
            return "cross_attention"
        if self.window is not None:
            return "window"
        if self.kv_heads == self.heads:
            return "multi_head"
        return "multi_query" if self.kv_heads == 1 else "grouped_query"

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("{heads:,} heads", heads=self.heads)
        if self.kv_heads != self.heads:
            yield said("{kv:,} key/value", kv=self.kv_heads)
        yield said("width {dim:,}", dim=self.head_dim)
        if self.sees == "memory":
            yield said("reads encoder")
        if self.window is not None:
            yield said("window {window:,}", window=self.window)
        if self.rope is not None:
            yield said("RoPE")
        if self.bias or self.out_bias:
            yield said("biases")

    def meaning(self, width: Count | None) -> Iterator[Said]:
        if width is None:
            return
        yield said(
            "Each of the {heads:,} query heads reads the {width:,}-wide stream into {dim:,} numbers, and the "
            "output projection writes what the heads found back into it.",
            heads=self.heads,
            width=width,
            dim=self.head_dim,
        )
        if self.kv_heads == self.heads:
            yield said("Every query head has keys and values of its own.")
        elif self.kv_heads and self.heads % self.kv_heads == 0:
            yield said(
                "Keys and values have {kv:,} heads, each shared by {each:,} query heads: 1/{each:,} of the "
                "size.",
                kv=self.kv_heads,
                each=self.heads // self.kv_heads,
            )

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        q, k, v = self._projected(x, x.find("memory") if self.sees == "memory" else x)
        if self.qk_norm is not None:
            q, k = self.qk_norm.applied(q, "q_norm"), self.qk_norm.applied(k, "k_norm")
        q, k = q.rope(self.rope), k.rope(self.rope)
        if self.sees != "all":
            k, v = k.cached("key", self.window), v.cached("value", self.window)
        bias = x.find(DISTANCES) if self.distances else None
        mask = Mask(self.sees == "past", self.window)
        return attend(q, k, v, mask, self.scale, self.softcap, bias).linear("o_proj", x.width, self.out_bias)

    def _projected(self, x: Tensor, source: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        asked, kept = self.heads * self.head_dim, self.kv_heads * self.head_dim
        if self.fused == "qkv":
            q, k, v = x.linear("qkv_proj", asked + 2 * kept, self.bias).split(asked, kept, kept)
        elif self.fused == "kv":
            q = x.linear("q_proj", asked, self.bias)
            k, v = source.linear("kv_proj", 2 * kept, self.bias).split(kept, kept)
        else:
            q = x.linear("q_proj", asked, self.bias)
            k, v = source.linear("k_proj", kept, self.bias), source.linear("v_proj", kept, self.bias)
        return (
            q.view(self.heads, self.head_dim),
            k.view(self.kv_heads, self.head_dim),
            v.view(self.kv_heads, self.head_dim),
        )
