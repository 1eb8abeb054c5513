"""The command line as a whole: what it knows, what it refuses, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from designer.cli import COMMANDS
from tests.commands.running import CHECKOUT, command, process


def test_the_module_and_the_script_are_the_same_program():
    script = "import sys; from designer.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", script, "count", "gpt2", "--json"],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
    )
    assert done.stdout == process("count", "gpt2", "--json").out


@pytest.mark.parametrize("name", [*COMMANDS, ""])
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        command(capsys, *([name] if name else []), "--help")
    assert ended.value.code == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"usage: llm-designer {name}".rstrip())
    assert said.err == ""


def test_the_programs_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        command(capsys, "--help")
    said = capsys.readouterr().out
    assert all(f"  {name:<10}{does}" in said for name, does in COMMANDS.items())


@pytest.mark.parametrize("name", ["compare", "verify"])
def test_a_command_that_is_still_to_come_is_one_sentence(name, capsys):
    assert command(capsys, name, "a", "b").refusal == (
        f"llm-designer {name}: It cannot be done yet; there are count, cost, search, export, presets."
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["count"], "llm-designer count: The following arguments are required: DESIGN."),
        (["count", "gpt2", "--jsn"], "llm-designer count: Unrecognized arguments: --jsn."),
        (["count", "gpt2", "--tens"], "llm-designer count: Unrecognized arguments: --tens."),
        (["count", "--set"], "llm-designer count: Argument --set: expected one argument."),
        (["cost", "gpt2", "--batch"], "llm-designer cost: Argument --batch: expected one argument."),
        (["--nonsense"], "llm-designer: Unrecognized arguments: --nonsense."),
    ],
)
def test_arguments_that_are_none_are_one_sentence_and_no_usage(arguments, sentence, capsys):
    assert command(capsys, *arguments).refusal == sentence


def test_a_bad_file_is_one_sentence_with_place_and_cause_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "bad.json"
    for raw, cause in (
        (b"", "line 1, column 1: It is not JSON: Expecting value."),
        (b"\x00\xff", "It is not UTF-8 text: byte 1."),
        (b"[]", "It holds a list and no JSON object."),
        (b'{"format": "llm-designer", "tree": {"block": "mlp", "fields": {"hidden": "4 *"}}}',
         "tree.fields.hidden: Something is missing at the end."),
        (b'{"model_type": "llama", "hidden_size": -1}', "hidden_size: -1 is out of range: at least 1."),
    ):  # fmt: skip
        path.write_bytes(raw)
        assert process("count", path, "--json").refusal == f"{path}: {cause}"
    assert process("count", tmp_path).refusal == f"{tmp_path}: The folder holds no config.json."


def test_a_reader_that_has_enough_ends_the_program_in_silence(tmp_path):
    design = tmp_path / "wide.json"
    blocks = [{"block": "mlp", "name": f"m{i}"} for i in range(5000)]
    embedding = {"block": "token_embedding"}
    tree = {"block": "stack", "inside": [embedding, *blocks]}
    design.write_text(json.dumps({"format": "llm-designer", "tree": tree}))
    line = f"{sys.executable} -m designer count {design} --tensors | head -1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, cwd=CHECKOUT, timeout=60)
    assert done.stdout.startswith("wide: ")
    assert done.stderr == ""


def test_output_that_cannot_be_written_is_one_sentence():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "designer", "presets"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
        )
    assert (done.returncode, done.stderr) == (2, "output: It cannot be written: No space left on device.\n")


def test_an_interrupt_ends_it_without_a_traceback(tmp_path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    running = subprocess.Popen(
        [sys.executable, "-m", "designer", "count", str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a shell's background jobs ignore it
    )
    with open(pipe, "wb"):  # opens once the program waits for what the pipe holds
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, "", "")


def test_text_that_the_terminal_cannot_show_is_no_error():
    ran = process("count", "gpt2", "--tensors", PYTHONIOENCODING="ascii")
    assert ran.status == 0
    assert "[768, 2,304] ? 12" in ran.out


def test_json_is_ascii_whatever_the_design_is_called(tmp_path):
    path = tmp_path / "größe 🙂.json"
    path.write_text(json.dumps({"format": "llm-designer", "tree": {"block": "stack"}}))
    ran = process("count", path, "--json", PYTHONIOENCODING="ascii")
    assert ran.objects[0]["name"] == "größe 🙂"


def test_without_a_display_the_window_is_one_sentence():
    ran = process("gpt2", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert ran.refusal


def test_what_a_command_does_not_need_is_not_imported():
    script = (
        "import sys; from designer.cli import main; main(['count', 'llama-3-8b', '--json'])\n"
        "main(['cost', 'gpt2']); print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=CHECKOUT)
    imported = done.stdout.splitlines()[-1]
    assert not any(f"'{heavy}'" in imported for heavy in ("numpy", "onnx", "PySide6", "pyqtgraph", "torch"))
