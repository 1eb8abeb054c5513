"""A skip is said aloud, and where LLM_DESIGNER_NO_SKIP is set it is a failure."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.source import CHECKOUT

SKIPPING = {
    "test_in_a_test.py": "import pytest\ndef test_it(): pytest.skip('no torch')",
    "test_by_a_mark.py": "import pytest\n@pytest.mark.skip(reason='no torch')\ndef test_it(): pass",
    "test_whole_file.py": "import pytest\npytest.skip('no torch', allow_module_level=True)",
    "test_for_a_package.py": "import pytest\npytest.importorskip('no_torch', reason='no torch')",
}
OPTIONS = ["-p", "no:pytest-qt", "-p", "tests.conftest", "-ra", "--continue-on-collection-errors"]


@pytest.fixture
def run(tmp_path):
    for name, text in SKIPPING.items():
        (tmp_path / name).write_text(text)

    def run(no_skip: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pytest", *OPTIONS],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT), "LLM_DESIGNER_NO_SKIP": no_skip},
            capture_output=True,
            text=True,
        )

    return run


def test_every_kind_of_skip_fails_where_nothing_may_be_skipped(run):
    strict = run("1")
    assert strict.returncode != 0
    assert strict.stdout.count("Nothing may be skipped here") >= len(SKIPPING)
    assert "skipped" not in strict.stdout.splitlines()[-1]


def test_elsewhere_a_skip_passes_and_says_why(run):
    lenient = run("")
    assert lenient.returncode == 0
    assert lenient.stdout.count("no torch") == len(SKIPPING)
