"""The safetensors format: headers are read and judged, numbers streamed; a file is never held whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from designer.symbolic.issue import Refusal, said
from designer.symbolic.size import product

if TYPE_CHECKING:
    import numpy as np

LONGEST_HEADER = 100_000_000
"""Bytes; the format's own limit."""
CHUNK = 1 << 24
"""Bytes read at a time."""

BITS: Mapping[str, int] = {
    "F64": 64, "F32": 32, "F16": 16, "BF16": 16, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F6_E2M3": 6,
    "F6_E3M2": 6, "F4": 4, "I64": 64, "I32": 32, "I16": 16, "I8": 8, "U64": 64, "U32": 32, "U16": 16, "U8": 8,
    "BOOL": 8, "C64": 64,
}  # fmt: skip
WIDENED = ("F32", "F16", "BF16")
"""Types whose numbers are float32 numbers too, exactly."""


class Kept(NamedTuple):
    """A tensor in a file: its type, shape, and the bytes that it takes there."""

    file: Path
    dtype: str
    shape: tuple[int, ...]
    start: int
    end: int

    def raw(self, chunk: int = CHUNK) -> Iterator[bytes]:
        """Its bytes, a piece at a time.

        Raises:
            Refusal: where the file has become shorter than its header says, or cannot be read.
        """
        try:
            with self.file.open("rb") as file:
                file.seek(self.start)
                left = self.end - self.start
                while left:
                    piece = file.read(min(chunk, left))
                    if not piece:
                        raise Refusal(str(self.file), said("It ends before its last tensor does."))
                    left -= len(piece)
                    yield piece
        except OSError as error:
            raise _unread(self.file, error) from error

    def widened(self) -> Iterator[np.ndarray]:
        """Its numbers as float32, a piece at a time; the type must be one of `WIDENED`."""
        import numpy as np

        for piece in self.raw():
            if self.dtype == "BF16":  # the upper half of a float32
                yield (np.frombuffer(piece, "<u2").astype("<u4") << 16).view("<f4")
            else:
                yield np.frombuffer(piece, "<f4" if self.dtype == "F32" else "<f2").astype("<f4", copy=False)


def header(path: Path) -> dict[str, Kept]:
    """Every tensor of a file by name; only the header is read.

    Raises:
        Refusal: for what is no safetensors file, is cut off, or whose header contradicts itself.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= min(LONGEST_HEADER, size - 8):
                raise Refusal(str(path), said("It is no safetensors file, or is cut off."))
            text = file.read(length)
    except OSError as error:
        raise _unread(path, error) from error
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal(str(path), said("Its header is not JSON.")) from error
    if not isinstance(table, dict):
        raise Refusal(str(path), said("Its header is no JSON object."))
    body = 8 + length
    return {
        name: _kept(path, name, entry, body, size) for name, entry in table.items() if name != "__metadata__"
    }


def _kept(path: Path, name: str, entry: Any, body: int, size: int) -> Kept:
    match entry:
        case {"dtype": str(dtype), "shape": list(shape), "data_offsets": [int(start), int(end)]}:
            counts = all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in shape)
            if counts and dtype in BITS and 0 <= start <= end <= size - body:
                numbers = product(shape)
                if numbers * BITS[dtype] == (end - start) * 8:
                    return Kept(path, dtype, tuple(shape), body + start, body + end)
    raise Refusal(str(path), said("What its header says of {name} cannot be.", name=name))


def shards(index: Path) -> list[Path]:
    """The files that an index names, each once and in its order.

    Raises:
        Refusal: for what is no index, or names a file outside its folder or one that is missing.
    """
    try:
        table = json.loads(index.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unread(index, error) from error
    except (ValueError, RecursionError) as error:
        raise Refusal(str(index), said("It is not JSON.")) from error
    names = table.get("weight_map") if isinstance(table, dict) else None
    if not isinstance(names, dict) or not names:
        raise Refusal(str(index), said("It has no weight_map that names files."))
    files: list[Path] = []
    for name in dict.fromkeys(map(str, names.values())):
        if name != Path(name).name or "\\" in name or name in ("", ".", ".."):
            raise Refusal(str(index), said("It names {name}, which does not lie beside it.", name=name))
        if not (index.parent / name).is_file():
            raise Refusal(str(index), said("It names {name}, and there is no such file.", name=name))
        files.append(index.parent / name)
    return files


def _unread(path: Path, error: OSError) -> Refusal:
    return Refusal(str(path), said("It cannot be read: {cause}.", cause=error.strerror or error))
