"""ALBERT: a narrow table, groups of layers, each one set of weights that is used again and again."""

from __future__ import annotations

import pytest

from designer.analysis.compute import flops
from designer.symbolic.issue import Refusal
from tests.formats.huggingface.configs import changes, imported, remarks, tensors

S, D, F, V, P = 5, 24, 40, 50, 17
GROUP = "albert.encoder.albert_layer_groups.*.albert_layers.*."
LAYER = 4 * (D * D + D) + 2 * D + D * F + F + F * D + D + 2 * D


def test_its_layers_are_kept_once():
    found = tensors("albert")
    assert {name for name, _ in found if name.startswith(GROUP)} == {
        GROUP + part
        for part in (
            *(f"attention.{n}.{p}" for n in ("query", "key", "value", "dense") for p in ("weight", "bias")),
            *(f"{n}.{p}" for n in ("ffn", "ffn_output") for p in ("weight", "bias")),
            *(f"attention.LayerNorm.{p}" for p in ("weight", "bias")),
            *(f"full_layer_layer_norm.{p}" for p in ("weight", "bias")),
        )
    }
    assert all(count == 1 for (name, _), count in found.items())
    table = (V + P + 2) * S + 2 * S
    head = D * S + S + 2 * S + V
    assert imported("albert").total == table + S * D + D + LAYER + head


SHAPES = [(1, 1, 1), (6, 1, 1), (6, 2, 1), (7, 3, 2), (12, 4, 3)]


@pytest.mark.parametrize(("layers", "groups", "inner"), SHAPES)
def test_each_group_keeps_its_layers_once_and_works_as_often_as_it_is_met(layers, groups, inner):
    keys = {"num_hidden_layers": layers, "num_hidden_groups": groups, "inner_group_num": inner}
    one = imported("albert", num_hidden_layers=1)
    found = imported("albert", **keys)
    assert found.total - one.total == (groups * inner - 1) * LAYER
    work = flops(found.body, 1, "dense") - flops(one.body, 1, "dense")
    assert work == (layers * inner - 1) * 2 * (4 * D * D + 2 * D * F + 2 * D)
    assert remarks("albert", **keys) == []


def test_without_layers_it_is_refused_since_a_checkpoint_keeps_a_group_all_the_same():
    with pytest.raises(Refusal, match="num_hidden_layers: 0 is out of range: at least 1."):
        imported("albert", num_hidden_layers=0)


def test_groups_that_no_layer_meets_are_told():
    ((severity, key, cause),) = remarks("albert", num_hidden_layers=1, num_hidden_groups=3)
    assert (severity, key) == ("unsound", "num_hidden_groups")
    assert cause == "2 of 3 groups are used by no layer; a checkpoint keeps them, and they are not counted."


def test_more_groups_than_anyone_means_are_refused():
    with pytest.raises(Refusal, match="num_hidden_groups"):
        imported("albert", num_hidden_groups=10**6)
    with pytest.raises(Refusal, match="inner_group_num"):
        imported("albert", inner_group_num=10**6)


def test_the_table_may_be_as_narrow_as_it_likes():
    gone, new = changes("albert", embedding_size=7)
    assert gone.keys() == new.keys()
    assert new["albert.embeddings.word_embeddings.weight"] == (V, 7)
    assert new["albert.encoder.embedding_hidden_mapping_in.weight"] == (D, 7)
    assert new["predictions.dense.weight"] == (7, D)


def test_the_bare_model_has_a_pooler_and_an_untied_head_its_own_matrix():
    bare = {name for name, _ in tensors("albert", architectures=["AlbertModel"])}
    assert {"pooler.weight", "pooler.bias"} <= bare
    assert not any(name.startswith(("albert.", "predictions.")) for name in bare)
    assert changes("albert", tie_word_embeddings=False)[1] == {
        "predictions.decoder.weight": (V, S),
        "predictions.decoder.bias": (V,),
    }
