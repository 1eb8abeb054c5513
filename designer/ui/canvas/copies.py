"""How many copies of a part each row of a block has to choose from, and how many it goes through. Qt-free."""

from __future__ import annotations

from typing import NamedTuple

from designer.symbolic.body import Body
from designer.symbolic.operation import ExpertsRegion
from designer.ui.canvas.shown import Shown

MOST = 1024
"""More copies than this are no cells."""
GOLDEN = 0.6180339887
"""Steps of this part of the whole spread over it evenly, however many there are (Weyl's sequence)."""
ROWS = ((64, 1), (128, 2), (512, 4), (MOST, 8))
"""(copies at most, rows of cells they stand in)."""


class Copies(NamedTuple):
    """`all` copies, `active` of them for each row."""

    all: int
    active: int

    @property
    def rows(self) -> int:
        """In how many rows of cells they stand."""
        return next(rows for most, rows in ROWS if self.all <= most)

    @property
    def met(self) -> frozenset[int]:
        """As many places as are active, spread over all: which ones they are differs from row to row."""
        places = dict.fromkeys(int((i + 0.5) * GOLDEN % 1 * self.all) for i in range(4 * self.active))
        return frozenset([*places, *range(self.all)][: self.active] if places else ())


def copies(shown: Shown) -> Copies | None:
    """The copies of a block that is the same in every layer; None where it has none, or too many."""
    return _copies(shown.bodies[0]) if len(shown.bodies) == 1 else None


def _copies(body: Body) -> Copies | None:
    if _copies not in body.read:
        region = next((op for op in body.ops if isinstance(op, ExpertsRegion)), None)
        body.read[_copies] = _counted(region) if region is not None else None
    return body.read[_copies]


def _counted(region: ExpertsRegion) -> Copies | None:
    count, active = region.count, region.active
    if not isinstance(count, int) or not isinstance(active, int) or not 1 < count <= MOST:
        return None
    return Copies(count, min(max(active, 0), count))
