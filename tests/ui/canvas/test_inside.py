"""What an opened card says of a block."""

from __future__ import annotations

import pytest

from designer.ui.canvas.inside import flows, parts, whole
from designer.ui.canvas.shown import Shown
from tests.ui.canvas.designs import laid, placed, preset


def first(name: str, kind: str) -> Shown:
    return placed(laid(preset(name)), kind)[0].laid.shown


def test_an_attention_shows_its_four_matrices_as_the_checkpoint_has_them():
    assert [(part.name, part.shape, part.size) for part in parts(first("llama-3-8b", "attention"))] == [
        ("q_proj", "4,096 × 4,096", 16777216),
        ("k_proj", "1,024 × 4,096", 4194304),
        ("v_proj", "1,024 × 4,096", 4194304),
        ("o_proj", "4,096 × 4,096", 16777216),
    ]
    assert whole(first("llama-3-8b", "attention")) == "41,943,040"


@pytest.mark.parametrize("name", ["llama-3-8b", "gpt2", "deepseek-v3", "albert-base-v2", "mamba2-130m"])
def test_the_tensors_add_up_to_the_count_of_the_card(name):
    for place in laid(preset(name)).walk():
        shown = place.laid.shown
        if place.laid.margins is None and parts(shown):
            assert f"{sum(part.size for part in parts(shown) if not part.tied):,}" == whole(shown)


def test_a_tied_head_counts_nothing_and_says_of_whom():
    (tied,) = parts(first("gpt2", "lm_head"))
    assert tied.tied
    assert tied.size == 0
    assert whole(first("gpt2", "lm_head")) == "0"


def test_shapes_flow_in_and_out():
    assert flows(first("llama-3-8b", "token_embedding")) == "in B × T   out B × T × 4,096"
    assert flows(first("llama-3-8b", "lm_head")) == "in B × T × 4,096   out B × T × 128,256"
