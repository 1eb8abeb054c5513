"""A skip is said aloud, and where LLM_DESIGNER_NO_SKIP is set it is a failure."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.source import CHECKOUT

SKIPPING = {
    "in a test": "import pytest\ndef test_it(): pytest.skip('no torch')",
    "by a mark": "import pytest\n@pytest.mark.skip(reason='no torch')\ndef test_it(): pass",
    "in a file": "import pytest\npytest.skip('no torch', allow_module_level=True)",
    "for a module": "import pytest\npytest.importorskip('no_torch', reason='no torch')",
}


def run(folder, text: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(text)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:pytest-qt", "-ra", str(folder)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)} | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("text", SKIPPING.values(), ids=SKIPPING)
def test_a_skip_fails_where_nothing_may_be_skipped(text, tmp_path):
    strict = run(tmp_path, text, LLM_DESIGNER_NO_SKIP="1")
    assert strict.returncode != 0
    assert "Nothing may be skipped here" in strict.stdout
    assert "no torch" in strict.stdout


def test_elsewhere_a_skip_passes_and_says_why(tmp_path):
    lenient = run(tmp_path, SKIPPING["in a test"], LLM_DESIGNER_NO_SKIP="")
    assert lenient.returncode == 0
    assert "no torch" in lenient.stdout
