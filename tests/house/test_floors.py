"""An arrow points only downwards, and neighbours on a floor do not know each other."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.source import CHECKOUT, Source, broken, sees, sources

BELOW = {
    "symbolic": set[str](),
    "blocks": {"symbolic"},
    "design": {"symbolic"},
    "analysis": {"design", "blocks", "symbolic"},
    "search": {"analysis", "design", "blocks", "symbolic"},
    "formats": {"analysis", "design", "blocks", "symbolic"},
    "ui": {"search", "formats", "analysis", "design", "blocks", "symbolic"},
    "commands": {"search", "formats", "analysis", "design", "blocks", "symbolic"},
}
QT = {"PySide6", "shiboken6", "pyqtgraph"}
CLOSED = {"pickle", "marshal", "shelve", "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "xmlrpc"}


def upward(source: Source) -> Iterator[str]:
    """Imports of a room that is not below."""
    for found in source.imports:
        if found.top == "designer" and source.room:
            there = [*found.name.split("."), ""][1]
            if there != source.room and there not in BELOW[source.room]:
                yield f"line {found.line}: {source.room} imports {found.name}"


def qt_outside(source: Source) -> Iterator[str]:
    """Qt anywhere but under ui."""
    for found in source.imports:
        if found.top in QT and source.room != "ui":
            yield f"line {found.line}: imports {found.name}"


def onnx_outside(source: Source) -> Iterator[str]:
    """The package onnx anywhere but under formats/onnx, and that room before it is needed."""
    at_home = source.module.startswith("designer.formats.onnx")
    for found in source.imports:
        package = found.top == "onnx"
        room = found.name.startswith("designer.formats.onnx") and not found.deferred
        if not at_home and (package or room):
            yield f"line {found.line}: imports {found.name}" + (" before it is needed" if room else "")


def closed(source: Source) -> Iterator[str]:
    """What runs foreign files or speaks to a network."""
    for found in source.imports:
        if found.top in CLOSED or found.name.startswith("PySide6.QtNetwork"):
            yield f"line {found.line}: imports {found.name}"


def undeclared(source: Source) -> Iterator[str]:
    """A package that an installation does not bring along."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    names = {re.split(r"[<>=!~ ]", dependency)[0] for dependency in project["dependencies"]}
    brought = (
        {name.removesuffix("-Essentials") for name in names} | set(sys.stdlib_module_names) | {"designer"}
    )
    for found in source.imports:
        if found.top not in brought:
            yield f"line {found.line}: imports {found.name}, which pyproject.toml does not name"


RULES = {
    upward: ("designer/design/edits.py", "def f():\n    from designer.blocks import palette"),
    qt_outside: ("designer/formats/report.py", "if TYPE_CHECKING:\n    from PySide6.QtGui import QColor"),
    onnx_outside: ("designer/formats/opening.py", "import onnx"),
    closed: ("designer/formats/opening.py", "from urllib.request import urlopen"),
    undeclared: ("designer/formats/checkpoint.py", "def f():\n    import torch"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_import_keeps_the_rule(rule):
    assert broken(rule, "designer") == []


@pytest.mark.parametrize(("rule", "breach"), RULES.items(), ids=[rule.__name__ for rule in RULES])
def test_the_rule_sees_a_breach(rule, breach):
    assert sees(rule, *breach)


def test_neighbours_are_seen_too():
    assert sees(upward, "designer/search/sweep.py", "from designer.formats.presets import presets")
    assert sees(upward, "designer/blocks/norm.py", "import designer.design.tree")
    assert sees(upward, "designer/ui/session.py", "from designer.cli import main")
    assert sees(
        onnx_outside, "designer/ui/menus/actions.py", "from designer.formats.onnx.graph import export"
    )
    assert not sees(onnx_outside, "designer/cli.py", "def f():\n    from designer.formats.onnx import graph")


def test_every_room_has_its_floor():
    assert {source.room for source in sources("designer")} <= {"", *BELOW}


def test_no_imports_run_in_a_circle():
    arrows = modules_imported_by()
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])))


def modules_imported_by() -> dict[str, set[str]]:
    """Module to modules, type-only and deferred imports too."""
    house = {source.module for source in sources("designer")}
    arrows: dict[str, set[str]] = {}
    for source in sources("designer"):
        for found in source.imports:
            target = found.name if found.name in house else found.name.rpartition(".")[0]
            if target in house and target != source.module:
                arrows.setdefault(source.module, set()).add(target)
    return arrows
