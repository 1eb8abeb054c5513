"""Designs as hypothesis draws them: any tree over the palette's kinds, with everything a file can hold."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from designer.blocks.palette import SECTIONS, registry
from designer.design.expression import Expression
from designer.design.scenario import BITS, Scenario
from designer.design.tree import Design, Group, Node, Pattern, Run
from designer.symbolic.field import Declared, Field
from designer.symbolic.issue import Issue, Said
from designer.symbolic.scope import Stored

REGISTRY = registry()
KINDS = tuple(kind for section in SECTIONS.values() for kind in section)
HOLDERS = tuple(kind for kind in KINDS if REGISTRY.get(kind).layout != "leaf")

SOUND = ("hidden_size", "4 * hidden_size", "hidden_size / heads", "(heads + 1) // 2 * 8", "max(heads, 2**3)")
REALS = ("hidden_size ** -0.5", "1 / (heads + 1.0)")
TRUTHS = ("biased", "not biased", "hidden_size > 100 and heads < 4")
BROKEN = ("", "4 *", "hidden_sise", "(", "__import__('os')", "heads heads", "9 $ 3", "x.y")

words = st.text(max_size=8)
places = st.sampled_from(("", "mlp", "layers", "self_attn", "{}", "ln_1", "blöck"))
plain_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
"""Anything JSON can hold."""


@cache
def others(*understood: str) -> st.SearchStrategy[dict[str, Any]]:
    """Keys that nobody understands, with anything under them."""
    keys = st.text(min_size=1, max_size=8).filter(lambda key: key not in understood)
    return st.dictionaries(keys, plain_json, max_size=2)


def expressions(*texts: str) -> st.SearchStrategy[Expression]:
    """Expressions that can be read, and broken ones that count on with their last value."""
    last = st.integers(1, 100) | st.floats(0.5, 8)
    return st.builds(Expression, st.sampled_from(texts)) | st.builds(
        Expression, st.sampled_from(BROKEN), last
    )


def single(field: Field) -> st.SearchStrategy[Any]:
    """Any value a field can hold, the same in every round."""
    drawn = {
        "count": st.integers(0, 10**13) | expressions(*SOUND),
        "real": st.floats(-(10**9), 10**9) | st.integers(0, 9) | expressions(*REALS, *SOUND),
        "flag": st.booleans() | expressions(*TRUTHS),
        "choice": st.sampled_from((*field.options, "something new")),
        "value": st.deferred(lambda: groups(field)),
        "block": st.deferred(lambda: nodes),
    }[field.kind]
    return st.none() | drawn if field.optional else drawn


def patterned(field: Field) -> st.SearchStrategy[Pattern]:
    """A value for each round."""
    times = st.integers(0, 9) | st.builds(Expression, st.sampled_from(SOUND[:2]))
    entry = single(field) | st.builds(Run, single(field), times)
    some = st.lists(entry, max_size=2).map(tuple)
    cycle = st.lists(entry, min_size=1, max_size=2).map(tuple)
    return st.builds(Pattern, some, cycle, st.dictionaries(st.integers(0, 60), single(field), max_size=2))


def groups(field: Field) -> st.SearchStrategy[Group]:
    """A small group of fields of a kind that the field takes, or of one that nobody knows."""
    known = [
        st.builds(
            Group, st.just(kind), fields(REGISTRY.get(kind)), others("kind", *REGISTRY.get(kind).fields())
        )
        for kind in field.of
    ]
    return st.one_of(*known, st.builds(Group, st.just("spiral"), st.just({}), others("kind")))


@cache
def fields(made: type[Declared], patterns: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Every field of a kind, in its order."""
    declared = made.fields()
    drawn = [single(field) | patterned(field) if patterns else single(field) for field in declared.values()]
    return st.tuples(*drawn).map(lambda values: dict(zip(declared, values, strict=True)))


stored = st.builds(
    Stored,
    st.text(min_size=1, max_size=6),
    st.sampled_from(("plain", "transposed")),
    st.lists(words, max_size=2).map(tuple),
)


@st.composite
def known(draw: st.DrawFn, inside: st.SearchStrategy[tuple[Node, ...]], kinds: tuple[str, ...]) -> Node:
    """A block of a kind of the palette."""
    kind = draw(st.sampled_from(kinds))
    made = REGISTRY.get(kind)
    unknown = draw(others(*made.fields()))
    extra = draw(others("block", "name", "label", "shares", "names", "fields", "inside"))
    return Node(
        kind,
        draw(fields(made, patterns=True)),
        draw(inside),
        draw(places),
        draw(st.dictionaries(words, stored, max_size=2)),
        draw(st.sampled_from(("", "", "shared"))),
        draw(words),
        extra | ({"fields": unknown} if unknown else {}),
    )


def unknown_node(kind: str, name: str, label: str, fields: dict[str, Any], rest: dict[str, Any]) -> Node:
    """A block of a kind that nobody knows, with a block inside."""
    held = {"block": "quark", "colour": ["red", {"charm": None}]}
    return Node(
        kind, name=name, label=label, extra={"shares": "", "fields": fields, **rest, "inside": [held]}
    )


strange = st.builds(
    unknown_node,
    st.sampled_from(("quantum", "rope", "liquid")),
    places,
    words,
    others(),
    others("block", "name", "label", "shares", "names", "fields", "inside"),
)
nodes: st.SearchStrategy[Node] = st.recursive(
    known(st.just(()), KINDS) | strange,
    lambda inner: known(st.lists(inner, min_size=1, max_size=3).map(tuple), HOLDERS),
    max_leaves=6,
)
remarks = st.builds(
    lambda severity, cause, where, fix: Issue(severity, Said("{text}", {"text": cause}), where, fix=fix),
    st.sampled_from(("note", "warning", "unsound")),
    words,
    words,
    st.none() | words.map(lambda text: Said("{text}", {"text": text})),
)
scenarios = st.builds(
    Scenario,
    st.integers(1, 10**9),
    st.none() | st.integers(1, 10**9),
    st.sampled_from(tuple(BITS)),
    st.sampled_from(tuple(BITS)),
    st.sampled_from(("causal", "dense")),
)
variables = st.fixed_dictionaries(
    {
        "hidden_size": st.integers(1, 10**6),
        "heads": st.integers(1, 64) | expressions("hidden_size // 64"),
        "biased": st.booleans(),
    },
    optional={"total": st.integers(1, 9), "ratio": st.floats(0, 9)},
)
understood = [
    "format",
    "version",
    "name",
    "notes",
    "variables",
    "scenario",
    "positions",
    "source",
    "remarks",
    "tree",
]
scenario_keys = ("batch", "context", "weights", "cache", "convention")
designs = st.builds(
    Design,
    nodes,
    name=words,
    notes=st.text(max_size=30),
    variables=variables,
    scenario=scenarios,
    positions=st.none() | st.integers(1, 10**6) | expressions(*SOUND),
    source=st.dictionaries(words, plain_json, max_size=3),
    remarks=st.lists(remarks, max_size=2).map(tuple),
    extra=st.builds(
        lambda rest, scenario: rest | ({"scenario": scenario} if scenario else {}),
        others(*understood),
        others(*scenario_keys),
    ),
)
