"""What reviewers put right about single cases: how they were split, which procedure they followed.
In a small YAML file beside the database, never in the case folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casereview.errors import UsageError
from casereview.model import Document
from casereview.writing import replace_file
from casereview.yamlfile import LineDict, load_yaml

_PROCEDURE, _FILE, _PART = "程序", "文件", "分案"
Part = tuple[str, int, int]  # a file, its first and last page of one case


@dataclass(frozen=True)
class Said:
    """The procedure of a case by a person's word: its id, on which day (ISO), by whom."""

    procedure: str
    on: str = ""
    by: str = ""

    @property
    def why(self) -> str:
        """Why the case is judged so, for the report."""
        return f"程序由{self.by or '评查员'}指定" + (f"（{self.on}）" if self.on else "")


@dataclass(frozen=True)
class Corrections:
    """What was put right about one case: ``documents`` replace those of their files; ``said``: the
    procedure it followed, None where nobody said; ``parts``: the cases that lie in one file.
    """

    documents: tuple[Document, ...] = ()
    said: Said | None = None
    parts: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.said or self.parts)


NONE = Corrections()


def corrections_path(db: Path) -> Path:
    """Where the corrections of a database lie."""
    return db.with_name(db.stem + ".corrections.yaml")


def load_corrections(db: Path) -> dict[str, Corrections]:
    """case key -> what was put right about it. Raises UsageError for what cannot be read so."""
    path = corrections_path(db)
    if not path.exists():
        return {}
    data = load_yaml(path) or LineDict(1)
    return {key: _corrections(rows or []) for key, rows in data.items()}


def _corrections(rows: list[Any]) -> Corrections:
    documents = [_document(str(r[_FILE]), str(r["页"]), str(r["文书"])) for r in rows if _FILE in r]
    said = [r for r in rows if _PROCEDURE in r]
    parts = tuple(parse_part(str(r[_PART])) for r in rows if _PART in r)
    return Corrections(tuple(documents), _said(said[-1]) if said else None, parts)


def _said(row: Mapping[str, Any]) -> Said:
    return Said(str(row[_PROCEDURE]), str(row.get("日") or ""), str(row.get("人") or ""))


def _document(file: str, pages: str, kind: str) -> Document:
    m = re.fullmatch(r"(\d+)(?:-(\d+))?", pages)
    if not m:
        raise UsageError(f"页码“{pages}”应当写成 3 或 3-5")
    return Document(kind, file, int(m[1]), int(m[2] or m[1]), kind, 1.0, "由评查员更正")


def parse_correction(text: str, kinds: set[str]) -> Document:
    """'文件.pdf:3-5=处罚决定书' -> Document. Raises UsageError."""
    m = re.fullmatch(r"(?P<f>.+?)(?::(?P<p>\d+(?:-\d+)?))?=(?P<k>[^=]+)", text)
    if not m:
        raise UsageError(f"更正“{text}”应当写成 文件.pdf:3-5=处罚决定书")
    if m["k"] not in kinds:
        raise UsageError(f"没有文书“{m['k']}”，可以写 {'、'.join(sorted(kinds))}")
    return _document(m["f"], m["p"] or "1", m["k"])


def parse_part(text: str) -> Part:
    """'全卷.pdf:1-12' -> file and pages. Raises UsageError."""
    m = re.fullmatch(r"(.+):(\d+)-(\d+)", text)
    if not m or not 1 <= int(m[2]) <= int(m[3]):
        raise UsageError(f"分案“{text}”应当写成 全卷.pdf:1-12")
    return m[1], int(m[2]), int(m[3])


def save_corrections(db: Path, every: Mapping[str, Corrections]) -> None:
    """Write all corrections, replacing the file in one step; cases of which nothing is left are
    left out. Raises UsageError.
    """
    lines = ["# 评查员对文书划分和程序的更正。可以手工修改；删去一段即恢复自动判断。"]
    for key, fixed in sorted(every.items()):
        if fixed:
            lines += [f"{_quote(key)}:", *_rows(fixed)]
    path = corrections_path(db)
    try:
        replace_file(path, ("\n".join(lines) + "\n").encode())
    except OSError as e:
        raise UsageError(
            f"写不了 {path}（{e.strerror}），更正没有保存。请关闭打开着它的编辑器，确认磁盘有空间、"
            "可以写入，再做一次。"
        ) from e


def _rows(fixed: Corrections) -> Iterator[str]:
    for file, first, last in fixed.parts:
        yield f"  - {{分案: {_quote(f'{file}:{first}-{last}')}}}"
    if fixed.said:
        said = fixed.said
        yield f"  - {{程序: {said.procedure}, 日: {_quote(said.on)}, 人: {_quote(said.by)}}}"
    for d in fixed.documents:
        pages = f'"{d.page_from}-{d.page_to}"'
        yield f"  - {{文件: {_quote(d.file)}, 页: {pages}, 文书: {d.kind}}}"


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def corrected(file: str, page_from: int, page_to: int, kind: str) -> Document:
    """A paper as a reviewer says it lies in a file."""
    return _document(file, f"{page_from}-{page_to}", kind)
