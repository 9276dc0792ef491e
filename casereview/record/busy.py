"""Whether somebody else scores the same folder into the same store. The mark is the lock of a small
file of the database's own kind: the system takes it back when the program ends, however it ends.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def marked(store: Path, root: Path) -> Iterator[bool]:
    """Hold the mark of a folder for as long as it is scored; False where somebody else holds it, or
    where no mark can be made.
    """
    digest = hashlib.sha256(str(root).encode()).hexdigest()[:8]
    path = store.with_name(f"{store.name}.{digest}.busy")
    lock = sqlite3.connect(str(path), timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        yield False
        return
    try:
        yield True
    finally:
        lock.close()
        with suppress(OSError):
            path.unlink()
