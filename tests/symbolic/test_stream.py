"""Streams are plain values: what is equal is the same axis."""

from __future__ import annotations

from designer.symbolic.stream import TOKENS, Pair, Stream


def test_a_remembered_stream_is_whole_and_otherwise_the_same():
    whole = TOKENS.remembered()
    assert (whole.whole, TOKENS.whole) == (True, False)
    assert whole._replace(whole=False) == TOKENS
    assert whole != TOKENS


def test_streams_are_equal_by_value():
    assert Stream("tokens") == TOKENS
    assert hash(Stream("tokens")) == hash(TOKENS)
    assert Stream("decoder", "decoder_input_ids") != TOKENS
    assert Pair(TOKENS, TOKENS) == Pair(Stream("tokens"), TOKENS)
    assert Pair(TOKENS, TOKENS).rank == TOKENS.rank + 1
