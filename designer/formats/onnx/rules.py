"""The table of contents: which rule writes which operation."""

from __future__ import annotations

from collections.abc import Mapping

from designer.formats.onnx import arithmetic, attention, layout, regions, scans, sequence, stored
from designer.formats.onnx.graph import Graph, Rule
from designer.symbolic import operation as ops
from designer.symbolic.issue import Refusal, said
from designer.symbolic.stream import Stream


def along(rule: Rule) -> Rule:
    """A rule of what runs along whole sequences: where there are single rows, it has nothing to run along."""

    def checked(g: Graph, op: ops.Op) -> None:
        for value in op.inputs or op.outputs:
            if isinstance(value.stream, Stream) and value.stream.rank != 2:
                cause = said("What stands here runs along whole sequences, and is given single rows.")
                raise Refusal(g.where.place.rstrip("."), cause)
        rule(g, op)

    return checked


RULES: Mapping[type[ops.Op], Rule] = {
    ops.Parameter: stored.parameter,
    ops.Alias: stored.alias,
    ops.Buffer: stored.buffer,
    ops.Input: along(stored.comes_in),
    ops.Positions: along(stored.positions),
    ops.Lookup: stored.lookup,
    ops.Sinusoid: stored.sinusoid,
    ops.Linear: arithmetic.linear,
    ops.Norm: arithmetic.norm,
    ops.Binary: arithmetic.binary,
    ops.Activate: arithmetic.activate,
    ops.Sum: arithmetic.added_up,
    ops.Top: arithmetic.top,
    ops.View: layout.view,
    ops.Split: layout.split,
    ops.Concat: layout.concat,
    ops.Spread: layout.spread,
    ops.First: along(layout.first),
    ops.Rotate: along(sequence.rotate),
    ops.Cached: along(sequence.cached),
    ops.Conv: along(sequence.conv),
    ops.DistanceBias: along(sequence.distance_bias),
    ops.Attend: along(attention.attend),
    ops.BlockRegion: regions.block,
    ops.RepeatRegion: regions.repeat,
    ops.ExpertsRegion: scans.experts,
    ops.RecurRegion: along(scans.recur),
}
