"""Declared fields: what the user may set, from which form, file, formula and check are derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal, Self, dataclass_transform

from designer.symbolic.frozen import frozen
from designer.symbolic.schedule import Schedule

FieldKind = Literal["count", "real", "flag", "choice", "value", "block"]


@frozen
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
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    of: tuple[str, ...] = ()
    structural: bool = False


def count(
    default: int, label: str, *, help: str = "", key: str = "", least: int = 1, structural: bool = False
) -> Any:
    """A whole number, or a Size."""
    return Field("count", label, default, help, key, False, least, structural=structural)


def optional_count(default: int | None, label: str, *, help: str = "", key: str = "", least: int = 1) -> Any:
    """A whole number, or None for absent."""
    return Field("count", label, default, help, key, True, least)


def real(default: float | None, label: str, *, help: str = "", key: str = "") -> Any:
    """A real number that reaches no shape. A default of None makes it optional."""
    return Field("real", label, default, help, key, default is None)


def flag(default: bool, label: str, *, help: str = "", key: str = "") -> Any:
    """Yes or no."""
    return Field("flag", label, default, help, key)


def choice(default: str, label: str, options: Mapping[str, str], *, help: str = "", key: str = "") -> Any:
    """One of a few words, each with its label."""
    return Field("choice", label, default, help, key, options=options)


def value(default: Declared | None, label: str, of: tuple[str, ...], *, help: str = "") -> Any:
    """A small group of fields, such as Rope, or None."""
    return Field("value", label, default, help, optional=True, of=of)


def block(label: str, *, help: str = "") -> Any:
    """A block of its own, such as an expert, or None."""
    return Field("block", label, None, help, optional=True)


@dataclass_transform(frozen_default=True)
class Declared:
    """A frozen value made of declared fields. `kind` is its name in files.

    It does what a frozen dataclass does, without generating code for each class: blocks are many, and the
    first frame waits for them.
    """

    kind: ClassVar[str]
    _declared: ClassVar[Mapping[str, Field]] = {}

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__(**settings)
        own = {name: known for name, known in vars(cls).items() if isinstance(known, Field)}
        cls._declared = {**cls._declared, **own}
        for name, known in own.items():
            setattr(cls, name, known.default)

    def __init__(self, *values: Any, **named: Any) -> None:
        declared = self._declared
        if len(values) > len(declared):
            raise TypeError(f"{type(self).__name__} has {len(declared)} fields, not {len(values)}")
        given = dict(zip(declared, values, strict=False))
        for name in named:
            if name in given or name not in declared:
                raise TypeError(f"{type(self).__name__} has no field {name!r} left to set")
        own = {name: known.default for name, known in declared.items()}
        self.__dict__.update({**own, **given, **named})

    @classmethod
    def fields(cls) -> Mapping[str, Field]:
        """The declared fields by name, in order."""
        return cls._declared

    def changed(self, **fields: Any) -> Self:
        """The same value with other fields."""
        return type(self)(**{**self._values(), **fields})

    def varying(self) -> dict[str, Schedule]:
        """The fields that differ from round to round."""
        return {name: setting for name, setting in self._values().items() if isinstance(setting, Schedule)}

    def _values(self) -> dict[str, Any]:
        own = self.__dict__
        return {name: own[name] for name in self._declared}

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in self._values().items())})"
