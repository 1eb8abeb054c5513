"""Nothing outside a block's own file knows the block: not its class, not its kind."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from designer.blocks.palette import SECTIONS
from tests.house.source import Import, Source, broken, called, sees

CLASSES = {where for section in SECTIONS.values() for where in section.values()}
KINDS = {kind for section in SECTIONS.values() for kind in section}


def may_know(source: Source) -> bool:
    """The table of contents does, and the importers, whose trade it is."""
    return source.module == "designer.blocks.palette" or source.module.startswith(
        "designer.formats.huggingface"
    )


def known_class(source: Source) -> Iterator[str]:
    """A block's class, imported; but a block may be made of another, as experts are of MLPs."""
    for found in source.imports:
        if as_class(found) in CLASSES and not may_know(source) and source.room != "blocks":
            yield f"line {found.line}: imports {found.name}"


def asked_class(source: Source) -> Iterator[str]:
    """Whether something is that block: nobody asks, not even those who may make one."""
    known = {found.name.rpartition(".")[2] for found in source.imports if as_class(found) in CLASSES}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) in ("isinstance", "issubclass"):
            asked = {part.id for part in ast.walk(node.args[1]) if isinstance(part, ast.Name)}
            yield from (f"line {node.lineno}: asks for {name}" for name in sorted(asked & known))


def as_class(found: Import) -> str:
    """The import in the palette's form, `module:Class`."""
    return ":".join(found.name.rsplit(".", 1))


def known_kind(source: Source) -> Iterator[str]:
    """A block's kind: compared with, asked for, or a key of a table.

    Several kinds are also words of their own (a layout, a category), so a lone word is none of our business.
    """
    if may_know(source):
        return
    for node in ast.walk(source.tree):
        for kind in sorted(kinds_in(node) & KINDS):
            yield f"line {node.lineno}: knows the kind {kind}"


def kinds_in(node: ast.AST) -> set[str]:
    """The words that this piece of syntax treats as kinds."""
    match node:
        case ast.Compare(left=left, comparators=others) if any(named_kind(side) for side in (left, *others)):
            return {word for side in (left, *others) for word in words(side)}
        case ast.Match(subject=subject, cases=cases) if named_kind(subject):
            return {word for case in cases for word in words(case.pattern)}
        case ast.Subscript(slice=key) if named_kind(key):
            return set(words(node.value))
        case ast.keyword(arg="kind", value=value):
            return set(words(value))
        case ast.Call(func=ast.Name(id="Node"), args=[first, *_]):
            return set(words(first))
        case ast.Dict(keys=keys):
            found = {
                key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
            }
            return found if len(found & KINDS) > 1 and not source_of_words(found) else set()
    return set()


def named_kind(node: ast.AST) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "kind") or (
        isinstance(node, ast.Name) and node.id == "kind"
    )


def words(node: ast.AST) -> Iterator[str]:
    """Every text constant inside."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def source_of_words(found: set[str]) -> bool:
    """Whether a table is about layouts or categories, whose words some kinds share."""
    layouts = {"leaf", "stack", "residual", "parallel", "repeat", "choose", "encoder"}
    categories = {"embedding", "attention", "feed_forward", "output", "positional", "normalization", "other"}
    return found <= layouts or found <= categories


RULES = {
    known_class: (
        "designer/analysis/compute.py",
        "def f():\n    from designer.blocks.attention import Attention",
    ),
    asked_class: (
        "designer/formats/huggingface/llama.py",
        "from designer.blocks.attention import Attention\ndef f(x): return isinstance(x, Attention)",
    ),
    known_kind: (
        "designer/ui/canvas/card.py",
        "def colour(node):\n    return 'red' if node.kind == 'attention' else ''",
    ),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule):
    assert broken(rule, "designer") == []


@pytest.mark.parametrize(("rule", "breach"), RULES.items(), ids=[rule.__name__ for rule in RULES])
def test_the_rule_sees_a_breach(rule, breach):
    assert sees(rule, *breach)


@pytest.mark.parametrize(
    "breach",
    [
        "match node.kind:\n    case 'rms_norm' | 'layer_norm':\n        pass",
        "ok = node.kind in ('mlp', 'experts')",
        "icon = {'mlp': 1, 'experts': 2}[node.kind]",
        "ICONS = {'mlp': 'mlp.svg', 'experts': 'experts.svg'}",
        "wrapped = Node('residual', inside=(node,))",
        "wrapped = Node(kind='residual')",
    ],
)
def test_a_kind_is_seen_wherever_it_is_used_as_one(breach):
    assert sees(known_kind, "designer/ui/menus/actions.py", breach)


def test_a_layout_or_a_category_is_no_kind():
    assert not sees(
        known_kind, "designer/ui/canvas/layout.py", "drawn = {'residual': 1, 'repeat': 2}[block.layout]"
    )
    assert not sees(known_kind, "designer/analysis/parameters.py", "if weight.category == 'attention': pass")
