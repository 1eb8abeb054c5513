"""Names that were probably meant."""

from __future__ import annotations

from designer.symbolic.likely import likely


def test_the_name_spelled_most_like_it_comes_first():
    known = ["num_attention_heads", "hidden_size", "num_key_value_heads"]
    assert likely("hiden_sise", known) == ["hidden_size"]
    assert likely("num_atention_heads", known, 3)[0] == "num_attention_heads"


def test_what_is_like_none_gets_none():
    assert likely("zebra", ["hidden_size"]) == []
