"""Papers that were written for taking away: one folder for every act of issuing, and each paper
known by a digest, so that no path from outside reaches the disk.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casereview.errors import UsageError
from casereview.reading.safe_open import is_junk

EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry of a bundle: the same papers are the same bytes
FIRST = 1


@dataclass(frozen=True)
class Sent:
    """A paper as it was written: its digest, what it is called below the folder of its act, and
    where it lies.
    """

    key: str
    name: str
    path: Path


@dataclass(frozen=True)
class Act:
    """The papers of one act of issuing, by the name of their folder."""

    name: str
    papers: tuple[Sent, ...]


def fresh(folder: Path, day: str) -> Path:
    """A folder below ``folder`` for one more act on a day (ISO)."""
    n = FIRST
    while (folder / f"{day}-{n}").exists():
        n += 1
    return folder / f"{day}-{n}"


def acts(folder: Path) -> list[Act]:
    """The acts whose papers lie in a folder, the newest first."""
    if not folder.is_dir():
        return []
    every = sorted((p for p in folder.iterdir() if p.is_dir()), key=_order, reverse=True)
    return [a for p in every if (a := Act(p.name, tuple(_papers(p)))).papers]


def _order(path: Path) -> tuple[str, int]:
    day, _, n = path.name.rpartition("-")
    return day, int(n) if n.isdigit() else 0


def _papers(folder: Path) -> Iterable[Sent]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not is_junk(p.name)):
        name = path.relative_to(folder).as_posix()
        key = hashlib.sha256(f"{folder.name}/{name}".encode()).hexdigest()[:20]
        yield Sent(key, name, path)


def paper(folder: Path, key: str) -> Sent:
    """The paper with this digest. Raises UsageError."""
    found = next((p for a in acts(folder) for p in a.papers if p.key == key), None)
    if found is None:
        raise UsageError("没有这份文书，可能已经移走了；请刷新后再看。")
    return found


def bundle(papers: Iterable[tuple[str, bytes]]) -> bytes:
    """Papers by their names in one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in papers:
            z.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
