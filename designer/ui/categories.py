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


def name(category: str, brevity: int = 0) -> str:
    """A category in words: whole, the longest shortened, or all shortened."""
    return tr((NAMES, _BRIEF, _BRIEFEST)[brevity][category])
