"""What comes out, and under which names."""

from __future__ import annotations

import pytest

from designer.formats.onnx.model import model
from tests.formats.onnx.tiny_designs import DESIGNS, attention, embedded, layers, measured, node, residual


def ends(tree):
    proto = model(measured(tree).body, "x.data").proto
    return {
        end.name: [dim.dim_param or dim.dim_value for dim in end.type.tensor_type.shape.dim]
        for end in proto.graph.output
    }


@pytest.mark.parametrize("name", [name for name in DESIGNS if name not in ("pooled", "translator")])
def test_rows_scored_against_a_vocabulary_are_logits(name):
    assert ends(DESIGNS[name]())["logits"] == ["batch_size", "sequence_length", 29]


def test_a_decoder_beside_an_encoder_has_rows_of_its_own():
    assert ends(DESIGNS["translator"]())["logits"] == ["batch_size", "decoder_sequence_length", 29]


def test_a_model_without_a_head_gives_its_last_rows():
    known = ends(embedded(layers(residual(attention())), head=False))
    assert known["last_hidden_state"] == ["batch_size", "sequence_length", 16]
    assert "logits" not in known


def test_a_pooler_gives_its_row_beside_the_rows_it_was_taken_from():
    assert ends(DESIGNS["pooled"]()) == {
        "last_hidden_state": ["batch_size", "sequence_length", 16],
        "pooler_output": ["batch_size", 16],
    }


def test_a_bare_token_table_gives_rows():
    assert list(ends(node("stack", node("token_embedding", rows=29, hidden=16, name="t")))) == [
        "last_hidden_state"
    ]


def test_what_is_remembered_comes_in_and_goes_out_in_the_same_order():
    proto = model(measured(DESIGNS["hybrid"]()).body, "x.data").proto
    pasts = [entry.name for entry in proto.graph.input if entry.name.startswith("past")]
    presents = [end.name for end in proto.graph.output][1:]
    assert [name.replace("past_key_values", "present").replace("past_states", "present_states")
            for name in pasts] == presents  # fmt: skip


def test_inputs_stand_in_the_order_that_everybody_expects():
    proto = model(measured(DESIGNS["crossed"]()).body, "x.data").proto
    assert [entry.name for entry in proto.graph.input][:5] == [
        "input_ids",
        "attention_mask",
        "position_ids",
        "encoder_hidden_states",
        "encoder_attention_mask",
    ]
