"""From starting Python to the first frame: a bare Qt window, and this program with GPT-2.

A frame is there when the window has been exposed and painted whole. Prints milliseconds, the median of eleven
of each, taken in turns, and how many times the bare window's the program takes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 11
CHECKOUT = Path(__file__).parents[2]

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, done)

def done():
    print("frame", flush=True)
    app.quit()

app = QApplication(sys.argv)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""

OURS = """
import gc, sys
from designer.ui.app import run
gc.disable()  # as run does before it imports the window
from designer.ui.main_window import MainWindow

class Painted(Exception): ...

def seen(window):
    print("frame", flush=True)
    sys.modules["PySide6.QtWidgets"].QApplication.quit()

MainWindow.furnish = seen  # what is called right after the first frame
run(["gpt2"])
"""


def milliseconds(program: str, bytecode: str) -> float:
    """From starting a new Python to its word that the frame is there.

    Bytecode is kept in a folder, as it is wherever the program is installed.
    """
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONPYCACHEPREFIX": bytecode}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        took = (time.perf_counter() - start) * 1000
    assert said == "frame\n", f"no frame was seen: {said!r}"
    return took


def main() -> None:
    """Take both in turns and print the medians."""
    with tempfile.TemporaryDirectory() as bytecode:
        for program in (BARE, OURS):  # fills the page cache and writes bytecode
            milliseconds(program, bytecode)
        pairs = [(milliseconds(BARE, bytecode), milliseconds(OURS, bytecode)) for _ in range(RUNS)]
    bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"first frame: bare window {bare:.0f} ms, GPT-2 {ours:.0f} ms, {ours / bare:.2f} times")


if __name__ == "__main__":
    main()
