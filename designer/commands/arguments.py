"""What commands are given: designs, changes to them, a scenario."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any, Literal, NoReturn

from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.commands.output import refuse
from designer.design.notation import read_number
from designer.design.scenario import BITS, Scenario
from designer.formats.opening import opened
from designer.symbolic.issue import Refusal, said

DESIGN = "a design's JSON, a Hugging Face config.json, a folder that holds one, or a preset's name"


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one sentence; options and designs mix in any order."""

    def __init__(
        self, command: str, description: str, *, designs: Literal["1", "+", "*"] | None = "+"
    ) -> None:
        super().__init__(
            prog=f"llm-designer {command}".strip(),
            description=description,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if designs == "1":
            self.add_argument("design", metavar="DESIGN", help=DESIGN)
        elif designs is not None:
            self.add_argument("designs", metavar="DESIGN", nargs=designs, help=DESIGN)
        if designs is not None and command:
            self.add_argument("--set", metavar="NAME=EXPR", action="append", default=[], type=_change,
                              help="change a variable first")  # fmt: skip

    def scenario(self) -> None:
        """Take a scenario's options."""
        group = self.add_argument_group("scenario")
        group.add_argument("--batch", help="sequences at once (1)")
        group.add_argument("--context", help="tokens of a sequence, such as 8192 or 8k")
        words = ", ".join(BITS)
        group.add_argument("--weights", metavar="PRECISION", help=f"{words} (bf16)")
        group.add_argument("--cache", metavar="PRECISION", help="the same, for cache and state (bf16)")
        group.add_argument("--convention", help="which pairs of positions count: causal (default) or dense")

    def json(self) -> None:
        """Take `--json`."""
        self.add_argument("--json", action="store_true", help="one JSON object a line, and nothing else")

    def read(self, given: Sequence[str]) -> argparse.Namespace:
        """Read the arguments.

        Raises:
            Refusal: where they are not understood.
        """
        return self.parse_intermixed_args(given)

    def error(self, message: str) -> NoReturn:
        """Refuse in one sentence, instead of usage text."""
        message = message[:1].upper() + message[1:].rstrip(".")
        raise Refusal(self.prog, said("{message}.", message=message))


def measured(named: str, arguments: argparse.Namespace) -> Measured:
    """The design that is named, with its changes, ready to be read."""
    kinds = registry()
    return Measured(opened(named, kinds, arguments.set), kinds)


def each(arguments: argparse.Namespace, show: Callable[[Measured], None]) -> int:
    """Show each design; one that cannot be read keeps none of the others from being shown."""
    status = 0
    for named in arguments.designs:
        try:
            show(measured(named, arguments))
        except Refusal as refusal:
            status = refuse(refusal)
    return status


def scenario(arguments: argparse.Namespace, saved: Scenario) -> Scenario:
    """The scenario asked for: a flag wins over what the design saved, that over the default.

    Raises:
        Refusal: for a batch or context below 1, or an unknown word.
    """
    given = {field.name: getattr(arguments, field.name) for field in fields(Scenario)}
    asked: dict[str, Any] = {name: text for name, text in given.items() if text is not None}
    for name in ("batch", "context"):
        if name in asked:
            asked[name] = read_number(asked[name], f"--{name}")
    try:
        return replace(saved, **asked)
    except Refusal as refusal:
        raise Refusal(f"--{refusal.place}", refusal.cause) from refusal


def _change(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=EXPR")
    return name.strip(), value.strip()
