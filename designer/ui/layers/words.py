"""Layers in words: how many, which, and what each kind of them is."""

from __future__ import annotations

from collections.abc import Sequence

from designer.analysis.layers import Kind, Lane, Layers, ranges
from designer.design.pattern_words import NOTHING
from designer.ui.tr import counted, tr

SHOWN = 3
"""Runs of layers that are written out; of more the first two and the last."""


def which(layers: Sequence[int]) -> str:
    """Numbers of layers: `0–2, 4–6 … 44–46`."""
    runs = [
        tr("{n}", n=start) if start == end else tr("{start}–{end}", start=start, end=end)
        for start, end in ranges(layers)
    ]
    if len(runs) <= SHOWN:
        return ", ".join(runs)
    return tr("{first}, {second} … {last}", first=runs[0], second=runs[1], last=runs[-1])


def layers_named(layers: Sequence[int]) -> str:
    """`Layer 30`, or `Layers 6–12`."""
    if len(layers) == 1:
        return tr("Layer {n}", n=layers[0])
    return tr("Layers {which}", which=which(layers))


def kind_name(kind: Kind) -> str:
    """What a layer is: the block that runs, or the fields in which it differs."""
    return tr(", ").join(_word(*word) for word in kind.words) or tr("plain")


def lane_name(lane: Lane) -> str:
    """In which respect the layers of a lane differ."""
    return {"attention": tr("attention"), "feed_forward": tr("feed-forward")}.get(lane.category, tr("layer"))


def how_many(layers: Layers) -> str:
    """`48 layers`."""
    return counted(layers.times, "{n} layer", "{n} layers")


def arranged(layers: Layers) -> str:
    """How they repeat: `a tile of 4, 12 times`; how many kinds where no tile does."""
    if layers.exceptions:
        apart = len(layers.exceptions)
        one, many = tr("{kinds} kinds, 1 layer an exception"), tr("{kinds} kinds, {n} layers an exception")
        return (one if apart == 1 else many).format(kinds=layers.kinds, n=apart)
    if layers.first or layers.tile == 1 or not layers.whole_tiles:
        return tr("{kinds} kinds", kinds=layers.kinds)
    tile = tr("a tile of {tile}, {times} times", tile=layers.tile, times=layers.whole_tiles)
    if not layers.cut:
        return tile
    return tr("{tile}; the last is cut after {cut} of {of}", tile=tile, cut=layers.cut, of=layers.tile)


def _word(field: str, word: str) -> str:
    if not field:
        return word
    name = tr(field) if field.isupper() else tr(field).lower()
    return tr("no {field}", field=name) if word == NOTHING else tr("{field} {value}", field=name, value=word)
