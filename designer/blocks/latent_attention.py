"""Multi-head latent attention."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from designer.symbolic.block import Block
from designer.symbolic.field import count, flag, optional_count, real, value
from designer.symbolic.issue import Said, said
from designer.symbolic.operation import Mask
from designer.symbolic.rope import Rope
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor, attend


class LatentAttention(Block):
    """Attention whose keys and values are unfolded from one cached latent."""

    kind: ClassVar[str] = "latent_attention"
    category: ClassVar[str] = "attention"
    label: ClassVar[str] = "Latent attention"
    aliases: ClassVar[tuple[str, ...]] = ("MLA", "DeepSeek")
    segment: ClassVar[str] = "self_attn"
    called: ClassVar[Mapping[str, str]] = {
        "q_proj": "query",
        "q_a_proj": "query, narrowed",
        "q_a_layernorm": "its norm",
        "q_b_proj": "query, unfolded",
        "kv_a_proj_with_mqa": "latent, rotary key",
        "kv_a_layernorm": "latent's norm",
        "kv_b_proj": "key, value, unfolded",
        "o_proj": "output",
    }
    help: ClassVar[str] = (
        "Keys and values of all heads are unfolded from one narrow latent row a token, and only that row and "
        "a small rotary key are cached. Queries may pass a narrow row of their own."
    )
    source: ClassVar[str] = "DeepSeek-V2, arXiv:2405.04434"
    heads: int = count(128, "Heads", key="num_attention_heads")
    q_rank: int | None = optional_count(
        1536, "Query rank", key="q_lora_rank", help="Absent: straight queries."
    )
    kv_rank: int = count(512, "Latent width", key="kv_lora_rank")
    nope: int = count(128, "Plain head width", key="qk_nope_head_dim")
    rotary: int = count(64, "Rotary head width", key="qk_rope_head_dim")
    value_dim: int = count(128, "Value head width", key="v_head_dim")
    bias: bool = flag(False, "Biases", key="attention_bias", help="On the narrow projections and the output.")
    rope: Rope | None = value(Rope(interleaved=True), "Position", ("rope",))
    scale: float | None = real(None, "Score scale", help="Absent: 1/√(plain + rotary width).")
    eps: float = real(1e-6, "ε of its norms")

    @property
    def glyph(self) -> str:
        return "latent"

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("{heads:,} heads", heads=self.heads)
        yield said("latent {rank:,} + {rotary:,}", rank=self.kv_rank, rotary=self.rotary)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        heads, nope, rotary = self.heads, self.nope, self.rotary
        q_plain, q_turned = self._queries(x).view(heads, nope + rotary).split(nope, rotary)

        down = x.linear("kv_a_proj_with_mqa", self.kv_rank + rotary, self.bias)
        latent, turned = down.split(self.kv_rank, rotary)
        latent = latent.norm("kv_a_layernorm", eps=self.eps).view(1, self.kv_rank).cached("key")
        turned = turned.view(1, rotary).rope(self.rope).cached("value")

        up = latent.view(self.kv_rank).linear("kv_b_proj", heads * (nope + self.value_dim))
        k_plain, v = up.view(heads, nope + self.value_dim).split(nope, self.value_dim)
        q = q_plain.concat(q_turned.rope(self.rope))
        k = k_plain.concat(turned.spread(heads))
        return attend(q, k, v, Mask(), self.scale).linear("o_proj", x.width, self.bias)

    def _queries(self, x: Tensor) -> Tensor:
        out = self.heads * (self.nope + self.rotary)
        if self.q_rank is None:
            return x.linear("q_proj", out)
        narrow = x.linear("q_a_proj", self.q_rank, self.bias).norm("q_a_layernorm", eps=self.eps)
        return narrow.linear("q_b_proj", out)
