"""Writing a file in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def replace_file(path: Path, data: bytes, flushed: bool = True) -> None:
    """Put ``data`` in the place of what stands at ``path``, readable by its owner only: all of it,
    or what stood there stays and nothing lies beside it. ``flushed``: also where the machine loses
    its power. Raises OSError.
    """
    with in_place_of(path, flushed) as temp:
        temp.write_bytes(data)


@contextmanager
def in_place_of(path: Path, flushed: bool = True) -> Iterator[Path]:
    """A file beside ``path`` to be written, which takes its place once it is written and, where
    asked, flushed; where that fails it is gone. Raises OSError.
    """
    temp = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        os.close(os.open(temp, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        yield temp
        if flushed:
            with open(temp, "rb+") as f:
                os.fsync(f.fileno())
        os.replace(temp, path)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
