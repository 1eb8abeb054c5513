"""A pattern over layers as people write it: `3×linear, full`, `2×(3×linear, full), full`.

`3×dense, then experts` is a first part and the cycle that goes on for ever; `; but 30: dense` sets single
layers apart. `x` and `*` do for `×`. What a word stands for is not known here: whoever reads says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from designer.design.expression import Expression
from designer.design.grammar import BrokenExpression
from designer.design.tree import Pattern, Run, Setting
from designer.symbolic.issue import Said, said
from designer.symbolic.schedule import LONGEST

Read: TypeAlias = Callable[[str], Setting]
"""What a word stands for. Raises BrokenExpression, its span within the word."""
Say: TypeAlias = Callable[[Setting], str]
Entry: TypeAlias = "Setting | Run"
Runs: TypeAlias = list[tuple[str, str, int]]
"""(the word, its times as written, as a number or 0): neighbours that are alike are one."""

GROUPED = 96
"""Rounds up to which repetitions within a pattern are looked for when it is written."""

_TIMES = re.compile(r"(?P<times>[0-9]+)\s*[×xX*]\s*|(?P<named>[A-Za-z_]\w*|\([^()]*\))\s*×\s*")
_THEN = re.compile(r"then\b\s*")
_BUT = re.compile(r"\s*but\b\s*")
_ROUNDS = re.compile(r"\s*(?P<start>[0-9]{1,6})\s*(?:[-–]\s*(?P<end>[0-9]{1,6})\s*)?:\s*")


class BrokenPattern(BrokenExpression):
    """A pattern that says nothing: `cause`, the characters `span` of it, and likely words instead of them."""


def parse(text: str, read: Read) -> Pattern:
    """The pattern that a text writes out; its cycle is no longer than it has to be.

    Raises:
        BrokenPattern: where it cannot be read, or takes more rounds than anyone means.
    """
    return _Reader(text, read).pattern()


def write(pattern: Pattern, say: Say) -> str:
    """A pattern as `parse` reads it."""
    text = _listed(pattern.cycle, say)
    if first := _listed(pattern.first, say):
        text = f"{first}, then {text}"
    if pattern.but:
        text = f"{text}; but {_exceptions(pattern.but, say)}"
    return text


@dataclass
class _Reader:
    text: str
    read: Read
    at: int = 0

    def pattern(self) -> Pattern:
        first: list[Entry] = []
        cycle, then = self._list()
        if then:
            first, (cycle, again) = cycle, self._list()
            if again:
                raise self._broken(said("A pattern has only one 'then'."), self.text.rfind("then"), self.at)
        but = self._exceptions() if self._next(";") else {}
        if self.at < len(self.text):
            cause = said("'{sign}' has nothing to close.", sign=self.text[self.at])
            raise self._broken(cause, self.at, self.at + 1)
        return Pattern(tuple(first), _shortest(cycle), but)

    def _list(self) -> tuple[list[Entry], bool]:
        """(the entries up to the end of this list, whether `then` ended it)."""
        entries = self._item()
        while self._next(","):
            self._skip()
            if found := _THEN.match(self.text, self.at):
                self.at = found.end()
                return entries, True
            if self.at == len(self.text) and entries:
                raise self._broken(said("A word is missing after the comma."), self.at - 1, self.at)
            entries.extend(self._item())
            if len(entries) > LONGEST:
                raise self._too_long(0)
        return entries, False

    def _item(self) -> list[Entry]:
        self._skip()
        start = self.at
        found = _TIMES.match(self.text, self.at)
        times: int | Expression = 1
        if found is not None:
            self.at = found.end()
            times = self._times(found)
        if self._next("("):
            return self._group(start, times)
        value = self._word(",;)")
        return [value if times == 1 else Run(value, times)]

    def _group(self, start: int, times: int | Expression) -> list[Entry]:
        entries, then = self._list()
        if then:
            raise self._broken(said("'then' cannot stand within brackets."), start, self.at)
        if not self._next(")"):
            raise self._broken(said("This bracket is not closed."), start, self.at)
        if not isinstance(times, int):
            raise self._broken(said("A group is repeated a plain number of times."), start, self.at)
        if len(entries) * times > LONGEST:
            raise self._too_long(start)
        return entries * times

    def _times(self, found: re.Match[str]) -> int | Expression:
        span = found.span("times") if found["times"] else found.span("named")
        if found["times"] is None:
            expression = Expression(found["named"].strip("()"))
            if (broken := expression.broken()) is not None:
                raise self._broken(broken.cause, *span)
            return expression
        times = int(found["times"]) if len(found["times"]) <= 6 else LONGEST + 1
        if times > LONGEST:
            raise self._too_long(span[0])
        if times == 0:
            raise self._broken(said("A run has at least 1 layer."), *span)
        return times

    def _word(self, ends: str) -> Setting:
        """One word, its brackets closed; in quotes whatever it holds."""
        self._skip()
        start, depth = self.at, 0
        if self._next('"'):
            end = self.text.find('"', self.at)
            if end < 0:
                raise self._broken(said("This quotation is not closed."), start, len(self.text))
            word, start, self.at = self.text[self.at : end], self.at, end + 1
            return self._known(word, start)
        while self.at < len(self.text) and (depth or self.text[self.at] not in ends):
            depth += {"(": 1, ")": -1}.get(self.text[self.at], 0)
            self.at += 1
        word = self.text[start : self.at].rstrip()
        if not word:
            raise self._broken(said("A word is missing here."), start, max(self.at, start + 1))
        return self._known(word, start)

    def _known(self, word: str, start: int) -> Setting:
        try:
            return self.read(word)
        except BrokenExpression as broken:
            begin, end = broken.span
            raise BrokenPattern(
                self.text, broken.cause, (start + begin, start + end), broken.suggestions
            ) from None

    def _exceptions(self) -> dict[int, Setting]:
        found = _BUT.match(self.text, self.at)
        if found is None:
            cause = said("After ';' stands 'but' with single layers, as in 'but 30: full'.")
            raise self._broken(cause, self.at, len(self.text))
        self.at, known = found.end(), dict[int, Setting]()
        while True:
            rounds = _ROUNDS.match(self.text, self.at)
            if rounds is None:
                raise self._broken(said("Here stands a layer, as in '30: full'."), self.at, len(self.text))
            self.at = rounds.end()
            start, end = int(rounds["start"]), int(rounds["end"] or rounds["start"])
            if end < start or end >= LONGEST:
                raise self._broken(said("These are no layers."), *rounds.span())
            value = self._word(",;)")
            known.update(dict.fromkeys(range(start, end + 1), value))
            if not self._next(","):
                return known

    def _skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _next(self, sign: str) -> bool:
        self._skip()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def _too_long(self, start: int) -> BrokenPattern:
        return self._broken(said("A pattern has at most {n:,} layers.", n=LONGEST), start, self.at)

    def _broken(self, cause: Said, start: int, end: int) -> BrokenPattern:
        return BrokenPattern(self.text, cause, (max(start, 0), min(end, len(self.text))))


def _shortest(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """A cycle without its own repetitions: what runs twelve times within it runs for ever anyway."""
    size = len(entries)
    for period in range(1, size // 2 + 1):
        if size % period == 0 and all(entries[i] == entries[i % period] for i in range(period, size)):
            size = period
            break
    alone = entries[0]
    if size == 1 and isinstance(alone, Run) and isinstance(alone.times, int):
        return (alone.value,)
    return tuple(entries[:size])


def _listed(entries: Sequence[Entry], say: Say) -> str:
    runs = _runs(entries, say)
    if all(number for _, _, number in runs) and sum(number for _, _, number in runs) <= GROUPED:
        return ", ".join(_grouped([word for word, _, number in runs for _ in range(number)]))
    return ", ".join(_run(word, times) for word, times, _ in runs)


def _runs(entries: Sequence[Entry], say: Say) -> Runs:
    runs: Runs = []
    for entry in entries:
        value, times = (entry.value, entry.times) if isinstance(entry, Run) else (entry, 1)
        word = _quoted(say(value))
        if isinstance(times, Expression):
            runs.append((word, times.text if times.is_plain else f"({times.text})", 0))
        elif times > 0 and runs and runs[-1][0] == word and runs[-1][2]:
            total = runs[-1][2] + times
            runs[-1] = (word, str(total), total)
        elif times > 0:
            runs.append((word, str(times), times))
    return runs


def _run(word: str, times: str) -> str:
    return word if times == "1" else f"{times}×{word}"


def _grouped(words: Sequence[str]) -> list[str]:
    """Words with their repetitions said once: `2×(3×linear, full)`."""
    said_so_far: list[str] = []
    at = 0
    while at < len(words):
        period, times = _repetition(words, at)
        if period > 1:
            said_so_far.append(f"{times}×({', '.join(_grouped(words[at : at + period]))})")
        else:
            said_so_far.append(_run(words[at], str(times)))
        at += period * times
    return said_so_far


def _repetition(words: Sequence[str], at: int) -> tuple[int, int]:
    """(how many words from here on are said again, how often): one word, or a group that covers more."""
    best = 1, _times(words, at, 1)
    for period in range(2, (len(words) - at) // 2 + 1):
        times = _times(words, at, period)
        if times > 1 and period * times > best[0] * best[1] and len(set(words[at : at + period])) > 1:
            best = period, times
    return best


def _times(words: Sequence[str], at: int, period: int) -> int:
    end = at + period
    while end < len(words) and words[end] == words[end - period]:
        end += 1
    return (end - at) // period


def _exceptions(but: Mapping[int, Setting], say: Say) -> str:
    runs: list[list[int]] = []
    for layer in sorted(but):
        if runs and runs[-1][1] == layer - 1 and but[runs[-1][0]] == but[layer]:
            runs[-1][1] = layer
        else:
            runs.append([layer, layer])
    return ", ".join(
        f"{start if start == end else f'{start}–{end}'}: {_quoted(say(but[start]))}" for start, end in runs
    )


def _quoted(word: str) -> str:
    """A word that would be read as something else, in quotes."""
    depth = 0
    for sign in word:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0 or (not depth and sign in ",;"):
            return f'"{word}"'
    odd = depth or not word or word != word.strip() or word.startswith('"')
    meant = _TIMES.match(word) or _THEN.match(word) or word.startswith("(")
    return f'"{word}"' if odd or meant else word
