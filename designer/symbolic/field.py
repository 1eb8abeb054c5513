"""Declared fields: what the user may set, from which form, file, formula and check are derived."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal, dataclass_transform

from designer.symbolic.schedule import Schedule

FieldKind = Literal["count", "real", "flag", "choice", "value", "block"]


@dataclass(frozen=True)
class Field:
    """One typed setting: how it is asked, what is legal.

    `optional` fields may be None, which means absent and never zero. `key` is the usual configuration key,
    under which a dropped block looks for a variable. `least` bounds counts. `options` are the legal
    words of a choice, each with its label. `of` names the kinds a value or block field takes. A `structural`
    count decides what is recorded, so that it can never be a Size.
    """

    kind: FieldKind
    label: str
    default: Any
    help: str = ""
    key: str = ""
    optional: bool = False
    least: int = 1
    options: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    of: tuple[str, ...] = ()
    structural: bool = False


def count(
    default: int, label: str, *, help: str = "", key: str = "", least: int = 1, structural: bool = False
) -> Any:
    """A whole number, or a Size."""
    return _declared(Field("count", label, default, help, key, False, least, structural=structural))


def optional_count(default: int | None, label: str, *, help: str = "", key: str = "", least: int = 1) -> Any:
    """A whole number, or None for absent."""
    return _declared(Field("count", label, default, help, key, True, least))


def real(default: float | None, label: str, *, help: str = "", key: str = "") -> Any:
    """A real number that reaches no shape. A default of None makes it optional."""
    return _declared(Field("real", label, default, help, key, default is None))


def flag(default: bool, label: str, *, help: str = "", key: str = "") -> Any:
    """Yes or no."""
    return _declared(Field("flag", label, default, help, key))


def choice(default: str, label: str, options: Mapping[str, str], *, help: str = "", key: str = "") -> Any:
    """One of a few words, each with its label."""
    return _declared(Field("choice", label, default, help, key, options=options))


def value(default: Declared | None, label: str, of: tuple[str, ...], *, help: str = "") -> Any:
    """A small group of fields, such as Rope, or None."""
    return _declared(Field("value", label, default, help, optional=True, of=of))


def block(label: str, *, help: str = "") -> Any:
    """A block of its own, such as an expert, or None."""
    return _declared(Field("block", label, None, help, optional=True))


def _declared(field: Field) -> Any:
    return dataclasses.field(default=field.default, metadata={"field": field})


@dataclass_transform(frozen_default=True)
class Declared:
    """A frozen value made of declared fields. `kind` is its name in files."""

    kind: ClassVar[str]

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__(**settings)
        dataclass(frozen=True)(cls)

    @classmethod
    def fields(cls) -> Mapping[str, Field]:
        """The declared fields by name, in order."""
        return _fields_of(cls)

    def varying(self) -> dict[str, Schedule]:
        """The fields that differ from round to round."""
        given = ((name, getattr(self, name)) for name in self.fields())
        return {name: setting for name, setting in given if isinstance(setting, Schedule)}


@lru_cache(maxsize=1024)
def _fields_of(cls: type[Declared]) -> Mapping[str, Field]:
    return {f.name: f.metadata["field"] for f in dataclasses.fields(cls)}  # pyright: ignore[reportArgumentType]
