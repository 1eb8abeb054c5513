"""What the palette holds: ready parts first, then every block by section."""

from __future__ import annotations

from collections.abc import Mapping

from designer.design.tree import Node
from designer.formats.templates import Part, block_node, ready_parts
from designer.symbolic.frozen import frozen
from designer.symbolic.registry import Registry
from designer.ui.icons import glyph

READY = "Ready parts"


@frozen
class Entry:
    """One thing to insert: its name, a word on what it holds, what it does, its icon and category."""

    title: str
    subtitle: str
    help: str
    icon: str
    category: str
    node: Node
    aliases: tuple[str, ...] = ()


def entries(registry: Registry, sections: Mapping[str, Mapping[str, str]]) -> dict[str, list[Entry]]:
    """Section to entries, in palette order."""
    found = {READY: [_ready(part, registry) for part in ready_parts(registry)]}
    for section, kinds in sections.items():
        found[section] = [entry for kind in kinds if (entry := _block(kind, registry)) is not None]
    return found


def _block(kind: str, registry: Registry) -> Entry | None:
    made = registry.get(kind)
    if made is None:
        return None
    node = block_node(registry, kind)
    return Entry(made.label, "", made.help, glyph(made()), made.category, node, made.aliases)


def _ready(part: Part, registry: Registry) -> Entry:
    """What holds one working block wears that one's icon; layers the stack's, others their first block's."""
    found = [made for n in part.node.walk() if (made := registry.block(n.kind)) is not None]
    working = [made for made in found if made.layout == "leaf" and not made.gives_way]
    if len(working) > 1 and any(made.layout == "repeat" for made in found):
        icon, category = "layer", ""
    else:
        icon, category = glyph(working[0]()), working[0].category
    return Entry(part.title, part.subtitle, part.help, icon, category, part.node)
