"""A screen with a window manager, a mouse and keys, on a machine that has none."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

NEEDED = {"Xvfb": "xvfb", "xdotool": "xdotool", "openbox": "openbox"}

# Windows fill the screen without a frame, new ones get the focus, and there is no menu but the program's.
OPENBOX = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><focusLast>yes</focusLast></focus>
  <mouse>
    <context name="Client">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
  </mouse>
  <applications>
    <application type="normal"><decor>no</decor><maximized>yes</maximized></application>
    <application type="dialog"><decor>no</decor></application>
  </applications>
</openbox_config>
"""


def missing() -> str:
    """Why there can be no screen here; empty where there can."""
    absent = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    return f"a real mouse needs the Debian packages {' '.join(absent)}" if absent else ""


@dataclass(frozen=True)
class Screen:
    """An X display of `width` by `height` pixels; a point on it is (x, y)."""

    display: str
    width: int
    height: int

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that opens its window here."""
        kept = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        return kept | {"DISPLAY": self.display}

    def act(self, *words: object) -> None:
        """Say something to xdotool: `mousemove 10 20 click 1`."""
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True, timeout=20)

    def click(self, at: tuple[int, int], button: int = 1) -> None:
        """Press and release a mouse button."""
        self.act("mousemove", *at, "click", button)

    def drag(self, *points: tuple[int, int], steps: int = 10) -> None:
        """Press at the first point, move over the others in `steps` each, release after a last small move."""
        words: list[object] = ["mousemove", *points[0], "mousedown", 1, "sleep", 0.01]
        for start, end in pairwise(points):
            for step in range(1, steps + 1):
                at = [round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True)]
                words += ["mousemove", *at, "sleep", 0.01]
        x, y = points[-1]
        self.act(*words, "mousemove", x + 1, y, "sleep", 0.01, "mouseup", 1)

    def keys(self, *keys: str) -> None:
        """Press keys one after another, named as X names them: `ctrl+z`, `Return`."""
        self.act("key", *keys)

    def text(self, text: str) -> None:
        """Type text."""
        self.act("type", "--delay", 5, "--", text)


@contextmanager
def screen(width: int = 1440, height: int = 900) -> Iterator[Screen]:
    """A screen that lasts as long as the block."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            shown = Screen(f":{number.readline().strip()}", width, height)
        with _window_manager(shown):
            yield shown
    finally:
        _end(server)


@contextmanager
def _window_manager(shown: Screen) -> Iterator[None]:
    with TemporaryDirectory() as folder:
        config = Path(folder) / "rc.xml"
        config.write_text(OPENBOX)
        command = ["openbox", "--config-file", str(config), "--sm-disable"]
        manager = subprocess.Popen(command, env=shown.environment, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            _end(manager)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
