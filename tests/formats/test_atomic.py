"""A file is there whole or not at all, and what cannot be written is one sentence."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from designer.formats.atomic import replace_text, replacing
from designer.symbolic.issue import Refusal

OLD = "the old text"


@pytest.fixture
def old(tmp_path) -> Path:
    """A file that is there already."""
    path = tmp_path / "design.json"
    path.write_text(OLD)
    return path


def only(path: Path) -> bool:
    """Whether nothing else was left beside a file."""
    return os.listdir(path.parent) == [path.name]


def test_a_text_takes_the_place_of_another(old):
    replace_text(old, "new é\r\n🙂\n")
    assert old.read_bytes() == "new é\r\n🙂\n".encode()
    assert only(old)


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(old):
    def fail() -> None:
        with replacing(old) as part:
            part.write_text("half of it")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert old.read_text() == OLD
    assert only(old)


def test_a_disk_that_is_full_is_one_sentence_and_leaves_the_old_file(old):
    writer = """
import resource, signal, sys
from pathlib import Path
from designer.formats.atomic import replace_text
from designer.symbolic.issue import Refusal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    replace_text(Path(sys.argv[1]), "x" * 10_000)
except Refusal as refusal:
    print(refusal)
"""
    done = subprocess.run([sys.executable, "-c", writer, str(old)], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"{old}: It cannot be written: File too large.\n", "")
    assert old.read_text() == OLD
    assert only(old)


def test_permissions_are_kept(old):
    old.chmod(0o640)
    replace_text(old, "new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_that_any_new_file_has(tmp_path):
    path, other = tmp_path / "new.json", tmp_path / "other.json"
    replace_text(path, "new")
    other.write_text("new")
    assert path.stat().st_mode == other.stat().st_mode


def test_a_link_keeps_pointing_and_its_file_is_replaced(old, tmp_path):
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.json"
    link.symlink_to(old)
    replace_text(link, "new")
    assert link.is_symlink()
    assert old.read_text() == "new"
    assert only(link)


def test_a_link_to_nothing_yet_is_followed(tmp_path):
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "target.json")
    replace_text(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "target.json").read_text() == "new"


def test_a_long_name_can_be_written(tmp_path):
    path = tmp_path / ("é" * 125 + ".json")
    replace_text(path, "new")
    assert path.read_text() == "new"
    assert only(path)


@pytest.mark.parametrize(
    ("way", "cause"),
    [
        ("missing/design.json", "No such file or directory"),
        ("design.json/design.json", "Not a directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_place_that_takes_no_file_is_one_sentence(way, cause, old):
    path = old.parent / way
    with pytest.raises(Refusal) as refused:
        replace_text(path, "new")
    assert str(refused.value) == f"{path}: It cannot be written: {cause}."
    assert old.read_text() == OLD
    assert only(old)


def test_a_folder_that_takes_nothing_is_one_sentence():
    with pytest.raises(Refusal, match="It cannot be written: "):
        replace_text(Path("/proc/design.json"), "new")


def test_what_is_no_file_is_not_replaced_by_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, Path(os.devnull)):
        with pytest.raises(Refusal, match="It is no file"):
            replace_text(path, "new")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_circle_of_links_is_one_sentence(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(Refusal, match="It is no file"):
        replace_text(one, "new")
