"""Frozen values: dataclasses whose functions are shared instead of generated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, NamedTuple, TypeVar, dataclass_transform, overload

T = TypeVar("T")


class _Plan(NamedTuple):
    """What the shared functions know of a class: its fields in order, their defaults, which are compared."""

    names: tuple[str, ...]
    defaults: Mapping[str, Any]
    factories: Mapping[str, Callable[[], Any]]
    compared: tuple[str, ...]
    settles: bool


@overload
def frozen(made: type[T]) -> type[T]: ...
@overload
def frozen(*, eq: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: type[Any] | None = None, *, eq: bool = True) -> Any:
    """`dataclass(frozen=True)`, or with `eq=False` as there.

    The library writes and compiles six functions for each class, half a millisecond: for the sixty classes
    that come before the first frame, a tenth of its time. `replace`, `fields` and `asdict` work as ever.
    """
    if made is not None:
        return _frozen(made, eq)

    def freeze(late: type[Any]) -> type[Any]:
        return _frozen(late, eq)

    return freeze


def _frozen(made: type[Any], eq: bool) -> type[Any]:
    own = dict(vars(made))
    dataclass(init=False, repr=False, eq=False, match_args=False)(made)
    known = fields(made)
    shared: dict[str, Any] = {"__init__": _init, "__setattr__": _refuse, "__delattr__": _refuse}
    shared["_plan"] = _Plan(
        tuple(f.name for f in known),
        {f.name: f.default for f in known if f.default is not MISSING},
        {f.name: f.default_factory for f in known if f.default_factory is not MISSING},
        tuple(f.name for f in known if f.compare),
        hasattr(made, "__post_init__"),
    )
    if "__repr__" not in own:
        shared["__repr__"] = _repr
    if eq:
        shared["__eq__"] = _equal
        shared["__hash__"] = own.get("__hash__") or _hash
    for name, function in shared.items():
        setattr(made, name, function)
    return made


def _init(self: Any, *values: Any, **named: Any) -> None:
    plan: _Plan = self._plan
    called: str = self.__class__.__name__
    own = self.__dict__
    if len(values) == len(plan.names) and not named:
        own.update(zip(plan.names, values, strict=True))
    else:
        own.update(plan.defaults)
        own.update(_given(called, plan, values, named))
        if len(own) != len(plan.names):
            _complete(called, plan, own)
    if plan.settles:
        self.__post_init__()


def _given(called: str, plan: _Plan, values: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
    if len(values) > len(plan.names):
        raise TypeError(f"{called} has {len(plan.names)} fields, not {len(values)}")
    if not values and named.keys() <= set(plan.names):
        return named
    given = dict(zip(plan.names, values, strict=False))
    wrong = next((name for name in named if name in given or name not in plan.names), None)
    if wrong is not None:
        raise TypeError(f"{called} has no field {wrong!r} left to set")
    return {**given, **named}


def _complete(called: str, plan: _Plan, own: dict[str, Any]) -> None:
    for name in plan.names:
        if name not in own:
            if name not in plan.factories:
                raise TypeError(f"{called} needs {name!r}")
            own[name] = plan.factories[name]()


def _refuse(self: Any, name: str, *_: Any) -> None:
    raise FrozenInstanceError(f"cannot assign to or delete {name!r} of {self.__class__.__name__}")


def _equal(self: Any, other: object) -> bool:
    if other.__class__ is not self.__class__:
        return NotImplemented
    mine, its = self.__dict__, other.__dict__
    compared = self._plan.compared
    return [mine[name] for name in compared] == [its[name] for name in compared]


def _hash(self: Any) -> int:
    own = self.__dict__
    return hash(tuple([own[name] for name in self._plan.compared]))


def _repr(self: Any) -> str:
    shown = (f for f in fields(self) if f.repr)
    return f"{self.__class__.__qualname__}({', '.join(f'{f.name}={getattr(self, f.name)!r}' for f in shown)})"
