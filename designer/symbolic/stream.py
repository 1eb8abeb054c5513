"""The axes that tensors have one row an item of."""

from __future__ import annotations

from typing import NamedTuple

from designer.symbolic.size import Count


class Stream(NamedTuple):
    """The axis a tensor has one row an item of: the tokens of a sequence, routed rows, a recurrence's steps.

    A plain value, so that bodies can be kept and compared. `ids`, `mask` and `positions` name the inputs that
    say which items there are, which are real and where they stand ("" where there is none: every row is real,
    and positions count on from what is remembered). `rank` is how many axes stand before the row: 2 for
    batch and sequence, 1 for a step, a routed row or one row a sequence. `whole` streams hold what a cache
    remembers before the new rows. `rows` is how many there are where the design says so, else the scenario
    decides.
    """

    name: str
    ids: str = "input_ids"
    mask: str = "attention_mask"
    positions: str = "position_ids"
    rank: int = 2
    whole: bool = False
    rows: Count | None = None

    def remembered(self) -> Stream:
        """The same stream with everything a cache holds before it."""
        return self._replace(whole=True)


class Pair(NamedTuple):
    """An axis for each (query, key): a score, a bias. Held [batch, heads, queries, keys]."""

    queries: Stream
    keys: Stream
    rank: int = 3

    @property
    def name(self) -> str:
        """What streams are told apart by."""
        return "pair"


TOKENS = Stream("tokens")
