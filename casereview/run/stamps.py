"""What lies in a case, known again without reading it: a folder in which no file changed by name,
kind, size, times (of content and of entry) or number on the disk since its digest was taken is as
it was.

A digest is kept only where the last change is a while older than the look at it: of a file that is
being written nobody can tell by its times. What cannot be told is read.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from casereview.kept import Shelf
from casereview.reading.intake import CaseRef, content_of

SHELF = Shelf("stamps", 64_000_000)
_SETTLED = 2_000_000_000  # nanoseconds: no file system tells times more coarsely
_DIGEST = 64  # hex digits
_PLAINLY = 2  # the version of marshal whose bytes follow from the values alone


class Look(NamedTuple):
    """What the disk says of a case: a digest over every file, the last change of any
    (nanoseconds), and how many bytes they take.
    """

    stamp: str
    newest: int
    size: int


def look(root: Path) -> Look:
    """One look at a folder or file. Raises OSError."""
    rows, newest, size = [], 0, 0
    for name, s in _entries(root):
        mode, held, changed, entered = s.st_mode, s.st_size, s.st_mtime_ns, s.st_ctime_ns
        rows.append((name, mode, held, changed, entered, s.st_ino))
        newest = max(newest, changed, entered)
        size += 0 if stat.S_ISDIR(mode) else held
    return Look(hashlib.sha256(marshal.dumps(rows, _PLAINLY)).hexdigest(), newest, size)


def content_by_stamp(case: CaseRef, seen: Look | None = None) -> str:
    """The digest of everything that lies in a case, as ``content_of`` gives it. ``seen``: what a
    look at it said just now. Raises OSError.
    """
    key = hashlib.sha256(os.fsencode(case.root)).hexdigest()
    before = seen or look(case.root)
    kept = (SHELF.get(key) or b"").decode()
    if kept[:_DIGEST] == before.stamp:
        return kept[_DIGEST:]
    content = content_of(case)
    if look(case.root) == before:
        SHELF.put_after(key, f"{before.stamp}{content}".encode(), before.newest + _SETTLED)
    return content


def _entries(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Path and state of a file or of everything below a folder, in a fixed order; links are not
    followed. Raises OSError.
    """
    yield "", os.lstat(root)
    waiting = [str(root)] if root.is_dir() else []
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in sorted(found, key=attrgetter("name")):
                yield entry.path, entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
