"""The design: an immutable tree of nodes with variables. Data, not blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
from itertools import count
from typing import Any, TypeAlias, Union

from designer.design.expression import Expression
from designer.design.scenario import Scenario
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Issue
from designer.symbolic.scope import Stored

Number: TypeAlias = int | float | bool
Setting: TypeAlias = Union[Number, str, Expression, "Pattern", "Group", "Node", None]

_ids = count(1)


@frozen
class Run:
    """A value of a pattern said several times over; `times` is an int before anything is traced."""

    value: Setting
    times: int | Expression


@frozen
class Pattern:
    """A schedule as it is written: first values, then a cycle, `but` for single rounds."""

    first: tuple[Setting | Run, ...] = ()
    cycle: tuple[Setting | Run, ...] = ()
    but: Mapping[int, Setting] = field(default_factory=dict)


@frozen
class Group:
    """A small group of fields, such as Rope, as data."""

    kind: str
    fields: Mapping[str, Setting] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


@frozen
class Node:
    """A block where it stands.

    `name` is the checkpoint's segment, `names` its dialect, `shares` the place where it keeps its weights;
    `label` is for people and never part of a tensor's name. `extra` keeps what a file said and nobody
    understood. `id` tells the node through configure and move; it is outside equality and never saved.
    """

    kind: str
    fields: Mapping[str, Setting] = field(default_factory=dict)
    inside: tuple[Node, ...] = ()
    name: str = ""
    names: Mapping[str, Stored] = field(default_factory=dict)
    shares: str = ""
    label: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    id: int = field(default_factory=lambda: next(_ids), compare=False)

    __hash__ = object.__hash__

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first."""
        yield self
        for node in self.inside:
            yield from node.walk()

    def of_kinds(self, kinds: frozenset[str]) -> Iterator[Node]:
        """Those of these kinds in the same order; what holds none of them is not looked into."""
        if not kinds.isdisjoint(self.kinds):
            if self.kind in kinds:
                yield self
            for node in self.inside:
                yield from node.of_kinds(kinds)

    @cached_property
    def span(self) -> tuple[int, int]:
        """The least and the greatest id of this node and all below it: what lies outside is not in here."""
        spans = [node.span for node in self.inside]
        return min([self.id, *[least for least, _ in spans]]), max([self.id, *[most for _, most in spans]])

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of this node and of all below it."""
        return frozenset((self.kind,)).union(*{node.kinds for node in self.inside})

    @cached_property
    def visible(self) -> frozenset[str]:
        """The names it brings to where it stands: its own, or those inside of one that merely holds them."""
        if self.name or not self.inside:
            return frozenset((self.name,))
        return frozenset().union(*{node.visible for node in self.inside})

    @cached_property
    def used(self) -> frozenset[str]:
        """The variables that this node and all below it depend on."""
        used = {name for s in self.fields.values() if isinstance(s, _HOLDING) for name in names_in(s)}
        return frozenset(used.union(*[node.used for node in self.inside]))

    @cached_property
    def varies(self) -> bool:
        """Whether a field of this node, or of one below it, follows a pattern."""
        own = any(isinstance(setting, Pattern) for setting in self.fields.values())
        return own or any(node.varies for node in self.inside)

    def configured(self, **settings: Setting) -> Node:
        """The same node with other fields."""
        return replace(self, fields={**self.fields, **settings})

    def fresh(self) -> Node:
        """A copy with ids of its own all the way down."""
        fields = {n: s.fresh() if isinstance(s, Node) else s for n, s in self.fields.items()}
        return replace(self, fields=fields, inside=tuple(n.fresh() for n in self.inside), id=next(_ids))


_HOLDING = (Expression, Pattern, Group, Node)
"""Settings that may hold names of variables."""


@frozen
class Design:
    """The whole document.

    `variables` are numbers or expressions over others, in order. `positions` is how many the model has of its
    own, where it says so. `source` is the imported configuration; `remarks` what the import had to say.
    """

    tree: Node
    name: str = ""
    notes: str = ""
    variables: Mapping[str, Number | Expression] = field(default_factory=dict)
    scenario: Scenario = field(default_factory=Scenario)
    positions: int | Expression | None = None
    source: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[Issue, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1

    __hash__ = object.__hash__


def names_in(setting: Setting | Run) -> Iterator[str]:
    """The names of variables in a setting, however deep."""
    if isinstance(setting, Expression):
        yield from setting.names
    elif isinstance(setting, Run):
        yield from names_in(setting.value)
        if isinstance(setting.times, Expression):
            yield from setting.times.names
    elif isinstance(setting, Pattern):
        for entry in (*setting.first, *setting.cycle, *setting.but.values()):
            yield from names_in(entry)
    elif isinstance(setting, Group):
        for inner in setting.fields.values():
            yield from names_in(inner)
    elif isinstance(setting, Node):
        yield from setting.used
