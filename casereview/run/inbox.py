"""Folders of cases that may be scored from a page: those that lie in the folders named at the
start, each known by a digest, so that no path from outside reaches the disk.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casereview.errors import UsageError
from casereview.reading.safe_open import is_junk

DEEPEST = 2  # levels below a named folder
MOST = 400


@dataclass(frozen=True)
class Choice:
    """A folder (or a zip) that may be scored: its digest, where it lies, how deep, and how many
    folders and files it holds.
    """

    key: str
    path: Path
    depth: int
    folders: int
    files: int

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.name or str(self.path)


def choices(roots: Sequence[Path]) -> list[Choice]:
    """What may be scored, each folder before what lies in it."""
    out: list[Choice] = []
    for root in roots:
        out += _below(Path(os.path.abspath(root)), 0)
    return out[:MOST]


def chosen(roots: Sequence[Path], key: str) -> Path:
    """The folder with this digest. Raises UsageError."""
    found = next((c.path for c in choices(roots) if c.key == key), None)
    if found is None:
        raise UsageError("没有这个文件夹，可能刚刚改名或者移走了；请刷新后重新选择。")
    return found


def _below(path: Path, depth: int) -> Iterator[Choice]:
    try:
        entries = sorted(os.scandir(path), key=lambda e: e.name)
    except OSError:
        return
    folders = [e for e in entries if e.is_dir(follow_symlinks=False) and not _hidden(e.name)]
    files = [e for e in entries if e.is_file(follow_symlinks=False) and not is_junk(e.name)]
    key = hashlib.sha256(os.fsencode(path)).hexdigest()[:20]
    if folders or files:
        yield Choice(key, path, depth, len(folders), len(files))
    for folder in folders if depth < DEEPEST else ():
        yield from _below(Path(folder.path), depth + 1)


def _hidden(name: str) -> bool:
    return name.startswith((".", "_")) or is_junk(name)
