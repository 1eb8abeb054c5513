"""Checkpoints: the tensors of a folder of safetensors files, and which of them a design means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from fnmatch import fnmatchcase
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

from designer.formats.safetensors import WIDENED, Kept, header, shards
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, Said, said

MANY = 20
"""Names listed of each kind of misfit."""


class Wanted(NamedTuple):
    """A tensor of the design: its name, its shape, and the other names that the very same tensor may have."""

    name: str
    shape: tuple[int, ...]
    tied: tuple[str, ...] = ()


@frozen
class Dialect:
    """How published checkpoints of a family name what the design names otherwise.

    `prefix` is what classes with a head put before the names of the bare model. `hub` says which published
    tensors, `{}` for each expert, make one of the design's: joined along the rows, then stacked; without
    `{}` it is another name. `spare` are patterns of names that nothing reads: buffers of older releases, ends
    of a pretraining that the published class lacks, what transformers skips.
    """

    prefix: str = ""
    hub: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spare: tuple[str, ...] = ()

    def spellings(self, name: str) -> tuple[str, ...]:
        """A name as it is, and with or without the prefix of a class with a head."""
        if not self.prefix:
            return (name,)
        bare = name.removeprefix(f"{self.prefix}.")
        return (name, bare) if bare != name else (name, f"{self.prefix}.{name}")

    def published(self, wanted: Wanted) -> Iterator[tuple[Iterator[str], tuple[int, ...]]]:
        """Each series of tensors that a wanted one may be made of, in order, and the shape of each."""
        for ours, parts in self.hub.items():
            if wanted.name != ours and not wanted.name.endswith(f".{ours}"):
                continue
            copies, inner = 1, list(wanted.shape)
            if any("{}" in part for part in parts) and len(inner) > 1:
                copies, inner = inner[0], inner[1:]
            shape = (inner[0] // len(parts), *inner[1:]) if inner else ()
            for spelled in self.spellings(wanted.name):
                yield _apart(spelled.removesuffix(ours), parts, copies), shape

    def skips(self, name: str) -> bool:
        """Whether nothing reads a tensor of this name."""
        return any(fnmatchcase(spelled, known) for spelled in self.spellings(name) for known in self.spare)


def _apart(stem: str, parts: tuple[str, ...], copies: int) -> Iterator[str]:
    """All parts of the first copy, all of the second, …"""
    return (stem + part.replace("{}", str(copy)) for copy in range(copies) for part in parts)


@frozen
class Checkpoint:
    """Tensors by name; no numbers are read until they are asked for."""

    place: Path
    tensors: Mapping[str, Kept]

    def parts(self, wanted: Iterable[Wanted], dialect: Dialect) -> dict[str, tuple[Kept, ...]]:
        """What each wanted tensor is made of, one part after another.

        Raises:
            Refusal: that lists what is missing, what is not in the design, what has another shape or type.
        """
        match = _Match(self, dialect)
        found = {tensor.name: match.parts(tensor) for tensor in wanted}
        match.end()
        return found


def opened(path: Path) -> Checkpoint:
    """The checkpoint at `path`: a folder with an index, with one file or with several, or a file itself.

    Raises:
        Refusal: where there is none, or its files contradict themselves or each other.
    """
    tensors: dict[str, Kept] = {}
    for file in _files(path):
        for name, kept in header(file).items():
            if name in tensors:
                raise Refusal(str(file), said("It holds {name}, and so does another file.", name=name))
            tensors[name] = kept
    return Checkpoint(path, tensors)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return shards(path) if path.name.endswith(".index.json") else [path]
    if not path.is_dir():
        raise Refusal(str(path), said("There is no such checkpoint."))
    indices = sorted(path.glob("*.safetensors.index.json"))
    whole = path / "model.safetensors"
    if (path / "model.safetensors.index.json") in indices:
        return shards(path / "model.safetensors.index.json")
    if whole.is_file():
        return [whole]
    files = shards(indices[0]) if len(indices) == 1 else sorted(path.glob("*.safetensors"))
    if not files:
        raise Refusal(str(path), said("It holds no safetensors file."))
    return files


class _Match:
    """Finds tensors, and notes on the way what does not fit."""

    def __init__(self, checkpoint: Checkpoint, dialect: Dialect) -> None:
        self.checkpoint, self.dialect = checkpoint, dialect
        self.used: set[str] = set()
        self.missing: list[str] = []
        self.misshapen: list[str] = []
        self.unread: list[str] = []
        self.untied: list[str] = []

    def parts(self, wanted: Wanted) -> tuple[Kept, ...]:
        spelled = [s for name in (wanted.name, *wanted.tied) for s in self.dialect.spellings(name)]
        named = [name for name in spelled if name in self.checkpoint.tensors]
        if named:
            return self._one(wanted, list(dict.fromkeys(named)))
        tensors = self.checkpoint.tensors
        for series, shape in self.dialect.published(wanted):
            names = list(islice(series, len(tensors) + MANY))  # a hostile design may ask for any number
            if any(name in tensors for name in names):
                return self._joined(names, shape)
        self.missing.append(wanted.name)
        return ()

    def _one(self, wanted: Wanted, named: list[str]) -> tuple[Kept, ...]:
        self.used.update(named)
        first = self.checkpoint.tensors[named[0]]
        for name in named:
            self._judge(name, self.checkpoint.tensors[name], wanted.shape)
        for name in named[1:]:
            if not _same(first, self.checkpoint.tensors[name]):
                self.untied.append(f"{name} and {named[0]}")
        return (first,)

    def _joined(self, names: Sequence[str], shape: tuple[int, ...]) -> tuple[Kept, ...]:
        tensors = self.checkpoint.tensors
        self.used.update(names)
        self.missing.extend(name for name in names if name not in tensors)
        found = [name for name in names if name in tensors]
        for name in found:
            self._judge(name, tensors[name], shape)
        return tuple(tensors[name] for name in found)

    def _judge(self, name: str, kept: Kept, shape: tuple[int, ...]) -> None:
        if kept.shape != shape:
            self.misshapen.append(f"{name} ({_spelled(kept.shape)}, not {_spelled(shape)})")
        elif kept.dtype not in WIDENED:
            self.unread.append(f"{name} ({kept.dtype})")

    def end(self) -> None:
        """Raise if anything did not fit."""
        strange = [n for n in self.checkpoint.tensors if n not in self.used and not self.dialect.skips(n)]
        kinds = {
            "missing": self.missing,
            "not in the design": strange,
            "of another shape": self.misshapen,
            "of a type that cannot be widened to float32": self.unread,
            "tied in the design and different here": self.untied,
        }
        said_of = [f"{kind} ({len(names)}): {_listed(names)}" for kind, names in kinds.items() if names]
        if said_of:
            cause = Said(
                "The checkpoint does not fit the design; {misfits}.", {"misfits": "; ".join(said_of)}
            )
            raise Refusal(str(self.checkpoint.place), cause)


def _same(a: Kept, b: Kept) -> bool:
    if (a.dtype, a.shape) != (b.dtype, b.shape):
        return False
    return all(mine == its for mine, its in zip_longest(a.raw(), b.raw()))


def _listed(names: Sequence[str]) -> str:
    rest = f" and {len(names) - MANY} more" if len(names) > MANY else ""
    return ", ".join(names[:MANY]) + rest


def _spelled(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "one number"
