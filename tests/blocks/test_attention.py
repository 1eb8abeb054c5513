"""Attention and its options, counted by hand."""

from __future__ import annotations

import pytest

from designer.analysis.memory import kept
from designer.analysis.tensors import tensors
from designer.symbolic.operation import Attend, Cached, Linear
from designer.symbolic.walk import walk
from tests.designs import counted, design_of_nodes, node, value

D, H, K, W = 24, 6, 2, 4


def attention(**fields):
    given = {"heads": H, "kv_heads": K, "head_dim": W, **fields}
    return node("attention", name="attn", **given)


def measured(block):
    return counted(design_of_nodes(node("token_embedding", rows=7, hidden=D, name="t"), block))


def shapes(block):
    return {t.name.removeprefix("attn."): t.shape for t in tensors(measured(block).body)}


def ops(block, kind):
    return [op for op, _, _ in walk(measured(block).body) if isinstance(op, kind)]


def test_query_heads_share_key_and_value_heads():
    assert shapes(attention()) == {
        "t.embed_tokens.weight": (7, D),
        "q_proj.weight": (H * W, D),
        "k_proj.weight": (K * W, D),
        "v_proj.weight": (K * W, D),
        "o_proj.weight": (D, H * W),
    }


@pytest.mark.parametrize(("bias", "out_bias"), [(True, False), (False, True), (True, True)])
def test_biases_belong_to_their_projections(bias, out_bias):
    found = {name for name in shapes(attention(bias=bias, out_bias=out_bias)) if name.endswith("bias")}
    expected = {"q_proj.bias", "k_proj.bias", "v_proj.bias"} if bias else set()
    assert found == expected | ({"o_proj.bias"} if out_bias else set())


@pytest.mark.parametrize("fused", ["no", "qkv", "kv"])
def test_projections_kept_in_one_count_the_same(fused):
    block = attention(fused=fused, bias=True)
    assert measured(block).by_category["attention"] == (H * W + 2 * K * W) * (D + 1) + D * H * W
    names = {name for name in shapes(block) if "proj.weight" in name}
    kept_in_one = {"qkv": {"qkv_proj.weight"}, "kv": {"q_proj.weight", "kv_proj.weight"}}
    apart = {f"{part}_proj.weight" for part in "qkv"}
    assert names == kept_in_one.get(fused, apart) | {"o_proj.weight"}


@pytest.mark.parametrize(("over", "widths"), [("head", (W, W)), ("all", (H * W, K * W))])
def test_a_norm_on_queries_and_keys_counts_as_normalization(over, widths):
    block = attention(qk_norm=value("qk_norm", over=over))
    found = shapes(block)
    assert (found["q_norm.weight"], found["k_norm.weight"]) == ((widths[0],), (widths[1],))
    assert measured(block).by_category["normalization"] == sum(widths)


def test_a_cross_attention_reads_the_memory_and_keeps_its_rows():
    memory = 10
    cross = attention(sees="memory")
    design = design_of_nodes(
        node("token_embedding", rows=7, hidden=D, name="t"), node("encoder_states", hidden=memory), cross
    )
    found = {t.name: t.shape for t in tensors(counted(design).body)}
    assert found["attn.k_proj.weight"] == (K * W, memory)
    assert found["attn.q_proj.weight"] == (H * W, D)
    assert kept(counted(design).body, 9).growing == 9 * 2 * K * W
    (attend,) = (op for op, _, _ in walk(counted(design).body) if isinstance(op, Attend))
    assert (attend.mask.causal, attend.inputs[1].stream.name) == (False, "encoder")


def test_without_anything_above_that_was_read_cross_attention_says_so():
    nodes = measured(attention(sees="memory")).nodes
    assert any(str(b.misfit) == "Nothing above offers memory." for n in nodes.values() for b in n.bodies)


def test_what_sees_all_keeps_nothing_and_what_sees_the_past_keeps_its_window():
    assert ops(attention(sees="all"), Cached) == []
    assert kept(measured(attention(window=4)).body, 100).growing == 4 * 2 * K * W
    assert kept(measured(attention(window=4)).body, 3).growing == 3 * 2 * K * W
    (attend,) = ops(attention(window=4), Attend)
    assert (attend.mask.causal, attend.mask.window) == (True, 4)


def test_a_position_bias_is_taken_from_above():
    block = attention(distances=True)
    assert any(n.misfit for n in measured(block).nodes.values())
    bias = node("position_bias", heads=H, name="bias")
    design = design_of_nodes(node("token_embedding", rows=7, hidden=D, name="t"), bias, block)
    assert not any(n.misfit for n in counted(design).nodes.values())
    (attend,) = (op for op, _, _ in walk(counted(design).body) if isinstance(op, Attend))
    assert attend.inputs[3].shape == (H,)


def test_heads_that_cannot_be_shared_evenly_leave_a_warning_and_the_count():
    block = attention(kv_heads=4)
    nodes = measured(block).nodes
    (check,) = nodes[block.id].bodies[0].checks
    assert str(check.cause) == "6 query heads cannot share 4 key/value heads evenly."
    assert nodes[block.id].total == D * W * (2 * H + 2 * 4)


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, "Grouped-query attention"),
        ({"kv_heads": H}, "Multi-head attention"),
        ({"kv_heads": 1}, "Multi-query attention"),
        ({"sees": "memory"}, "Cross-attention"),
    ],
)
def test_its_title_says_how_heads_are_shared(fields, title):
    block = counted(design_of_nodes(attention(**fields))).resolved.step.inside[0].block
    assert block.title == title


def test_the_output_mixes_the_heads_back_into_the_stream():
    assert ops(attention(), Linear)[-1].outputs[0].shape == (D,)
