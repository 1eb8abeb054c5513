"""Single layers of a Repeat set apart: an exception is an alternative that only those layers pick.

The Repeat stays one: its layers keep their numbers and names, its length stays the variable it was, and the
pattern goes on around the exception. (Three Repeats in its place would begin to number anew, and each would
have a length of its own.) What differs in the exception is edited like any block; merged back it is gone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from designer.design import edits
from designer.design.alternatives import without
from designer.design.layouts import choose_around, is_bare, kind_of, layout_of, patterns_in, pick_of, picked
from designer.design.patterns import as_pattern, flat, regular, value_at
from designer.design.tree import Design, Node, Pattern
from designer.symbolic.issue import Refusal, said
from designer.symbolic.registry import Registry


def split(
    design: Design, repeat: int, layers: Collection[int], choose: Node, registry: Registry, label: str = ""
) -> tuple[Design, int]:
    """(the design where these layers of a Repeat are an exception, the id of the block that they run).

    The exception begins as a copy of what the layers run, under the same names, so that nothing is counted
    anew. `choose` is the container for a Repeat whose layers have all been alike.

    Raises:
        Refusal: where the layers are not all of one kind, or are an exception already.
    """
    node = edits.find(design, repeat)
    if not layers or not node.inside:
        raise Refusal("", said("There is no layer to split off."))
    holder = _chosen(node, registry) or _wrapped(node, choose, registry)
    name = pick_of(holder, registry)
    pick = as_pattern(holder.fields.get(name, 0))
    at = {value_at(pick, layer) for layer in layers}
    if any(layer in pick.but for layer in layers):
        raise Refusal("", said("These layers are an exception already."))
    if len(at) > 1:
        raise Refusal("", said("These layers are of several kinds: split each kind off by itself."))
    run = picked(holder, at.pop())
    if run is None:
        raise Refusal("", said("It is not known which block these layers run."))
    apart = replace(run.fresh(), label=label or run.label)
    but = {**pick.but, **dict.fromkeys(sorted(layers), len(holder.inside))}
    fields = {**holder.fields, name: replace(pick, but=dict(sorted(but.items())))}
    now = replace(holder, fields=fields, inside=(*holder.inside, apart))
    return edits.exchange(design, repeat, replace(node, inside=(now,))), apart.id


def merge(design: Design, id: int, registry: Registry) -> Design:
    """An exception taken back: its layers run what the pattern says again.

    Raises:
        Refusal: where the block is no exception.
    """
    layers = layers_of(design, id, registry)
    choose = choose_around(design, id, registry)
    if not layers or choose is None:
        raise Refusal("", said("The block is no exception."))
    name = pick_of(choose, registry)
    pick = as_pattern(choose.fields[name])
    but = {layer: value for layer, value in pick.but.items() if layer not in layers}
    design = edits.configure(design, (choose.id,), {name: replace(pick, but=but)})
    design = without(design, id, registry)
    if edits.has(design.tree, choose.id) or len(choose.inside) != 2:
        return design
    return _unwrapped(design, next(node.id for node in choose.inside if node.id != id), registry)


def layers_of(design: Design, id: int, registry: Registry) -> tuple[int, ...]:
    """The layers whose exception a block is: those that pick it against the pattern."""
    choose = choose_around(design, id, registry)
    if choose is None:
        return ()
    pick = choose.fields.get(pick_of(choose, registry), 0)
    place = next(index for index, node in enumerate(choose.inside) if node.id == id)
    if not isinstance(pick, Pattern) or place in regular(pick):
        return ()
    return tuple(sorted(layer for layer, value in pick.but.items() if value == place))


def at_layer(design: Design, repeat: Node, layer: int, registry: Registry) -> Node | None:
    """The exception that a layer of a Repeat runs; None where it goes by the pattern."""
    for choose, name, pattern in patterns_in(repeat, registry):
        picks = layout_of(choose, registry) == "choose" and name == pick_of(choose, registry)
        apart = picked(choose, pattern.but.get(layer)) if picks else None
        if apart is not None and layer in layers_of(design, apart.id, registry):
            return apart
    return None


def replaced_by(design: Design, id: int, registry: Registry) -> Node | None:
    """The block that the pattern would run in an exception's layers; None where that is not one block, or
    depends on a variable."""
    layers, choose = layers_of(design, id, registry), choose_around(design, id, registry)
    if not layers or choose is None:
        return None
    pick = as_pattern(choose.fields[pick_of(choose, registry)])
    if flat(pick) is None:
        return None
    places = {value_at(replace(pick, but={}), layer) for layer in layers}
    return picked(choose, places.pop()) if len(places) == 1 else None


def _chosen(repeat: Node, registry: Registry) -> Node | None:
    """The Choose that is all a Repeat holds."""
    if len(repeat.inside) == 1 and layout_of(repeat.inside[0], registry) == "choose":
        return repeat.inside[0]
    return None


def _wrapped(repeat: Node, choose: Node, registry: Registry) -> Node:
    """All that a Repeat holds as the only alternative of a Choose; several blocks in a stack of their own."""
    (first, *more) = repeat.inside
    if more:
        stack = kind_of("stack", registry)
        first = Node(stack, inside=repeat.inside)
    made = replace(choose, name="", names={}, inside=()).fresh()
    return replace(made, fields={**made.fields, pick_of(made, registry): 0}, inside=(first,))


def _unwrapped(design: Design, id: int, registry: Registry) -> Design:
    """A stack that says nothing of its own, as `split` makes one, gives way to what it holds."""
    node, path = edits.find(design, id), edits.path_to(design.tree, id)
    around = edits.at(design.tree, path[:-1])
    if not is_bare(node, registry) or len(around.inside) != 1:
        return design
    return edits.exchange(design, around.id, replace(around, inside=node.inside))
