"""State space mixers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from designer.blocks.feed_forward import ACTIVATIONS
from designer.symbolic.block import Block
from designer.symbolic.field import choice, count, flag, optional_count, real
from designer.symbolic.issue import Said, said
from designer.symbolic.region import recur
from designer.symbolic.size import Count, quotient
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor


class Mamba2(Block):
    """Convolve, then carry a state along the sequence."""

    kind: ClassVar[str] = "mamba2"
    category: ClassVar[str] = "other"
    label: ClassVar[str] = "Mamba-2"
    aliases: ClassVar[tuple[str, ...]] = ("SSM", "state space", "linear attention", "recurrent")
    segment: ClassVar[str] = "mixer"
    help: ClassVar[str] = (
        "Instead of looking back at every token it carries a state of fixed size: each head decays what it "
        "holds and adds the new row by an input vector, then reads by an output vector, both shared by a "
        "group of heads. What it must remember does not grow with the context."
    )
    source: ClassVar[str] = "Dao and Gu 2024, arXiv:2405.21060"
    heads: int = count(24, "Heads", key="num_heads")
    head_dim: int = count(64, "Head width", key="head_dim")
    groups: int = count(1, "Groups", key="n_groups", help="Must divide the heads.")
    state: int = count(128, "State", key="state_size")
    kernel: int = count(4, "Convolution", key="conv_kernel")
    bias: bool = flag(False, "Biases", key="use_bias")
    conv_bias: bool = flag(True, "Convolution bias", key="use_conv_bias")
    activation: str = choice("silu", "Activation", ACTIVATIONS)
    eps: float = real(1e-5, "ε")
    expand: int | None = optional_count(
        None, "Expansion", key="expand", help="If given, heads × head width must be so many times the stream."
    )

    @property
    def glyph(self) -> str:
        return "state_space"

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("{heads:,} heads", heads=self.heads)
        yield said("width {dim:,}", dim=self.head_dim)
        yield said("state {state:,}", state=self.state)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        heads, dim, groups, state = self.heads, self.head_dim, self.groups, self.state
        inner, shared = heads * dim, groups * state
        self._fits(x, inner)
        rows = x.linear("in_proj", 2 * inner + 2 * shared + heads, self.bias)
        gate, mixed, dt = rows.split(inner, inner + 2 * shared, heads)
        mixed = mixed.conv("conv1d", self.kernel, self.conv_bias).activate(self.activation)
        u, b, c = mixed.split(inner, shared, shared)
        dt = (dt + x.parameter("dt_bias", (heads,))).activate("softplus")
        decay = (dt * (x.parameter("A_log", (heads,)).activate("exp") * -1.0)).activate("exp")
        y = self._recurred(u, dt, decay, b, c)
        y = y + (u.view(heads, dim) * x.parameter("D", (heads,)).view(heads, 1)).view(inner)
        y = (y * gate.activate("silu")).view(groups, quotient(inner, groups)).norm(None, eps=self.eps)
        y = y.view(inner) * x.parameter("norm.weight", (inner,), "normalization")
        return y.linear("out_proj", x.width, self.bias)

    def _recurred(self, u: Tensor, dt: Tensor, decay: Tensor, b: Tensor, c: Tensor) -> Tensor:
        dim, groups, state = self.head_dim, self.groups, self.state
        each = quotient(self.heads, groups)

        def step(
            h: Tensor, u: Tensor, dt: Tensor, decay: Tensor, b: Tensor, c: Tensor
        ) -> tuple[Tensor, Tensor]:
            taken = (u * dt.view(groups, each, 1)).view(groups, each, dim, 1) * b.view(groups, 1, 1, state)
            h = h * decay.view(groups, each, 1, 1) + taken
            return h, (h * c.view(groups, 1, 1, state)).sum().view(self.heads * dim)

        return recur(u.view(groups, each, dim), (groups, each, dim, state), step, dt, decay, b, c)

    def _fits(self, x: Tensor, inner: Count) -> None:
        x.divides(self.groups, self.heads, "{heads} heads do not stand in {groups} equal groups.",
                  heads=self.heads, groups=self.groups)  # fmt: skip
        if self.expand is not None:
            wanted = self.expand * x.width
            cause = "Heads × head width is {inner} and should be {expand} × {width} = {wanted}."
            said_of = {"inner": inner, "expand": self.expand, "width": x.width, "wanted": wanted}
            x.at_most(inner, wanted, cause, **said_of)
            x.at_most(wanted, inner, cause, **said_of)
