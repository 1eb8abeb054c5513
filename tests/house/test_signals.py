"""One signal carries the design, and no signal and no undo command carries a part of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Source, broken, called, sees, sources

SESSION = "designer/ui/session.py"


def signals(source: Source) -> Iterator[tuple[str, list[str], int]]:
    """Each signal declared: its name, its arguments' types, its line."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if called(node.value) in ("Signal", "pyqtSignal"):
                types = [ast.unparse(argument) for argument in node.value.args]
                yield ast.unparse(targets[0]), types, node.lineno


def second_change(source: Source) -> Iterator[str]:
    """A change signal beside the session's: one of that name, or one that takes a before and an after."""
    for name, types, line in signals(source):
        rival = name == "changed" or types == ["object", "object"]
        if rival and (str(source.path) != SESSION or name != "changed"):
            yield f"line {line}: {name}({', '.join(types)}); follow Session.changed"


def narrow(source: Source) -> Iterator[str]:
    """A count in 32 bits: Qt cuts an int off there, and `object` carries it whole."""
    for name, types, line in signals(source):
        if "int" in types:
            yield f"line {line}: {name} carries an int; say object"


def undo_command(source: Source) -> Iterator[str]:
    """Qt's undo classes: undo is a list of designs."""
    for found in source.imports:
        if found.name.rpartition(".")[2].startswith("QUndo"):
            yield f"line {found.line}: {found.name}"


RULES = {
    second_change: ("designer/ui/canvas/card.py", "class Card:\n    changed = Signal()"),
    narrow: (
        "designer/ui/palette/palette.py",
        "class Palette:\n    picked: Signal = QtCore.Signal(str, int)",
    ),
    undo_command: ("designer/ui/menus/actions.py", "from PySide6.QtGui import QUndoStack"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule):
    assert broken(rule, "designer") == []


@pytest.mark.parametrize(("rule", "breach"), RULES.items(), ids=[rule.__name__ for rule in RULES])
def test_the_rule_sees_a_breach(rule, breach):
    assert sees(rule, *breach)


def test_a_before_and_an_after_are_a_change_whatever_their_signal_is_called():
    assert sees(
        second_change,
        "designer/ui/inspector/inspector.py",
        "class Form:\n    edited = Signal(object, object)",
    )
    assert sees(second_change, SESSION, "class Session:\n    replaced = Signal(object, object)")


def test_the_session_has_its_one_signal():
    (session,) = (source for source in sources("designer") if str(source.path) == SESSION)
    assert [types for name, types, _ in signals(session) if name == "changed"] == [["object", "object"]]
