"""The table of contents: every kind once, each where its module says."""

from __future__ import annotations

from pathlib import Path

from designer.blocks import palette
from designer.blocks.palette import SECTIONS, VALUES, registry
from designer.symbolic.block import Block


def test_every_kind_stands_in_one_section():
    kinds = [kind for section in SECTIONS.values() for kind in section] + [*VALUES]
    assert len(set(kinds)) == len(kinds)
    assert list(registry()) == kinds
    assert all(SECTIONS.values())


def test_every_block_of_the_folder_is_in_it():
    room = Path(palette.__file__).parent
    modules = {f"designer.blocks.{path.stem}" for path in room.glob("*.py")} - {
        "designer.blocks.__init__",
        "designer.blocks.palette",
    }
    known = {where for section in SECTIONS.values() for where in section.values()}
    found = {
        f"{module}:{name}"
        for module in modules
        for name, thing in vars(__import__(module, fromlist=["x"])).items()
        if isinstance(thing, type) and issubclass(thing, Block) and thing.__module__ == module
    }
    assert found == known


def test_a_kind_is_called_by_its_own_name():
    kinds = registry()
    for kind in kinds:
        made = kinds.get(kind)
        assert made is not None
        assert made.kind == kind
