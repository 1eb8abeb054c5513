"""What can be done at the selection, in which order, and what it does."""

from __future__ import annotations

import pytest

from designer.blocks.palette import SECTIONS
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.ui.insert.habits import Habits
from designer.ui.insert.offers import Offers
from designer.ui.palette.entries import entries
from tests.ui.conftest import KINDS, holder, leaf

ENTRIES = entries(KINDS, SECTIONS)


@pytest.fixture(scope="module")
def habits() -> Habits:
    made = Habits(KINDS)
    made.learn(opened(name, KINDS).tree for name in presets())
    return made


def titles(session, habits, typed: str) -> list[str]:
    return [offer.title for offer in Offers(session, ENTRIES, habits).answering(typed)]


def test_a_block_is_first_offered_in_place_of_the_like_one_below(llama, habits):
    llama.select((leaf(llama.design, "attention").id,))
    first, second, third, *_ = Offers(llama, ENTRIES, habits).answering("moe")
    assert first.title == "Replace gated feed-forward below, ×32"
    assert first.instead == leaf(llama.design, "feed_forward").id
    assert (second.title, third.title) == ("Mixture of experts sublayer", "Mixture of experts")
    prices = [
        llama.measured.of(o.done(llama)[0]).total - llama.measured.total for o in (first, second, third)
    ]
    expert = 3 * 4096 * 14336
    assert prices[0] == 32 * (7 * expert + 8 * 4096)
    assert prices[1] == 32 * (8 * expert + 8 * 4096 + 4096)
    assert prices[2] == 32 * (8 * expert + 8 * 4096)


def test_where_nothing_alike_is_below_the_one_above_is_meant(llama, habits):
    llama.select((leaf(llama.design, "feed_forward").id,))
    assert titles(llama, habits, "latent")[0] == "Replace grouped-query attention above, ×32"


def test_a_part_with_its_branch_goes_behind_the_branch_and_a_bare_block_right_behind(llama, habits):
    llama.select((leaf(llama.design, "attention").id,))
    branch, layers = holder(llama.design, "residual"), holder(llama.design, "repeat")
    offers = {offer.title: offer for offer in Offers(llama, ENTRIES, habits).answering("feed")}
    assert offers["Feed-forward sublayer"].slot == (layers.id, 1)
    assert offers["Feed-forward"].slot == (branch.id, 2)


def test_without_a_word_what_usually_follows_comes_first(llama, empty, habits):
    llama.select((leaf(llama.design, "attention").id,))
    after_attention = titles(llama, habits, "")
    assert after_attention[0] == "Feed-forward sublayer"
    assert len(after_attention) == sum(map(len, ENTRIES.values()))
    assert titles(empty, habits, "")[0] == "Embedding and positions"


def test_gpt_2_is_the_first_answer_three_times(empty, habits):
    for typed in ("embed", "gpt", "head"):
        offer = Offers(empty, ENTRIES, habits).answering(typed)[0]
        design, ids = offer.done(empty)
        empty.commit(design, offer.step, select=ids)
    assert empty.measured.total == 124_439_808


def test_where_nothing_answers_nothing_is_offered(llama, habits):
    assert titles(llama, habits, "zzz") == []


def test_a_block_is_not_offered_in_place_of_its_own_kind(llama, habits):
    llama.select((leaf(llama.design, "attention").id,))
    assert not any(title.startswith("Replace") for title in titles(llama, habits, "feed-forward"))


@pytest.mark.parametrize(
    ("typed", "kind"), [("mla", "latent_attention"), ("ffn", "mlp"), ("ssm", "mamba2"), ("skip", "residual")]
)
def test_other_names_lead_to_a_block_too(empty, habits, typed, kind):
    offers = Offers(empty, ENTRIES, habits).answering(typed)
    assert kind in [offer.node.kind for offer in offers[:2]]
