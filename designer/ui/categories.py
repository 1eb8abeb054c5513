"""The seven categories in words, in their one order."""

from __future__ import annotations

from collections.abc import Mapping

from designer.ui.tr import tr

NAMES: Mapping[str, str] = {
    "embedding": "Embedding",
    "attention": "Attention",
    "feed_forward": "Feed-forward",
    "output": "Output",
    "positional": "Positional",
    "normalization": "Normalization",
    "other": "Other",
}
_BRIEF: Mapping[str, str] = {**NAMES, "normalization": "Norm."}
_BRIEFEST: Mapping[str, str] = {
    "embedding": "Emb.",
    "attention": "Attn.",
    "feed_forward": "Feed",
    "output": "Out.",
    "positional": "Pos.",
    "normalization": "Norm.",
    "other": "Other",
}
WORDLESS = 3
"""The brevity at which only icons are left, and hovering tells their names."""


def name(category: str, brevity: int = 0) -> str:
    """A category in words: whole, the longest shortened, all shortened, or none, so that its icon speaks."""
    return "" if brevity == WORDLESS else tr((NAMES, _BRIEF, _BRIEFEST)[brevity][category])
