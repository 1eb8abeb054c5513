"""What a block is called where it cannot be seen: name, count, and the layers around it."""

from __future__ import annotations

from collections.abc import Sequence

from designer.ui.canvas.shown import Shown
from designer.ui.canvas.words import Lines, badge, title
from designer.ui.numbers import THIN
from designer.ui.tr import tr


def called(shown: Shown, said: Lines, around: Sequence[Shown]) -> str:
    """The name of a block that says `said`. `around` are the Repeats it stands in, the innermost first."""
    count = " ".join(part for part in (said.lead, said.number) if part)
    if shown.layout == "repeat":
        words = tr("{block} {times}, {count}", block=said.title, times=badge(shown), count=count)
    elif said.aside:
        words = tr("{block} {label}, {count}", block=said.title, label=said.aside, count=count)
    else:
        words = tr("{block}, {count}", block=said.title, count=count)
    for repeat in around:
        words = tr("{block}, in {layer} {times}", block=words, layer=title(repeat), times=badge(repeat))
    return words.replace(f"×{THIN}", "×").replace(THIN, " ")
