"""JSON that others wrote: whatever is wrong with it is one sentence that names the file and the place."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.formats.reading_json import (
    DEEPEST,
    LARGEST,
    MOST_DIGITS,
    Given,
    described,
    parse_object,
    read_object,
)
from designer.symbolic.issue import Refusal

SMALL = """{
 "format": "llm-designer",
 "tree": {"block": "stack", "n": [1, -2.5e3, true, null, "é\\n\\u00e9"]}
}
"""


def refusal(text: str) -> str:
    with pytest.raises(Refusal) as refused:
        parse_object(text, "a.json")
    said = str(refused.value)
    assert said.startswith("a.json: ")
    assert "\n" not in said
    return said


def test_a_valid_text_is_read():
    assert parse_object(SMALL, "a.json")["tree"]["n"] == [1, -2500.0, True, None, "é\né"]


@pytest.mark.parametrize("end", range(len(SMALL.rstrip())))
def test_a_text_that_ends_anywhere_too_early_is_one_sentence(end):
    assert "line" in refusal(SMALL[:end])


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_an_object_or_one_sentence(text):
    try:
        assert isinstance(parse_object(text, "a.json"), dict)
    except Refusal as refused:
        assert "\n" not in str(refused)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "line 1, column 1: It is not JSON"),
        ("[1, 2]", "It holds a list and no JSON object."),
        ('"text"', 'It holds "text" and no JSON object.'),
        ("12", "It holds 12 and no JSON object."),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "The key 'c' is there twice"),
        ('{"a": NaN}', "NaN"),
        ('{"a": 1e999}', "a number that is too large: 1e999"),
        ('{"a": -1e400}', "a number that is too large"),
        ('{"a": ' + "9" * (MOST_DIGITS + 1) + "}", f"more than {MOST_DIGITS} digits"),
        ('{"a": ' + "9" * 100_000 + "}", f"more than {MOST_DIGITS} digits"),
        ('{"a": ' + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1) + "}", f"nested more than {DEEPEST} deep"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, f"nested more than {DEEPEST} deep"),
        ("[" * 1_000_000, f"nested more than {DEEPEST} deep"),
        ("\x00{}", "It is not JSON"),
        ('{"a": 01}', "line 1, column"),
        ("{'a': 1}", "line 1, column 2"),
    ],
)  # fmt: skip
def test_what_is_no_object_says_so(text, cause):
    assert cause in refusal(text)


def test_what_is_deep_but_not_too_deep_is_read():
    deep = "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    assert parse_object(f'{{"a": {deep}}}', "a.json")


def test_an_endless_number_becomes_what_transformers_writes_for_it():
    assert parse_object('{"a": [Infinity, -Infinity]}', "a.json")["a"] == [
        {"__float__": "Infinity"},
        {"__float__": "-Infinity"},
    ]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "marked.json"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert read_object(path) == parse_object(SMALL, "")


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (b"", "It is not JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "It is not UTF-8 text: byte 0."),
        (b'{"a": "\xe9"}', "It is not UTF-8 text: byte 7."),
        (SMALL.encode("utf-16"), "It is not UTF-8 text: byte 0."),
        (b" " * (LARGEST + 1), "It is larger than any design"),
    ],
)
def test_a_file_of_something_else_says_so(raw, cause, tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(raw)
    with pytest.raises(Refusal) as refused:
        read_object(path)
    assert str(refused.value).startswith(str(path))
    assert cause in str(refused.value)


def test_a_folder_and_a_missing_file_say_so(tmp_path):
    with pytest.raises(Refusal, match="It cannot be read: Is a directory."):
        read_object(tmp_path)
    with pytest.raises(Refusal, match="It cannot be read: No such file or directory."):
        read_object(tmp_path / "none.json")


def test_a_file_without_an_end_is_not_read_for_ever():
    with pytest.raises(Refusal, match="It is larger than any design"):
        read_object(Path("/dev/zero"))


def test_a_pipe_is_read_like_a_file(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writing = threading.Thread(target=path.write_text, args=(SMALL,))
    writing.start()
    assert read_object(path) == json.loads(SMALL)
    writing.join()


def test_a_value_is_refused_by_where_it_stands():
    given = Given({"tree": {"inside": [{}, {"name": 3}]}}, "a.json")
    name = given.get("tree").get("inside").items()[1].get("name")
    with pytest.raises(Refusal) as refused:
        name.text()
    assert str(refused.value) == "a.json: tree.inside[1].name: It must be text, not 3."
    with pytest.raises(Refusal, match="tree: It must be a list, not an object."):
        given.get("tree").items()
    with pytest.raises(Refusal, match=r"tree.inside: It must be an object, not a list."):
        given.get("tree").get("inside").object()
    with pytest.raises(Refusal, match=r"tree.inside: Only name can stand here."):
        given.get("tree").only("name")


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "null"), (True, "true"), (1, "1"), (0, "0"), (2.5, "2.5"), ({}, "an object"), ([1], "a list")],
)
def test_a_value_is_said_as_the_file_says_it(value, words):
    assert described(value) == words


def test_a_long_text_is_said_short_and_in_one_line():
    assert len(described("word\n\x1b[2J" * 1000)) < 50
    assert described("a\nb\x1b").isprintable()
