"""What a card says: its name, its fields in words, its count. Qt-free but for the one door of all words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from designer.analysis.measured import Measured
from designer.analysis.parameters import Tally, tally
from designer.symbolic.operation import Alias, Input, Positions
from designer.symbolic.stream import Stream
from designer.ui.canvas.faults import Fault
from designer.ui.canvas.shown import Shown
from designer.ui.numbers import THIN, exact, plain, short
from designer.ui.tr import spoken, tr

CALLED = frozenset({"repeat", "stack"})
"""Layouts of blocks that go by their label alone: it says more than their kind."""


class Lines(NamedTuple):
    """`aside` stands behind the title, smaller; `chip` marks what uses another's weights, `part` in how many
    layers it runs. `summary` is in pieces, the most telling first. `lead` stands before the number.

    `fault` says what is wrong, in place of the summary; `sound` is false where the count depends on it.
    """

    title: str
    aside: str = ""
    summary: tuple[str, ...] = ()
    number: str = ""
    lead: str = ""
    chip: str = ""
    part: str = ""
    fault: str = ""
    sound: bool = True


def lines(shown: Shown, fault: Fault | None = None, part: str = "", *, uncertain: bool = False) -> Lines:
    """Everything that a card says, with what is wrong with its fields, and in how many layers it runs.

    `uncertain`: something that it counts is not sound.
    """
    if fault is None and shown.misfit is not None:
        fault = Fault(shown.misfit, False)
    if fault is None and shown.doubt is not None:
        fault = Fault(shown.doubt, True)
    lead, number = _count(shown, uncertain)
    return Lines(
        title(shown),
        "" if shown.layout in CALLED else shown.node.label,
        tuple(spoken(said) for said in shown.block.summary(shown.width)),
        number,
        lead,
        tr("tied") if _uses_another(shown) else "",
        part,
        spoken(fault.cause) if fault is not None else "",
        fault is None or fault.sound,
    )


def title(shown: Shown) -> str:
    """The name of a block; of a Repeat, that of what it repeats; of a stack, what it is called."""
    if not shown.known:
        return shown.node.kind
    if shown.layout in CALLED and shown.node.label:
        return shown.node.label
    if shown.layout == "repeat":
        return tr("Layer")
    return tr(shown.block.title)


def badge(shown: Shown) -> str:
    """How often a Repeat runs, and with how many sets of weights where that is not as many."""
    repeat = shown.repeat
    times = f"×{THIN}{repeat.rounds if repeat is not None else 0}"
    if repeat is not None and repeat.shared:
        return tr("{times}, one set of weights", times=times)
    return times


def rounds(shown: Shown) -> list[Tally]:
    """What each different round of a Repeat counts, in the order of its bodies."""
    repeat = shown.repeat
    return [tally(body).settled() for body in repeat.bodies] if repeat is not None else []


def story(shown: Shown, said: Lines) -> str:
    """All of it in a few lines, the count exact."""
    totals = sorted({plain(tally.total) for tally in shown.counts})
    count = tr(" – ").join(exact(total) for total in totals) or "0"
    head = " ".join(part for part in (said.title, said.aside, said.part) if part)
    counted = tr("{count} parameters in each set of weights", count=count)
    return "\n".join(line for line in (head, joined(said.summary), said.fault, counted) if line)


def joined(pieces: Sequence[str]) -> str:
    """The pieces of a summary in one line."""
    return " · ".join(pieces)


def fitting(pieces: Sequence[str], fits: Callable[[str], bool]) -> str:
    """As many whole pieces as fit; the first in any case."""
    kept = len(pieces)
    while kept > 1 and not fits(joined(pieces[:kept])):
        kept -= 1
    return joined(pieces[:kept])


def picked(measured: Measured, id: int, holder: int) -> str:
    """In how many of its container's passes a block runs."""
    known, around = measured.nodes.get(id), measured.nodes.get(holder)
    return tr("{n} of {all}", n=plain(known.runs) if known else 0, all=plain(around.runs) if around else 0)


def port(shown: Shown) -> str:
    """What a table at the entrance is asked with."""
    for op in shown.bodies[0].ops if shown.bodies else ():
        if isinstance(op, Positions):
            return tr("Positions 0, 1, 2 …")
        if isinstance(op, Input):
            return op.name
    return tr("Tokens")


def _count(shown: Shown, uncertain: bool) -> tuple[str, str]:
    """(what stands before the count, the count): of one set of weights, of one round of a Repeat."""
    mark = "~" if uncertain or any(counted.provisional for counted in shown.counts) else ""
    if shown.layout == "repeat":
        shared = shown.repeat is not None and shown.repeat.shared
        return tr("once") if shared else tr("each"), mark + _span(rounds(shown))
    return "", mark + _span(shown.counts)


def _span(counted: Sequence[Tally]) -> str:
    """One count, or from the least to the most where they differ from round to round."""
    totals = sorted({plain(tally.total) for tally in counted})
    if not totals:
        return "0"
    least, most = short(totals[0]), short(totals[-1])
    if least == most:
        return least
    if least[-1] == most[-1] and not most[-1].isdigit():
        least = least.rpartition(THIN)[0]
    return tr("{least} – {most}", least=least, most=most)


def _uses_another(shown: Shown) -> bool:
    """Whether the block uses a weight that stands elsewhere."""
    return any(isinstance(op, Alias) for body in shown.bodies for op in body.ops)


def begun(shown: Shown) -> str:
    """What begins below a block that ends one stream: the name of the next."""
    if shown.layout == "encoder":
        return tr("Target tokens")
    stream = shown.bodies[0].exits[0].stream if shown.bodies else None
    return tr("{stream} tokens", stream=stream.name.capitalize()) if isinstance(stream, Stream) else ""


def ends(root: Shown) -> tuple[tuple[str, str], tuple[str, str]]:
    """((name, shape) of what comes in, of what goes out)."""
    out = root.bodies[0].exits[0].shape if root.bodies else ()
    width = f"{plain(out[-1]):,}" if out else ""
    last = _last(root)
    if last is not None and last.block.category == "output":
        leaving = tr("Logits"), tr("batch × sequence × {width}", width=width)
    elif width:
        leaving = tr("Hidden states"), tr("batch × sequence × {width}", width=width)
    else:
        leaving = tr("Logits"), ""
    return (tr("Tokens"), tr("batch × sequence")), leaving


def _last(shown: Shown) -> Shown | None:
    """The last block on the stream."""
    while shown.inside and shown.layout == "stack":
        shown = shown.inside[-1]
    return shown if shown.layout == "leaf" else None
