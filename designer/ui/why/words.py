"""Why a number is what it is, in words: what the popover shows, and the same as text to be copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.analysis.explained import Explained, Explanation, Factor, Line
from designer.analysis.formula import Term
from designer.design import edits
from designer.design.tree import Node
from designer.symbolic.frozen import frozen
from designer.ui import categories
from designer.ui.numbers import exact, plain, share, short
from designer.ui.session import Session
from designer.ui.tr import spoken, tr

About = int | str | None
"""What a number counts: a block by its id, a category by its name, or (None) the whole design."""

_LEAVES = (".weight", ".bias")


@frozen
class Row:
    """A line of the sum: what it counts, its factors and what they come to."""

    name: str
    factors: tuple[Factor, ...]
    count: int


@frozen
class Tensor:
    """A tensor of the block: its name and shape as the checkpoint has them, and its count."""

    name: str
    shape: str
    count: int


@dataclass
class Told:
    """All that is said of a number. `times` and `all_of_it` are about all layers, where there are several."""

    title: str
    rows: tuple[Row, ...]
    total: int
    remark: str = ""
    paragraph: str = ""
    category: str = ""
    tensors: tuple[Tensor, ...] = ()
    times: str = ""
    whole: int = 0
    all_of_it: str = ""
    source: str = ""

    def text(self) -> str:
        """The whole of it as plain text."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.title
        yield ""
        for row in self.rows:
            said = {"name": row.name, "count": exact(row.count), "symbols": symbols(row.factors)}
            if row.factors:
                yield tr("{name}: {symbols} = {numbers} = {count}", **said, numbers=numbers(row.factors))
            else:
                yield tr("{name}: {count}", **said)
        yield tr("Total: {count}", count=exact(self.total))
        for words in (self.remark, self.paragraph):
            if words:
                yield words
        for tensor in self.tensors:
            yield tr(
                "{name}: {shape} = {count}, {share}",
                name=tensor.name,
                shape=tensor.shape,
                count=exact(tensor.count),
                share=share(tensor.count, self.total),
            )
        if self.times:
            said = {"times": self.times, "count": exact(self.whole), "share": self.all_of_it}
            yield tr("{times} = {count}, {share}", **said)
        if self.source:
            yield self.source


def symbols(factors: tuple[Factor, ...]) -> str:
    """The factors by name."""
    return " · ".join(_raised(symbol(factor), factor.power) for factor in factors)


def numbers(factors: tuple[Factor, ...]) -> str:
    """The factors by number."""
    return " · ".join(_raised(exact(factor.number), factor.power) for factor in factors)


def symbol(factor: Factor) -> str:
    """A factor's name; what one layer counts has none of its own."""
    return factor.symbol or tr("each")


def _raised(text: str, power: int) -> str:
    return text if power == 1 else text + str(power).translate(_POWERS)


_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def told(session: Session, about: About) -> Told | None:
    """What there is to say; None where the block is gone or no layer runs it."""
    explained = Explained(session.design, session.registry)
    if about is None:
        return _of_design(session, explained.design())
    if isinstance(about, str):
        return _of_category(session, about, explained.category(about))
    node = next((node for node in session.design.tree.walk() if node.id == about), None)
    explanation = explained.node(node) if node is not None else None
    return _of_node(session, node, explanation) if node is not None and explanation is not None else None


def _of_design(session: Session, why: Explanation) -> Told:
    title = tr("Why {count} in the whole design?", count=exact(why.one))
    return Told(title, _rows(session, why.lines), why.one, remark=tr("tied and shared weights count once"))


def _of_category(session: Session, category: str, why: Explanation) -> Told:
    title = tr("Why {count}: {category}?", count=exact(why.one), category=categories.name(category))
    of_all = tr("{share} of the design", share=share(why.one, plain(session.measured.total)))
    remark = of_all if why.one else tr("no block counts here")
    return Told(title, _rows(session, why.lines), why.one, remark=remark, category=category)


def _of_node(session: Session, node: Node, why: Explanation) -> Told:
    block, all_layers = session.block(node.id), why.copies > 1
    layers = {"n": f"{why.copies:,}", "one": exact(why.one), "all": short(why.whole)}
    title = tr("Why {one}, and {all} for {n} layers?", **layers) if all_layers else tr("Why {one}?", **layers)
    rows = _by_tensor(why.lines, node, block.called) if why.terms else _rows(session, why.lines)
    share_of_all = share(why.whole, plain(session.measured.total))
    made = Told(title, rows, why.one, " · ".join(_remarks(why, all_layers)), category=block.category)
    made.paragraph = _meaning(session, node) or tr(block.help)
    made.tensors = tuple(_tensor(term) for term in why.terms)
    made.whole = why.whole
    made.times = tr("× {n} layers", **layers) if all_layers else ""
    made.all_of_it = tr("{share} of the design", share=share_of_all)
    made.source = tr("Source: {source}", source=tr(block.source)) if block.source else ""
    return made


def _remarks(why: Explanation, all_layers: bool) -> Iterator[str]:
    if not why.one:
        yield tr("nothing of its own: what it uses is counted where it stands first")
    if all_layers:
        yield tr("one layer")
    if why.biased is False and why.one:
        yield tr("no biases")
    if why.rotates:
        yield tr("RoPE has no parameters")


def _meaning(session: Session, node: Node) -> str:
    count = session.measured.nodes.get(node.id)
    width = count.entry[-1] if count is not None and count.entry else None
    return " ".join(spoken(sentence) for sentence in session.block(node.id).meaning(width))


def _rows(session: Session, lines: tuple[Line, ...]) -> tuple[Row, ...]:
    titles = [session.title(line.node) if line.node is not None else tr("its own") for line in lines]
    names = [
        _told_apart(title, line, session) if titles.count(title) > 1 else title
        for title, line in zip(titles, lines, strict=True)
    ]
    return tuple(Row(name, line.factors, line.count) for name, line in zip(names, lines, strict=True))


def _told_apart(title: str, line: Line, session: Session) -> str:
    """A title that others have too, with the block's label or its name in the checkpoint."""
    if line.node is None:
        return title
    node = edits.find(session.design, line.node)
    apart = node.label or node.name
    return tr("{title}, {name}", title=title, name=apart) if apart else title


def _by_tensor(lines: tuple[Line, ...], node: Node, called: object) -> tuple[Row, ...]:
    assert isinstance(called, dict)
    local = {stored.name: name for name, stored in node.names.items()}
    return tuple(
        Row(", ".join(_word(tensor, local, called) for tensor in line.tensors), line.factors, line.count)
        for line in lines
    )


def _word(tensor: str, local: dict[str, str], called: dict[str, str]) -> str:
    """What people call a tensor: `query` of `q_proj.weight`, else the module it belongs to."""
    ending = next((ending for ending in _LEAVES if tensor.endswith(ending)), "")
    module = tensor.removesuffix(ending)
    known = local.get(tensor) or local.get(module, module)
    known = known.removesuffix(".weight").removesuffix(".bias")
    word = tr(called[known]) if known in called else module.rpartition(".")[2]
    return tr("{name} bias", name=word) if ending == ".bias" else word


def _tensor(term: Term) -> Tensor:
    shape = " × ".join(str(side) for side in term.numbers)
    if term.copies > 1:
        shape = tr("{n} of {shape}", n=f"{term.copies:,}", shape=shape)
    return Tensor(term.name, shape, term.count)
