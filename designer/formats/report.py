"""Readings as plain text for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from designer.analysis.tensors import NamedTensor
from designer.formats.presets import Preset


def count(counted: Mapping[str, Any], tensors: Sequence[NamedTensor] | None = None) -> str:
    """Totals and the seven categories with their shares; with tensors, a line each."""
    total = counted["total"]
    lines = [f"{counted['name']}: {total:,} parameters, tied ones counted once"]
    if counted["provisional"]:
        lines.append(f"  of them {counted['provisional']:,} provisional, in blocks that do not fit")
    for name in ("active", "trainable"):
        if counted[name] != total:
            lines.append(f"  {name:<15}{counted[name]:>22,}")
    for name, numbers in counted["by_category"].items():
        share = f"{numbers / total:8.2%}" if total else ""
        lines.append(f"  {name:<15}{numbers:>22,}{share}")
    for tensor in tensors or ():
        times = f" × {tensor.copies:,}" if tensor.copies != 1 else ""
        tied = f"  is {tensor.tied_to}" if tensor.tied_to else times
        shape = ", ".join(f"{size:,}" for size in tensor.shape)
        lines.append(f"  {tensor.category:<15}{tensor.name}  [{shape}]{tied}")
    return "\n".join(lines)


def cost(costed: Mapping[str, Any]) -> str:
    """Bytes and FLOPs, each with the convention it is counted under."""
    scenario = costed["scenario"]
    pairs = "every pair of positions" if scenario["convention"] == "dense" else "pairs that the mask leaves"
    rows = (
        ("weights", in_gib(costed["weights_bytes"]), costed["weights_bytes"], scenario["weights"]),
        ("KV cache", in_gib(costed["kv_cache_bytes"]), costed["kv_cache_bytes"], scenario["cache"]),
        ("state", in_gib(costed["state_bytes"]), costed["state_bytes"], scenario["cache"]),
        ("FLOPs forward", "", costed["flops_forward"], pairs),
        ("  per token", "", costed["flops_per_token"], "all tokens of the pass"),
        ("FLOPs training", "", costed["flops_training"], "three times forward"),
    )
    head = f"{costed['name']}: batch {scenario['batch']:,}, context {scenario['context']:,}"
    return "\n".join(
        [head, *(f"  {name:<15}{short:>12}{exact:>28,}  {how}" for name, short, exact, how in rows)]
    )


def presets(listed: Sequence[Preset]) -> str:
    """A table of names, totals and classes."""
    wide = max(len(preset.name) for preset in listed)
    return "\n".join(f"{p.name:<{wide}}{p.published:>18,}  {p.architecture}" for p in listed)


def in_gib(size: int) -> str:
    """Bytes in GiB, in MiB below 0.1 GiB."""
    if size == 0:
        return "0"
    unit, word = (2**30, "GiB") if size * 10 >= 2**30 else (2**20, "MiB")
    hundredths = (size * 100 + unit // 2) // unit  # ints: no float holds what a hostile design may come to
    return f"{hundredths // 100:,}.{hundredths % 100:02} {word}"
