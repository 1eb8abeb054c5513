from __future__ import annotations

from designer.design.expression import Expression
from designer.design.tree import Node, Pattern
from designer.ui.canvas.faults import faults
from designer.ui.canvas.shown import Shown, follow
from designer.ui.canvas.words import (
    badge,
    begun,
    ends,
    fitting,
    joined,
    lines,
    picked,
    port,
    story,
    title,
)
from designer.ui.numbers import THIN
from tests.ui.canvas.designs import block, design, measured, preset, shown


def of_kind(root: Shown, kind: str) -> list[Shown]:
    found = [root] if root.node.kind == kind else []
    return [*found, *(each for inner in root.inside for each in of_kind(inner, kind))]


def test_a_card_says_name_fields_and_count():
    root = shown(preset("llama-3-8b"))
    said = lines(of_kind(root, "attention")[0])
    assert said.title == "Grouped-query attention"
    assert joined(said.summary) == "32 heads · 8 key/value · width 128 · RoPE"
    assert said.number == f"41.9{THIN}M"
    assert said.sound
    assert said.fault == ""


def test_a_summary_is_cut_between_its_pieces():
    pieces = ("32 heads", "8 key/value", "width 128", "RoPE")
    assert fitting(pieces, lambda text: len(text) <= 24) == "32 heads · 8 key/value"
    assert fitting(pieces, lambda text: len(text) <= 3) == "32 heads"
    assert fitting(pieces, lambda text: True) == "32 heads · 8 key/value · width 128 · RoPE"
    assert fitting((), lambda text: False) == ""


def test_what_depends_on_something_unsound_is_marked():
    (repeat,) = of_kind(shown(preset("llama-3-8b")), "repeat")
    assert lines(repeat, uncertain=True).number == f"~218{THIN}M"


def test_a_repeat_says_what_it_repeats_how_often_and_what_each_costs():
    (repeat,) = of_kind(shown(preset("llama-3-8b")), "repeat")
    said = lines(repeat)
    assert (said.title, said.aside) == ("Decoder layer", "")
    assert (badge(repeat), said.lead, said.number) == (f"×{THIN}32", "each", f"218{THIN}M")


def test_one_set_of_weights_is_said_and_counted_once():
    (repeat,) = of_kind(shown(preset("albert-base-v2")), "repeat")
    assert badge(repeat) == f"×{THIN}12, one set of weights"
    assert (lines(repeat).lead, lines(repeat).number) == ("once", f"7.09{THIN}M")


def test_rounds_that_differ_are_said_from_the_least_to_the_most():
    (repeat,) = of_kind(shown(preset("deepseek-v3")), "repeat")
    assert lines(repeat).number == f"583{THIN}M – 11.5{THIN}B"
    widths = Pattern((), (1024, 2048))
    root = shown(design(block("token_embedding", hidden=64), block("repeat", block("mlp", hidden=widths))))
    assert lines(of_kind(root, "mlp")[0]).number == f"197 – 393{THIN}K"


def test_a_repeat_without_a_name_is_a_layer_and_a_residual_keeps_its_own():
    root = shown(design(block("token_embedding"), block("repeat", block("residual", label="mixer"))))
    assert title(of_kind(root, "repeat")[0]) == "Layer"
    said = lines(of_kind(root, "residual")[0])
    assert (said.title, said.aside) == ("Residual", "mixer")


def test_a_block_that_uses_another_s_table_is_tied():
    root = shown(preset("gpt2"))
    assert lines(of_kind(root, "lm_head")[0]).chip == "tied"
    assert lines(of_kind(root, "lm_head")[0]).number == "0"
    assert lines(of_kind(root, "token_embedding")[0]).chip == ""


def test_a_misfit_is_said_and_its_count_is_not_sound():
    root = shown(
        design(
            block("token_embedding", hidden=128), block("residual", block("embedding_projection", hidden=64))
        )
    )
    said = lines(of_kind(root, "residual")[0])
    assert "64" in said.fault
    assert not said.sound
    assert said.number.startswith("~")


def test_a_doubt_is_said_and_its_count_is_sound():
    root = shown(design(block("token_embedding"), block("attention", heads=32, kv_heads=12)))
    said = lines(of_kind(root, "attention")[0])
    assert said.fault == "32 query heads cannot share 12 key/value heads evenly."
    assert said.sound


def test_what_is_wrong_with_a_field_is_found_by_its_node():
    drawn = design(
        block("token_embedding", rows=0), block("mlp", hidden=Expression("1 / 2")), Node("flux_capacitor")
    )
    found = faults(measured(drawn))
    assert [node.id in found for node in drawn.tree.inside] == [True, True, True]
    assert not found[drawn.tree.inside[2].id].sound
    said = lines(of_kind(shown(drawn), "flux_capacitor")[0], found[drawn.tree.inside[2].id])
    assert said.title == "flux_capacitor"
    assert said.fault.startswith("No block is called flux_capacitor")


def test_in_how_many_layers_a_choice_runs_is_said():
    reading = measured(preset("deepseek-v3"))
    (choose,) = of_kind(follow(reading, (), None), "choose")
    said = [picked(reading, inner.node.id, choose.node.id) for inner in choose.inside]
    assert said == ["3 of 61", "58 of 61"]


def test_the_whole_story_has_the_exact_count():
    reading = measured(preset("llama-3-8b"))
    (mlp,) = of_kind(follow(reading, (), None), "mlp")
    assert "176,160,768 parameters" in story(mlp, lines(mlp))


def test_ports_say_what_comes_in_and_what_goes_out():
    root = shown(preset("llama-3-8b"))
    assert ends(root) == (("Tokens", "batch × sequence"), ("Logits", "batch × sequence × 128,256"))


def test_without_a_head_hidden_states_go_out():
    root = shown(design(block("token_embedding", hidden=64), block("mlp")))
    assert ends(root)[1] == ("Hidden states", "batch × sequence × 64")
    assert ends(shown(design()))[1] == ("Logits", "")


def test_tables_at_the_entrance_say_what_they_are_asked_with():
    root = shown(preset("bert-base-uncased"))
    assert port(of_kind(root, "learned_position")[0]) == "Positions 0, 1, 2 …"
    assert port(of_kind(root, "segment_embedding")[0]) == "token_type_ids"


def test_the_stream_below_an_encoder_has_its_name():
    (encoder,) = of_kind(shown(preset("flan-t5-base")), "encoder")
    assert begun(encoder) == "Target tokens"
