"""How ids become the stream's first rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from designer.symbolic.block import Block
from designer.symbolic.field import count, flag, real
from designer.symbolic.issue import Misfit, Said, said
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.stream import Stream
from designer.symbolic.tensor import Tensor

TABLE = "token table"


class TokenEmbedding(Block):
    """A learned row for each token of the vocabulary."""

    kind: ClassVar[str] = "token_embedding"
    category: ClassVar[str] = "embedding"
    label: ClassVar[str] = "Token embedding"
    aliases: ClassVar[tuple[str, ...]] = ("wte", "vocabulary", "lookup")
    help: ClassVar[str] = (
        "One learned row for each token. The row of a token is what the model knows of it before it has read "
        "any context; a tied head scores the output with the very same rows."
    )
    source: ClassVar[str] = "Bengio et al. 2003; tying: Press and Wolf 2017, arXiv:1608.05859"
    rows: int = count(32000, "Vocabulary", key="vocab_size")
    hidden: int = count(4096, "Width", key="hidden_size")
    scale: float | None = real(None, "Scale", help="What every row is multiplied by.")
    shared: bool = flag(False, "Same table", help="Uses the token table of an embedding above; counts 0.")

    def summary(self, width: Count | None) -> Iterator[Said]:
        if self.shared:
            yield said("same table")
        else:
            yield said("vocabulary {rows:,} → {hidden:,}", rows=self.rows, hidden=self.hidden)

    def meaning(self, width: Count | None) -> Iterator[Said]:
        if self.shared:
            yield said("It reads the table of an embedding above, and so has no weights of its own.")
        else:
            yield said(
                "A row of {hidden:,} numbers for each of the {rows:,} tokens that can be named: what the "
                "model knows of a token before it has read any context.",
                hidden=self.hidden,
                rows=self.rows,
            )

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        if self.shared:
            table = x.find(TABLE).alias("embed_tokens.weight")
        else:
            table = x.parameter("embed_tokens.weight", (self.rows, self.hidden))
        table.offer(TABLE)
        if x.shape:
            raise Misfit(said("It takes token ids and is given rows of width {width}.", width=x.width))
        y = x.lookup(table)
        return y if self.scale is None else y * self.scale


class SegmentEmbedding(Block):
    """A learned row for each kind of segment, added to the stream."""

    kind: ClassVar[str] = "segment_embedding"
    category: ClassVar[str] = "embedding"
    stands: ClassVar[Literal["on", "beside"]] = "beside"
    label: ClassVar[str] = "Segment embedding"
    help: ClassVar[str] = "One learned row for each segment (question, passage), added to its tokens' rows."
    source: ClassVar[str] = "Devlin et al. 2018, arXiv:1810.04805"
    rows: int = count(2, "Segments", key="type_vocab_size", least=0)

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("{rows:,} segments", rows=self.rows)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        table = x.parameter("embed_segments.weight", (self.rows, x.width))
        return x + x.input("token_type_ids").lookup(table)


class EmbeddingProjection(Block):
    """From the table's width to the stream's."""

    kind: ClassVar[str] = "embedding_projection"
    category: ClassVar[str] = "embedding"
    label: ClassVar[str] = "Embedding projection"
    segment: ClassVar[str] = "embedding_projection"
    help: ClassVar[str] = (
        "Widens narrow embedding rows to the stream: a large vocabulary then costs little, since the table "
        "is kept at the narrow width."
    )
    source: ClassVar[str] = "Lan et al. 2019, arXiv:1909.11942"
    hidden: int = count(768, "Width", key="hidden_size")
    bias: bool = flag(True, "Bias")

    def summary(self, width: Count | None) -> Iterator[Said]:
        if width is not None:
            yield said("{a:,} → {b:,}", a=width, b=self.hidden)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x.linear("linear", self.hidden, self.bias)


class Scale(Block):
    """Multiply the stream by a constant."""

    kind: ClassVar[str] = "scale"
    label: ClassVar[str] = "Scale"
    help: ClassVar[str] = "Multiplies every row by one fixed number. It has no parameters."
    by: float = real(1.0, "By")

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("by {by:.4g}", by=self.by)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x * self.by


class Dropout(Block):
    """Zero a share of the numbers while training."""

    kind: ClassVar[str] = "dropout"
    label: ClassVar[str] = "Dropout"
    help: ClassVar[str] = "While training, zeroes this share of the numbers at random. It has no parameters."
    source: ClassVar[str] = "Srivastava et al. 2014"
    rate: float = real(0.1, "Rate")

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("rate {rate:g} · 0 parameters", rate=self.rate)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x


class EncoderStates(Block):
    """What a separate encoder understood, for the cross-attentions below."""

    kind: ClassVar[str] = "encoder_states"
    stands: ClassVar[Literal["on", "beside"]] = "beside"
    label: ClassVar[str] = "Encoder states"
    help: ClassVar[str] = (
        "An input: the rows of an encoder that is not part of the design. It has no parameters."
    )
    hidden: int = count(768, "Width", key="hidden_size")

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("{hidden:,} wide, from outside", hidden=self.hidden)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        stream = Stream("encoder", "encoder_hidden_states", "encoder_attention_mask", positions="")
        x.input("encoder_hidden_states", stream, (self.hidden,)).offer("memory")
        return x
