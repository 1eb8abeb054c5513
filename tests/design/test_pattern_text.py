"""Patterns as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.design.expression import Expression
from designer.design.pattern_text import BrokenPattern, parse, write
from designer.design.pattern_words import Words, words_of_field
from designer.design.patterns import flat
from designer.design.tree import Pattern, Run
from designer.symbolic.schedule import LONGEST
from tests.designs import KINDS, value

WORDS = Words({"linear": 0, "full": 1, "a, b": 2, "then": 3, "4x4 grid": 4, "Mamba-2 layer": 5})
WINDOW = words_of_field(KINDS.block("attention").fields()["window"], None, KINDS, ["width"])  # pyright: ignore[reportOptionalMemberAccess]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("linear", Pattern((), (0,))),
        ("3×linear, full", Pattern((), (Run(0, 3), 1))),
        ("3x linear,full", Pattern((), (Run(0, 3), 1))),
        ("3*linear , full", Pattern((), (Run(0, 3), 1))),
        ("2×(3×linear, full), full", Pattern((), (Run(0, 3), 1, Run(0, 3), 1, 1))),
        ("12×(3×linear, full)", Pattern((), (Run(0, 3), 1))),
        ("48×linear", Pattern((), (0,))),
        ("3×full, then linear", Pattern((Run(1, 3),), (0,))),
        ("linear; but 30: full, 32-33: full", Pattern((), (0,), {30: 1, 32: 1, 33: 1})),
        ("dense_layers×full, then linear", Pattern((Run(1, Expression("dense_layers")),), (0,))),
        ("(n - 1)×full, linear", Pattern((), (Run(1, Expression("n - 1")), 0))),
        ("mamba, full", Pattern((), (5, 1))),
    ],
)
def test_a_pattern_is_read(text, pattern):
    assert parse(text, WORDS.read) == pattern


@pytest.mark.parametrize(
    ("text", "cause", "where", "meant"),
    [
        ("3×lnear, full", "No block here is called 'lnear'.", "lnear", ("linear",)),
        ("3×(linear, full", "This bracket is not closed.", "3×(linear, full", ()),
        ("linear, full)", "')' has nothing to close.", ")", ()),
        ("linear,", "A word is missing after the comma.", ",", ()),
        ("linear, , full", "A word is missing here.", ",", ()),
        ("0×linear", "A run has at least 1 layer.", "0", ()),
        ("linear, then full, then linear", "A pattern has only one 'then'.", "then", ()),
        ('"linear', "This quotation is not closed.", '"linear', ()),
        ("linear; full", "After ';' stands 'but' with single layers, as in 'but 30: full'.", "full", ()),
        ("linear; but full", "Here stands a layer, as in '30: full'.", "full", ()),
        ("n×(linear, full)", "A group is repeated a plain number of times.", "n×(linear, full)", ()),
    ],
)
def test_a_pattern_that_cannot_be_read_says_why_and_where(text, cause, where, meant):
    with pytest.raises(BrokenPattern) as refused:
        parse(text, WORDS.read)
    start, end = refused.value.span
    assert str(refused.value.cause) == cause
    assert text[start:end].strip() == where
    assert refused.value.suggestions == meant


def test_a_pattern_takes_no_more_layers_than_anyone_means():
    for text in ("999999×linear", "99999×(99999×linear, full)", "9" * 50 + "×linear"):
        with pytest.raises(BrokenPattern, match=f"at most {LONGEST:,} layers"):
            parse(text, WORDS.read)


def test_repetitions_are_written_once():
    tile = (0, 0, 0, 1)
    assert write(Pattern((), (*tile, *tile, 1)), WORDS.say) == "2×(3×linear, full), full"
    assert write(Pattern((0, 0), tile), WORDS.say) == "2×linear, then 3×linear, full"
    assert write(Pattern((), (0,), {3: 1, 4: 1, 7: 1}), WORDS.say) == "linear; but 3–4: full, 7: full"


def test_values_of_a_field_are_numbers_names_and_none():
    assert parse("512, 512, none", WINDOW.read) == Pattern((), (512, 512, None))
    assert parse("5×window 512, full", WINDOW.read) == Pattern((), (Run(512, 5), None))
    assert parse("8k, width", WINDOW.read) == Pattern((), (8192, Expression("width")))
    assert write(Pattern((), (Run(512, 5), None)), WINDOW.say) == "5×512, none"
    with pytest.raises(BrokenPattern, match="wdth") as refused:
        parse("512, wdth", WINDOW.read)
    assert refused.value.span == (5, 9)
    assert refused.value.suggestions == ("width",)


def test_values_below_the_least_and_halves_are_refused_where_they_stand():
    for text, span in (("512, 0", (5, 6)), ("2.5, 512", (0, 3))):
        with pytest.raises(BrokenPattern) as refused:
            parse(text, WINDOW.read)
        assert refused.value.span == span


def test_groups_of_one_kind_are_told_apart_by_their_first_number():
    rope = KINDS.block("attention").fields()["rope"]  # pyright: ignore[reportOptionalMemberAccess]
    near, far = value("rope", theta=10000.0), value("rope", theta=1000000.0)
    pattern = Pattern((), (near, far, None))
    known = words_of_field(rope, pattern, KINDS)
    text = write(pattern, known.say)
    assert "10000" in text
    assert parse(text, known.read) == pattern


entries = st.one_of(
    st.integers(0, 5),
    st.builds(Run, st.integers(0, 5), st.integers(2, 7)),
    st.builds(Run, st.integers(0, 5), st.sampled_from([Expression("n"), Expression("n - 1")])),
)
patterns = st.builds(
    Pattern,
    st.lists(entries, max_size=3).map(tuple),
    st.lists(entries, min_size=1, max_size=9).map(tuple),
    st.dictionaries(st.integers(0, 60), st.integers(0, 5), max_size=4),
)


@given(patterns)
def test_what_is_written_reads_as_the_same_layers(pattern):
    again = parse(write(pattern, WORDS.say), WORDS.read)
    assert again.but == pattern.but
    there, back = flat(pattern), flat(again)
    if there is None or back is None:
        assert there is None
        assert back is None
        text = write(again, WORDS.say)
        assert write(parse(text, WORDS.read), WORDS.say) == text
        return
    for layer in range(80):
        assert of(back, layer) == of(there, layer)


@given(st.text('3×x*(),;" tnhebu0:linearful', max_size=30))
def test_any_text_is_a_pattern_or_says_where_it_is_none(text):
    try:
        parse(text, WORDS.read)
    except BrokenPattern as broken:
        start, end = broken.span
        assert 0 <= start <= end <= len(text)


def of(parts, layer: int):
    first, cycle = parts
    return first[layer] if layer < len(first) else cycle[(layer - len(first)) % len(cycle)]
