"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from designer.symbolic.issue import Refusal, said


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """An empty file beside `path`, which takes its place when the block ends well and is gone otherwise.

    A link keeps pointing where it does, a file keeps its permissions.

    Raises:
        Refusal: where the folder or the disk does not let it be written, or `path` is no regular file.
    """
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name[:32]}.{token_hex(4)}.part")
    try:
        mode = _permissions(target)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except OSError as error:
        raise _unwritten(path, error) from error
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        if mode is not None:
            part.chmod(mode)
        part.replace(target)
    except OSError as error:
        raise _unwritten(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Write text to `path`, whole or not at all; half a character, as JSON may hold, as its escape."""
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def _permissions(target: Path) -> int | None:
    """What a file that is there lets whom do; None where there is none yet."""
    if not os.path.lexists(target):
        return None
    if not target.is_file():  # a folder, a circle of links; or a device, which must not become a file
        raise Refusal(str(target), said("It is no file, so nothing can be written in its place."))
    return target.stat().st_mode & 0o777


def _unwritten(path: Path, error: OSError) -> Refusal:
    return Refusal(str(path), said("It cannot be written: {cause}.", cause=error.strerror or error))
