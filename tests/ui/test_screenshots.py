"""The pictures of the window come from a command, and it ends well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def test_pictures_of_a_design_with_issues_are_taken_and_the_program_ends_well(tmp_path):
    command = [sys.executable, "-m", "tests.screenshots", str(tmp_path), "issues"]
    taken = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120)
    assert taken.returncode == 0, taken.stderr
    assert {picture.name for picture in tmp_path.iterdir()} == {
        "issues_light_1440.png",
        "issues_dark_1440.png",
    }
