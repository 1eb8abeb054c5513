"""The fields of the selected blocks as a form reads and writes them. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from designer.design import edits
from designer.design.making import as_setting, group
from designer.design.tree import Design, Group, Node, Pattern, Run, Setting
from designer.symbolic.field import Declared, Field
from designer.symbolic.registry import Registry
from designer.ui.entry import written
from designer.ui.tr import tr

Way = tuple[str, ...]
"""The names that lead to a field: `("rope", "theta")` is a field of the value in the field `rope`."""

LONGEST = 400
"""Characters of a pattern that are written out."""


class Differs:
    """Stands for a setting where several blocks have several."""


DIFFERS = Differs()


def common(nodes: Sequence[Node], way: Way, declared: Field) -> Setting | Differs:
    """What all nodes have in a field; `DIFFERS` where they do not agree."""
    found = [_inner(node.fields, way, as_setting(declared.default)) for node in nodes]
    return found[0] if all(setting == found[0] for setting in found[1:]) else DIFFERS


def configured(design: Design, ids: Sequence[int], way: Way, setting: Setting, registry: Registry) -> Design:
    """The design with one field of these nodes set."""
    for id in ids:
        node = edits.find(design, id)
        changed = _with(dict(node.fields), way, setting)
        design = edits.configure(design, (id,), {way[0]: changed[way[0]]})
    return design


def default_value(kind: str, registry: Registry) -> Group:
    """A value of a kind with its defaults."""
    return group(registry, kind)


def declared_in(setting: Setting, registry: Registry) -> Mapping[str, Field]:
    """The fields of the kind that a value is of."""
    made: type[Declared] | None = registry.get(setting.kind) if isinstance(setting, Group) else None
    return made.fields() if made is not None else {}


def seldom(declared: Field, setting: Setting | Differs) -> bool:
    """Whether a field is shown only when asked for: reals, and what is optional and absent."""
    return declared.kind == "real" or (
        declared.kind in ("count", "block") and declared.optional and setting is None
    )


def said_of(setting: Setting, registry: Registry) -> str:
    """A setting in a few words, wherever it cannot be typed."""
    if isinstance(setting, Pattern):
        return pattern_text(setting, registry)
    if isinstance(setting, (Group, Node)):
        made = registry.get(setting.kind)
        return tr(made.label) if made is not None else setting.kind
    if setting is None:
        return tr("none")
    return written(setting, grouped=True)


def pattern_text(pattern: Pattern, registry: Registry) -> str:
    """A pattern over the layers as it is read: the first values, then the cycle that goes on."""
    first = _runs(pattern.first, registry)
    cycle = _runs(pattern.cycle, registry)
    text = tr("{first}, then {cycle} …", first=first, cycle=cycle) if first else tr("{cycle} …", cycle=cycle)
    if pattern.but:
        exceptions = ", ".join(
            tr("{value} in layer {layer}", value=said_of(setting, registry), layer=layer)
            for layer, setting in sorted(pattern.but.items())
        )
        text = tr("{pattern}; but {exceptions}", pattern=text, exceptions=exceptions)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _runs(entries: Sequence[Setting | Run], registry: Registry) -> str:
    """Equal neighbours together: `5 × 512, none`."""
    counted: list[tuple[str, list[Any]]] = []
    for entry in entries:
        times = entry.times if isinstance(entry, Run) else 1
        words = said_of(entry.value if isinstance(entry, Run) else entry, registry)
        if counted and counted[-1][0] == words and isinstance(times, int):
            counted[-1][1].append(times)
        else:
            counted.append((words, [times]))
    return ", ".join(_run(words, times) for words, times in counted)


def _run(words: str, times: list[Any]) -> str:
    if all(isinstance(n, int) for n in times):
        n = sum(times)
        return words if n == 1 else tr("{n} × {value}", n=n, value=words)
    return tr("{n} × {value}", n=" + ".join(written(n) for n in times), value=words)


def _inner(fields: Mapping[str, Setting], way: Way, default: Setting) -> Setting:
    for name in way[:-1]:
        inner = fields.get(name)
        if not isinstance(inner, Group):
            return default
        fields = inner.fields
    return fields.get(way[-1], default)


def _with(fields: dict[str, Setting], way: Way, setting: Setting) -> dict[str, Setting]:
    if len(way) == 1:
        return {**fields, way[0]: setting}
    inner = fields[way[0]]
    assert isinstance(inner, Group)
    return {**fields, way[0]: replace(inner, fields=_with(dict(inner.fields), way[1:], setting))}
