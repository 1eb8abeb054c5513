"""A config as it is read: what became a variable, what was used, what was not."""

from __future__ import annotations

import pytest

from designer.design.expression import Expression
from designer.formats.huggingface.config import Config
from designer.symbolic.issue import Refusal


def config(place="", aliases=None, **raw):
    return Config(raw, place, aliases)


def test_a_count_becomes_a_variable_of_its_key():
    c = config(hidden_size=8)
    assert c.count("hidden_size") == Expression("hidden_size")
    assert c.count("layers", 12) == Expression("layers")
    assert c.variables == {"hidden_size": 8, "layers": 12}


def test_a_whole_number_that_shapes_the_tree_is_no_variable():
    c = config(groups=3)
    assert (c.whole("groups"), c.whole("inner", 1), c.variables) == (3, 1, {})


def test_what_is_derived_is_a_formula_until_it_is_said():
    c = config(hidden=8, said=3)
    assert c.derived("width", "hidden / 2") == Expression("width")
    assert c.derived("said", "hidden / 2") == Expression("said")
    assert c.variables == {"width": Expression("hidden / 2"), "said": 3}


def test_an_optional_count_is_none_where_it_is_null_and_its_default_where_it_is_absent():
    c = config(window=None)
    assert c.optional("window", 4096) is None
    assert c.optional("nothing") is None
    assert c.optional("rank", 5) == Expression("rank")
    assert c.variables == {"rank": 5}


def test_a_key_may_stand_under_another_name_but_its_own_wins():
    aliases = {"n_embd": "hidden_size"}
    assert config(aliases=aliases, hidden_size=8).whole("n_embd") == 8
    assert config(aliases=aliases, hidden_size=8, n_embd=4).whole("n_embd") == 4
    assert config(aliases=aliases, hidden_size=8, n_embd=None).whole("n_embd") == 8


def test_every_key_that_was_asked_for_is_used_and_the_rest_is_remarked_on():
    c = config(a=1, b=True, c=2.0, d="word", e={"x": 1}, f=None, wings=2, bos_token_id=1, skipped=3)
    c.whole("a"), c.flag("b", False), c.real("c", None), c.word("d", ""), c.get("f")
    assert c.within("e").whole("x") == 1
    c.ignore("skipped")
    c.leftovers()
    assert [remark.where for remark in c.remarks] == ["wings"]


def test_defaults_stand_for_what_is_absent_or_null():
    c = config(a=None)
    assert (c.flag("a", True), c.real("a", 0.5), c.word("a", "x"), c.whole("a", 7)) == (True, 0.5, "x", 7)


def test_groups_of_keys_are_read_as_one_the_later_ones_first():
    c = config("here", old={"theta": 1.0, "kind": "a"}, new={"theta": 2.0})
    both = c.within("old", "new", "absent")
    assert (both.real("theta", None), both.word("kind", "")) == (2.0, "a")
    with pytest.raises(Refusal) as refusal:
        both.whole("kind")
    assert refusal.value.place == "here: new: kind"


def test_a_refusal_names_the_file_and_the_key():
    with pytest.raises(Refusal) as refusal:
        config("config.json", n="many").whole("n")
    assert refusal.value.place == "config.json: n"
    with pytest.raises(Refusal) as refusal:
        config(n="many").whole("n")
    assert refusal.value.place == "n"
