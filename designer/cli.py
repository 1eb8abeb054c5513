"""The command line: opens the window, or counts, costs, searches and exports without one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from designer.commands.arguments import Parser
from designer.commands.output import BAD_INPUT, refuse
from designer.symbolic.issue import Refusal, said

COMMANDS: Mapping[str, str] = {
    "count": "count the parameters of designs, exactly, by category",
    "cost": "what designs cost: bytes of weights, cache and state, FLOPs",
    "search": "the best designs of a space, within budgets",
    "export": "write a design in another format",
    "presets": "list the built-in models",
}
"""Each command, a module of its name beside this one, with what it does."""

ANNOUNCED = ("compare", "verify")
"""Commands that later versions bring."""

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0, or 2 for bad input with one sentence on stderr."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # pyright: ignore[reportAttributeAccessIssue]
    try:
        status = _run(given)
        sys.stdout.flush()
        return status
    except Refusal as refusal:
        return refuse(refusal)
    except OSError as error:
        return _unprinted(error)
    except KeyboardInterrupt:
        return INTERRUPTED


def _unprinted(error: OSError) -> int:
    """The output is closed or full. What is left of it goes nowhere, or Python would try again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):  # whoever read it has enough
        return BAD_INPUT
    return refuse(Refusal("output", said("It cannot be written: {cause}.", cause=error.strerror or error)))


def _run(given: list[str]) -> int:
    command = given[0] if given else ""
    if command in COMMANDS:
        return import_module(f"designer.commands.{command}").run(given[1:])
    if command in ANNOUNCED:
        words = ", ".join(COMMANDS)
        raise Refusal(
            f"llm-designer {command}", said("It cannot be done yet; there are {words}.", words=words)
        )
    return _window(given)


def _window(given: Sequence[str]) -> int:
    parser = Parser("", "Draw a language model by stacking blocks.", designs="*")
    commands = "\n".join(f"  {name:<10}{does}" for name, does in COMMANDS.items())
    parser.epilog = f"commands, each with a --help of its own:\n{commands}"
    arguments = parser.read(given)
    from designer.ui.app import run

    return run(arguments.designs)
