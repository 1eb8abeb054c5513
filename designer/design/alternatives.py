"""One of these, by layer: alternatives of a block, the pattern that picks them, fields that follow one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from designer.design import edits
from designer.design.layouts import choose_around, layout_of, pick_of, repeat_around
from designer.design.pattern_text import parse, write
from designer.design.pattern_words import Words, words_of_blocks, words_of_field
from designer.design.patterns import as_pattern, mapped, regular
from designer.design.tree import Design, Node, Pattern, Setting
from designer.symbolic.issue import Refusal, said
from designer.symbolic.registry import Registry


def offer(design: Design, id: int, other: Node, choose: Node, registry: Registry) -> tuple[Design, int]:
    """(the design where a block is one of two, by layer, with `other`, itself at first; the Choose's id).

    A block that is an alternative already, and a Choose, get one alternative more. Names are kept: no layer
    runs two alternatives. Until a pattern names it, the new one counts nothing.

    Raises:
        Refusal: where the block stands in no Repeat, so that there are no layers.
    """
    if repeat_around(design, id, registry) is None:
        raise Refusal("", said("Only a block inside a Repeat can differ by layer."))
    node, holder = edits.find(design, id), choose_around(design, id, registry)
    holder = node if layout_of(node, registry) == "choose" else holder
    if holder is not None:
        more = replace(holder, inside=(*holder.inside, other.fresh()))
        return edits.exchange(design, holder.id, more), holder.id
    pick = {pick_of(choose, registry): Pattern((), (0,))}
    wrapped = replace(choose.configured(**pick).fresh(), name="", inside=(node, other.fresh()))
    return edits.exchange(design, id, wrapped), wrapped.id


def without(design: Design, id: int, registry: Registry) -> Design:
    """An alternative taken out. Layers that picked it pick the first of the others; a Choose of one is none.

    Raises:
        Refusal: where it is no alternative.
    """
    choose = choose_around(design, id, registry)
    if choose is None:
        raise Refusal("", said("The block is no alternative."))
    gone = next(index for index, node in enumerate(choose.inside) if node.id == id)
    left = tuple(node for node in choose.inside if node.id != id)
    if len(left) == 1 and not choose.name and not choose.names:
        return edits.exchange(design, choose.id, left[0])

    def kept(pick: Setting) -> Setting:
        if not isinstance(pick, int) or pick < gone:
            return pick
        return 0 if pick == gone else pick - 1

    name = pick_of(choose, registry)
    fields = {**choose.fields, name: mapped(choose.fields.get(name, 0), kept)}
    return edits.exchange(design, choose.id, replace(choose, fields=fields, inside=left))


def removed(design: Design, ids: Collection[int], registry: Registry) -> Design:
    """Blocks taken out, whatever they stand in; alternatives in such a way that layers pick the others as
    before."""
    paths = sorted((edits.path_to(design.tree, id), id) for id in ids)
    for path, id in paths:
        if any(other != path and path[: len(other)] == other for other, _ in paths):
            continue
        choose = choose_around(design, id, registry)
        more = choose is not None and len(choose.inside) > 1
        design = without(design, id, registry) if more else edits.remove(design, (id,))
    return design


def words(design: Design, id: int, field: str, registry: Registry) -> Words:
    """The words in which the pattern of a block's field is written."""
    node = edits.find(design, id)
    if layout_of(node, registry) == "choose" and field == pick_of(node, registry):
        return words_of_blocks(node.inside, registry)
    made = registry.block(node.kind)
    assert made is not None
    return words_of_field(made.fields()[field], node.fields.get(field), registry, design.variables)


def text_of(design: Design, id: int, field: str, registry: Registry) -> str:
    """The pattern of a block's field as text; of a plain value its word."""
    setting, known = edits.find(design, id).fields.get(field), words(design, id, field, registry)
    return write(as_pattern(setting), known.say)


def set_text(design: Design, id: int, field: str, text: str, registry: Registry) -> Design:
    """Set a block's field by the text of a pattern. It stays a pattern, even of one value.

    Raises:
        BrokenPattern: where the text cannot be read.
    """
    pattern = parse(text, words(design, id, field, registry).read)
    return edits.configure(design, (id,), {field: pattern})


def by_layer(design: Design, id: int, field: str) -> Design:
    """A plain value as a pattern of that value alone."""
    setting = edits.find(design, id).fields[field]
    if isinstance(setting, Pattern):
        return design
    return edits.configure(design, (id,), {field: as_pattern(setting)})


def alike(design: Design, id: int, field: str) -> Design:
    """A pattern as the plain value of its first layer."""
    setting = edits.find(design, id).fields[field]
    if not isinstance(setting, Pattern):
        return design
    return edits.configure(design, (id,), {field: regular(setting)[0]})
