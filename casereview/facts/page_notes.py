"""What a reviewer should know of the pages before reading a verdict: turned, cut, blank, double, or
a form whose ruling lines were not found.
"""

from __future__ import annotations

import re

from casereview.facts.casefile import CaseFile
from casereview.model import Page, Place, SourceFile
from casereview.reading.char import BLANK

_FORMS = ("表", "回证", "目录", "清单")
_WORDS = re.compile(r"\w+")
_ENOUGH = 80  # characters from which two equal pages are one page handed in twice


def notes_of(case: CaseFile) -> list[tuple[Place, str]]:
    """(place, sentence) in file order, for pages that were read; pages that could not be read are
    listed with their files.
    """
    out = [
        (Place(s.path, p.number), p.reason + "，请补扫" if p.hides else p.reason)
        for s in case.sources
        for p in s.pages
        if p.readable and p.reason and p.reason != BLANK
    ]
    out += _double(case.sources) + _without_grid(case)
    order = {s.path: i for i, s in enumerate(case.sources)}
    return sorted(out, key=lambda n: (order[n[0].file], n[0].page, n[1]))


def _text(page: Page) -> str:
    return "".join(_WORDS.findall("".join(ln.text for ln in page.lines)))


def _double(sources: list[SourceFile]) -> list[tuple[Place, str]]:
    seen: dict[str, tuple[str, int]] = {}
    out = []
    for s in sources:
        for p in s.pages:
            text = _text(p)
            if len(text) < _ENOUGH:
                continue
            first = seen.setdefault(text, (s.path, p.number))
            if first != (s.path, p.number):
                out.append(
                    (
                        Place(s.path, p.number),
                        f"与 {first[0]} 第 {first[1]} 页相同，可能重复扫描或者重复归档",
                    )
                )
    return out


def _without_grid(case: CaseFile) -> list[tuple[Place, str]]:
    out = []
    for paper in case.papers:
        d = paper.doc
        pages = paper.running_text.pages
        if (
            d.readable
            and d.kind.endswith(_FORMS)
            and pages
            and all(p.ocr for p in pages)
            and not any(p.tables for p in pages)
        ):
            out.append(
                (
                    Place(d.file, d.page_from),
                    f"{d.kind}没有找到表格线，按行读取，栏目内容请对照原件",
                )
            )
    return out
