"""What commands print: results on stdout, what is wrong on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from designer.symbolic.issue import Issue, Refusal

BAD_INPUT = 2
"""The exit status of whatever could not be done as it was asked."""


def refuse(refusal: Refusal) -> int:
    """Say in one line on stderr what cannot be done, and where; the exit status."""
    print(_printable(" ".join(str(refusal).split())), file=sys.stderr)
    return BAD_INPUT


def put(values: Mapping[str, Any]) -> None:
    """One JSON object, one line."""
    print(json.dumps(values))


def tell(text: str) -> None:
    """Text for people. What a file called something cannot steer their terminal."""
    print("\n".join(map(_printable, text.split("\n"))))


def say(found: Iterable[Issue]) -> None:
    """Issues for people, a line each."""
    for issue in found:
        place, fix = (f"{issue.where}: " if issue.where else ""), (f" {issue.fix}" if issue.fix else "")
        tell(f"{issue.severity}: {place}{issue.cause}{fix}")


def issue_object(issue: Issue) -> dict[str, Any]:
    """An issue as JSON says it."""
    fix = None if issue.fix is None else str(issue.fix)
    return {"severity": issue.severity, "where": issue.where, "cause": str(issue.cause), "fix": fix}


def _printable(line: str) -> str:
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
