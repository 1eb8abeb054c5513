"""What usually follows what."""

from __future__ import annotations

from designer.formats.opening import opened
from designer.formats.templates import block_node, ready_parts
from designer.ui.insert.habits import Habits, lead
from tests.ui.conftest import KINDS, holder, leaf

GPT = opened("gpt2", KINDS)


def learned() -> Habits:
    habits = Habits(KINDS)
    habits.learn([GPT.tree])
    return habits


def test_a_feed_forward_follows_an_attention_and_no_embedding_does():
    habits = learned()
    assert habits.often("attention", block_node(KINDS, "mlp")) == 1
    assert habits.often("attention", block_node(KINDS, "token_embedding")) == 0
    assert habits.often("", block_node(KINDS, "token_embedding")) == 1


def test_a_part_follows_as_its_first_block_that_is_no_norm():
    part = next(part.node for part in ready_parts(KINDS) if part.title == "Feed-forward sublayer")
    assert lead(part, KINDS).kind == "mlp"
    assert learned().often("attention", part) == 1


def test_a_norm_follows_whatever_it_stands_behind():
    assert learned().often("attention", block_node(KINDS, "layer_norm")) == 1


def test_before_a_slot_stands_the_last_block_that_is_no_norm():
    habits, layers = learned(), holder(GPT, "repeat")
    assert habits.before(GPT, (layers.id, 1)) is leaf(GPT, "attention")
    assert habits.category_before(GPT, (layers.id, 0)) == "positional"
    assert habits.before(GPT, (GPT.tree.id, 0)) is None


def test_nothing_learned_is_nothing_usual():
    assert Habits(KINDS).often("attention", block_node(KINDS, "mlp")) == 0
