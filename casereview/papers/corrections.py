"""A reviewer's corrections of the split, in a small YAML file beside the database, never in the
case folder.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from casereview.errors import UsageError
from casereview.model import Document
from casereview.yamlfile import LineDict, load_yaml


def corrections_path(db: Path) -> Path:
    """Where the corrections of a database lie."""
    return db.with_name(db.stem + ".corrections.yaml")


def load_corrections(db: Path) -> dict[str, list[Document]]:
    """case key -> documents that replace those of their files."""
    path = corrections_path(db)
    if not path.exists():
        return {}
    data = load_yaml(path) or LineDict(1)
    return {
        key: [_document(str(r["文件"]), str(r["页"]), str(r["文书"])) for r in rows or []]
        for key, rows in data.items()
    }


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


def save_corrections(db: Path, every: dict[str, list[Document]]) -> None:
    """Write all corrections, replacing the file in one step. Raises UsageError."""
    lines = ["# 评查员对文书划分的更正。可以手工修改；删去一段即恢复自动划分。"]
    for key, docs in sorted(every.items()):
        lines.append(f"{_quote(key)}:")
        for d in docs:
            lines.append(
                f'  - {{文件: {_quote(d.file)}, 页: "{d.page_from}-{d.page_to}", 文书: {d.kind}}}'
            )
    path = corrections_path(db)
    temp = path.with_suffix(".tmp")
    try:
        temp.write_text("\n".join(lines) + "\n", "utf-8")
        os.replace(temp, path)
    except OSError as e:
        temp.unlink(missing_ok=True)
        raise UsageError(
            f"写不了 {path}（{e.strerror}），更正没有保存。请关闭打开着它的编辑器，确认磁盘有空间、"
            "可以写入，再做一次。"
        ) from e


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
