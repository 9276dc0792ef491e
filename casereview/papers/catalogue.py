"""卷内目录: its rows, and how printed page numbers map to the pages of a merged file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casereview.chinese import key, without_spaces
from casereview.model import Page, Place
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


def printed_labels(pages: tuple[Page, ...]) -> dict[int, int]:
    """Page number as printed -> index in the file, from '第N页' or a lone number in the margin,
    where both rise.
    """
    seen: dict[int, int] = {}
    for i, p in enumerate(pages):
        for ln in p.lines:
            t = without_spaces(ln.text)
            m = re.fullmatch(r"(?:第)?[-—]?(\d{1,3})[-—]?(?:页)?", t)
            edge = ln.box is None or ln.box[1] < 0.1 * p.height or ln.box[3] > 0.9 * p.height
            if m and edge and ln.cell is None and "共" not in t:
                seen.setdefault(int(m[1]), i)
                break
    return _rising(sorted(seen.items()))


def page_labels(pages: tuple[Page, ...]) -> dict[int, int]:
    """Printed page number -> index in the file, from '第N页' or a lone number in the margin;
    between them by the offset of the page before.

    A file from which pages were taken out, or into which some were put, keeps the right numbers on
    both sides of the gap.
    """
    known = printed_labels(pages)
    if not known:
        return {}
    offsets: dict[int, int] = {}
    for label, i in known.items():
        offsets[i - label] = offsets.get(i - label, 0) + 1
    common = max(offsets, key=lambda o: (offsets[o], -o))
    out: dict[int, int] = {}
    offset = (
        known[min(known)] - min(known) if offsets[known[min(known)] - min(known)] > 1 else common
    )
    for n in range(1, len(pages) + 1 + max(known)):
        offset = known[n] - n if n in known and offsets[known[n] - n] > 1 else offset
        i = known.get(n, n + offset)
        if 0 <= i < len(pages):
            out[n] = i
    return out


def _rising(seen: list[tuple[int, int]]) -> dict[int, int]:
    """The longest part of (label, index) in which both rise: a stray number in a margin drops out,
    a page taken out or put in does not.
    """
    best: list[list[tuple[int, int]]] = []
    for pair in seen:
        before = max((b for b in best if b[-1][1] < pair[1]), key=len, default=[])
        best.append([*before, pair])
    return dict(max(best, key=len, default=[]))
