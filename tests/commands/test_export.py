"""`export`, run as a person and as a script runs it."""

from __future__ import annotations

import json
import os

import pytest

from designer.formats.design_json import load, text_of
from designer.formats.opening import opened
from tests.commands.running import command, process
from tests.formats.designs import REGISTRY


def test_a_config_becomes_a_designs_file_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "llama.json"
    ran = process("export", "llama-3-8b", "--to", "json", path, "--set", "hidden_size=2048")
    assert ran == (0, "", "")
    assert load(path, REGISTRY) == opened("llama-3-8b", REGISTRY, [("hidden_size", "2048")])
    counted = process("count", path, "--json").objects[0]
    assert (
        counted["total"]
        == process("count", "llama-3-8b", "--set", "hidden_size=2048", "--json").objects[0]["total"]
    )


def test_what_is_exported_twice_is_the_same_byte_for_byte(tmp_path, capsys):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert command(capsys, "export", "gpt2", "--to", "json", first).status == 0
    assert command(capsys, "export", "--to", "json", first, second).status == 0
    assert first.read_bytes() == second.read_bytes() == text_of(opened("gpt2", REGISTRY)).encode()


def test_a_skeleton_is_a_graph_beside_an_empty_file(tmp_path, capsys):
    path = tmp_path / "small.onnx"
    changes = ("--set", "n_layer=2", "--set", "n_embd=24", "--set", "vocab_size=100")
    assert command(capsys, "export", "gpt2", *changes, "--to", "onnx", path) == (0, "", "")
    assert sorted(os.listdir(tmp_path)) == ["small.onnx", "small.onnx.data"]
    assert (tmp_path / "small.onnx.data").stat().st_size == 0
    flat = tmp_path / "flat.onnx"
    assert command(capsys, "export", "gpt2", *changes, "--to", "onnx", "--flat", flat) == (0, "", "")
    assert b"layer" in path.read_bytes()


@pytest.mark.parametrize("word", ["jsn", "pytorch", "huggingface", "svg", "JSON", ""])
def test_a_format_that_is_not_built_is_one_sentence_that_says_which_are(word, tmp_path, capsys):
    out = tmp_path / "out"
    refusal = command(capsys, "export", "gpt2", "--to", word, out).refusal
    assert refusal == f"--to: There is no format {word}; there are json, onnx."
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["gpt2", "--to", "json"], "llm-designer export: The following arguments are required: OUT."),
        (["gpt2", "out.json"], "llm-designer export: The following arguments are required: --to."),
        (["gpt22", "--to", "json", "OUT"], "gpt22: There is no such file and no preset of this name"),
        (["gpt2", "--to", "json", "OUT", "--flat"], "--flat: Only --to onnx takes it."),
        (["gpt2", "--to", "json", "OUT", "--weights", "random"], "--weights: Only --to onnx takes it."),
        (["gpt2", "--to", "json", "OUT", "--set", "n_embd=0/0"], "n_embd: This divides by zero."),
        (["gpt2", "--to", "json", "none/OUT"], "none/OUT: It cannot be written: No such file or directory."),
    ],
)
def test_what_cannot_be_exported_is_one_sentence_and_nothing_is_written(
    arguments, sentence, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert command(capsys, "export", *arguments).refusal.startswith(sentence)
    assert os.listdir(tmp_path) == []


def test_an_unsound_design_is_not_exported(tmp_path, capsys):
    path, out = tmp_path / "strange.json", tmp_path / "out.json"
    tree = {"block": "stack", "inside": [{"block": "quantum", "name": "q"}]}
    path.write_text(json.dumps({"format": "llm-designer", "tree": tree}))
    assert command(capsys, "count", path).status == 0
    refusal = command(capsys, "export", path, "--to", "json", out).refusal
    assert refusal.startswith("quantum: No block is called quantum")
    assert not out.exists()


def test_a_file_of_a_newer_version_is_not_replaced(tmp_path, capsys):
    path = tmp_path / "newer.json"
    path.write_text(json.dumps({"format": "llm-designer", "version": 2, "tree": {"block": "stack"}}))
    before = path.read_bytes()
    assert "newer version" in command(capsys, "export", path, "--to", "json", path).refusal
    assert path.read_bytes() == before
