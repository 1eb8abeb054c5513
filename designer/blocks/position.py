"""How the stream learns where its tokens stand, besides RoPE."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from designer.symbolic.block import Block
from designer.symbolic.field import count, flag, real
from designer.symbolic.issue import Said, said
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor

DISTANCES = "distances"


class LearnedPosition(Block):
    """A learned row for each position, added to the stream."""

    kind: ClassVar[str] = "learned_position"
    category: ClassVar[str] = "positional"
    stands: ClassVar[Literal["on", "beside"]] = "beside"
    label: ClassVar[str] = "Learned positions"
    aliases: ClassVar[tuple[str, ...]] = ("wpe", "absolute")
    help: ClassVar[str] = (
        "One learned row for each position; the sum with the token's row enters the stream. The longest "
        "context is the number of rows."
    )
    source: ClassVar[str] = "Radford et al. 2018 (GPT); Devlin et al. 2018, arXiv:1810.04805"
    rows: int = count(1024, "Positions", key="max_position_embeddings")
    offset: int = count(
        0,
        "Rows skipped",
        least=0,
        structural=True,
        help="Rows before the first position's, as in OPT and BART.",
    )

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("{rows:,} positions", rows=self.rows)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        table = x.parameter("embed_positions.weight", (self.rows, x.width))
        return x + x.positions(self.offset).lookup(table)


class SinusoidalPosition(Block):
    """Sines and cosines of each position, added to the stream."""

    kind: ClassVar[str] = "sinusoidal_position"
    category: ClassVar[str] = "positional"
    stands: ClassVar[Literal["on", "beside"]] = "beside"
    label: ClassVar[str] = "Sinusoidal positions"
    aliases: ClassVar[tuple[str, ...]] = ("sine", "absolute")
    help: ClassVar[str] = (
        "Waves of falling frequency say where a token stands. They are computed: 0 parameters."
    )
    source: ClassVar[str] = "Vaswani et al. 2017, arXiv:1706.03762"
    base: float = real(10000.0, "Base")

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("base {base:,g} · 0 parameters", base=self.base)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        x.divides(2, x.width, "Sines and cosines come in pairs, and width {width} is odd.", width=x.width)
        return x + x.positions().sinusoid(x.width, self.base)


class PositionBias(Block):
    """A learned number for each head and each bucket of distances, offered to every attention below."""

    kind: ClassVar[str] = "position_bias"
    category: ClassVar[str] = "positional"
    stands: ClassVar[Literal["on", "beside"]] = "beside"
    label: ClassVar[str] = "Position bias"
    aliases: ClassVar[tuple[str, ...]] = ("relative", "T5")
    segment: ClassVar[str] = "position_bias"
    help: ClassVar[str] = (
        "A number for each head and each bucket of distances, added to the attention scores of every layer "
        "that uses it. Near distances have a bucket each, far ones share."
    )
    source: ClassVar[str] = "Raffel et al. 2019, arXiv:1910.10683"
    heads: int = count(12, "Heads", key="num_heads")
    buckets: int = count(32, "Buckets", key="relative_attention_num_buckets")
    reach: int = count(128, "Farthest distance", key="relative_attention_max_distance", structural=True)
    both_ways: bool = flag(False, "Both ways", help="Ahead and behind are told apart, as in an encoder.")

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("{buckets:,} buckets · {heads:,} heads", buckets=self.buckets, heads=self.heads)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        table = x.parameter("relative_attention_bias.weight", (self.buckets, self.heads))
        keys = x.stream if self.both_ways else x.stream.remembered()
        x.distance_bias(table, keys, self.reach, self.both_ways).offer(DISTANCES)
        return x
