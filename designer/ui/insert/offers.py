"""What can be done at a place: put a part or a block there, or take the like block's place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from designer.design import edits
from designer.design.layouts import layout_of
from designer.design.tree import Design, Node
from designer.symbolic.frozen import frozen
from designer.ui.insert.habits import Habits, lead, leaves
from designer.ui.menus.fuzzy import WITHIN, score
from designer.ui.palette.entries import READY, Entry
from designer.ui.placing import BARE, Slot, placed, replaced, slot_for
from designer.ui.session import Session
from designer.ui.tr import spoken, tr

FEW = 3
"""So many that usually follow come after what answers to what is typed."""
OFTEN = 5
"""So many that usually follow come first while nothing is typed."""


@frozen(eq=False)
class Offer:
    """One thing to do: how it reads, and what it does.

    `slot` is where the node would stand, unless it takes the place of the block `instead`.
    """

    title: str
    subtitle: str
    section: str
    icon: str
    category: str
    node: Node
    step: str
    slot: Slot
    instead: int | None = None

    def done(self, session: Session) -> tuple[Design, tuple[int, ...]]:
        """(the design once it is done, the ids of what is new)."""
        if self.instead is not None:
            return replaced(session.design, self.instead, self.node, session.registry)
        return placed(session.design, *self.slot, self.node, session.registry)


class Offers:
    """All that can be put at the selection, as something is typed."""

    def __init__(self, session: Session, entries: Mapping[str, Sequence[Entry]], habits: Habits) -> None:
        self._session, self._entries, self._habits = session, entries, habits
        self._place: tuple[Design, tuple[int, ...]] | None = None
        self._slots: dict[bool, tuple[Slot, str]] = {}

    def answering(self, typed: str) -> list[Offer]:
        """What answers to what is typed, the likeliest first."""
        place = self._session.design, self._session.selection
        if self._place is None or self._place[0] is not place[0] or self._place[1] != place[1]:
            self._place, self._slots = place, {}
        return self._found(typed) if typed.strip() else self._usual()

    def _usual(self) -> list[Offer]:
        """Without a word: what usually follows, then everything in palette order."""
        listed = [entry for section in self._entries.values() for entry in section]
        usual = self._likely()
        rest = [entry for entry in listed if entry not in usual]
        heading = self._heading()
        return [self._insert(entry, heading) for entry in usual] + [
            self._insert(entry, tr("Everything else") if usual else tr("Parts and blocks")) for entry in rest
        ]

    def _likely(self) -> list[Entry]:
        """What usually follows, the most usual first."""
        listed = [entry for section in self._entries.values() for entry in section]
        return [entry for entry in sorted(listed, key=self._rarely)[:OFTEN] if self._how_often(entry)]

    def _found(self, typed: str) -> list[Offer]:
        ranked: list[tuple[int, int, Entry]] = []
        for section, listed in self._entries.items():
            for entry in listed:
                found = score(typed, tr(entry.title), entry.aliases, f"{entry.help} {tr(section)}")
                if found is not None:
                    ranked.append((-found, self._rarely(entry), entry))
        ranked.sort(key=lambda one: one[:2])
        if not ranked:
            return []
        surely = min(-ranked[0][0], WITHIN)  # beside a good answer, a vague one is none
        answers = [entry for found, _, entry in ranked if -found >= surely]
        offers = list(self._best(answers[0]))
        offers += [self._insert(entry, tr("More that answers")) for entry in answers[1:]]
        usual = [entry for entry in self._likely() if entry not in answers]
        heading = self._heading()
        return offers + [self._insert(entry, heading) for entry in usual[:FEW]]

    def _best(self, entry: Entry) -> Iterator[Offer]:
        """A block instead of the like one, as a part with its norm and branch, then bare; or a ready part."""
        heading = tr("Best here")
        if entry not in self._entries[READY]:
            like = self._like(entry)
            if like is not None:
                yield self._instead(entry, *like, heading)
            part = self._as_part(entry)
            if part is not None:
                yield self._insert(part, heading)
        yield self._insert(entry, heading)

    def _slot(self, node: Node | None) -> tuple[Slot, str]:
        """(the slot of a node, the category that it follows there), found once for each of the two slots."""
        session = self._session
        bare = node is not None and layout_of(node, session.registry) in BARE
        if bare not in self._slots:
            slot = slot_for(session.design, session.selection, node, session.registry)
            self._slots[bare] = slot, self._habits.category_before(session.design, slot)
        return self._slots[bare]

    def _insert(self, entry: Entry, heading: str) -> Offer:
        slot, _ = self._slot(entry.node)
        step = tr("Insert {block}", block=tr(entry.title))
        subtitle = tr(entry.subtitle) if entry.subtitle else ""
        return Offer(tr(entry.title), subtitle, heading, entry.icon, entry.category, entry.node, step, slot)

    def _instead(self, entry: Entry, id: int, below: bool, heading: str) -> Offer:
        session = self._session
        slot, _ = self._slot(None)
        copies = session.copies(id)
        title = tr(_REPLACE[below, copies > 1], old=within(session.title(id)), n=f"{copies:,}")
        step = tr("Replace {old} by {block}", old=session.title(id), block=tr(entry.title))
        words = _summary(entry, session)
        return Offer(title, words, heading, entry.icon, entry.category, entry.node, step, slot, id)

    def _like(self, entry: Entry) -> tuple[int, bool] | None:
        """(the block of the same category that stands nearest in these layers, whether it is below)."""
        session = self._session
        slot, _ = self._slot(entry.node)
        tree = session.design.tree
        here = edits.path_to(tree, slot[0])
        end = (*here, slot[1])
        around = next((here[:n] for n in range(len(here), 0, -1) if self._repeats(here[:n])), ())
        made = session.registry.block(entry.node.kind)
        if made is None or made.layout != "leaf" or made.gives_way:
            return None
        found = [
            (path, leaf.id)
            for path, leaf in leaves(edits.at(tree, around), around)
            if leaf.kind != entry.node.kind and _category(leaf, session) == made.category
        ]
        below = [id for path, id in found if path >= end]
        above = [id for path, id in found if path < end]
        if below:
            return below[0], True
        return (above[-1], False) if above else None

    def _repeats(self, path: tuple[int, ...]) -> bool:
        node = edits.at(self._session.design.tree, path)
        return layout_of(node, self._session.registry) == "repeat"

    def _as_part(self, entry: Entry) -> Entry | None:
        """The ready part of one branch whose block is of the same category, with this block in its place."""
        registry = self._session.registry
        for part in self._entries[READY]:
            inner = lead(part.node, registry)
            made, kind = registry.block(inner.kind), registry.block(entry.node.kind)
            same = made is not None and kind is not None and made.category == kind.category
            if same and layout_of(part.node, registry) == "residual" and inner.kind != entry.node.kind:
                inside = tuple(entry.node if child is inner else child for child in part.node.inside)
                title = tr("{block} sublayer", block=tr(entry.title))
                node = replace(part.node, inside=inside)
                return replace(entry, title=title, subtitle=part.subtitle, node=node)
        return None

    def _heading(self) -> str:
        session = self._session
        slot, _ = self._slot(None)
        before = self._habits.before(session.design, slot)
        if before is None:
            return tr("Often at the beginning")
        return tr("Often after {block}", block=within(session.title(before.id)))

    def _how_often(self, entry: Entry) -> int:
        return self._habits.often(self._slot(entry.node)[1], entry.node)

    def _rarely(self, entry: Entry) -> int:
        """A rank that is less for what usually follows, and for a ready part before its bare block."""
        return -2 * self._how_often(entry) - (entry in self._entries[READY])


_REPLACE: Mapping[tuple[bool, bool], str] = {
    (True, True): "Replace {old} below, ×{n}",
    (True, False): "Replace {old} below",
    (False, True): "Replace {old} above, ×{n}",
    (False, False): "Replace {old} above",
}


def _category(leaf: Node, session: Session) -> str:
    made = session.registry.block(leaf.kind)
    return "" if made is None else made.category


def _summary(entry: Entry, session: Session) -> str:
    made = session.registry.block(entry.node.kind)
    return " · ".join(spoken(said) for said in made().summary(None)) if made is not None else ""


def within(name: str) -> str:
    """A name as it stands within a sentence; one like RMSNorm keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
