"""The table of contents: which rule writes which operation."""

from __future__ import annotations

from collections.abc import Mapping

from designer.formats.onnx import arithmetic, attention, layout, regions, scans, sequence, stored
from designer.formats.onnx.graph import Rule
from designer.symbolic import operation as ops

RULES: Mapping[type[ops.Op], Rule] = {
    ops.Parameter: stored.parameter,
    ops.Alias: stored.alias,
    ops.Buffer: stored.buffer,
    ops.Input: stored.comes_in,
    ops.Positions: stored.positions,
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
    ops.First: layout.first,
    ops.Rotate: sequence.rotate,
    ops.Cached: sequence.cached,
    ops.Conv: sequence.conv,
    ops.DistanceBias: sequence.distance_bias,
    ops.Attend: attention.attend,
    ops.BlockRegion: regions.block,
    ops.RepeatRegion: regions.repeat,
    ops.ExpertsRegion: scans.experts,
    ops.RecurRegion: scans.recur,
}
