"""Files that went wrong: valid ones in which a few values are replaced, moved or lost."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from designer.formats.design_json import text_of
from designer.formats.opening import opened
from tests.formats.designs import BROKEN, REGISTRY, SOUND

BASES = tuple(json.loads(text_of(opened(name, REGISTRY))) for name in ("gpt2", "gemma-3-270m", "deepseek-v3"))
"""Designs as JSON, which between them have every shape that a file may have."""

NUMBERS = (0, 1, -1, 3, 10**12, 10**15, 10**40, -(10**20), 0.5, -0.0, 1e308, 5e-324, True, False, None)
TEXTS = ("", "x", "1 / 0", "9 ** 9 ** 9", "full_attention", "\ud800", "\x1b[2J", "é" * 50, *BROKEN, *SOUND)
THINGS = (
    [],
    [1],
    [[1]],
    [None],
    ["full_attention"] * 3,
    {},
    {"text": "x", "last": 3},
    {"text": "(", "last": "q"},
    {"cycle": []},
    {"cycle": [1, None], "but": {"99999": 4}},
    {"first": [{"value": 1, "times": 100_000}] * 3, "cycle": [{"value": 2, "times": "10 ** 12"}]},
    {"kind": "rope"},
    {"kind": "qk_norm"},
    {"block": "stack"},
    {"value": 1, "times": 10**9},
    {"__float__": "Infinity"},
    {"rope_type": []},
    {"rope_type": "yarn", "factor": -1, "mscale_all_dim": 1e308},
)
wrong = st.sampled_from((*NUMBERS, *TEXTS)) | st.sampled_from(THINGS).map(copy.deepcopy)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to everything inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inner:
        yield (*path, key)
        yield from places(held, (*path, key))


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


@st.composite
def mutated(draw: st.DrawFn, *bases: dict[str, Any], keep: tuple[str, ...] = ("format",)) -> dict[str, Any]:
    """One of these with a few values replaced by wrong ones, by others of it, or gone."""
    raw = copy.deepcopy(draw(st.sampled_from(bases)))
    for _ in range(draw(st.integers(1, 3))):
        ways = [path for path in places(raw) if path[0] not in keep]
        if not ways:
            break
        *way, key = draw(st.sampled_from(ways))
        holder, what = at(raw, tuple(way)), draw(st.sampled_from(("replace", "replace", "move", "lose")))
        if what == "lose":
            del holder[key]
        else:
            holder[key] = (
                draw(wrong) if what == "replace" else copy.deepcopy(at(raw, draw(st.sampled_from(ways))))
            )
    return raw
