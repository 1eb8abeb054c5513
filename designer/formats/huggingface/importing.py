"""A Hugging Face config as a design."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.design.expression import Expression
from designer.design.tree import Design
from designer.formats.huggingface.config import Config
from designer.formats.huggingface.families import family, model_types
from designer.formats.huggingface.parts import Family, Head, Parts
from designer.symbolic.issue import Issue, Refusal, said
from designer.symbolic.likely import likely
from designer.symbolic.registry import Registry


def design_of(
    raw: Mapping[str, Any],
    registry: Registry,
    *,
    place: str = "",
    name: str = "",
    architecture: str | None = None,
) -> Design:
    """The design that a config describes.

    `architecture` names another class of the same config than the config does. `place` is what refusals name.

    Raises:
        Refusal: for an unknown model type, or a key that is missing or absurd.
    """
    known = _family(raw, place)
    config = Config(raw, place, known.aliases)
    wanted, head = _class(known, config, architecture)
    tree = known.build(Parts(registry), config, head)
    positions = _positions(known, config)
    config.leftovers()
    source = {**raw, "architectures": [wanted]} if architecture else dict(raw)
    return Design(
        tree,
        name=name,
        variables=config.variables,
        positions=positions,
        source=source,
        remarks=tuple(config.remarks),
    )


def _family(raw: Mapping[str, Any], place: str) -> Family:
    model_type = raw.get("model_type")
    if not isinstance(model_type, str):
        raise Refusal(place, said("It names no model_type, so it is no Hugging Face config."))
    known = family(model_type)
    if known is None:
        near = likely(model_type, model_types())
        known_types = ", ".join(model_types())
        cause = (
            said("Model type {kind} is not known; {near} is.", kind=model_type, near=near[0])
            if near
            else said(
                "Model type {kind} is not known; known are {types}.", kind=model_type, types=known_types
            )
        )
        raise Refusal(f"{place}: model_type" if place else "model_type", cause)
    return known


def _class(known: Family, config: Config, architecture: str | None) -> tuple[str, Head]:
    named = config.get("architectures")
    first = named[0] if isinstance(named, list) and named and isinstance(named[0], str) else None
    wanted = architecture or first or next(iter(known.classes))
    if wanted in known.classes:
        return wanted, known.classes[wanted]
    cause = said("The head of class {name} is not known and is not counted.", name=wanted)
    config.remarks.append(Issue("unsound", cause, where="architectures"))
    return wanted, "none"


def _positions(known: Family, config: Config) -> int | Expression | None:
    if known.positions is None:
        return None
    key, default = known.positions
    return Expression(key) if key in config.variables else config.whole(key, default)


def keys_read(raw: Mapping[str, Any], registry: Registry) -> frozenset[str]:
    """The keys that an import of this config asks for, whether the config says them or not."""
    known = _family(raw, "")
    config = Config(raw, "", known.aliases)
    known.build(Parts(registry), config, _class(known, config, None)[1])
    return frozenset(config.used)
