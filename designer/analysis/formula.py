"""Formulas: the symbolic count behind a number, with the numbers that stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from designer.analysis.node_counts import by_node
from designer.analysis.parameters import tally
from designer.analysis.tensors import NamedTensor, patterns
from designer.design.resolve import Resolved, resolve
from designer.design.tree import Design, Node
from designer.symbolic.body import Body, Check
from designer.symbolic.frozen import frozen
from designer.symbolic.operation import Region
from designer.symbolic.registry import Registry
from designer.symbolic.scope import Memo
from designer.symbolic.size import Atom, Call, Count, Shape, Size, product
from designer.symbolic.walk import trace


@frozen
class Term:
    """One tensor of a formula: its name inside the block, its category, its shape in symbols and in numbers,
    and how many of it one set of the block's weights holds."""

    name: str
    category: str
    symbols: Shape
    numbers: tuple[int, ...]
    copies: int = 1

    @property
    def count(self) -> int:
        """Parameters in all copies."""
        return _int(product(self.numbers)) * self.copies


@frozen
class Formula:
    """Where a block's count comes from.

    `polynomial` counts one set of its weights, over names that have these `values`; `terms` are its tensors,
    whose counts add up to it. `copies` sets of weights are in the design.
    """

    polynomial: Size
    values: Mapping[str, int]
    terms: tuple[Term, ...]
    copies: int

    @property
    def one(self) -> int:
        """Parameters of one set of weights."""
        return self.polynomial.at(self.values)

    @property
    def text(self) -> str:
        """The formula in symbols."""
        return str(self.polynomial)

    @property
    def substituted(self) -> str:
        """The formula with numbers in place of its names."""
        return self.polynomial.spelled(self._number)

    def _number(self, atom: Atom) -> str:
        return f"{atom.at(self.values) if isinstance(atom, Call) else self.values[atom]:,}"


class Formulas:
    """The formulas of one design, traced in symbols.

    A count is called by the variable that gives it, else by its field; where two fields of one name hold
    different numbers, the later ones are numbered. Where something does not fit or divide, so that a
    polynomial would not give the count, its names stand as plain numbers. `trace` is the design in these
    symbols, `nodes` what each block counts in them.
    """

    def __init__(self, design: Design, registry: Registry) -> None:
        self._named = _Names(design)
        self.values: Mapping[str, int] = {}
        self.trace = self._traced(design, registry)
        self.nodes = by_node(design.tree, self.trace)

    def _traced(self, design: Design, registry: Registry) -> Body:
        plain: frozenset[str] = frozenset()
        while True:
            symbols = frozenset(design.variables) - plain
            named = {at: name for at, name in self._named.of_fields.items() if name not in plain}
            resolved = resolve(design, registry, Memo(), symbols, named)
            numbers = {n: v for n, v in resolved.valued.numbers.items() if isinstance(v, int)}
            self.values = {**numbers, **self._named.values}
            body = trace(resolved.step)
            checks = (check for check in (*_found(resolved), *_met(body)) if check.names())
            broken = [check.names() for check in checks if not check.at(self.values).verdict()]
            if not broken:
                return body
            plain = plain.union(*broken)

    def of_design(self) -> Formula:
        """The formula of the whole design."""
        settled = tally(self.trace).settled()
        return Formula(Size.of(settled.total), self.values, self._terms(self.trace), 1)

    def of_node(self, id: int) -> Formula | None:
        """The formula of a block; None where no layer runs it. Where layers differ, that of the first."""
        counted = self.nodes.get(id)
        if counted is None:
            return None
        copies = _int(Size.of(counted.copies).at(self.values))
        body = counted.bodies[0]
        return Formula(Size.of(tally(body).settled().total), self.values, self._terms(body), copies)

    def _terms(self, body: Body) -> tuple[Term, ...]:
        return tuple(self._term(tensor) for tensor in patterns(body) if tensor.tied_to is None)

    def _term(self, tensor: NamedTensor) -> Term:
        numbers = tuple(self.number(size) for size in tensor.shape)
        return Term(tensor.name, tensor.category, tensor.shape, numbers, self.number(tensor.copies))

    def number(self, size: Count) -> int:
        """What a count of this trace comes to."""
        return size.at(self.values) if isinstance(size, Size) else size


class _Names:
    """Names for the plain counts of a design's fields."""

    def __init__(self, design: Design) -> None:
        self.values: dict[str, int] = {}
        self.of_fields: dict[tuple[int, str], str] = {}
        taken = frozenset(design.variables)
        for node in design.tree.walk():
            for field, number in _plain(node):
                self.of_fields[node.id, field] = self._name(field, number, taken)

    def _name(self, field: str, number: int, taken: frozenset[str]) -> str:
        name, n = field, 1
        while name in taken or self.values.get(name, number) != number:
            n += 1
            name = f"{field}_{n}"
        self.values[name] = number
        return name


def _found(resolved: Resolved) -> Iterator[Check]:
    findings = (finding for _, finding in (*resolved.findings, *resolved.valued.found))
    return (finding for finding in findings if isinstance(finding, Check))


def _met(body: Body) -> Iterator[Check]:
    yield from body.checks
    for op in body.ops:
        for inner in op.bodies if isinstance(op, Region) else ():
            yield from _met(inner)


def _plain(node: Node) -> Iterator[tuple[str, int]]:
    for field, setting in node.fields.items():
        if isinstance(setting, int) and not isinstance(setting, bool):
            yield field, setting


def _int(count: Count) -> int:
    assert isinstance(count, int)
    return count
