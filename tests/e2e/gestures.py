"""Random clicks, drags, keys and text on the real window: it lives, and has nothing to complain of.

python -m tests.e2e.gestures --seconds 120 [--seed N] [--life 20]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, randrange
from tempfile import TemporaryDirectory

from tests.e2e.program import Program, Sight, middle, program
from tests.e2e.screen import Screen, missing, screen

DESIGNS = (
    "",
    "gpt2",
    "llama-3-8b",
    "bert-base-uncased",
    "deepseek-v3",
    "flan-t5-base",
    "albert-base-v2",
    "mamba2-130m",
)
SIZES = ((1440, 900), (1280, 720), (1024, 640), (2560, 1440))
LIFE = 20.0
"""Seconds after which another design is opened in a new window."""
WEIGHED = 10
"""Gestures after which the program's memory is looked at again."""
WARM = 2
"""So many looks later every panel has been in use, and memory should be level."""
RISE = 120
"""MiB that it may still rise by: half of what a window takes, for designs that gestures have grown."""

KEYS = (
    *("Up", "Down", "Left", "Right", "Home", "End", "Page_Up", "Page_Down", "Return", "Escape", "Tab"),
    *(
        "space",
        "shift+Tab",
        "slash",
        "Delete",
        "BackSpace",
        "ctrl+z",
        "ctrl+shift+z",
        "ctrl+x",
        "ctrl+c",
        "ctrl+v",
    ),
    *("ctrl+d", "ctrl+a", "ctrl+g", "ctrl+shift+g", "alt+Up", "alt+Down", "shift+Up", "shift+Down", "F1"),
    *(
        "F2",
        "F6",
        "shift+F6",
        "F7",
        "F8",
        "F9",
        "ctrl+k",
        "ctrl+e",
        "ctrl+f",
        "ctrl+i",
        "ctrl+plus",
        "ctrl+minus",
        "ctrl+0",
        "ctrl+9",
        "ctrl+n",
        "ctrl+o",
    ),
    *("ctrl+s", "ctrl+shift+s", "alt+f", "alt+e", "alt+i", "alt+d", "alt+v", "alt+h"),
)
TEXTS = (
    *(
        "0",
        "1",
        "-1",
        "7",
        "8k",
        "4096",
        "1e999",
        "99999999999999999999",
        "3.5",
        "hidden_size",
        "hidden_size / 7",
    ),
    *(
        "8 * hidden_size // 3",
        "num_attention_heads / 8",
        "(((",
        "import os",
        "norm",
        "feed",
        "x = 1",
        "nan",
        "ä∞𝄞",
    ),
)


@dataclass
class Hand:
    """A hand that knows no aim. `done` are its last gestures, `count` how many there were.

    `memory` is what the program held, in MiB, each time it was looked at.
    """

    random: Random
    shown: Screen
    done: deque[str] = field(default_factory=lambda: deque(maxlen=25))
    count: int = 0
    memory: list[int] = field(default_factory=list)

    def move(self, sight: Sight) -> None:
        """Make one gesture; most begin where something stands."""
        gesture = self.random.choices(
            (self.click, self.drag, self.key, self.text, self.wheel), (6, 4, 6, 2, 2)
        )[0]
        self.count += 1
        gesture(sight)

    def leave(self, dialog: str) -> None:
        """Answer a question about files without the mouse: a run must not find its way to anybody's files."""
        name = f"drawn-{self.random.randrange(5)}"
        self.note(f"answer {dialog} with {name} or not at all")
        self.shown.keys("ctrl+a")
        self.shown.text(name)
        self.shown.keys(self.random.choice(("Return", "Escape")), "Escape")

    def click(self, sight: Sight) -> None:
        button, times = self.random.choice(((1, 1), (1, 1), (1, 2), (3, 1), (2, 1)))
        held = self.random.choice(("", "", "", "ctrl", "shift"))
        x, y = self.point(sight)
        self.note(f"click {button} × {times} at {x}, {y} {held}")
        down, up = (("keydown", held), ("keyup", held)) if held else ((), ())
        self.shown.act("mousemove", x, y, *down, "click", "--delay", 10, "--repeat", times, button, *up)

    def drag(self, sight: Sight) -> None:
        points = [self.point(sight) for _ in range(self.random.choice((2, 2, 3)))]
        self.note(f"drag {points}")
        self.shown.drag(*points, steps=self.random.choice((1, 3, 8)))

    def key(self, sight: Sight) -> None:
        keys = self.random.choices(KEYS, k=self.random.randint(1, 4))
        self.note(f"keys {' '.join(keys)}")
        self.shown.keys(*keys)

    def text(self, sight: Sight) -> None:
        text = self.random.choice(TEXTS)
        self.note(f"text {text}")
        self.shown.text(text)
        self.shown.keys(self.random.choice(("Return", "Tab", "Escape")))

    def wheel(self, sight: Sight) -> None:
        x, y = self.point(sight)
        held, button = self.random.choice(("ctrl", "shift", "")), self.random.choice((4, 5))
        self.note(f"wheel {button} at {x}, {y} {held}")
        down, up = (("keydown", held), ("keyup", held)) if held else ((), ())
        self.shown.act("mousemove", x, y, *down, "click", "--delay", 10, "--repeat", 3, button, *up)

    def point(self, sight: Sight) -> tuple[int, int]:
        """A place on the screen, more often than not on a block or on a part of the palette."""
        places = [*sight.get("cards", {}).values(), *sight.get("parts", {}).values()]
        if places and self.random.random() < 0.6:
            x, y = middle(self.random.choice(places))
            x, y = x + self.random.randint(-40, 40), y + self.random.randint(-20, 20)
        else:
            x, y = self.random.randrange(self.shown.width), self.random.randrange(self.shown.height)
        return min(max(x, 0), self.shown.width - 1), min(max(y, 0), self.shown.height - 1)

    def note(self, gesture: str) -> None:
        self.done.append(gesture)


def live(hand: Hand, running: Program, until: float) -> str:
    """Gestures until then, or until the window was closed by one. What went wrong, or nothing."""
    sight = running.until(lambda sight: sight["parts"], "the palette")
    while time.monotonic() < until:
        try:
            dialogs = running.see("dialogs")["dialogs"]
            if "QFileDialog" in dialogs:
                hand.leave(dialogs[-1])
            else:
                hand.move(sight)
            if hand.count % WEIGHED == 0:
                sight = running.see()
                hand.memory.append(running.memory)
        except (AssertionError, BrokenPipeError) as failure:
            closed = running.closed() and not running.complaints
            return "" if closed else f"{failure}\n{running.complaints}"
        if running.complaints:
            return running.complaints
    return ""


def risen(memory: list[int]) -> int:
    """MiB by which the level has risen since the window was warm."""
    level = memory[WARM - 1 :]
    return level[-1] - level[0] if level else 0


def run(seconds: float, seed: int, life: float) -> int:
    """Windows one after another; 0 where all lived in peace."""
    random, end, gestures, windows = Random(seed), time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        design, (width, height) = random.choice(DESIGNS), random.choice(SIZES)
        with TemporaryDirectory() as home, screen(width, height) as shown:
            hand = Hand(random, shown)
            with program(shown, Path(home), *[design] * bool(design)) as running:
                wrong = live(hand, running, min(end, time.monotonic() + life))
        gestures, windows = gestures + hand.count, windows + 1
        where = f"{design or 'an empty design'} at {width} × {height}"
        levels = " ".join(map(str, hand.memory))
        print(f"{where}: {hand.count} gestures, memory {levels} MiB", flush=True)
        if not wrong and risen(hand.memory) > RISE:
            wrong = f"The memory has risen by {risen(hand.memory)} MiB."
        if wrong:
            print(f"Seed {seed}, {where}, gesture {hand.count}:", wrong, sep="\n")
            print("The last gestures:", *hand.done, sep="\n  ")
            return 1
    print(
        f"{gestures} gestures on {windows} windows in {seconds:g} s, seed {seed}:",
        "no traceback, no warning, memory level.",
    )
    return 0


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=randrange(10**6))
    parser.add_argument("--life", type=float, default=LIFE)
    asked = parser.parse_args()
    if why := missing():
        print(why, file=sys.stderr)
        return 2
    return run(asked.seconds, asked.seed, asked.life)


if __name__ == "__main__":
    sys.exit(main())
