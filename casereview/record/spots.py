"""Where a quote stands in a file without fixed pages, as a person finds it there."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from casereview.model import PICTURE, Line, Page, Place, SourceFile

_NO_TEXT = dict.fromkeys(map(ord, PICTURE + "…"))
_SHORTEST = 2  # characters from which a line inside a quote says where the quote stands


def spot_of(source: SourceFile | None, place: Place) -> str:
    """'第3段' or '第1个表格第5行' of a Word file, '第2张工作表' of a workbook; '' of a file with
    pages, and where the quote stands at several places or none.
    """
    if source is None or not 1 <= place.page <= len(source.pages):
        return ""
    if source.format == "xlsx":
        return f"第{place.page}张工作表"
    if source.format != "docx" or not place.quote:
        return ""
    tables = sum(len(p.tables) for p in source.pages[: place.page - 1])
    return _best(source.pages[place.page - 1], _tight(place.quote), tables)


def _best(page: Page, quote: str, before: int) -> str:
    """The one spot of a page that holds most of a quote. ``before``: tables on earlier pages."""
    held: Counter[str] = Counter()
    whole: set[str] = set()
    for line in page.lines:
        text, spot = _tight(line.text), _spot(line, before)
        if quote in text:
            whole.add(spot)
        elif len(text) >= _SHORTEST and text in quote:
            held[spot] += len(text)
    if whole:
        return whole.pop() if len(whole) == 1 else ""
    ranked = held.most_common(2)
    alone = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if alone else ""


def _spot(line: Line, before: int) -> str:
    if line.cell is not None:
        table, row, _ = line.cell
        return f"第{before + table + 1}个表格第{row + 1}行"
    return f"第{line.part}段" if line.part else ""


@lru_cache(maxsize=4096)
def _tight(text: str) -> str:
    return "".join(text.split()).translate(_NO_TEXT)
