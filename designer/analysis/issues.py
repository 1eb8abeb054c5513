"""Issues: what is imperfect about a design, where, why, and what would help. Counting goes on."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.claims import Claim, claimed_twice
from designer.analysis.measured import Measured
from designer.analysis.parameters import tally
from designer.design import edits
from designer.design.scenario import BITS, Scenario
from designer.design.tree import Design, Node, names_in
from designer.design.variables import needed
from designer.symbolic.body import Body, Check
from designer.symbolic.issue import Issue, Said, said
from designer.symbolic.operation import Region
from designer.symbolic.registry import Registry
from designer.symbolic.tensor import spelled
from designer.symbolic.walk import own_bodies
from designer.symbolic.weights import kept_differently


def issues(measured: Measured, scenario: Scenario | None = None) -> list[Issue]:
    """Everything there is to say: of the import, the fields, the shapes, the names, the scenario."""
    found = [*measured.design.remarks, *_of_variables(measured), *_of_fields(measured), *_of_shapes(measured)]
    found += [*_of_names(measured), *_of_places(measured)]
    found += _of_scenario(measured, scenario or measured.design.scenario)
    return list({(issue.severity, issue.cause, issue.where, issue.node): issue for issue in found}.values())


def stops_export(found: list[Issue]) -> Issue | None:
    """The first issue that a graph cannot be written with: shapes that do not fit, an unsound count."""
    for issue in found:
        if issue.severity == "unsound" or (issue.severity == "warning" and issue.node is not None):
            return issue
    return None


def path_of(design: Design, id: int, registry: Registry) -> str:
    """Where a node stands, in words: `Decoder layer › feed-forward › MLP`."""
    return _in_words(design, edits.path_to(design.tree, id), registry)


def _in_words(design: Design, path: edits.Path, registry: Registry) -> str:
    node, titles = design.tree, list[str]()
    for index in path:
        node = node.inside[index]
        titles.append(_title(node, registry))
    return " › ".join(filter(None, titles)) or _title(node, registry) or node.kind


def _title(node: Node, registry: Registry) -> str:
    made = registry.block(node.kind)
    if node.label or made is None:
        return node.label or node.kind
    return "" if made.layout == "stack" else made.label


def _of_variables(measured: Measured) -> Iterator[Issue]:
    for name, finding in measured.resolved.valued.found:
        yield from _said_of(finding, name, _user(measured.design, name))


def _user(design: Design, name: str) -> int | None:
    """The first block that depends on a variable, by way of others too; None where none does."""
    for node in design.tree.walk():
        own = [used for setting in node.fields.values() for used in names_in(setting)]
        if name in needed(design.variables, own):
            return node.id
    return None


def _of_fields(measured: Measured) -> Iterator[Issue]:
    for id, finding in measured.resolved.findings:
        if id:
            yield from _said_of(finding, path_of(measured.design, id, measured.registry), id)


def _said_of(finding: Check | Issue, where: str, id: int | None) -> Iterator[Issue]:
    if isinstance(finding, Issue):
        yield Issue(finding.severity, finding.cause, finding.where or where, id, finding.fix)
    elif finding.verdict() is False:
        yield Issue("warning", _sentence(finding.cause), where, id)


def _of_shapes(measured: Measured) -> Iterator[Issue]:
    if _flawed(measured.body):
        yield from _below(measured, measured.design.tree, ())


def _below(measured: Measured, node: Node, path: edits.Path) -> Iterator[Issue]:
    """What is wrong with the shapes of a node and of all below it; what is sound is not looked into."""
    count = measured.nodes.get(node.id)
    if count is None or not any(_flawed(body) for body in count.bodies):
        return
    where = _in_words(measured.design, path, measured.registry)
    for body in (inner for whole in count.bodies for inner in own_bodies(whole)):
        if body.misfit is not None:
            yield Issue("unsound", body.misfit, where, node.id)
        for check in body.checks:
            yield from _said_of(check, where, node.id)
    for index, child in enumerate(node.inside):
        yield from _below(measured, child, (*path, index))


def _flawed(body: Body) -> bool:
    """Whether a body, or one that it runs, did not fit or met a condition that may not hold."""
    known = body.read.get(_flawed)
    if known is None:
        inner = (inner for op in body.ops if isinstance(op, Region) for inner in op.bodies)
        known = body.misfit is not None or bool(body.checks) or any(map(_flawed, inner))
        body.read[_flawed] = known
    return known


def _of_names(measured: Measured) -> Iterator[Issue]:
    """One issue for each block that keeps a tensor where another, or another round, keeps one already."""
    twice: dict[edits.Path, Claim] = {}
    for claim in claimed_twice(measured.body):
        twice.setdefault(claim.path[1:], claim)  # the first step leads to the root
    for path, claim in twice.items():
        cause = "It keeps a tensor as {name}, where there is one already; a checkpoint can hold only one."
        where = _in_words(measured.design, path, measured.registry)
        fix, id = said("Give one of the two another name."), edits.at(measured.design.tree, path).id
        yield Issue("unsound", said(cause, name=claim.name), where, id, fix)


def _of_places(measured: Measured) -> Iterator[Issue]:
    """One issue for each tensor that blocks which share a place do not keep alike."""
    for place, bodies in tally(measured.body).once.items():
        for name, a, b in kept_differently(bodies):
            cause = "Blocks that share their weights keep {name} as {a} and as {b}."
            cause = said(cause, name=f"{place}.{name}", a=spelled(a), b=spelled(b))
            sharing = (node.id for node in measured.design.tree.walk() if node.shares == place)
            yield Issue("unsound", cause, place, next(sharing, None))


def _of_scenario(measured: Measured, scenario: Scenario) -> Iterator[Issue]:
    tokens, positions = measured.tokens(scenario), measured.positions
    if isinstance(positions, int) and isinstance(tokens, int) and tokens > positions:
        cause = said("A context of {tokens:,} is beyond the model's own {own:,} positions.", tokens=tokens,
                     own=positions)  # fmt: skip
        yield Issue("warning", cause, where="scenario")
    for precision in dict.fromkeys((scenario.weights, scenario.cache)):
        if BITS[precision] < 16:
            cause = said("{name} counts as {bits}.0 bits a number, without scales.", name=precision,
                         bits=BITS[precision])  # fmt: skip
            yield Issue("note", cause, where="scenario")


def _sentence(cause: Said) -> Said:
    template = cause.template[:1].upper() + cause.template[1:]
    return Said(template if template.endswith(".") else template + ".", cause.values)
