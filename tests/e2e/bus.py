"""A session bus with accessibility on it, and a reader that listens there, as a screen reader does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import Any

from tests.e2e.screen import Screen

SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian keeps its bindings of AT-SPI there."""
NEEDED = "at-spi2-core, dbus, gir1.2-atspi-2.0, python3-gi"
PATIENCE = 20.0


def missing() -> str:
    """Why there can be no reader here; empty where there can."""
    found = Path(SYSTEM_PYTHON).exists() and shutil.which("dbus-daemon")
    if found:
        asked = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
        found = not subprocess.run([SYSTEM_PYTHON, "-c", asked], capture_output=True).returncode
    return "" if found else f"reading the screen needs the Debian packages {NEEDED}"


@contextmanager
def bus(shown: Screen) -> Iterator[dict[str, str]]:
    """What a program on the screen must have in its environment to be read."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        env=shown.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    try:
        address = daemon.stdout.readline().strip()
        yield {"DBUS_SESSION_BUS_ADDRESS": address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    finally:
        daemon.terminate()
        daemon.wait(10)
        daemon.stdout.close()


class Reader:
    """A client on the accessibility bus."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def blocks(self) -> list[dict[str, Any]]:
        """What the canvas holds: each with name, role, states, place on the screen, and what it holds."""
        return self._ask("blocks")

    def focus(self, name: str) -> bool:
        """Give the keyboard to the block of this name. Whether it could."""
        return self._ask("focus", name)

    def heard(self) -> list[str]:
        """The names of what took the focus since this was asked last."""
        return self._ask("heard")

    def _ask(self, *words: str) -> Any:
        ask, answer = self._process.stdin, self._process.stdout
        assert ask is not None
        assert answer is not None
        ask.write(json.dumps(words) + "\n")
        ask.flush()
        assert select([answer], [], [], PATIENCE)[0], f"the reader did not answer within {PATIENCE:g} s"
        return json.loads(answer.readline())


@contextmanager
def reader(shown: Screen, on: dict[str, str]) -> Iterator[Reader]:
    """A reader on a bus."""
    process = subprocess.Popen(
        [SYSTEM_PYTHON, str(Path(__file__).with_name("screen_reader.py"))],
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | shown.environment | on,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Reader(process)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
