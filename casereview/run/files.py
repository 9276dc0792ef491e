"""Files that people hand in and take away: lists as CSV or Excel, and writing in one step."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from casereview.chinese import decode
from casereview.errors import UsageError
from casereview.workbook import read_sheet
from casereview.writing import in_place_of, replace_file

LONGEST = 260  # characters of a path on Windows, the end mark among them
BESIDE = 12  # so many more has the file beside it while it is written


def write_file(path: Path, data: bytes) -> None:
    """Write a file in one step: never half of one, never over a file that somebody has open. Only
    its owner can read it. Raises UsageError.
    """
    with _told(path):
        replace_file(path, data)


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """The same, line by line as they come. Returns how many. Raises UsageError."""
    count = 0
    with _told(path), in_place_of(path) as temp, temp.open("w", encoding="utf-8", newline="") as f:
        for line in lines:
            f.write(line)
            count += 1
    return count


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """The folder of a file that is to be written; what fails is told. Raises UsageError."""
    if sys.platform == "win32" and len(os.path.abspath(path)) + BESIDE >= LONGEST:
        raise UsageError(too_long(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as e:
        raise UsageError(
            f"写不了 {path}（{e.strerror}）。请确认文件没有被 Word 或 Excel 打开、磁盘有空间、"
            "有写入权限。"
        ) from e


def too_long(path: Path) -> str:
    """What to do about a path that Windows cannot write."""
    length = len(os.path.abspath(path))
    return (
        f"写不了 {path.name}：连同文件夹有 {length} 个字，超过 Windows 的 260 个。"
        "请用 -o 写到浅一点的文件夹，例如 D:\\文书。"
    )


class Together:
    """Files that are written together or not at all. ``write`` writes one."""

    def __init__(self, write: Callable[[Path, bytes], None]):
        self.write = write
        self.before: dict[Path, bytes | None] = {}

    def put(self, path: Path, data: bytes) -> None:
        """Write one, and remember what stood there."""
        old = path.read_bytes() if path.is_file() else None
        self.write(path, data)
        self.before[path] = old

    def take_back(self) -> None:
        """Put back what stood there before, as far as the disk lets us."""
        for path, old in self.before.items():
            if old is None:
                path.unlink(missing_ok=True)
            else:
                with suppress(UsageError):
                    self.write(path, old)


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV (as Excel saves it) or an XLSX with a head. Raises UsageError."""
    if not path.is_file():
        raise UsageError(f"找不到 {path}")
    if path.suffix.lower() == ".csv":
        rows = csv.DictReader(io.StringIO(decode(path.read_bytes())))
        return [{k.strip(): (v or "").strip() for k, v in r.items() if k} for r in rows]
    try:
        cells, bad = read_sheet(path)
    except ValueError as e:
        raise UsageError(str(e)) from e
    if bad:
        raise UsageError("\n".join(bad))
    return _with_heads(cells)


def _with_heads(cells: list[list[object]]) -> list[dict[str, str]]:
    """Rows by the names in the first one; empty rows are left out."""
    texts = [["" if v is None else str(v).strip() for v in r] for r in cells]
    heads = texts[0] if texts else []
    return [{h: v for h, v in zip(heads, r, strict=False) if h} for r in texts[1:] if any(r)]
