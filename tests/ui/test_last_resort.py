"""A fault of the program is logged, the design is kept, and the window lives on."""

from __future__ import annotations

import sys

import pytest

from designer.design import edits
from designer.formats.design_json import load
from designer.ui import last_resort
from designer.ui.last_resort import LastResort
from tests.ui.conftest import KINDS


@pytest.fixture
def told(session, tmp_path, monkeypatch):
    monkeypatch.setattr(last_resort, "user_log_path", lambda *args, **options: tmp_path)
    monkeypatch.setattr(last_resort, "user_state_path", lambda *args, **options: tmp_path)
    said: list[str] = []
    before = sys.excepthook
    sys.excepthook = lambda *fault: None
    resort = LastResort(session, said.append)
    resort.stand_by()
    yield said
    resort.stand_down()
    sys.excepthook = before


def fault() -> None:
    try:
        raise ZeroDivisionError("a fault of the program")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_the_design_is_kept_and_the_user_is_told_where(told, session, tmp_path):
    session.commit(edits.set_variable(session.design, "n_layer", 24), "Change n_layer")
    fault()
    assert str(tmp_path / "recovered.json") in told[0]
    assert load(tmp_path / "recovered.json", KINDS) == session.design
    assert "a fault of the program" in (tmp_path / "faults.log").read_text()


def test_what_was_not_edited_need_not_be_kept(told, tmp_path):
    fault()
    assert not (tmp_path / "recovered.json").exists()
    assert str(tmp_path / "faults.log") in told[0]


def test_an_interrupt_is_no_fault(told):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []


def test_a_fault_inside_a_slot_reaches_it(told, session):
    session.selected.connect(lambda: 1 / 0)
    session.select((session.design.tree.id,))
    assert len(told) == 1
