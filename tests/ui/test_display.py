"""Nothing here is played: the libraries are loaded and the displays are asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from designer.symbolic.issue import Refusal
from designer.ui.display import PACKAGES, check_display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="X displays are asked for on Linux only")

CHECKOUT = Path(__file__).parents[2]
NOTHING_LISTENS = ":7654"


def check_in_a_new_process(**environment: str) -> str:
    """What the check says in a process that knows of no display but these; empty where it is content."""
    ask = (
        "from designer.symbolic.issue import Refusal\n"
        "from designer.ui.display import check_display\n"
        "try: check_display()\n"
        "except Refusal as refusal: print(refusal)\n"
    )
    left = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    run = subprocess.run(
        [sys.executable, "-c", ask],
        env=left | environment,
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout.strip()


def test_no_display_is_said_in_one_sentence_with_the_way_out():
    said = check_in_a_new_process()
    assert said.startswith("display: neither DISPLAY nor WAYLAND_DISPLAY names a display")
    assert "package xvfb" in said
    assert "\n" not in said


def test_the_program_itself_ends_with_that_sentence_and_status_2():
    left = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    run = subprocess.run(
        [sys.executable, "-m", "designer", "gpt2"], env=left, capture_output=True, text=True, cwd=CHECKOUT
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in run.stderr
    assert run.stderr.count("\n") == 1


def test_a_display_that_does_not_answer_is_named():
    with pytest.raises(Refusal, match=f"no X server answers at DISPLAY={NOTHING_LISTENS}"):
        check_display({"DISPLAY": NOTHING_LISTENS})


def test_a_display_that_cannot_be_read_is_named():
    with pytest.raises(Refusal, match="no X server answers at DISPLAY=upstairs"):
        check_display({"DISPLAY": "upstairs"})


@pytest.mark.parametrize("library", ["libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libEGL.so.1"])
def test_a_library_that_cannot_be_loaded_is_named_with_its_package(library, tmp_path):
    (tmp_path / library).touch()  # found first, and no library: the loader gives up as if it were missing
    said = check_in_a_new_process(LD_LIBRARY_PATH=str(tmp_path), DISPLAY=NOTHING_LISTENS)
    assert said.startswith(f"{library}: ")
    assert said.endswith(f": apt install {PACKAGES[library]}")


def test_all_that_is_missing_is_named_at_once(tmp_path):
    for library in ("libxcb-icccm.so.4", "libxcb-keysyms.so.1"):
        (tmp_path / library).touch()
    said = check_in_a_new_process(LD_LIBRARY_PATH=str(tmp_path), DISPLAY=NOTHING_LISTENS)
    assert said.endswith(": apt install libxcb-icccm4 libxcb-keysyms1")


def test_without_a_window_system_nothing_is_asked_of_x():
    check_display({"QT_QPA_PLATFORM": "offscreen"})
    check_display({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": NOTHING_LISTENS})


def test_a_platform_that_names_x_is_asked_even_under_wayland(tmp_path):
    with pytest.raises(Refusal):
        check_display({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0", "DISPLAY": NOTHING_LISTENS})


def test_a_wayland_socket_that_is_not_there_does_not_count(tmp_path):
    with pytest.raises(Refusal, match="neither DISPLAY nor WAYLAND_DISPLAY"):
        check_display({"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"})


def test_the_readme_names_every_package_a_window_needs():
    readme = (CHECKOUT / "README.md").read_text()
    block = readme.split("```sh packages\n")[1].split("```")[0]
    assert set(PACKAGES.values()) <= set(block.split())
