"""Which tensors of a checkpoint a design means, and what is said where they do not fit."""

from __future__ import annotations

import json
from math import prod

import numpy as np
import pytest

from designer.formats.checkpoint import MANY, Dialect, Wanted, opened
from designer.symbolic.issue import Refusal


def save(path, **tensors: np.ndarray) -> None:
    """A safetensors file of float32 tensors."""
    table, body = {}, b""
    for name, numbers in tensors.items():
        raw = numbers.astype(np.float32).tobytes()
        table[name] = {
            "dtype": "F32",
            "shape": list(numbers.shape),
            "data_offsets": [len(body), len(body) + len(raw)],
        }
        body += raw
    text = json.dumps(table).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + body)


def counted(*shape: int, start: int = 0) -> np.ndarray:
    return np.arange(start, start + prod(shape), dtype=np.float32).reshape(shape)


@pytest.fixture
def folder(tmp_path):
    def folder(**tensors: np.ndarray):
        save(tmp_path / "model.safetensors", **tensors)
        return opened(tmp_path)

    return folder


def read(checkpoint, wanted, dialect=None) -> np.ndarray:
    parts = checkpoint.parts([wanted], dialect or Dialect())[wanted.name]
    return np.concatenate([piece for part in parts for piece in part.widened()]).reshape(wanted.shape)


def refusal(checkpoint, *wanted, dialect=None) -> str:
    with pytest.raises(Refusal) as refused:
        checkpoint.parts(wanted, dialect or Dialect())
    return str(refused.value)


def test_a_tensor_is_found_by_its_name(folder):
    assert (read(folder(a=counted(2, 3)), Wanted("a", (2, 3))) == counted(2, 3)).all()


def test_a_tensor_is_found_by_another_of_its_names(folder):
    assert (read(folder(b=counted(2)), Wanted("a", (2,), ("c", "b"))) == counted(2)).all()


def test_names_of_one_tensor_must_hold_one_tensor(folder):
    checkpoint = folder(a=counted(2), b=counted(2, start=1))
    assert "tied in the design and different here (1): b and a" in refusal(
        checkpoint, Wanted("a", (2,), ("b",))
    )
    assert folder(a=counted(2), b=counted(2)).parts([Wanted("a", (2,), ("b",))], Dialect())


@pytest.mark.parametrize(("kept", "name"), [("model.a", "a"), ("a", "model.a")])
def test_the_prefix_of_a_class_with_a_head_may_be_there_or_not(kept, name, folder):
    checkpoint = folder(**{kept: counted(3)})
    assert (read(checkpoint, Wanted(name, (3,)), Dialect("model")) == counted(3)).all()
    assert f"missing (1): {name}" in refusal(checkpoint, Wanted(name, (3,)))


def test_published_experts_are_joined_and_stacked(folder):
    gates = {f"m.experts.{i}.gate.weight": counted(2, 3, start=100 * i) for i in range(4)}
    ups = {f"m.experts.{i}.up.weight": counted(2, 3, start=100 * i + 50) for i in range(4)}
    dialect = Dialect("m", {"experts.both": ("experts.{}.gate.weight", "experts.{}.up.weight")})
    stacked = read(folder(**ups, **gates), Wanted("experts.both", (4, 4, 3)), dialect)
    for i in range(4):
        assert (stacked[i, :2] == gates[f"m.experts.{i}.gate.weight"]).all()
        assert (stacked[i, 2:] == ups[f"m.experts.{i}.up.weight"]).all()


def test_one_expert_is_a_stack_of_one(folder):
    dialect = Dialect(hub={"experts.down": ("experts.{}.down.weight",)})
    checkpoint = folder(**{"experts.0.down.weight": counted(5, 2)})
    assert read(checkpoint, Wanted("experts.down", (1, 5, 2)), dialect).shape == (1, 5, 2)


def test_experts_beyond_number_are_not_looked_for_one_by_one(folder):
    dialect = Dialect(hub={"experts.down": ("experts.{}.down.weight",)})
    checkpoint = folder(**{"experts.0.down.weight": counted(5, 2)})
    said = refusal(checkpoint, Wanted("experts.down", (10**15, 5, 2)), dialect=dialect)
    assert "missing (20): experts.1.down.weight, experts.2.down.weight" in said


def test_an_expert_of_another_shape_is_named(folder):
    dialect = Dialect(hub={"experts.down": ("experts.{}.down.weight",)})
    checkpoint = folder(**{"experts.0.down.weight": counted(5, 2), "experts.1.down.weight": counted(2, 5)})
    said = refusal(checkpoint, Wanted("experts.down", (2, 5, 2)), dialect=dialect)
    assert "of another shape (1): experts.1.down.weight (2 × 5, not 5 × 2)" in said


def test_an_older_name_stands_for_a_newer(folder):
    dialect = Dialect(hub={"LayerNorm.weight": ("LayerNorm.gamma",)})
    checkpoint = folder(**{"x.LayerNorm.gamma": counted(4)})
    assert (read(checkpoint, Wanted("x.LayerNorm.weight", (4,)), dialect) == counted(4)).all()


def test_what_nothing_reads_is_no_stranger(folder):
    checkpoint = folder(a=counted(2), **{"model.h.0.attn.bias": counted(1, 4)})
    dialect = Dialect("model", spare=("h.*.attn.bias",))
    assert checkpoint.parts([Wanted("a", (2,))], dialect)
    assert "not in the design (1): model.h.0.attn.bias" in refusal(checkpoint, Wanted("a", (2,)))


def test_everything_that_does_not_fit_is_listed_at_once(folder):
    checkpoint = folder(a=counted(2, 3), strange=counted(1))
    said = refusal(checkpoint, Wanted("a", (3, 2)), Wanted("gone", (1,)))
    assert said.endswith(
        "The checkpoint does not fit the design; missing (1): gone; not in the design (1): strange; "
        "of another shape (1): a (2 × 3, not 3 × 2)."
    )


def test_a_long_list_is_cut_and_counted(folder):
    said = refusal(folder(), *(Wanted(f"t{i}", (1,)) for i in range(100)))
    assert "missing (100): t0, t1," in said
    assert said.endswith(f"and {100 - MANY} more.")


def test_numbers_that_cannot_be_widened_are_refused(tmp_path):
    table = json.dumps({"a": {"dtype": "F8_E4M3", "shape": [4], "data_offsets": [0, 4]}}).encode()
    (tmp_path / "model.safetensors").write_bytes(len(table).to_bytes(8, "little") + table + bytes(4))
    said = refusal(opened(tmp_path), Wanted("a", (4,)))
    assert "cannot be widened to float32 (1): a (F8_E4M3)" in said


def test_a_checkpoint_is_a_folder_a_file_an_index_or_several_files(tmp_path):
    save(tmp_path / "one.safetensors", a=counted(2))
    save(tmp_path / "two.safetensors", b=counted(3))
    index = tmp_path / "all.safetensors.index.json"
    assert set(opened(tmp_path).tensors) == {"a", "b"}
    assert set(opened(tmp_path / "one.safetensors").tensors) == {"a"}
    index.write_text(json.dumps({"weight_map": {"b": "two.safetensors"}}))
    assert set(opened(index).tensors) == set(opened(tmp_path).tensors) == {"b"}
    save(tmp_path / "model.safetensors", c=counted(1))
    assert set(opened(tmp_path).tensors) == {"c"}


def test_two_files_cannot_hold_the_same_tensor(tmp_path):
    save(tmp_path / "one.safetensors", a=counted(2))
    save(tmp_path / "two.safetensors", a=counted(2))
    with pytest.raises(Refusal, match=r"two.safetensors: It holds a, and so does another file"):
        opened(tmp_path)


def test_a_folder_without_a_checkpoint_is_refused(tmp_path):
    with pytest.raises(Refusal, match="holds no safetensors file"):
        opened(tmp_path)
    with pytest.raises(Refusal, match="There is no such checkpoint"):
        opened(tmp_path / "gone")
