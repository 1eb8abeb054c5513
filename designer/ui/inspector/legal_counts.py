"""What a count may be beside the other fields, where they leave few numbers: the divisors of 32.

It asks the search which of many numbers fit, all at once. Qt-free.
"""

from __future__ import annotations

from collections.abc import Sequence

from designer.analysis.measured import Measured
from designer.design import edits
from designer.design.expression import Expression
from designer.ui.inspector.fields import Way, configured
from designer.ui.variables.legal import fitting

NAME = "the_count_in_question"
"""A variable that stands in the field while its numbers are tried; no design keeps it."""
TRIED = 256
FEW = 0.75
"""Where more than this share of the tried numbers fit, any will do."""


def legal_counts(measured: Measured, ids: Sequence[int], way: Way, present: int) -> list[int]:
    """The numbers that fit, up to four times the present one; none where nearly all of them do.

    Takes some milliseconds: it traces the design with the field left open.
    """
    most = max(4 * present, 16)
    step = -(-most // TRIED)
    tried = sorted({*range(step, most + 1, step), present})
    held = edits.set_variable(measured.design, NAME, present)
    held = configured(held, ids, way, [Expression(NAME)] * len(ids), measured.registry)
    fit = fitting(measured.of(held), NAME, tried)
    return fit if len(fit) <= FEW * len(tried) else []
