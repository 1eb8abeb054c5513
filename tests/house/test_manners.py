"""Files are short, names say what a thing is, and what is public is explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.source import Source, broken, sees, sources

LONGEST = 400
LONGER: dict[str, str] = {}  # path: the reason why it may be longer
EMPTY_NAMES = {"manager", "handler", "helper", "util", "core", "common", "misc"}
# What Qt calls its methods where it does not use camel case.
QT_WORDS = {"event", "paint", "shape", "type", "data", "flags", "index", "parent", "validate"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(source: Source) -> Iterator[str]:
    """More lines than a reader holds in mind."""
    lines = source.text.count("\n")
    if lines > LONGEST and str(source.path) not in LONGER:
        yield f"{lines} lines; split it, or write its reason into the test"


def not_a_sign(source: Source) -> Iterator[str]:
    """More than the sign on the door in an `__init__.py` below the top."""
    body = source.tree.body
    if (
        source.path.name == "__init__.py"
        and len(source.path.parts) > 2
        and (len(body) != 1 or not documented(source.tree))
    ):
        yield "it holds more, or less, than a docstring"


def says_nothing(source: Source) -> Iterator[str]:
    """A module or class named by a word that would fit any."""
    names = [source.path.stem] + [
        node.name for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)
    ]
    for name in names:
        words = re.findall(r"[A-Z]?[a-z]+", name)
        if EMPTY_NAMES & {word.lower().removesuffix("s") for word in words}:
            yield f"{name} says nothing"


def evaluated(source: Source) -> Iterator[str]:
    """Text that is run as code."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("eval", "exec")
        ):
            yield f"line {node.lineno}: {node.func.id}"


def unexplained(source: Source) -> Iterator[str]:
    """A module, a public class or function without a docstring, unless one that it overrides has one."""
    if not documented(source.tree):
        yield "the module has no docstring"
    for node in source.tree.body:
        if isinstance(node, Function | ast.ClassDef) and public(node) and not documented(node):
            yield f"line {node.lineno}: {node.name} has no docstring"
        if isinstance(node, ast.ClassDef) and public(node):
            for method in node.body:
                if (
                    isinstance(method, Function)
                    and public(method)
                    and not (documented(method) or known(node, method))
                ):
                    yield f"line {method.lineno}: {node.name}.{method.name} has no docstring"


def documented(node: ast.Module | ast.ClassDef | Function) -> bool:
    return bool(ast.get_docstring(node))


def public(node: ast.ClassDef | Function) -> bool:
    """Seen from outside, and said once: a setter or an overload is explained where its name first stands."""
    marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
    return not node.name.startswith("_") and not marks & {"overload", "override", "setter"}


def known(owner: ast.ClassDef, method: Function) -> bool:
    """Whether a class above explains the method, or Qt does."""
    above = bases(owner)
    of_qt = method.name in QT_WORDS or re.fullmatch(r"[a-z]+(?:[A-Z][a-z]*)+", method.name)
    if of_qt and any(re.match("Q[A-Z]", name) for name in above):
        return True
    return any(method.name in explained().get(name, ()) for name in above)


def bases(owner: ast.ClassDef) -> set[str]:
    """The names of the classes above, as far as the house defines them."""
    found: set[str] = set()
    todo = [owner]
    while todo:
        names = {ast.unparse(base).rpartition(".")[2] for base in todo.pop().bases} - found
        found |= names
        todo += [above for name in names for above in classes().get(name, ())]
    return found


@cache
def classes() -> dict[str, list[ast.ClassDef]]:
    """Every class of the house by its name."""
    named: dict[str, list[ast.ClassDef]] = {}
    for source in sources("designer"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                named.setdefault(node.name, []).append(node)
    return named


@cache
def explained() -> dict[str, set[str]]:
    """Class to the methods that it explains."""
    return {
        name: {m.name for node in nodes for m in node.body if isinstance(m, Function) and documented(m)}
        for name, nodes in classes().items()
    }


RULES = {
    too_long: ("designer/ui/session.py", '"""One."""\n' * (LONGEST + 1)),
    not_a_sign: ("designer/ui/__init__.py", '"""The window."""\nfrom designer.ui.session import Session'),
    says_nothing: ("designer/ui/session.py", "class BlockHelper:\n    pass"),
    evaluated: ("designer/design/expression.py", "def value(text):\n    return eval(text)"),
    unexplained: (
        "designer/ui/session.py",
        '"""One."""\nclass Session:\n    """Two."""\n    def undo(self): ...',
    ),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule):
    assert broken(rule, "designer") == []


@pytest.mark.parametrize(("rule", "breach"), RULES.items(), ids=[rule.__name__ for rule in RULES])
def test_the_rule_sees_a_breach(rule, breach):
    assert sees(rule, *breach)


@pytest.mark.parametrize("rule", [too_long, says_nothing], ids=lambda rule: rule.__name__)
def test_tests_and_examples_keep_it_too(rule):
    assert broken(rule, "tests", "examples") == []


def test_a_module_is_named_by_what_it_is():
    assert sees(says_nothing, "designer/formats/json_utils.py", "")
    assert not sees(says_nothing, "designer/formats/score.py", "class Scoreboard: ...")


def test_a_sign_is_not_left_off():
    assert sees(not_a_sign, "designer/ui/__init__.py", "")
    assert not sees(not_a_sign, "designer/__init__.py", '"""Top."""\nimport typing')


def test_a_reason_for_length_is_dropped_when_the_file_is_short_again():
    long = {str(source.path) for source in sources("designer", "tests") if source.text.count("\n") > LONGEST}
    assert set(LONGER) <= long
