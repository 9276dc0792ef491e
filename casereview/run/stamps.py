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
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from casereview.kept import Shelf
from casereview.reading.intake import CaseRef, content_of

SHELF = Shelf("stamps", 64_000_000)
_SETTLED = 2_000_000_000  # nanoseconds: no file system tells times more coarsely
_DIGEST = 64  # hex digits
_BY_FOLDER = os.scandir in os.supports_fd
_PLAINLY = 2  # the version of marshal whose bytes follow from the values alone


class Look(NamedTuple):
    """What the disk says of a case: a digest over every file, the last change of any
    (nanoseconds), and how many bytes they take.
    """

    stamp: str
    newest: int
    size: int


def look(root: Path, through: bool = False) -> Look:
    """One look at a folder or file. ``through``: of a link to a file what it leads to counts.
    Raises OSError.
    """
    rows, newest, size = [], 0, 0
    for name, s in _entries(root, through):
        mode, held, changed, entered = s.st_mode, s.st_size, s.st_mtime_ns, s.st_ctime_ns
        rows.append((name, mode, held, changed, entered, s.st_ino))
        newest = max(newest, changed, entered)
        size += 0 if stat.S_ISDIR(mode) else held
    return Look(hashlib.sha256(marshal.dumps(rows, _PLAINLY)).hexdigest(), newest, size)


def content_by_stamp(case: CaseRef, seen: Look | None = None) -> str:
    """The digest of everything that lies in a case, as ``content_of`` gives it. ``seen``: what a
    look at it said just now. Raises OSError.
    """
    return _by_stamp(
        hashlib.sha256(os.fsencode(case.root)).hexdigest(),
        seen or look(case.root),
        lambda: content_of(case),
        lambda: look(case.root),
    )


def digest_by_stamp(folder: Path, read: Callable[[Path], str], reader: str) -> str:
    """The digest that ``read`` makes of all files of a folder, in this version of the ``reader``.
    Raises OSError.
    """
    said = f"\n{read.__name__}\n{reader}".encode()
    return _by_stamp(
        hashlib.sha256(os.fsencode(folder) + said).hexdigest(),
        look(folder, through=True),
        lambda: read(folder),
        lambda: look(folder, through=True),
    )


def _by_stamp(key: str, before: Look, read: Callable[[], str], again: Callable[[], Look]) -> str:
    """What ``read`` says, from before where nothing changed since. ``before``: a look just now;
    ``again``: looks once more.
    """
    kept = (SHELF.get(key) or b"").decode()
    if kept[:_DIGEST] == before.stamp:
        return kept[_DIGEST:]
    made = read()
    if again() == before:
        SHELF.put_after(key, f"{before.stamp}{made}".encode(), before.newest + _SETTLED)
    return made


def _entries(root: Path, through: bool) -> Iterator[tuple[str, os.stat_result]]:
    """Path and state of a file or of everything below a folder, in a fixed order; links to folders
    are not followed. Raises OSError.
    """
    yield "", os.lstat(root)
    waiting = [str(root)] if os.path.isdir(root) else []
    while waiting:
        folder = waiting.pop()
        for name, state, is_folder in _within(folder, through):
            path = f"{folder}/{name}"
            yield path, state
            if is_folder:
                waiting.append(path)


def _within(folder: str, through: bool) -> list[tuple[str, os.stat_result, bool]]:
    """Name and state of what lies in a folder, and whether it is one, by name. It is asked of the
    open folder where that can be done: else the system goes the whole way to it for every file.
    """
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if _BY_FOLDER else None
    try:
        with os.scandir(folder if at is None else at) as found:
            return [
                (
                    entry.name,
                    entry.stat(follow_symlinks=through),
                    entry.is_dir(follow_symlinks=False),
                )
                for entry in sorted(found, key=attrgetter("name"))
            ]
    finally:
        if at is not None:
            os.close(at)
