"""The columns of the ledger: where bar, count and share stand, and how large its type is. Qt-free."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from designer.ui.numbers import THIN

if TYPE_CHECKING:
    from designer.ui.fonts import Fonts

BESIDE, EDGE = 22, 14
"""Pixels from the stack to the ledger, and from the ledger to the edge of the view."""
LEAD = 8
"""Pixels from the ledger's edge to its bars, in which brackets stand."""
NESTED = 7
"""Pixels between brackets."""
BAR = 60
"""The least length of a bar: where there is less room there is none."""
HEAD, FOOT = 26, 28
APART = 8
"""Pixels between the columns of two streams, at most."""
LARGEST = 1.5
"""Type grows with the zoom up to this and never shrinks: digits are there to be read."""


class Shows(NamedTuple):
    """Which columns are wanted. Without either there is no ledger."""

    counts: bool = True
    shares: bool = True


class Widths(NamedTuple):
    """What the columns of digits take in this type."""

    counts: int
    shares: int

    @staticmethod
    def of(fonts: Fonts) -> Widths:
        """What they take in a theme's type."""
        count, share = fonts.small_value.width(WIDEST_COUNT), fonts.small.width(WIDEST_SHARE)
        return Widths(max(58, count + 12), max(54, share + 8))

    def least(self, shows: Shows) -> int:
        """The width that the ledger needs, without bars."""
        return LEAD + self.counts * shows.counts + self.shares * shows.shares


class Columns(NamedTuple):
    """From the ledger's left edge: where bars begin and end, and where counts and shares end, if shown."""

    bar: float
    bar_end: float
    count_end: float
    share_end: float
    shows: Shows

    @property
    def bars(self) -> bool:
        """Whether there is room for bars."""
        return self.bar_end - self.bar >= BAR


def columns(width: float, widths: Widths, shows: Shows, deep: int) -> Columns:
    """The columns in a ledger of this width, around whose innermost lines stand `deep` brackets."""
    count = width - widths.shares * shows.shares
    end = count - widths.counts * shows.counts
    return Columns(LEAD + NESTED * max(deep - 1, 0), end, count, width, shows)


def pairs(width: float, widths: Widths, shows: Shows) -> tuple[Columns, Columns]:
    """The columns of two streams side by side: no bars, and no shares where there is no room for both."""
    if 2 * (widths.least(shows) - LEAD) > width and shows.counts:
        shows = shows._replace(shares=False)
    right = columns(width, widths, shows, 0)
    wide = min(width / 2, width - right.bar_end + APART)
    left = columns(width - wide, widths, shows, 0)
    return left._replace(bar=left.bar_end), right._replace(bar=right.bar_end)


def type_scale(zoom: float) -> float:
    """How large the ledger's type is at a zoom of the stack."""
    return min(max(zoom, 1.0), LARGEST)


WIDEST_COUNT = f"~88.8{THIN}M"
WIDEST_SHARE = f"<0.01{THIN}%"
"""What the columns have to hold."""
