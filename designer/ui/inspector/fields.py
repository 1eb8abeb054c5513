"""The fields of the selected blocks as a form reads and writes them. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from designer.design import edits
from designer.design.making import as_setting, group
from designer.design.tree import Design, Group, Node, Pattern, Run, Setting
from designer.symbolic.field import Field
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, said
from designer.symbolic.registry import Registry
from designer.ui.controls.entry import written
from designer.ui.controls.relative import distinct
from designer.ui.tr import tr

Way = tuple[str, ...]
"""The names that lead to a field: `("rope", "theta")` is a field of the value in the field `rope`."""

LONGEST = 400
"""Characters of a pattern that are written out."""


@frozen
class Differs:
    """Stands for a setting where several blocks have several: each one's, in their order."""

    settings: tuple[Setting, ...]


def shared_fields(nodes: Sequence[Node], registry: Registry) -> dict[str, Field]:
    """The fields that all these blocks have, of one name and one type, as the first one declares them."""
    made = [registry.get(node.kind) for node in nodes]
    declared = [block.fields() if block is not None else {} for block in made]
    first, *others = declared
    return {
        name: field
        for name, field in first.items()
        if all(name in other and _alike(field, other[name]) for other in others)
    }


def common(nodes: Sequence[Node], way: Way, declared: Field) -> Setting | Differs:
    """What all nodes have in a field; what each has where they do not agree."""
    found = [inner_setting(node.fields, way, as_setting(declared.default)) for node in nodes]
    return found[0] if len(distinct(found)) == 1 else Differs(tuple(found))


def differing(nodes: Sequence[Node], registry: Registry) -> dict[str, Field]:
    """The fields in which the blocks do not agree."""
    shared = shared_fields(nodes, registry)
    return {name: f for name, f in shared.items() if isinstance(common(nodes, (name,), f), Differs)}


def configured(
    design: Design, ids: Sequence[int], way: Way, settings: Sequence[Setting], registry: Registry
) -> Design:
    """The design with one field of these nodes set, to one of the settings after another.

    Raises:
        Refusal: where a node, or what held the field, is gone.
    """
    for id, setting in zip(ids, settings, strict=True):
        node = edits.find(design, id)
        changed = _with(dict(node.fields), way, setting)
        design = edits.configure(design, (id,), {way[0]: changed[way[0]]})
    return design


def default_value(kind: str, registry: Registry) -> Group:
    """A value of a kind with its defaults."""
    return group(registry, kind)


def declared_in(setting: Setting, registry: Registry) -> Mapping[str, Field]:
    """The fields of the kind that a value or a block is of."""
    made = registry.get(setting.kind) if isinstance(setting, (Group, Node)) else None
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


def inner_setting(fields: Mapping[str, Setting], way: Way, default: Setting) -> Setting:
    """What stands at the end of a way; the default where it does not lead so far."""
    for name in way[:-1]:
        inner = fields.get(name)
        if not isinstance(inner, (Group, Node)):
            return default
        fields = inner.fields
    return fields.get(way[-1], default)


def _alike(a: Field, b: Field) -> bool:
    same_words = dict(a.options) == dict(b.options) and a.of == b.of
    return a.kind == b.kind and a.optional == b.optional and same_words


def _with(fields: dict[str, Setting], way: Way, setting: Setting) -> dict[str, Setting]:
    if len(way) == 1:
        return {**fields, way[0]: setting}
    inner = fields[way[0]]
    if not isinstance(inner, (Group, Node)):
        raise Refusal("", said("The field is no longer part of the block."))
    return {**fields, way[0]: replace(inner, fields=_with(dict(inner.fields), way[1:], setting))}
