"""What is said to a user: a template with named values, of which cli and ui make a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal, TypeAlias

from designer.symbolic.frozen import frozen

Severity: TypeAlias = Literal["note", "warning", "unsound"]


@frozen(eq=False)
class Said:
    """A sentence not yet spoken: its template in `str.format` form and the values that fill it.

    Two are equal that say the same.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __str__(self) -> str:
        return self.template.format(**self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def said(template: str, **values: object) -> Said:
    """`Said`, written in one line."""
    return Said(template, values)


@frozen
class Issue:
    """Something to tell the user about the design; counting goes on.

    `note` informs, `warning` marks what will not train or export as it stands, `unsound` says that a count
    is not the whole truth. `node` is the id of the block it is about, `where` its name in words.
    """

    severity: Severity
    cause: Said
    where: str = ""
    node: int | None = None
    fix: Said | None = None


class Refusal(Exception):
    """Something that cannot be done, for a reason the user can understand: where, and why.

    `place` names the file, key, option or expression; `cause` is one sentence without the place.
    """

    def __init__(self, place: str, cause: Said | str) -> None:
        self.place = place
        self.cause = Said("{text}", {"text": cause}) if isinstance(cause, str) else cause
        super().__init__(place, self.cause)

    def __str__(self) -> str:
        return f"{self.place}: {self.cause}" if self.place else str(self.cause)


class Misfit(Exception):
    """Two widths that must agree do not; caught at the block's node."""

    def __init__(self, cause: Said) -> None:
        self.cause = cause
        super().__init__(cause)
