from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from designer.symbolic.resource import resource

CHECKOUT = Path(__file__).parents[2]


def test_a_checkout_has_its_resources_beside_the_package():
    assert resource("presets", "gpt2.json") == CHECKOUT / "resources" / "presets" / "gpt2.json"


def test_an_installed_package_has_its_resources_inside(tmp_path):
    shutil.copytree(
        CHECKOUT / "designer", tmp_path / "designer", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "designer" / "resources").mkdir()
    ask = "from designer.symbolic.resource import resource; print(resource('icons'))"
    said = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == str(tmp_path / "designer" / "resources" / "icons")
