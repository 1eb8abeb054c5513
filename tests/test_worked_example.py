"""What designer/README.md tells to do to add a block and a family is done here, word for word, in a copy."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
MISTRAL = {
    "architectures": ["MistralForCausalLM"],
    "model_type": "mistral",
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_attention_heads": 32,
    "num_hidden_layers": 32,
    "num_key_value_heads": 8,
    "rms_norm_eps": 1e-05,
    "rope_theta": 10000.0,
    "sliding_window": 4096,
    "tie_word_embeddings": False,
    "vocab_size": 32000,
    "max_position_embeddings": 32768,
}
PUBLISHED = 7_241_732_096
"""The total of the hub's safetensors for mistralai/Mistral-7B-v0.1."""


def told() -> dict[str, str]:
    """The README's code, by the file that stands above it."""
    readme = (CHECKOUT / "designer" / "README.md").read_text()
    return dict(
        re.findall(r"^`(designer/[\w/]+\.py)`[^\n]*\n\n```python\n(.*?)```", readme, re.MULTILINE | re.DOTALL)
    )


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program with the README's block and family in it."""
    for folder in ("designer", "resources"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=ignored)
    for file, code in told().items():
        there = tmp_path / file
        if there.exists():
            section = '    "Feed-forward": {\n'
            text = there.read_text()
            assert section in text
            code = text.replace(section, section + code)
        there.write_text(code)
    return tmp_path


def run(program: Path, *arguments: str) -> str:
    """What the copied program prints."""
    command = [sys.executable, "-m", "designer", *arguments]
    done = subprocess.run(command, cwd=program, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_readme_names_two_files_for_a_block_and_one_for_a_family():
    assert list(told()) == [
        "designer/blocks/low_rank.py",
        "designer/blocks/palette.py",
        "designer/formats/huggingface/mistral.py",
    ]


def test_the_new_family_counts_as_published_and_exports(program: Path):
    (program / "config.json").write_text(json.dumps(MISTRAL))
    assert json.loads(run(program, "count", "config.json", "--json"))["total"] == PUBLISHED
    run(program, "export", "config.json", "--to", "onnx", "mistral.onnx")
    assert (program / "mistral.onnx").stat().st_size > 0


def test_the_new_block_counts_by_its_formula_saves_and_exports(program: Path):
    made = """
from pathlib import Path
from designer.blocks.palette import registry
from designer.design.adapt import insert
from designer.formats.design_json import load, save
from designer.formats.opening import opened
from designer.formats.templates import block_node
from designer.analysis.formula import Formulas

kinds = registry()
design = opened("gpt2", kinds)
layers = next(node for node in design.tree.walk() if node.kind == "repeat")
design = insert(design, layers.id, 0, block_node(kinds, "low_rank_mlp"), kinds)
save(design, Path("thin.json"))
design = load(Path("thin.json"), kinds)
thin = next(node for node in design.tree.walk() if node.kind == "low_rank_mlp")
formula = Formulas(design, kinds).of_node(thin.id)
print(formula.one, formula.copies, formula.text)
"""
    command = [sys.executable, "-c", made]
    done = subprocess.run(command, cwd=program, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    one, copies, text = done.stdout.strip().split(" ", 2)
    assert (int(one), int(copies)) == (2 * 64 * (768 + 3072), 12)
    assert text == "2·n_embd·rank + 2·n_inner·rank"
    counted = json.loads(run(program, "count", "thin.json", "--json"))
    assert (counted["total"], counted["issues"]) == (124_439_808 + 12 * int(one), [])
    run(program, "export", "thin.json", "--to", "onnx", "thin.onnx")
