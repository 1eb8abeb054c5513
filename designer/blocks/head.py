"""What turns the stream into scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from designer.blocks.embedding import TABLE
from designer.blocks.feed_forward import ACTIVATIONS
from designer.symbolic.block import Block
from designer.symbolic.field import choice, count, flag, real
from designer.symbolic.issue import Said, said
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor


class LMHead(Block):
    """A score for every token of the vocabulary."""

    kind: ClassVar[str] = "lm_head"
    category: ClassVar[str] = "output"
    label: ClassVar[str] = "Language-model head"
    aliases: ClassVar[tuple[str, ...]] = ("unembedding", "logits", "output")
    help: ClassVar[str] = (
        "One learned row for each token, against which the stream is scored. A tied head uses the token "
        "table and counts 0; its work and its bytes are the same."
    )
    source: ClassVar[str] = "tying: Press and Wolf 2017, arXiv:1608.05859"
    rows: int = count(32000, "Vocabulary", key="vocab_size")
    tied: bool = flag(False, "Tied", key="tie_word_embeddings", help="Uses the token table.")
    bias: bool = flag(False, "Bias")
    softcap: float | None = real(None, "Softcap", key="final_logit_softcapping")
    spare_bias: bool = flag(
        False, "Spare bias", help="A second bias that the checkpoint keeps and nothing uses."
    )

    def summary(self, width: Count | None) -> Iterator[Said]:
        if width is not None:
            yield said("{a:,} → {b:,}", a=width, b=self.rows)
        yield said("uses the token table") if self.tied else said("not tied")

    def meaning(self, width: Count | None) -> Iterator[Said]:
        if self.tied:
            yield said("It scores the stream against the rows of the token table, which are counted there.")
        elif width is not None:
            yield said(
                "A row of {width:,} numbers for each of the {rows:,} tokens; its product with the stream is "
                "that token's score as the next one.",
                width=width,
                rows=self.rows,
            )

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        if self.spare_bias:
            x.parameter("spare_bias", (self.rows,))
        y = x.linear("lm_head", self.rows, self.bias, weight=x.find(TABLE) if self.tied else None)
        return y if self.softcap is None else (y / self.softcap).activate("tanh") * self.softcap


class MLMTransform(Block):
    """What a masked language model does to a row before it is scored."""

    kind: ClassVar[str] = "mlm_transform"
    category: ClassVar[str] = "output"
    label: ClassVar[str] = "MLM transform"
    segment: ClassVar[str] = "transform"
    help: ClassVar[str] = (
        "A matrix, a bend and a norm that turn the stream into what the token table can score."
    )
    source: ClassVar[str] = "Devlin et al. 2018, arXiv:1810.04805"
    hidden: int = count(768, "Width", key="hidden_size")
    activation: str = choice("gelu", "Activation", ACTIVATIONS)
    bias: bool = flag(True, "Biases")
    eps: float = real(1e-12, "ε", key="layer_norm_eps")

    def summary(self, width: Count | None) -> Iterator[Said]:
        if width is not None:
            yield said("{a:,} → {b:,}", a=width, b=self.hidden)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        y = x.linear("dense", self.hidden, self.bias).activate(self.activation)
        return y.norm("norm", "layer", self.bias, self.eps)


class Pooler(Block):
    """The first token's row, made ready to stand for the whole sequence."""

    kind: ClassVar[str] = "pooler"
    category: ClassVar[str] = "output"
    label: ClassVar[str] = "Pooler"
    segment: ClassVar[str] = "pooler"
    help: ClassVar[str] = "A matrix and a tanh on the first token's row, which then speaks for the sequence."
    source: ClassVar[str] = "Devlin et al. 2018, arXiv:1810.04805"

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x.first().linear("dense", x.width, True).activate("tanh")
