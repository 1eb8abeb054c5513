"""What commands print: one line a refusal, one line an object, nothing that steers a terminal."""

from __future__ import annotations

import json

from designer.commands.output import issue_object, put, refuse, say, tell
from designer.symbolic.issue import Issue, Refusal, said


def test_a_refusal_is_one_printable_line_on_stderr_and_status_2(capsys):
    assert refuse(Refusal("a\nb.json", said("It holds {what}.", what="\x1b[31m\r\nred\u2028"))) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "a b.json: It holds \\x1b[31m red .\n"


def test_a_refusal_without_a_place_is_its_cause(capsys):
    refuse(Refusal("", said("It cannot be.")))
    assert capsys.readouterr().err == "It cannot be.\n"


def test_text_keeps_its_lines_and_loses_what_steers(capsys):
    tell("one\ntwo × 3\x07\u202e")
    assert capsys.readouterr().out == "one\ntwo × 3\\x07\\u202e\n"


def test_an_object_is_one_line_of_ascii(capsys):
    put({"name": "é\n", "total": 10**30})
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    assert line.isascii()
    assert json.loads(line) == {"name": "é\n", "total": 10**30}


def test_an_issue_says_where_why_and_what_would_help(capsys):
    issue = Issue("warning", said("{n} is odd.", n=3), "Layer › MLP", 7, said("Take 4."))
    expected = {"severity": "warning", "where": "Layer › MLP", "cause": "3 is odd.", "fix": "Take 4."}
    assert issue_object(issue) == expected
    say([issue, Issue("note", said("It is old."))])
    assert capsys.readouterr().out == "warning: Layer › MLP: 3 is odd. Take 4.\nnote: It is old.\n"
