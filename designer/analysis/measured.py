"""A design with its readings, each worked out when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from designer.analysis.compute import flops
from designer.analysis.memory import in_bytes, kept
from designer.analysis.node_counts import NodeCounts, by_node
from designer.analysis.parameters import CATEGORIES, Tally, tally
from designer.design.expression import Expression
from designer.design.resolve import Resolved, resolve
from designer.design.scenario import UNSAID_POSITIONS, Scenario
from designer.design.tree import Design
from designer.design.variables import expressed
from designer.symbolic.body import Body
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal
from designer.symbolic.registry import Registry
from designer.symbolic.scope import Memo
from designer.symbolic.size import Count, least, total
from designer.symbolic.walk import trace


@frozen
class Asked:
    """A trace under a scenario, with the tokens that it comes to: what a reading is made of."""

    body: Body
    scenario: Scenario
    tokens: Count

    @cached_property
    def tally(self) -> Tally:
        """Parameters, shared ones added once."""
        return tally(self.body).settled()


def _category(name: str) -> Callable[[Asked], Count]:
    return lambda asked: asked.tally.by_category.get(name, 0)


def _forward(asked: Asked) -> Count:
    return flops(asked.body, asked.tokens, asked.scenario.convention) * asked.scenario.batch


def _cache(asked: Asked) -> Count:
    numbers = kept(asked.body, asked.tokens).growing * asked.scenario.batch
    return in_bytes(numbers, asked.scenario.cache)


def _state(asked: Asked) -> Count:
    numbers = kept(asked.body, asked.tokens).constant * asked.scenario.batch
    return in_bytes(numbers, asked.scenario.cache)


READINGS: Mapping[str, Callable[[Asked], Count]] = {
    "total": lambda asked: total(asked.tally.by_category.values()),
    "active": lambda asked: asked.tally.active,
    "trainable": lambda asked: total(asked.tally.by_category.values()) - asked.tally.frozen,
    **{name: _category(name) for name in CATEGORIES},
    "weights_bytes": lambda asked: in_bytes(total(asked.tally.by_category.values()), asked.scenario.weights),
    "kv_cache_bytes": _cache,
    "state_bytes": _state,
    "flops_forward": _forward,
    "flops_training": lambda asked: 3 * _forward(asked),
}
"""Every number that can be asked of a design, by the name that expressions use."""

COSTS = ("weights_bytes", "kv_cache_bytes", "state_bytes", "flops_forward", "flops_training")
"""The readings that depend on a scenario."""


class Measured:
    """A design, the registry of its blocks and the memory of its bodies, with lazy readings.

    `symbols` are variables that stay Sizes, so that readings are polynomials over them.
    """

    def __init__(
        self,
        design: Design,
        registry: Registry,
        memo: Memo | None = None,
        symbols: frozenset[str] = frozenset(),
    ) -> None:
        self.design, self.registry, self.symbols = design, registry, symbols
        self.memo = memo if memo is not None else Memo()

    def of(self, design: Design) -> Measured:
        """Another design under the same memory."""
        return Measured(design, self.registry, self.memo, self.symbols)

    @cached_property
    def resolved(self) -> Resolved:
        """The design as steps."""
        return resolve(self.design, self.registry, self.memo, self.symbols)

    @cached_property
    def body(self) -> Body:
        """The trace."""
        return trace(self.resolved.step, self.memo)

    @cached_property
    def tally(self) -> Tally:
        """Parameters of the whole design."""
        return tally(self.body).settled()

    @cached_property
    def nodes(self) -> NodeCounts:
        """What each node counts, by id."""
        return by_node(self.design.tree, self.body)

    @cached_property
    def positions(self) -> Count | None:
        """How many positions the model has of its own; None where it does not say, or says nothing sound."""
        given = self.design.positions
        if not isinstance(given, Expression):
            return given
        try:
            number, count, _ = expressed(given, self.resolved.valued.numbers, self.resolved.valued.counts)
            return count if isinstance(number, int) and number >= 1 else None
        except Refusal:
            return given.last if isinstance(given.last, int) else None

    def tokens(self, scenario: Scenario | None = None) -> Count:
        """The context in tokens."""
        scenario = scenario or self.design.scenario
        if scenario.context is not None:
            return scenario.context
        return UNSAID_POSITIONS if self.positions is None else least(UNSAID_POSITIONS, self.positions)

    def asked(self, scenario: Scenario | None = None) -> Asked:
        """What readings are made of, under a scenario or the design's own."""
        scenario = scenario or self.design.scenario
        return Asked(self.body, replace(scenario, context=None), self.tokens(scenario))

    def reading(self, name: str, scenario: Scenario | None = None) -> Count:
        """One of `READINGS`."""
        return READINGS[name](self.asked(scenario))

    def costs(self, scenario: Scenario | None = None) -> dict[str, Count]:
        """Bytes and FLOPs of the whole batch by name; `flops_per_token` is of the forward pass."""
        asked = self.asked(scenario)
        costs = {name: READINGS[name](asked) for name in COSTS}
        return {**costs, "flops_per_token": costs["flops_forward"] // (asked.scenario.batch * asked.tokens)}

    @property
    def total(self) -> Count:
        """All parameters, what is provisional included."""
        return total(self.tally.by_category.values())

    @property
    def by_category(self) -> dict[str, Count]:
        """All seven categories, zeros kept."""
        return {name: self.tally.by_category.get(name, 0) for name in CATEGORIES}

    @property
    def active_by_category(self) -> dict[str, Count]:
        """The same of what one token meets."""
        return {name: self.tally.met.get(name, 0) for name in CATEGORIES}
