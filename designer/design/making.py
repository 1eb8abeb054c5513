"""Making nodes: every field written, defaults too, and a misspelt one refused."""

from __future__ import annotations

from collections.abc import Mapping

from designer.design.tree import Group, Node, Pattern, Setting
from designer.symbolic.field import Declared
from designer.symbolic.registry import Registry
from designer.symbolic.schedule import Schedule
from designer.symbolic.scope import Stored


def make(
    registry: Registry,
    kind: str,
    *inside: Node,
    name: str = "",
    names: Mapping[str, str | Stored] | None = None,
    shares: str = "",
    label: str = "",
    **fields: Setting,
) -> Node:
    """A node of a kind that the registry knows, with these fields and the defaults of all others.

    Raises:
        TypeError: for an unknown kind or field; a fault of the program, not of the user.
    """
    made = registry.block(kind)
    if made is None:
        raise TypeError(f"no block is called {kind!r}")
    dialect = {
        local: Stored(kept) if isinstance(kept, str) else kept for local, kept in (names or {}).items()
    }
    return Node(kind, written(made, fields), inside, name, dialect, shares, label)


def group(registry: Registry, kind: str, **fields: Setting) -> Group:
    """A value such as Rope, as data, every field written."""
    made = registry.get(kind)
    if made is None:
        raise TypeError(f"no value is called {kind!r}")
    return Group(kind, written(made, fields))


def written(made: type[Declared], fields: Mapping[str, Setting]) -> dict[str, Setting]:
    """All fields of a kind, in its order: those given, else their defaults."""
    declared = made.fields()
    unknown = [name for name in fields if name not in declared]
    if unknown:
        raise TypeError(f"{made.kind} has no field {unknown[0]!r}")
    return {n: fields[n] if n in fields else as_setting(f.default) for n, f in declared.items()}


def as_setting(value: object) -> Setting:
    """A default, a resolved value or a schedule as data."""
    if isinstance(value, Schedule):
        first, cycle = (tuple(as_setting(entry) for entry in part) for part in (value.first, value.cycle))
        return Pattern(first, cycle)
    if isinstance(value, Declared):
        return Group(value.kind, {name: as_setting(getattr(value, name)) for name in value.fields()})
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"{value!r} is no setting")
