"""What a person typed into a field: a number, an expression, nothing, or what cannot be read. Qt-free."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from designer.design.expression import Expression
from designer.design.grammar import BrokenExpression
from designer.design.notation import number as plain_number
from designer.design.tree import Number, Setting
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Said, said
from designer.symbolic.size import quotient
from designer.ui.controls.relative import distinct, step_in, stepped
from designer.ui.numbers import real
from designer.ui.tr import tr

MOST = 4
"""So many different values are said side by side."""
_SLASH = re.compile(r"\s*(?<!/)/(?!/)\s*")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+")


@frozen
class Ask:
    """What a field takes: whole numbers from `least` on, or reals if not `whole`; None if `optional`."""

    whole: bool = True
    least: int | None = 1
    optional: bool = False


@frozen
class Suggestion:
    """A text to take instead, and what it comes to; None where it is no number."""

    text: str
    value: Number | None


@frozen
class Entry:
    """A text as read: what to store, what it comes to; or why it cannot be read, where, and what was meant.

    `note` is said of an entry that counts, but not as it looks. `step` is what was asked for where it is
    meant from the present value, as `* 2`; then `each` is what to store in one block after another.
    """

    setting: Setting = None
    value: Number | None = None
    cause: Said | None = None
    span: tuple[int, int] | None = None
    suggestions: tuple[Suggestion, ...] = ()
    note: Said | None = None
    step: str | None = None
    each: tuple[Setting, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether it cannot be read."""
        return self.cause is not None


def read(
    text: str,
    ask: Ask,
    numbers: Mapping[str, Any],
    last: int | float | None = None,
    present: Sequence[Setting] = (),
) -> Entry:
    """An entry's text over the design's variables, `numbers`.

    What cannot be read is still a setting, an expression that counts as `last`. `present` is what stands
    there now, in one block after another: `*2` starts from it.
    """
    text = text.strip()
    step = step_in(text, ask.least is None) if present else None
    if step is not None:
        return _from_present(step, present, ask, numbers)
    if ask.optional and text.casefold() == tr("none"):
        return Entry()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not text:
        return Entry() if ask.optional else Entry(cause=said("A number is missing."), span=(0, 0))
    plain = _plain(text)
    if plain is not None:
        return _fitting(ask, plain, plain, Expression(text, last))
    return _expressed(Expression(text, last), ask, numbers)


def _from_present(step: str, present: Sequence[Setting], ask: Ask, numbers: Mapping[str, Any]) -> Entry:
    """What a step makes of every present setting; the first that it cannot be taken from says why not."""
    made: list[Entry] = []
    for setting in present:
        text = stepped(setting, step)
        if text is None:
            made.append(Entry(setting))  # what is absent stays so
            continue
        entry = _expressed(Expression(text), ask, numbers)
        rest = _rest(entry, ask, setting)
        if rest is not None or entry.broken:
            return Entry(cause=rest or entry.cause, step=step)
        plain = isinstance(setting, Expression) or bool(Expression(text).names)
        value = entry.value if ask.whole or entry.value is None else float(entry.value)
        made.append(entry if plain else Entry(value, value))
    one = made[0]
    values = {entry.value for entry in made}
    return Entry(
        one.setting, one.value if len(values) == 1 else None, step=step, each=tuple(e.setting for e in made)
    )


def _rest(entry: Entry, ask: Ask, setting: Setting) -> Said | None:
    """Why a whole number cannot be divided so; None where it can."""
    if not ask.whole or entry.note is None or isinstance(setting, Expression):
        return None
    return said("{a:,} is not a multiple of {b:,}.", **entry.note.values)


def written(setting: Setting, grouped: bool = False) -> str:
    """A setting as it is typed; `grouped` with commas, as it is read."""
    if setting is None:
        return ""
    if isinstance(setting, Expression):
        return setting.text
    if isinstance(setting, bool):
        return "yes" if setting else "no"
    if isinstance(setting, int):
        return f"{setting:,}" if grouped else str(setting)
    if isinstance(setting, float):
        text = real(setting)
        return f"{int(setting):,}" if grouped and text.isdecimal() else text
    return str(setting)


def several(settings: Sequence[Setting], numbers: Mapping[str, Any]) -> str:
    """Different settings side by side: `8, 16`. As they are typed, where they come to the same."""
    different = distinct(settings)
    values = distinct([value_of(setting, numbers) for setting in different])
    shown = values if len(values) == len(different) else different
    words = [written(setting, grouped=True) or tr("none") for setting in shown]
    return ", ".join(words[:MOST]) if len(words) <= MOST else tr("{values} …", values=", ".join(words[:MOST]))


def value_of(setting: Setting, numbers: Mapping[str, Any]) -> Number | None:
    """What a setting comes to; the last value of what cannot be read, None where there is none."""
    if isinstance(setting, Expression):
        return setting.worth(numbers)
    return setting if isinstance(setting, (int, float)) else None


def _plain(text: str) -> Number | None:
    negative = text.startswith(("-", "\u2212"))
    value = plain_number(text[1:] if negative else text)
    return value if value is None or not negative else -value


def _expressed(expression: Expression, ask: Ask, numbers: Mapping[str, Any]) -> Entry:
    met: list[tuple[Any, Any]] = []
    try:
        broken = expression.broken(numbers)
        if broken is not None:
            raise broken
        value = expression.evaluate(numbers, met=met)
    except BrokenExpression as error:
        return Entry(
            expression, cause=error.cause, span=error.span, suggestions=_meant(expression, error, numbers)
        )
    entry = _fitting(ask, Expression(expression.text), value, expression)
    rounded = next(((a, b) for a, b in met if b == 0 or quotient(a, b) * b != a), None)
    if entry.broken or rounded is None:
        return entry
    note = said("{a:,} is not a multiple of {b:,}: the quotient is rounded down.", a=rounded[0], b=rounded[1])
    return Entry(entry.setting, entry.value, note=note)


def _fitting(ask: Ask, setting: Setting, value: Number, broken: Expression) -> Entry:
    """The entry of a value, refused where the field cannot take it."""
    if isinstance(value, bool):
        return Entry(broken, cause=said("This is true or false, where a number is needed."))
    if ask.whole and isinstance(value, float):
        if not value.is_integer():
            down = int(value)
            cause = said("{value:g} is not a whole number.", value=value)
            return Entry(broken, cause=cause, suggestions=(Suggestion(str(down), down),))
        setting, value = (setting, int(value)) if isinstance(setting, Expression) else (int(value),) * 2
    if not ask.whole and not isinstance(setting, Expression):
        setting = value = float(value)
    if ask.least is not None and value < ask.least:
        cause = said("It must be at least {least:,}, and is {value:,}.", least=ask.least, value=value)
        return Entry(broken, cause=cause, suggestions=(Suggestion(str(ask.least), ask.least),))
    return Entry(setting, value)


def _is_uneven(text: str, numbers: Mapping[str, Any]) -> bool:
    """Whether a quotient that should be whole is not."""
    met: list[tuple[Any, Any]] = []
    try:
        Expression(text).evaluate(numbers, met=met)
    except BrokenExpression:
        return False
    return any(b == 0 or quotient(a, b) * b != a for a, b in met)


def _meant(
    expression: Expression, error: BrokenExpression, numbers: Mapping[str, Any]
) -> tuple[Suggestion, ...]:
    found: list[Suggestion] = []
    start, end = error.span
    for instead in error.suggestions:
        text = expression.text[:start] + instead + expression.text[end:]
        if _is_uneven(text, numbers):
            text = _SLASH.sub(" // ", text)
        value = value_of(Expression(text), numbers)
        if value is not None:
            found.append(Suggestion(text, value))
    return tuple(found)
