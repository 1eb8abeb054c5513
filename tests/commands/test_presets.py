"""`presets`: the built-in models, each with its class."""

from __future__ import annotations

from designer.formats.presets import presets
from tests.commands.running import command, process


def test_each_is_an_object_a_line_in_a_process_of_its_own():
    ran = process("presets", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert all(list(preset) == ["name", "class", "model_type", "total", "source"] for preset in ran.objects)
    assert [preset["name"] for preset in ran.objects] == list(presets())
    llama = next(preset for preset in ran.objects if preset["name"] == "llama-3-8b")
    assert llama == {
        "name": "llama-3-8b",
        "class": "LlamaForCausalLM",
        "model_type": "llama",
        "total": 8_030_261_248,
        "source": "meta-llama/Meta-Llama-3-8B",
    }


def test_for_people_it_is_a_line_each(capsys):
    ran = command(capsys, "presets")
    assert len(ran.out.splitlines()) == len(presets())
    assert ["bert-base-uncased:encoder", "109,482,240", "BertModel"] in [
        line.split() for line in ran.out.splitlines()
    ]


def test_it_takes_no_design(capsys):
    assert command(capsys, "presets", "gpt2").refusal == "llm-designer presets: Unrecognized arguments: gpt2."
