"""GPT-2: every key that changes a shape, weights kept the other way round, cross-attention."""

from __future__ import annotations

from designer.design.expression import Expression
from designer.symbolic.operation import Parameter
from designer.symbolic.walk import walk
from tests.formats.huggingface.configs import changes, imported, remarks, tensors

D, L, V, P = 24, 3, 50, 17
LAYER = "transformer.h.*."


def test_its_tensors_are_these():
    assert dict(tensors("gpt2")) == {
        ("transformer.wte.weight", (V, D)): 1,
        ("transformer.wpe.weight", (P, D)): 1,
        (LAYER + "ln_1.weight", (D,)): L,
        (LAYER + "ln_1.bias", (D,)): L,
        (LAYER + "attn.c_attn.weight", (D, 3 * D)): L,
        (LAYER + "attn.c_attn.bias", (3 * D,)): L,
        (LAYER + "attn.c_proj.weight", (D, D)): L,
        (LAYER + "attn.c_proj.bias", (D,)): L,
        (LAYER + "ln_2.weight", (D,)): L,
        (LAYER + "ln_2.bias", (D,)): L,
        (LAYER + "mlp.c_fc.weight", (D, 4 * D)): L,
        (LAYER + "mlp.c_fc.bias", (4 * D,)): L,
        (LAYER + "mlp.c_proj.weight", (4 * D, D)): L,
        (LAYER + "mlp.c_proj.bias", (D,)): L,
        ("transformer.ln_f.weight", (D,)): 1,
        ("transformer.ln_f.bias", (D,)): 1,
    }


def test_matrices_of_its_layers_are_kept_in_out():
    weights = [op for op, _, _ in walk(imported("gpt2").body) if isinstance(op, Parameter)]
    assert {op.name for op in weights if op.transposed} == {"c_attn.weight", "c_proj.weight", "c_fc.weight"}


def test_an_inner_width_of_its_own():
    assert changes("gpt2", n_inner=33)[1] == {
        LAYER + "mlp.c_fc.weight": (D, 33),
        LAYER + "mlp.c_fc.bias": (33,),
        LAYER + "mlp.c_proj.weight": (33, D),
    }
    assert changes("gpt2", n_inner=None) == ({}, {})
    assert imported("gpt2").design.variables["n_inner"] == Expression("4 * n_embd")


def test_cross_attention_reads_states_from_outside():
    cross = LAYER + "crossattention."
    assert changes("gpt2", add_cross_attention=True) == (
        {},
        {
            LAYER + "ln_cross_attn.weight": (D,),
            LAYER + "ln_cross_attn.bias": (D,),
            cross + "c_attn.weight": (D, 2 * D),
            cross + "c_attn.bias": (2 * D,),
            cross + "q_attn.weight": (D, D),
            cross + "q_attn.bias": (D,),
            cross + "c_proj.weight": (D, D),
            cross + "c_proj.bias": (D,),
        },
    )


def test_an_untied_head_and_the_bare_model():
    assert changes("gpt2", tie_word_embeddings=False)[1] == {"lm_head.weight": (V, D)}
    bare = {name for name, _ in tensors("gpt2", architectures=["GPT2Model"])}
    assert bare == {name.removeprefix("transformer.") for name, _ in tensors("gpt2")}


def test_positions_are_its_own():
    assert changes("gpt2", n_positions=99)[1] == {"transformer.wpe.weight": (99, D)}
    assert imported("gpt2").tokens() == P
    assert imported("gpt2", n_positions=...).positions == 1024


def test_other_names_of_its_keys_are_read():
    """What transformers writes under the names that all models share."""
    other = {
        "hidden_size": D,
        "num_hidden_layers": L,
        "num_attention_heads": 6,
        "max_position_embeddings": P,
        **dict.fromkeys(("n_embd", "n_layer", "n_head", "n_positions"), ...),
    }
    assert tensors("gpt2", **other) == tensors("gpt2")
    assert remarks("gpt2", **other) == []
    assert imported("gpt2", hidden_size=999).total == imported("gpt2").total


def scales(**keys):
    design = imported("gpt2", **keys).design
    found = imported("gpt2", **keys).resolved
    assert found.findings == ()
    return next(n for n in design.tree.walk() if n.kind == "attention").fields["scale"]


def test_scores_may_be_unscaled_or_scaled_by_layer():
    assert scales() is None
    assert scales(scale_attn_weights=False) == 1.0
    by_layer = scales(scale_attn_by_inverse_layer_idx=True)
    assert [e.text for e in by_layer.first] == [f"(n_embd / n_head) ** -0.5 / {i}" for i in (1, 2, 3)]
    both = scales(scale_attn_by_inverse_layer_idx=True, scale_attn_weights=False)
    assert [e.text for e in both.first] == ["1.0 / 1", "1.0 / 2", "1.0 / 3"]
    assert imported("gpt2", scale_attn_by_inverse_layer_idx=True).total == imported("gpt2").total
