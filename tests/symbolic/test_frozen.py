"""Frozen values behave as the library's frozen dataclasses do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from designer.symbolic.frozen import frozen


def declared(decorator):
    """The same class under another decorator."""

    @decorator
    class Point:
        x: int
        y: int = 2
        tags: Mapping[str, int] = field(default_factory=dict)
        id: int = field(default=0, compare=False)

    return Point


OURS, THEIRS = declared(frozen), declared(dataclass(frozen=True))


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((1,), {}),
        ((1, 3), {}),
        ((1, 3, {"a": 1}, 7), {}),
        ((), {"x": 1, "id": 4}),
        ((1,), {"tags": {"b": 2}}),
    ],
)
def test_it_is_made_and_taken_apart_as_the_librarys_is(values, named):
    ours, theirs = OURS(*values, **named), THEIRS(*values, **named)
    assert asdict(ours) == asdict(theirs)
    assert [f.name for f in fields(ours)] == [f.name for f in fields(theirs)]
    assert repr(ours).split("(", 1)[1] == repr(theirs).split("(", 1)[1]
    assert asdict(replace(ours, y=9)) == asdict(replace(theirs, y=9))


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, 2, {}, 4, 5), {}), ((1,), {"x": 2}), ((1,), {"z": 2})]
)
def test_what_the_library_does_not_take_it_does_not_take(values, named):
    for made in (OURS, THEIRS):
        with pytest.raises(TypeError):
            made(*values, **named)


def test_equality_and_hash_go_by_the_compared_fields():
    assert OURS(1, id=1) == OURS(1, id=2)
    assert OURS(1) != OURS(2)
    assert OURS(1) != THEIRS(1)

    @frozen
    class Plain:
        x: int

    assert hash(Plain(3)) == hash(Plain(3))
    assert {Plain(3): "kept"}[Plain(3)] == "kept"


def test_each_instance_has_its_own_default_of_a_factory():
    assert OURS(1).tags is not OURS(1).tags


def test_nothing_can_be_set_or_deleted():
    point = OURS(1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(FrozenInstanceError):
        del point.x


def test_a_hash_or_repr_of_its_own_and_identity_stay():
    @frozen
    class Named:
        name: str
        __hash__ = object.__hash__

        def __repr__(self) -> str:
            return self.name

    assert hash(Named("a")) != hash(Named("a"))
    assert repr(Named("a")) == "a"

    @frozen(eq=False)
    class Alone:
        x: int = 1

    assert Alone() != Alone()


def test_what_settles_after_making_is_asked():
    @frozen
    class Positive:
        x: int

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("below zero")

    with pytest.raises(ValueError, match="below zero"):
        Positive(-1)
