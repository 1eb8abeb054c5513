"""The rule of attention."""

from __future__ import annotations

from typing import Any

from designer.formats.onnx import streams
from designer.formats.onnx.graph import Graph
from designer.formats.onnx.held import Held, along, numbers
from designer.symbolic.operation import Attend, Value
from designer.symbolic.size import product

FAR = -1e30
"""Added to a score that may not be seen: far below any other, and finite when another is added."""


def attend(g: Graph, op: Attend) -> None:
    """One Attention node; a cache that keys and values still have to meet is met inside it."""
    q, k, v = op.inputs[:3]
    attributes = _attributes(op)
    mask = _mask(g, op)
    if g.held[k].slot is None or g.held[v].slot is None:
        inputs = [g.flat(q), g.flat(k), g.flat(v), *([mask] if mask else [])]
        g.keep(op.output, g.op("Attention", *inputs, **attributes))
        return
    query, (key, past_key), (value, past_value) = g.flat(q), _new(g, k), _new(g, v)
    slots = g.held[k].slot, g.held[v].slot
    presents = [g.sheet.present(slot) for slot in slots if slot]
    y = g.into("Attention", query, key, value, mask or "", past_key, past_value, names=presents, **attributes)
    g.keep(op.output, y)
    for name, met in zip(presents, (k, v), strict=True):  # whoever else looks finds the cache met
        g.held[met] = Held(name, numbers(met.shape), "heads")


def _attributes(op: Attend) -> dict[str, Any]:
    attributes: dict[str, Any] = {"q_num_heads": op.inputs[0].shape[0], "kv_num_heads": op.inputs[1].shape[0]}
    if op.scale is not None:
        attributes["scale"] = float(op.scale)
    if op.softcap is not None:
        attributes["softcap"] = float(op.softcap)
    return attributes


def _mask(g: Graph, op: Attend) -> str | None:
    """What may be seen, as bools; with a bias, what is added to scores, as numbers."""
    q, k = (along(value) for value in op.inputs[:2])
    window = None if op.mask.window is None else numbers((op.mask.window,))[0]
    seen = streams.seen(g, q, k, op.mask.causal, window)
    if len(op.inputs) == 3:
        return seen
    bias = g.held[op.inputs[3]].name
    if seen is None:
        return bias
    return g.beside(bias, f"where {seen}", lambda: g.op("Where", seen, bias, g.floats(FAR)))


def _new(g: Graph, value: Value) -> tuple[str, str]:
    """The new rows of keys or values, each as one axis, and what the cache holds."""
    held = g.held[value]
    assert held.slot is not None
    width = numbers((product(value.shape),))
    name = held.name if held.shape == width else g.op("Reshape", held.name, g.ints([0, 0, *width]))
    return name, g.past(held.slot)
