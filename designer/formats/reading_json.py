"""Reading JSON that people or other programs wrote: one clear sentence for whatever is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from designer.symbolic.issue import Refusal, said

LARGEST = 64 * 1024 * 1024
"""Bytes beyond which a file is no design and no config."""


def read_object(path: Path) -> Mapping[str, Any]:
    """The JSON object that a file holds.

    Raises:
        Refusal: where it cannot be read, is too large, or is no JSON object; with line and column.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(
                str(path), said("It is larger than any design: {n:,} bytes.", n=path.stat().st_size)
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refusal(
            str(path), said("It cannot be read: {cause}.", cause=error.strerror or error)
        ) from error
    except UnicodeDecodeError as error:
        raise Refusal(str(path), said("It is not UTF-8 text: byte {at}.", at=error.start)) from error
    return parse_object(text, str(path))


def parse_object(text: str, place: str) -> Mapping[str, Any]:
    """The JSON object in a text.

    Raises:
        Refusal: as `read_object`.
    """
    try:
        value = json.loads(text, object_pairs_hook=_unique(place), parse_constant=_constant(place))
    except json.JSONDecodeError as error:
        where = f"{place}: line {error.lineno}, column {error.colno}"
        raise Refusal(where, said("It is not JSON: {cause}.", cause=error.msg)) from error
    except RecursionError as error:
        raise Refusal(place, said("It is nested too deeply.")) from error
    except ValueError as error:
        raise Refusal(place, said("It holds a number that is too long.")) from error
    if not isinstance(value, dict):
        raise Refusal(place, said("It holds no JSON object."))
    return value


def _unique(place: str) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        known = dict(found)
        if len(known) != len(found):
            names = [name for name, _ in found]
            twice = next(name for name in names if names.count(name) > 1)
            raise Refusal(place, said("The key {key} is there twice in one object.", key=twice))
        return known

    return pairs


def _constant(place: str) -> Any:
    # transformers itself writes Infinity in some configs
    def constant(name: str) -> float:
        if name == "NaN":
            _refuse(place, name)
        return float(name.replace("Infinity", "inf"))

    return constant


def _refuse(place: str, name: str) -> NoReturn:
    raise Refusal(place, said("It holds {name}, which is no number.", name=name))
