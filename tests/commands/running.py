"""The program as people run it: a process of its own, or the same command inside this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from designer.cli import main

CHECKOUT = Path(__file__).parents[2]


class Ran(NamedTuple):
    """What a command ended with."""

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Its stdout, which must be one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def refusal(self) -> str:
        """The one sentence of a command that was refused, which printed nothing else."""
        assert (self.status, self.out, self.err.count("\n"), self.err[-1:]) == (2, "", 1, "\n"), self
        return self.err.rstrip("\n")


def process(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Ran:
    """Run `python -m designer` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "designer", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **environment},
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def command(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Ran:
    """Run the same command inside this process."""
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return Ran(status, printed.out, printed.err)
