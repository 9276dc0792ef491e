"""Judgements that several procedures share: the agency that signs, the bound volume, recordings,
approval before acting.
"""

from __future__ import annotations

from decimal import Decimal

from casereview.chinese import key
from casereview.model import SourceFile, Verdict
from casereview.papers.page_numbers import page_labels
from casereview.rules.verdicts import (
    Context,
    fail,
    na,
    passed,
    predicate,
    review,
)

MERGED = 8  # pages from which one file is a bound volume whose pages should be numbered


@predicate("编有页码")
def numbered(ctx: Context) -> Verdict:
    """合并成一个 PDF 的案卷应当编有页码。分散的电子文件没有页码不扣分，由人看纸质卷；扫描件没有读到
    页码的待复核。
    """
    bare = next((s for s in ctx.case.sources if _is_unnumbered(s)), None)
    if bare is None:
        return passed("有页码，或者不是合并的文件", ctx.case.anchor("卷内目录"))
    tops = [p.top() for p in ctx.case.papers if p.doc.file == bare.path][:1]
    if any(p.ocr for p in bare.pages):
        return review("扫描件没有读到页码，请人工核对", tops)
    return fail(f"{bare.path}共 {len(bare.pages)} 页，没有编页码", tops, subject="页码")


def _is_unnumbered(source: SourceFile) -> bool:
    """True for a bound volume that was read and bears no numbers."""
    bound = source.format == "pdf" and len(source.pages) >= MERGED
    return bound and not page_labels(source.pages) and all(p.readable for p in source.pages)


@predicate("检查频次不超上限")
def frequency(ctx: Context) -> Verdict:
    """单位提供了《检查频次上限》和《检查台账》时，同一对象当年检查次数不超过公布的上限。"""
    caps, log = ctx.case.unit.lists.get("检查频次上限"), ctx.case.unit.lists.get("检查台账")
    if caps is None or log is None:
        return na("单位未提供检查频次上限和检查台账")
    who = ctx.fact("检查通知书.当事人") or ctx.fact("现场检查笔录.当事人")
    day = ctx.day("现场检查笔录", "开始时间") or ctx.day("检查通知书", "日期")
    if who is None or day is None:
        return review("没有读到被检查人或者检查日期")
    numbers = [Decimal(r["上限"]) for r in caps if r.get("上限", "").isdigit()]
    if not numbers:
        return review("检查频次上限里没有读到次数", [who.place])
    n = sum(_is_of(row, str(who.value), day.year) for row in log)
    if n > max(numbers):
        text = f"{who.value} {day.year} 年已检查 {n} 次，超过公布的上限 {max(numbers)} 次"
        return fail(text, [who.place])
    return passed(f"{day.year} 年检查 {n} 次，上限 {max(numbers)} 次", [who.place])


def _is_of(row: dict[str, str], who: str, year: int) -> bool:
    """True for a row of the register of inspections that is of this party and year."""
    same = key(who) == key(row.get("被检查人", ""))
    return same and row.get("检查日期", "").startswith(str(year))
