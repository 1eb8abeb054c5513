"""What the first frame need not have, it does not wait for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

OPEN_GPT2 = """
import json, sys
from PySide6.QtWidgets import QApplication
from designer.ui.app import run
from designer.ui.main_window import MainWindow

def stop_after_the_first_frame(window):
    print(json.dumps(sorted(sys.modules)))
    QApplication.exit(0)

MainWindow.furnish = stop_after_the_first_frame
sys.exit(run(["gpt2"]))
"""
LATER = {
    *("numpy", "pyqtgraph", "onnx", "google.protobuf", "sympy", "PySide6.QtSvg"),
    *("designer.search", "designer.formats.onnx", "designer.ui.charts", "designer.ui.palette.palette"),
    *("designer.ui.inspector.inspector", "designer.ui.menus.menus"),
    *("designer.blocks.experts", "designer.blocks.latent_attention", "designer.blocks.state_space"),
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory) -> set[str]:
    """Every module that stood when the first frame of GPT-2 was painted."""
    home = str(tmp_path_factory.mktemp("home"))
    run = subprocess.run(
        [sys.executable, "-c", OPEN_GPT2],
        cwd=CHECKOUT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": home, "XDG_CONFIG_HOME": home},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout))


def test_the_first_frame_draws_the_design(imported):
    assert {"designer.ui.canvas.view", "designer.ui.totals.totals", "designer.blocks.attention"} <= imported


def test_the_first_frame_waits_for_nothing_heavy(imported):
    assert imported & LATER == set()


def test_what_waits_is_there_to_be_imported():
    ours = {name for name in LATER if name.startswith("designer.")}
    paths = {name: CHECKOUT.joinpath(*name.split(".")) for name in ours}
    assert {
        name for name, path in paths.items() if path.is_dir() or path.with_suffix(".py").is_file()
    } == ours
