"""Mixture of experts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from designer.blocks.feed_forward import ACTIVATIONS, MLP
from designer.symbolic.block import Block
from designer.symbolic.field import block, choice, count, flag, optional_count, real
from designer.symbolic.issue import Said, said
from designer.symbolic.region import experts
from designer.symbolic.size import Count, quotient
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor

FAR = 1e30
"""Far below any score, and small enough for float32."""


class Experts(Block):
    """Some of many feed-forwards for each token, chosen by a router."""

    kind: ClassVar[str] = "experts"
    category: ClassVar[str] = "feed_forward"
    label: ClassVar[str] = "Mixture of experts"
    aliases: ClassVar[tuple[str, ...]] = ("MoE", "router", "sparse")
    segment: ClassVar[str] = "mlp"
    called: ClassVar[Mapping[str, str]] = {
        "gate": "router",
        "experts.gate_up_proj": "experts' gate, up",
        "experts.down_proj": "experts' down",
        "experts.*.gate_up_proj": "experts' gate, up",
        "experts.*.gate_proj": "experts' gate",
        "experts.*.up_proj": "experts' up",
        "experts.*.down_proj": "experts' down",
        "shared_experts.gate_proj": "shared gate",
        "shared_experts.up_proj": "shared up",
        "shared_experts.down_proj": "shared down",
        "shared_expert_gate": "gate of shared",
    }
    help: ClassVar[str] = (
        "Many feed-forwards, of which a router sends each token to a few. All of them count and must be kept "
        "in memory; only the active ones work on a token. Shared experts work on every token."
    )
    source: ClassVar[str] = (
        "Shazeer et al. 2017, arXiv:1701.06538; shared experts and groups: arXiv:2412.19437"
    )
    experts: int = count(8, "Experts", key="num_local_experts")
    active: int = count(2, "Active", key="num_experts_per_tok", help="Experts that a token is sent to.")
    hidden: int = count(14336, "Expert width", key="moe_intermediate_size")
    shared_hidden: int | None = optional_count(
        None, "Shared expert width", help="Works on every token.", least=0
    )
    shared_gate: bool = flag(False, "Gate on shared")
    score: str = choice("softmax", "Scores", {"softmax": "softmax", "sigmoid": "sigmoid"})
    normalise: bool = flag(True, "Weights sum to 1", key="norm_topk_prob")
    scaling: float = real(1.0, "Weight scale", key="routed_scaling_factor")
    correction: bool = flag(
        False, "Balance correction", help="A buffer added to the ranking; not a parameter."
    )
    groups: int | None = optional_count(None, "Groups", key="n_group", help="Experts stand in groups.")
    active_groups: int = count(1, "Active groups", key="topk_group")
    router_bias: bool = flag(False, "Router bias")
    activation: str = choice("silu", "Activation", ACTIVATIONS)
    stacked: bool = flag(True, "Kept stacked", help="All experts in one tensor, or each by itself.")
    expert: Step | None = block("Expert", help="Absent: a gated feed-forward of the expert width.")

    @property
    def glyph(self) -> str:
        return "experts"

    def summary(self, width: Count | None) -> Iterator[Said]:
        yield said("{experts:,} experts", experts=self.experts)
        yield said("{active:,} active", active=self.active)
        yield said("{hidden:,} wide", hidden=self.hidden)
        if self.shared_hidden is not None:
            yield said("1 shared")

    def meaning(self, width: Count | None) -> Iterator[Said]:
        yield said(
            "The router scores {experts:,} experts for each token and sends it to the best {active:,}. All "
            "of them are kept and counted; a token meets {active:,}.",
            experts=self.experts,
            active=self.active,
        )
        if self.shared_hidden:
            yield said("The shared expert works on every token.")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        expert = self.expert or MLP(hidden=self.hidden, gate="fused", activation=self.activation).forward
        y = experts(x, "experts", expert, self._routed(x), self.active, self.stacked)
        if self.shared_hidden is None:
            return y
        one = MLP(hidden=self.shared_hidden, activation=self.activation)
        shared = one.forward(x.part("shared_experts")).at(x.scope)
        if self.shared_gate:
            shared = shared * x.linear("shared_expert_gate", 1).activate("sigmoid")
        return y + shared

    def _routed(self, x: Tensor) -> Tensor:
        """A weight for each expert, 0 for all but the active ones."""
        scores = x.linear("gate", self.experts, self.router_bias).activate(self.score)
        rank = (
            scores + x.buffer("gate.e_score_correction_bias", (self.experts,)) if self.correction else scores
        )
        if self.groups is not None:
            rank = self._grouped(rank, self.groups)
        chosen = scores * rank.top(self.active)
        if self.normalise:
            chosen = chosen / (chosen.sum() + 1e-20)
        return chosen if self.scaling == 1.0 else chosen * self.scaling

    def _grouped(self, rank: Tensor, groups: Count) -> Tensor:
        """Ranks of the experts in the best groups, a group judged by its two best; the others far below."""
        x, each = rank, quotient(self.experts, groups)
        x.divides(groups, self.experts, "{experts} experts do not stand in {groups} equal groups.",
                  experts=self.experts, groups=groups)  # fmt: skip
        x.at_most(2, each, "A group of {each} experts cannot be judged by its two best.", each=each)
        x.at_most(self.active_groups, groups, "{a} groups are active of {b}.", a=self.active_groups, b=groups)
        by_group = rank.view(groups, each)
        best = (by_group * by_group.top(2)).sum().view(groups).top(self.active_groups)
        kept = best.view(groups, 1)
        return (by_group * kept + (kept + -1.0) * FAR).view(self.experts)
