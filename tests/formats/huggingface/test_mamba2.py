"""Mamba-2: every key that changes a shape."""

from __future__ import annotations

import pytest

from tests.formats.huggingface.configs import changes, imported, remarks, tensors

D, L, H, W, G, N, V, KERNEL = 12, 3, 6, 4, 2, 5, 50, 4
INNER, CHANNELS = H * W, H * W + 2 * G * N
MIXER = "backbone.layers.*.mixer."


def test_its_tensors_are_these():
    assert dict(tensors("mamba2")) == {
        ("backbone.embeddings.weight", (V, D)): 1,
        ("backbone.layers.*.norm.weight", (D,)): L,
        (MIXER + "in_proj.weight", (2 * INNER + 2 * G * N + H, D)): L,
        (MIXER + "conv1d.weight", (CHANNELS, 1, KERNEL)): L,
        (MIXER + "conv1d.bias", (CHANNELS,)): L,
        (MIXER + "dt_bias", (H,)): L,
        (MIXER + "A_log", (H,)): L,
        (MIXER + "D", (H,)): L,
        (MIXER + "norm.weight", (INNER,)): L,
        (MIXER + "out_proj.weight", (D, INNER)): L,
        ("backbone.norm_f.weight", (D,)): 1,
        ("lm_head.weight", (V, D)): 1,
    }


def test_biases_kernel_and_ties():
    assert changes("mamba2", use_bias=True)[1] == {
        MIXER + "in_proj.bias": (2 * INNER + 2 * G * N + H,),
        MIXER + "out_proj.bias": (D,),
    }
    assert changes("mamba2", use_conv_bias=False) == ({MIXER + "conv1d.bias": (CHANNELS,)}, {})
    assert changes("mamba2", conv_kernel=3)[1] == {MIXER + "conv1d.weight": (CHANNELS, 1, 3)}
    assert changes("mamba2", tie_word_embeddings=True) == ({"lm_head.weight": (V, D)}, {})


@pytest.mark.parametrize("key", ["num_heads", "head_dim", "n_groups", "state_size"])
def test_every_size_reaches_the_projection(key):
    assert MIXER + "in_proj.weight" in changes("mamba2", **{key: 3})[1]


def test_heads_that_are_not_the_expansion_are_counted_with_a_warning():
    found = imported("mamba2", expand=3)
    assert found.total == imported("mamba2").total
    assert found.tally.provisional == 0
    checks = [c for n in found.nodes.values() for b in n.bodies for c in b.checks]
    assert [str(c.cause) for c in checks if c.verdict() is False] == [
        "Heads × head width is 24 and should be 3 × 12 = 36."
    ]


def test_time_steps_that_are_limited_are_told():
    for unlimited in ([0.0, float("inf")], [0.0, {"__float__": "Infinity"}], None):
        assert remarks("mamba2", time_step_limit=unlimited) == []
    ((severity, key, _),) = remarks("mamba2", time_step_limit=[0.0, 0.1])
    assert (severity, key) == ("warning", "time_step_limit")


def test_the_bare_model_has_no_prefix():
    bare = {name for name, _ in tensors("mamba2", architectures=["Mamba2Model"])}
    assert "embeddings.weight" in bare
    assert "lm_head.weight" not in bare
