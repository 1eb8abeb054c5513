"""The safetensors format: whole headers, honest ones, and numbers in pieces."""

from __future__ import annotations

import json

import numpy as np
import pytest

from designer.formats.safetensors import Kept, header, shards
from designer.symbolic.issue import Refusal


def text_of(table) -> bytes:
    text = table if isinstance(table, bytes) else json.dumps(table).encode()
    return len(text).to_bytes(8, "little") + text


@pytest.fixture
def file(tmp_path):
    def file(table, body: bytes = b"", name: str = "x.safetensors"):
        path = tmp_path / name
        path.write_bytes(text_of(table) + body)
        return path

    return file


ONE = {"a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}


def test_tensors_are_known_by_type_shape_and_place(file):
    path = file({"__metadata__": {"format": "pt"}, **ONE}, bytes(24))
    start = path.stat().st_size - 24
    assert header(path) == {"a": Kept(path, "F32", (2, 3), start, start + 24)}


@pytest.mark.parametrize(
    ("dtype", "stored"),
    [("F32", np.float32), ("F16", np.float16), ("BF16", None)],
    ids=["F32", "F16", "BF16"],
)
def test_numbers_are_widened_exactly(dtype, stored, file):
    numbers = np.array([0.0, -1.5, 3.140625, 65280.0, 2.0**-14], np.float32)
    body = (
        numbers.astype(stored).tobytes()
        if stored
        else (numbers.view(np.uint32) >> 16).astype(np.uint16).tobytes()
    )
    (kept,) = header(
        file({"a": {"dtype": dtype, "shape": [5], "data_offsets": [0, len(body)]}}, body)
    ).values()
    expected = numbers if dtype != "F16" else numbers.astype(np.float16).astype(np.float32)
    assert (np.concatenate(list(kept.widened())) == expected).all()


def test_numbers_come_in_pieces(file):
    body = np.arange(6, dtype=np.float32).tobytes()
    (kept,) = header(file(ONE, body)).values()
    assert [len(piece) for piece in kept.raw(chunk=16)] == [16, 8]
    assert b"".join(kept.raw(chunk=16)) == body


def test_a_tensor_of_no_rows_has_no_bytes(file):
    (kept,) = header(file({"a": {"dtype": "F32", "shape": [0, 7], "data_offsets": [0, 0]}})).values()
    assert list(kept.widened()) == []


def test_a_scalar_is_one_number(file):
    (kept,) = header(file({"a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}}, bytes(4))).values()
    assert [piece.tolist() for piece in kept.widened()] == [[0.0]]


@pytest.mark.parametrize(
    "entry",
    [
        {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 20]},
        {"dtype": "F32", "shape": [2, 3], "data_offsets": [8, 32]},
        {"dtype": "F32", "shape": [2, 3], "data_offsets": [24, 0]},
        {"dtype": "F32", "shape": [-2, -3], "data_offsets": [0, 24]},
        {"dtype": "F32", "shape": [2, 3.0], "data_offsets": [0, 24]},
        {"dtype": "F32", "shape": [True, 6], "data_offsets": [0, 24]},
        {"dtype": "F32", "shape": "2,3", "data_offsets": [0, 24]},
        {"dtype": "F33", "shape": [2, 3], "data_offsets": [0, 24]},
        {"dtype": ["F32"], "shape": [2, 3], "data_offsets": [0, 24]},
        {"dtype": "F32", "shape": [2**70, 3], "data_offsets": [0, 24]},
        {"shape": [2, 3]},
        "F32",
        None,
    ],
    ids=str,
)
def test_a_header_that_contradicts_itself_is_refused(entry, file):
    with pytest.raises(Refusal, match=r"x.safetensors: What its header says of a cannot be\."):
        header(file({"a": entry}, bytes(24)))


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (b"", "no safetensors file"),
        (b"PK\x03\x04 a zip file, say", "no safetensors file"),
        ((2**63).to_bytes(8, "little") + b"{}", "no safetensors file"),
        ((50).to_bytes(8, "little") + b"{}", "cut off"),
        (text_of(b"[1, 2"), "not JSON"),
        (text_of(b"\xff\xfe\xfd"), "not JSON"),
        (text_of(b"[" * 100_000), "not JSON"),
        (text_of(b"[1, 2]"), "no JSON object"),
    ],
    ids=range(8),
)
def test_what_is_no_safetensors_file_is_refused(raw, cause, tmp_path):
    path = tmp_path / "x.safetensors"
    path.write_bytes(raw)
    with pytest.raises(Refusal, match=cause):
        header(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Refusal, match=r"gone.safetensors: It cannot be read: No such file"):
        header(tmp_path / "gone.safetensors")


def test_a_file_that_shrank_meanwhile_is_refused(file):
    path = file(ONE, bytes(24))
    (kept,) = header(path).values()
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(Refusal, match="ends before its last tensor"):
        list(kept.widened())


def test_an_index_names_its_files_once_each_in_order(tmp_path):
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(
        json.dumps({"weight_map": {"a": "2.safetensors", "b": "1.safetensors", "c": "2.safetensors"}})
    )
    for name in "12":
        (tmp_path / f"{name}.safetensors").touch()
    assert [path.name for path in shards(index)] == ["2.safetensors", "1.safetensors"]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a\\b", "a/b", "..", "", 7])
def test_an_index_cannot_lead_elsewhere(name, tmp_path):
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {"a": name}}))
    with pytest.raises(Refusal, match=r"does not lie beside it|there is no such file"):
        shards(index)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"weight_map": []}', '{"weight_map": {}}'])
def test_what_is_no_index_is_refused(text, tmp_path):
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(text)
    with pytest.raises(Refusal, match=r"index.json: It (is not JSON|has no weight_map)"):
        shards(index)
