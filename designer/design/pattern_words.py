"""What the words of a pattern stand for: blocks to choose from by their names, or values of a field."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from designer.design.expression import Expression
from designer.design.grammar import BrokenExpression
from designer.design.layouts import working
from designer.design.notation import number
from designer.design.patterns import as_pattern, regular
from designer.design.tree import Group, Node, Setting
from designer.symbolic.field import Field
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import said
from designer.symbolic.likely import likely
from designer.symbolic.registry import Registry

NOTHING = "none"
WHOLE = "Layer"
"""What a container of several working blocks is called."""
ABSENT = frozenset({NOTHING, "full", "off", "all"})
"""Words for an optional field that is absent: a window that is none is full attention."""
FLAGS: Mapping[str, bool] = {"yes": True, "no": False, "on": True, "off": False}


@frozen
class Words:
    """`known` words with what each stands for; what is none of them is a number or an expression over
    `variables`, where the field is a `Field` that takes one."""

    known: Mapping[str, Setting]
    field: Field | None = None
    variables: Collection[str] = ()

    def say(self, setting: Setting) -> str:
        """The word for a setting."""
        for word, value in self.known.items():
            if type(value) is type(setting) and value == setting:
                return word
        if isinstance(setting, Expression):
            return setting.text
        if isinstance(setting, float) and setting.is_integer():
            return str(int(setting))
        return NOTHING if setting is None else str(setting)

    def read(self, word: str) -> Setting:
        """What a word stands for.

        Raises:
            BrokenExpression: where it stands for nothing here.
        """
        found = self._known(word)
        if found is not None:
            return self.known[found]
        if self.field is None or self.field.kind not in ("count", "real"):
            raise self._unknown(word)
        return self._number(word, self.field)

    def _known(self, word: str) -> str | None:
        """A word by its spelling, else the one that begins with it or holds it, if it is the only one."""
        lower = word.casefold()
        for alike in (str.__eq__, str.startswith, str.__contains__):
            found = [known for known in self.known if alike(known.casefold(), lower)]
            exact = alike == str.__eq__
            if (exact and found) or (not exact and len(found) == 1 and len(word) > 1 and self.field is None):
                return found[0]
        return None

    def _number(self, word: str, field: Field) -> Setting:
        called, _, rest = word.partition(" ")
        if rest and called.casefold() in field.label.casefold().split():
            word, offset = rest.strip(), len(word) - len(rest.lstrip())
        else:
            offset = 0
        if field.optional and word.casefold() in ABSENT:
            return None
        plain = number(word)
        if plain is not None:
            return self._fitting(plain, field, word, offset)
        expression = Expression(word)
        broken = expression.broken(self.variables)
        if broken is not None:
            start, end = broken.span
            raise BrokenExpression(word, broken.cause, (offset + start, offset + end), broken.suggestions)
        return expression

    def _fitting(self, plain: int | float, field: Field, word: str, offset: int) -> Setting:
        if field.kind == "real":
            return float(plain)
        if isinstance(plain, float) and plain.is_integer():
            plain = int(plain)
        span = (offset, offset + len(word))
        if not isinstance(plain, int):
            raise BrokenExpression(word, said("{value} is not a whole number.", value=word), span)
        if plain < field.least:
            cause = said("It must be at least {least:,}, and is {value:,}.", least=field.least, value=plain)
            raise BrokenExpression(word, cause, span, (str(field.least),))
        return plain

    def _unknown(self, word: str) -> BrokenExpression:
        near = {known.casefold(): known for known in self.known}
        meant = tuple(near[found] for found in likely(word.casefold(), near, 2)) or tuple(self.known)[:2]
        if self.field is None:
            cause = said("No block here is called '{word}'.", word=word)
        else:
            cause = said("{field} cannot be '{word}'.", field=self.field.label, word=word)
        return BrokenExpression(word, cause, (0, len(word)), meant)


def words_of_blocks(nodes: Sequence[Node], registry: Registry) -> Words:
    """The names of blocks that one is chosen from; each stands for its place among them."""
    return Words({word: index for index, word in enumerate(names_of_blocks(nodes, registry))})


def names_of_blocks(nodes: Sequence[Node], registry: Registry) -> list[str]:
    """A name for each: its label, else what is told of its kind; equal ones with a number."""
    return _apart([node.label or _titled(node, registry) for node in nodes])


def words_of_field(
    field: Field, setting: Setting, registry: Registry, variables: Collection[str] = ()
) -> Words:
    """The words for values of a field, what it has now among them."""
    if field.kind in ("value", "block"):
        return Words(_values(field, setting, registry), field)
    if field.kind == "flag":
        return Words(FLAGS, field, variables)
    if field.kind == "choice":
        shown = {label: option for option, label in field.options.items()}
        return Words({**shown, **{option: option for option in field.options}}, field)
    return Words({NOTHING: None} if field.optional else {}, field, variables)


def _values(field: Field, setting: Setting, registry: Registry) -> dict[str, Setting]:
    """The groups or blocks that the field has in any layer, by name; a group of each kind that it takes."""
    pattern = as_pattern(setting)
    found: list[Group | Node] = []
    for value in (*regular(pattern), *pattern.but.values()):
        if isinstance(value, (Group, Node)) and value not in found:
            found.append(value)
    alike = len({value.kind for value in found}) < len(found)
    words = _apart([_described(value, registry, alike) for value in found])
    return {NOTHING: None, **dict(zip(words, found, strict=True))}


def _described(value: Group | Node, registry: Registry, exactly: bool) -> str:
    """A value by its kind, with its first number where only that tells it from others."""
    made = registry.get(value.kind)
    label = made.label if made is not None else value.kind
    if exactly:
        for setting in value.fields.values():
            if isinstance(setting, (int, float, Expression)) and not isinstance(setting, bool):
                return f"{label} {Words({}).say(setting)}"
    return label


def _titled(node: Node, registry: Registry) -> str:
    """What a block without a label is called: by its kind, or by the only block that it is about."""
    made = registry.get(node.kind)
    if made is None:
        return node.kind
    if not node.inside:
        return made.label
    found = [leaf.label or block.label for leaf, block in working(node, registry)]
    return found[0] if len(found) == 1 else WHOLE


def _apart(words: Sequence[str]) -> list[str]:
    """The words, those that were there before with a number."""
    taken: list[str] = []
    for word in words:
        count, free = 1, word
        while free in taken:
            count += 1
            free = f"{word} {count}"
        taken.append(free)
    return taken
