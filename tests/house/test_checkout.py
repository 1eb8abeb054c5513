"""What lies in the checkout: little at the top, nothing of one machine, and commands that are said once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import CHECKOUT

TOP = {"pyproject.toml", "README.md", "LICENSE", "designer", "resources", "tests", "examples"}
IGNORED = {line.strip("/*") for line in (CHECKOUT / ".gitignore").read_text().split()}
OF_A_MACHINE = re.compile(r"(?<![\w.>*-])/(?:home|root|Users|work|tmp|mnt)/[A-Za-z]")


def test_the_top_level_holds_only_what_belongs_there():
    stray = {path.name for path in CHECKOUT.iterdir() if not path.name.startswith(".")} - TOP
    assert {name for name in stray if name not in IGNORED and not name.endswith(".egg-info")} == set()


def test_no_file_names_a_place_of_one_machine():
    named = [
        f"{path.relative_to(CHECKOUT)}: {line.strip()[:100]}"
        for path in texts()
        for line in path.read_text(errors="ignore").splitlines()
        if OF_A_MACHINE.search(line)
    ]
    assert named == []


def test_a_place_of_a_machine_is_seen():
    assert OF_A_MACHINE.search(f"open('{os.sep}home/someone/x.json')")
    assert not OF_A_MACHINE.search("https://example.org/home/page and node_modules/tmp/x")


def texts() -> Iterator[Path]:
    """Every file that is kept, save those that git ignores or keeps for itself."""
    for folder, inner, files in os.walk(CHECKOUT):
        inner[:] = [name for name in inner if name == ".ci" or not (name.startswith(".") or name in IGNORED)]
        yield from (Path(folder, name) for name in files if name not in IGNORED)


def test_the_readme_has_the_commands_that_ci_runs():
    readme = (CHECKOUT / "README.md").read_text()
    assert re.findall(r"^```sh (.+)$", readme, re.MULTILINE) == ["test", "packages"]
