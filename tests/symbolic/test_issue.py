"""Sentences: a template with values, and a refusal that names its place."""

from __future__ import annotations

from designer.symbolic.issue import Refusal, said


def test_a_template_is_filled_when_it_is_spoken():
    cause = said("{heads:,} heads of {width}.", heads=4096, width=64)
    assert str(cause) == "4,096 heads of 64."
    assert cause.template == "{heads:,} heads of {width}."


def test_a_refusal_says_place_and_cause_and_takes_plain_text_with_braces():
    assert str(Refusal("config.json: n_head", said("It is {n}.", n=0))) == "config.json: n_head: It is 0."
    assert str(Refusal("", "No {such} thing.")) == "No {such} thing."
