"""Reading JSON that people or other programs wrote: one clear sentence for whatever is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from designer.design.notation import shortened
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, Said, said

LARGEST = 64 * 1024 * 1024
"""Bytes beyond which a file is no design and no config."""
DEEPEST = 200
"""Objects and lists that may stand inside one another."""
MOST_DIGITS = 60
"""Digits of a whole number, as in expressions."""


@frozen
class Given:
    """A value of a JSON text and where it stands there; what it should be and is not is refused by place."""

    raw: Any
    file: str = ""
    at: str = ""

    def get(self, key: str, otherwise: Any = None) -> Given:
        """What an object holds under a key."""
        at = f"{self.at}.{shortened(key)}" if self.at else shortened(key)
        return Given(self.object().get(key, otherwise), self.file, at)

    def object(self) -> Mapping[str, Any]:
        """An object."""
        if not isinstance(self.raw, dict):
            raise self.refused("It must be an object, not {value}.", value=described(self.raw))
        return self.raw

    def fields(self) -> Iterator[tuple[str, Given]]:
        """What an object holds, by key."""
        for key in self.object():
            yield key, self.get(key)

    def items(self) -> list[Given]:
        """What a list holds."""
        if not isinstance(self.raw, list):
            raise self.refused("It must be a list, not {value}.", value=described(self.raw))
        return [Given(raw, self.file, f"{self.at}[{index}]") for index, raw in enumerate(self.raw)]

    def text(self) -> str:
        """Text."""
        if not isinstance(self.raw, str):
            raise self.refused("It must be text, not {value}.", value=described(self.raw))
        return self.raw

    def one_of(self, words: Collection[str]) -> str:
        """One of a few words."""
        if self.text() not in words:
            known = ", ".join(words)
            raise self.refused("{value} is none of {words}.", value=described(self.raw), words=known)
        return self.raw

    def only(self, *keys: str) -> None:
        """An object with no other keys than these: one that has no place for what is not understood."""
        for key in self.object():
            if key not in keys:
                raise self.get(key).refused("Only {keys} can stand here.", keys=", ".join(keys))

    def refused(self, template: str, **values: object) -> Refusal:
        """The refusal of it."""
        return self.refused_for(Said(template, values))

    def refused_for(self, cause: Said) -> Refusal:
        """The refusal of it for a cause."""
        return Refusal(_joined(self.file, self.at), cause)


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object that a file holds.

    Raises:
        Refusal: where it cannot be read, is too large, or is no JSON object; with line and column.
    """
    place = str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        cause = said("It cannot be read: {cause}.", cause=error.strerror or error)
        raise Refusal(place, cause) from error
    if len(raw) > LARGEST:
        raise Refusal(place, said("It is larger than any design: more than {n:,} bytes.", n=LARGEST))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(place, said("It is not UTF-8 text: byte {at:,}.", at=error.start)) from error
    return parse_object(text, place)


def parse_object(text: str, place: str) -> dict[str, Any]:
    """The JSON object in a text. An endless number is kept as transformers writes it in valid JSON,
    `{"__float__": "Infinity"}`.

    Raises:
        Refusal: as `read_object`.
    """
    reading = _Reading(place)
    try:
        value = json.loads(
            text,
            object_pairs_hook=reading.unique,
            parse_constant=reading.endless,
            parse_int=reading.whole,
            parse_float=reading.real,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Refusal(_joined(place, where), said("It is not JSON: {cause}.", cause=error.msg)) from error
    except RecursionError as error:
        raise reading.too_deep() from error
    if not isinstance(value, dict):
        raise Refusal(place, said("It holds {value} and no JSON object.", value=described(value)))
    if _too_deep(value):
        raise reading.too_deep()
    return value


def described(value: Any) -> str:
    """A value in a few words."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return f'"{shortened(value)}"' if isinstance(value, str) else json.dumps(value)


@frozen
class _Reading:
    """What is refused while one text is read."""

    place: str

    def unique(self, found: list[tuple[str, Any]]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for key, value in found:
            if key in known:
                raise self._refused("The key '{key}' is there twice in one object.", key=shortened(key))
            known[key] = value
        return known

    def endless(self, name: str) -> dict[str, str]:
        if name == "NaN":
            raise self._refused("It holds NaN, which is no number.")
        return {"__float__": name}

    def whole(self, digits: str) -> int:
        if len(digits) > MOST_DIGITS:
            raise self._refused("It holds a number of more than {n} digits.", n=MOST_DIGITS)
        return int(digits)

    def real(self, digits: str) -> float:
        number = float(digits)
        if not isfinite(number):
            raise self._refused("It holds a number that is too large: {digits}.", digits=shortened(digits))
        return number

    def too_deep(self) -> Refusal:
        return self._refused("Its objects and lists are nested more than {n} deep.", n=DEEPEST)

    def _refused(self, template: str, **values: object) -> Refusal:
        return Refusal(self.place, Said(template, values))


def _joined(*places: str) -> str:
    return ": ".join(place for place in places if place)


def _too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Collection[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
