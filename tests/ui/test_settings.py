"""What the program remembers between two runs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from designer.ui.settings import RECENT, Settings


def again(settings: Settings) -> Settings:
    """The same, as the next run finds it."""
    settings._store.sync()
    return Settings(QSettings(settings._store.fileName(), QSettings.Format.IniFormat))


def test_the_theme_is_remembered_and_nonsense_is_not(settings):
    assert settings.theme == "system"
    settings.theme = "dark"
    assert again(settings).theme == "dark"
    settings._store.setValue("theme", "purple")
    assert again(settings).theme == "system"


def test_recent_files_come_latest_first_once_and_only_while_they_are_there(settings, tmp_path):
    files = [tmp_path / f"{n}.json" for n in range(RECENT + 3)]
    for file in files:
        file.touch()
        settings.opened(file)
    settings.opened(files[5])
    assert again(settings).recent[:2] == [files[5], files[-1]]
    assert len(again(settings).recent) == RECENT
    files[5].unlink()
    assert files[5] not in again(settings).recent


def test_one_recent_file_is_remembered_as_well_as_many(settings, tmp_path):
    only = tmp_path / "only.json"
    only.touch()
    settings.opened(only)
    assert again(settings).recent == [only]


def test_sections_stay_as_they_were_left(settings):
    assert settings.is_open("fields")
    settings.keep_open("fields", False)
    assert not again(settings).is_open("fields")


def test_the_window_is_remembered_and_forgotten(settings):
    settings.keep_window(QByteArray(b"here"), QByteArray(b"so"))
    assert again(settings).geometry == QByteArray(b"here")
    settings.forget_window()
    assert again(settings).layout is None


def test_no_test_touches_what_the_user_has_set():
    """A window of a test remembers things in a file of the test: only the program opens the user's own."""
    tests = Path(__file__).parents[1]
    own = "Settings" + "()"
    assert [str(path) for path in tests.rglob("*.py") if own in path.read_text()] == []


def test_the_program_under_test_has_a_home_of_its_own():
    """On a real screen it runs as the program does, so that its home must be another."""
    source = (Path(__file__).parents[1] / "e2e" / "program.py").read_text()
    assert all(name in source for name in ("XDG_", "CONFIG", '"HOME": str(home)'))
