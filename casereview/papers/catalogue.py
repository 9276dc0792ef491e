"""卷内目录: its rows, and how printed page numbers map to the pages of a merged file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casereview.chinese import key, without_spaces
from casereview.model import Place
from casereview.papers.running_text import RunningText

_TITLE = (
    "文书名称",
    "文件名称",
    "题名",
    "材料名称",
    "文件题名",
    "名称",
    "文书材料名称",
    "标题",
    "文件材料题名",
    "文书",
)
_PAGE = ("页号", "页码", "页次", "起止页号", "起止页码", "所在页码", "页数", "所在页号")


@dataclass(frozen=True)
class Entry:
    """A row: number as written, title, document number, date text, printed pages (None when blank),
    place.
    """

    number: str
    title: str
    doc_number: str
    date: str
    page_from: int | None
    page_to: int | None
    place: Place


def entries_of(running_text: RunningText) -> list[Entry]:
    """Rows of a catalogue from its table; a continued table keeps the columns of the header."""
    columns: dict[str, int] = {}
    out: list[Entry] = []
    for page, cells, boxes in running_text.rows():
        keys = [key(c) for c in cells]
        if any(k in map(key, _TITLE) for k in keys):
            columns = {}
            for i, k in enumerate(keys):
                for name, words in (
                    ("title", _TITLE),
                    ("page", _PAGE),
                    ("no", ("序号", "顺序号", "号", "编号")),
                    ("docno", ("文号", "文书编号", "文书文号", "文件编号", "文件字号", "发文字号")),
                    ("date", ("日期", "时间", "文件日期")),
                ):
                    if k in map(key, words) and name not in columns:
                        columns[name] = i
            continue
        if "title" not in columns or len(cells) <= columns["title"]:
            continue
        got = {n: without_spaces(cells[c]) for n, c in columns.items() if c < len(cells)}
        title = got["title"]
        if not title or title in ("以下空白",):
            continue
        nums = [int(n) for n in re.findall(r"\d+", got.get("page", ""))]
        i = columns["title"]
        box = boxes[i] if i < len(boxes) else None
        out.append(
            Entry(
                got.get("no", ""),
                title,
                got.get("docno", ""),
                got.get("date", ""),
                nums[0] if nums else None,
                nums[-1] if nums else None,
                Place(running_text.file, page, box, title),
            )
        )
    return out
