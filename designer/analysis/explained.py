"""Why a count is what it is: lines of factors, in symbols over numbers, that add up to it exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import gcd, prod

from designer.analysis.formula import Formulas, Term
from designer.analysis.node_counts import NodeCount, below
from designer.analysis.parameters import tally
from designer.design.tree import Design, Node
from designer.symbolic.body import Body
from designer.symbolic.frozen import frozen
from designer.symbolic.operation import Linear, Rotate
from designer.symbolic.registry import Registry
from designer.symbolic.size import Atom, Call, Count, Size, product
from designer.symbolic.walk import own_bodies

WIDEST = 44
"""Letters of a factor that is a sum; a longer one is not written out."""


@frozen
class Factor:
    """One factor of a line: what it is called, its number and its power. Without a symbol it is what one
    round, layer or expert counts."""

    symbol: str
    number: int
    power: int = 1

    @property
    def value(self) -> int:
        """What it multiplies by."""
        return self.number**self.power


@frozen
class Line:
    """A part of a count. `tensors` it is made of, or the `node` that it counts; its factors multiply to the
    count. A sum that is too long to be read has no factors."""

    factors: tuple[Factor, ...]
    count: int
    tensors: tuple[str, ...] = ()
    node: int | None = None


@frozen
class Explanation:
    """Why a block, a category or the whole design counts what it does.

    `lines` add up to `one`, of which there are `copies`; `whole` is what stands in the design. `terms` are
    the tensors of a block that holds no others. `biased` says whether its projections have biases, None where
    it has none; `rotates` whether it turns its queries and keys, which takes no parameters.
    """

    lines: tuple[Line, ...]
    one: int
    copies: int
    whole: int
    terms: tuple[Term, ...] = ()
    biased: bool | None = None
    rotates: bool = False


class Explained:
    """The explanations of one design."""

    def __init__(self, design: Design, registry: Registry) -> None:
        self._design, self._registry = design, registry
        self._formulas = Formulas(design, registry)
        self._rank = {name: at for at, name in enumerate(design.variables)}

    def design(self) -> Explanation:
        """The whole design, by the blocks that stand in its stream."""
        total = self._number(tally(self._formulas.trace).settled().total)
        lines = self._by_node((self._design.tree,), self._formulas.nodes, total)
        return Explanation(lines, total, 1, total)

    def category(self, name: str) -> Explanation:
        """One category in the whole design, by the blocks that hold no others."""
        total = self._number(tally(self._formulas.trace).settled().by_category.get(name, 0))
        known = self._formulas.nodes
        leaves = [node for node in self._design.tree.walk() if not node.inside and node.id in known]
        lines = [
            self._of(known[leaf.id].whole.get(name, 0), leaf.id, known[leaf.id].copies) for leaf in leaves
        ]
        return Explanation(self._added_up(lines, total), total, 1, total)

    def node(self, node: Node) -> Explanation | None:
        """One set of a block's weights, and how many sets there are; all of them at once where they differ.
        None where no layer runs it."""
        counted = self._formulas.nodes.get(node.id)
        if counted is None:
            return None
        whole, copies = self._number(counted.total), self._number(counted.copies)
        body = counted.bodies[0]
        alike = len({self._number(tally(each).total) for each in counted.bodies}) == 1
        if node.inside:
            one = self._number(tally(body).total) if alike and copies else whole
            nodes = below(node, body) if alike and copies else self._formulas.nodes
            return Explanation(self._by_node(node.inside, nodes, one), one, copies if alike else 1, whole)
        if not alike or not copies:
            lines = (self._of(counted.total, node.id, 1),) if whole else ()
            return Explanation(lines, whole, min(copies, 1), whole)
        formula = self._formulas.of_node(node.id)
        terms = formula.terms if formula is not None else ()
        one = sum(term.count for term in terms)
        return Explanation(self._by_tensor(terms), one, copies, whole, terms, _biased(body), _rotates(body))

    def _by_node(self, nodes: Iterable[Node], known: Mapping[int, NodeCount], total: int) -> tuple[Line, ...]:
        lines = [
            self._of(known[node.id].total, node.id, self._sets(node, known[node.id]), bool(node.inside))
            for node in self._in_stream(nodes)
            if node.id in known
        ]
        return self._added_up(lines, total)

    def _in_stream(self, nodes: Iterable[Node]) -> Iterator[Node]:
        """The nodes, those in a mere stack instead of the stack."""
        for node in nodes:
            made = self._registry.get(node.kind)
            if made is not None and made.layout == "stack" and node.inside and not node.label:
                yield from self._in_stream(node.inside)
            else:
                yield node

    def _added_up(self, lines: list[Line], total: int) -> tuple[Line, ...]:
        """The lines that count something, and the rest where a container has weights of its own."""
        rest = total - sum(line.count for line in lines)
        kept = [line for line in lines if line.count]
        return (*kept, Line((), rest)) if rest else tuple(kept)

    def _sets(self, node: Node, counted: NodeCount) -> Count:
        """How many sets of a block's weights there are, else of what it holds; 1 where these do not agree."""
        if self._number(counted.copies) > 1:
            return counted.copies
        inner = below(node, counted.bodies[0])
        sets = {inner[child.id].copies for child in node.inside if child.id in inner}
        return sets.pop() if len(sets) == 1 and len(counted.bodies) == 1 else 1

    # --- factors ------------------------------------------------------------------------------------------

    def _by_tensor(self, terms: Iterable[Term]) -> tuple[Line, ...]:
        """A line for each different product, with the tensors that have it in common."""
        alike: dict[tuple[Size, int], list[Term]] = {}
        for term in terms:
            alike.setdefault((Size.of(product(term.symbols)), term.copies), []).append(term)
        return tuple(self._of_tensors(group) for group in alike.values())

    def _of_tensors(self, terms: list[Term]) -> Line:
        first = terms[0]
        times = len(terms) * first.copies
        factors = [factor for size in reversed(first.symbols) for factor in self._factors(size)]
        count = sum(term.count for term in terms)
        return Line(_ordered(times, factors, self._rank), count, tuple(term.name for term in terms))

    def _of(self, count: Count, node: int, sets: Count, holds: bool = False) -> Line:
        """The line of a block: where its polynomial is too long to be read, or it `holds` others, so many
        times what one set of its weights counts."""
        number, times = self._number(count), self._number(sets)
        factors = _ordered(1, self._factors(count), self._rank)
        if (holds and times > 1) or any(len(factor.symbol) > WIDEST for factor in factors):
            even = times > 1 and number % times == 0
            each = Factor("", number // times if even else 0)
            factors = (*_ordered(1, self._factors(sets), self._rank), each) if even else ()
        return Line(factors, number, node=node)

    def _factors(self, count: Count) -> list[Factor]:
        """The factors of a polynomial: what all its terms have in common, and the sum that is left."""
        size = Size.of(count)
        common, powers = _in_common(size)
        if common < 1:
            return [Factor(str(size), self._number(size))]
        taken = Size({tuple(sorted(powers.items(), key=_atom)): common})
        rest = size.quotient(taken)
        factors = [Factor(str(common), common)] if common != 1 else []
        factors += [Factor(str(atom), self._value(atom), power) for atom, power in powers.items()]
        if rest != 1:
            factors.append(Factor(f"({rest})", self._number(rest)))
        return factors

    def _value(self, atom: Atom) -> int:
        return atom.at(self._formulas.values) if isinstance(atom, Call) else self._formulas.values[atom]

    def _number(self, count: Count) -> int:
        return self._formulas.number(count)


def _in_common(size: Size) -> tuple[int, dict[Atom, int]]:
    """(the number, the powers of names) that every term of a polynomial has; (0, …) where some term is a
    fraction, so that it is better left whole."""
    terms = list(size.terms.items())
    whole = [c for m, c in terms if isinstance(c, int) and all(power > 0 for _, power in m)]
    if not terms or len(whole) < len(terms):
        return 0, {}
    powers = dict(terms[0][0])
    for monomial, _ in terms[1:]:
        here = dict(monomial)
        powers = {atom: min(power, here[atom]) for atom, power in powers.items() if atom in here}
    return gcd(*whole), powers


def _ordered(times: int, factors: Iterable[Factor], rank: Mapping[str, int]) -> tuple[Factor, ...]:
    """One number first, then each name once, in the order of the design's variables, sums last."""
    numbers, powers, sums = [times], dict[str, Factor](), list[Factor]()
    for factor in factors:
        if factor.symbol.startswith("("):
            sums.append(factor)
        elif factor.symbol == str(factor.number):
            numbers.append(factor.value)
        else:
            known = powers.get(factor.symbol)
            power = factor.power + (known.power if known is not None else 0)
            powers[factor.symbol] = Factor(factor.symbol, factor.number, power)
    named = sorted(powers.values(), key=lambda factor: rank.get(factor.symbol, len(rank)))
    times = prod(numbers)
    first = [Factor(f"{times:,}", times)] if times != 1 or not (named or sums) else []
    return (*first, *named, *sums)


def _atom(pair: tuple[Atom, int]) -> str:
    return str(pair[0])


def _biased(body: Body) -> bool | None:
    """Whether any projection has a bias; None where there is none."""
    found = [len(op.inputs) > 2 for own in own_bodies(body) for op in own.ops if isinstance(op, Linear)]
    return any(found) if found else None


def _rotates(body: Body) -> bool:
    return any(isinstance(op, Rotate) for own in own_bodies(body) for op in own.ops)
