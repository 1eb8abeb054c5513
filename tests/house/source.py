"""The house as text: every Python file, parsed, with what it imports. Nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Import:
    """One imported name, dotted and absolute; `deferred` when it waits inside a function."""

    name: str
    line: int
    deferred: bool

    @property
    def top(self) -> str:
        """The package it comes from."""
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Source:
    """A file at `path`, relative to the checkout."""

    path: PurePosixPath
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text, str(self.path))

    @property
    def module(self) -> str:
        """Its dotted name; a package's is that of its folder."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        """Where it stands: `designer/ui/canvas/card.py` in ui; empty for what is above all floors."""
        return self.path.parts[1] if len(self.path.parts) > 2 else ""

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Everything it imports: for types only, inside functions and by importlib too."""
        return tuple(_imports(self.tree, deferred=False))


Rule = Callable[[Source], Iterator[str]]


def _imports(node: ast.AST, deferred: bool) -> Iterator[Import]:
    inside = deferred or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, child.lineno, inside) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield from (Import(f"{child.module}.{alias.name}", child.lineno, inside) for alias in child.names)
        elif isinstance(child, ast.Call) and called(child) in ("import_module", "__import__"):
            names = [argument.value for argument in child.args if isinstance(argument, ast.Constant)]
            yield from (Import(name, child.lineno, inside) for name in names if isinstance(name, str))
        yield from _imports(child, inside)


def called(call: ast.Call) -> str:
    """The last word of what is called: `Signal` in `QtCore.Signal(object)`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under these folders of the checkout."""
    paths = sorted(path for folder in folders for path in (CHECKOUT / folder).rglob("*.py"))
    return tuple(
        Source(PurePosixPath(path.relative_to(CHECKOUT).as_posix()), path.read_text()) for path in paths
    )


def broken(rule: Rule, *folders: str) -> list[str]:
    """What `rule` says of the house: one line a complaint, each with its place."""
    return [f"{source.path}: {complaint}" for source in sources(*folders) for complaint in rule(source)]


def sees(rule: Rule, path: str, text: str) -> bool:
    """Whether `rule` would object to such a file."""
    return any(rule(Source(PurePosixPath(path), text)))
