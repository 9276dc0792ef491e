"""What was worked out before, kept in the cache folder of the user under a digest of what it rests
on.

Whatever is kept can be thrown away: an entry that is damaged, old or not ours costs time, never an
answer. A shelf lies in a folder that its owner alone can change, and forgets what was not used for
longest when it grows over its bound.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casereview.settings import cache_folder

_MARK = 32  # bytes of the digest before each entry
_OTHERS_MAY_WRITE = 0o022
_PLAIN_FILE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Shelf:
    """One sort of things that are kept. ``most``: bytes it may take."""

    name: str
    most: int

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return _below(cache_folder(), self.name)

    def get(self, key: str) -> bytes | None:
        """What was kept under ``key`` (hex digits); None when there is nothing sound."""
        folder = str(self.folder)
        path = os.path.join(folder, key[:2], key)
        try:
            if not _ours(folder):
                return None
            with open(path, "rb", buffering=0) as file:
                whole = file.readall()
            os.utime(path)
        except OSError:
            return None
        mark, data = whole[:_MARK], whole[_MARK:]
        return data if hashlib.sha256(data).digest() == mark else None

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data``; where that cannot be done it is left."""
        path = self._path(key)
        with suppress(OSError):
            if not path.parent.is_dir():
                for folder in (path.parent.parent, path.parent):
                    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not _ours(path.parent.parent):
                return
            _write_over(path, hashlib.sha256(data).digest() + data)

    def put_after(self, key: str, data: bytes, moment: int) -> None:
        """Keep ``data`` where the disk says that it was written after ``moment`` (nanoseconds)."""
        self.put(key, data)
        path = self._path(key)
        with suppress(OSError):
            if path.stat().st_mtime_ns <= moment:
                path.unlink()

    def trim(self) -> None:
        """Forget what was not used for longest, down to three quarters of the bound, where it is
        passed.
        """
        found = self._found()
        total = sum(size for _, size, _ in found)
        if total <= self.most:
            return
        for _, size, path in sorted(found):
            if total <= self.most * 3 // 4:
                return
            with suppress(OSError):
                os.unlink(path)
            total -= size

    def size(self) -> tuple[int, int]:
        """(entries, bytes)."""
        found = self._found()
        return len(found), sum(size for _, size, _ in found)

    def clear(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _found(self) -> list[tuple[float, int, str]]:
        """(last used, bytes, path) of every entry."""
        out = []
        for folder in _within(str(self.folder)):
            for entry in _within(folder.path):
                with suppress(OSError):
                    s = entry.stat()
                    out.append((s.st_mtime, s.st_size, entry.path))
        return out


def _within(folder: str) -> list[os.DirEntry[str]]:
    """What lies in a folder; nothing in what is none."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


@lru_cache(maxsize=64)  # they are asked for at every look into a shelf
def _below(folder: Path, name: str) -> Path:
    return folder / name


def _write_over(path: Path, whole: bytes) -> None:
    """Write into a file where it lies, which costs a tenth of what a new one does that takes its
    place: an entry that is torn is known by its digest. Raises OSError.
    """
    file = os.open(path, os.O_WRONLY | os.O_CREAT | _PLAIN_FILE, 0o600)
    with open(file, "wb") as out:
        out.write(whole)
        out.truncate()


def _ours(folder: str | Path) -> bool:
    """True when nobody else can put an entry there."""
    if not hasattr(os, "getuid"):  # the folder of a user of Windows is his alone
        return True
    s = os.lstat(folder)
    return s.st_uid == os.getuid() and not s.st_mode & _OTHERS_MAY_WRITE
