"""Which part of the count is provisional: blocks that do not fit, or whose fields cannot be read. Qt-free."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from designer.analysis.measured import Measured
from designer.analysis.parameters import CATEGORIES
from designer.design.expression import Expression
from designer.design.tree import Design, Node, names_in
from designer.symbolic.issue import Issue
from designer.ui.numbers import plain


def doubtful(design: Design, issues: Iterable[Issue]) -> frozenset[int]:
    """The ids of the outermost nodes whose count is not sound."""
    unsound = [issue for issue in issues if issue.severity == "unsound"]
    broken = {issue.where for issue in unsound} & set(design.variables)
    ids = {issue.node for issue in unsound if issue.node is not None and issue.where not in broken}
    return frozenset(_outermost(design.tree, sorted(ids), _reached(design, broken)))


def provisional(measured: Measured, ids: Iterable[int]) -> dict[str, int]:
    """How much of each category stands in these nodes, zeros kept. The design must be measured with ints."""
    known = [measured.nodes[id].whole for id in ids if id in measured.nodes]
    return {category: sum(plain(whole.get(category, 0)) for whole in known) for category in CATEGORIES}


def _reached(design: Design, names: set[str]) -> set[str]:
    """The variables that depend on these, and these."""
    while True:
        more = {
            name
            for name, value in design.variables.items()
            if isinstance(value, Expression) and name not in names and value.names & names
        }
        if not more:
            return names
        names = names | more


def _outermost(node: Node, ids: list[int], names: set[str]) -> Iterator[int]:
    """The ids are sorted. What can hold none of them, and uses none of the names, is not looked into."""
    least, most = node.span
    if bisect_left(ids, least) == bisect_right(ids, most) and names.isdisjoint(node.used):
        return
    own = any(name in names for setting in node.fields.values() for name in names_in(setting))
    if own or _holds(ids, node.id):
        yield node.id
        return
    for child in node.inside:
        yield from _outermost(child, ids, names)


def _holds(ids: list[int], id: int) -> bool:
    at = bisect_left(ids, id)
    return at < len(ids) and ids[at] == id
