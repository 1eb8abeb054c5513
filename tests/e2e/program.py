"""The program in a process of its own on a screen, with its witness."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import IO, Any

from tests.e2e.screen import Screen

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 20.0
"""Seconds within which what is awaited must be seen."""

Sight = dict[str, Any]


class Program:
    """A running program: `see` asks its witness."""

    def __init__(self, process: subprocess.Popen[str], errors: Path) -> None:
        self.process, self._errors = process, errors

    def see(self, what: str = "all") -> Sight:
        """What stands on the screen now; nothing where no window is shown."""
        ask, answer = _pipes(self.process)
        ask.write(f"{what}\n")
        ask.flush()
        assert select([answer], [], [], PATIENCE)[0], f"the window did not answer within {PATIENCE:g} s"
        said = answer.readline()
        assert said, f"the program ended with status {self.process.wait(5)}: {self.complaints}"
        return json.loads(said)

    def until(self, holds: Callable[[Sight], object], what: str) -> Sight:
        """The first sight of which it holds, once all cards are at rest."""
        deadline = time.monotonic() + PATIENCE
        sight: Sight = {}
        while time.monotonic() < deadline:
            sight = self.see()
            if sight and not sight["moving"] and holds(sight):
                return sight
        raise AssertionError(f"{what} was not seen within {PATIENCE:g} s; last: {sight}")

    def settled(self) -> Sight:
        """The window, furnished and with everything in its place."""
        last: list[Sight] = [{}]

        def settled(sight: Sight) -> bool:
            same, last[0] = sight == last[0], sight
            return bool(same and sight["parts"] and sight["active"])

        return self.until(settled, "the window with its palette")

    def ended(self) -> int:
        """Its exit status, once it has ended."""
        return self.process.wait(PATIENCE)

    def closed(self) -> bool:
        """Whether it has ended of its own accord and in order."""
        try:
            return self.process.wait(5) == 0
        except subprocess.TimeoutExpired:
            return False

    @property
    def memory(self) -> int:
        """What it holds in memory, in MiB; 0 once it has ended."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()
        return int(pages[1]) * os.sysconf("SC_PAGE_SIZE") >> 20 if len(pages) > 1 else 0

    @property
    def complaints(self) -> str:
        """All that it, Python and Qt had to complain of."""
        return self._errors.read_text()


@contextmanager
def program(
    shown: Screen,
    home: Path,
    *designs: str,
    module: str = "tests.e2e.witness",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Program]:
    """The program with these designs, for a user whose files are all under `home`, where it also runs.

    `environment` is what it needs beyond the screen.
    """
    rooms = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    own = {"HOME": str(home), "PYTHONPATH": str(CHECKOUT)}
    errors = home / "errors.txt"
    with errors.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-m", module, *designs],
            cwd=home,
            env=shown.environment | rooms | own | dict(environment or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        yield Program(process, errors)
    finally:
        process.kill()
        process.wait()
        for pipe in _pipes(process):
            pipe.close()


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def middle(place: list[int]) -> tuple[int, int]:
    """The middle of [x, y, width, height]."""
    x, y, width, height = place
    return x + width // 2, y + height // 2


def between(upper: list[int], lower: list[int]) -> tuple[int, int]:
    """Halfway between the foot of one [x, y, width, height] and the head of the next."""
    x, y, width, height = upper
    return x + width // 2, (y + height + lower[1]) // 2
