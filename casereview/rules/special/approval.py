"""Legal review of the decision (行政处罚法 58): the reviewer's qualification."""

from __future__ import annotations

from casereview.chinese import find_dates
from casereview.facts.readers import signed_at
from casereview.model import Verdict
from casereview.rules.verdicts import Context, fail, na, passed, predicate, review


@predicate("审核人具备资格")
def reviewer_qualified(ctx: Context) -> Verdict:
    """单位提供了法制审核人员名单时，审核人应当在名单中；初次从事审核的应当有法律职业资格。"""
    rows = ctx.case.unit.reviewers
    if rows is None:
        return na("单位未提供法制审核人员名单")
    gone = ctx.absent("法制审核意见书")
    if gone:
        return gone
    p, slots = _reviewer(ctx)
    known = {r.get("姓名", "") for r in rows}
    names = [(n, s.place) for s in slots for n in s.names if s.sure or n in known]
    if not names:
        return review(
            f"{p.name}的审核人是手写签名，"
            f"请人工与名单核对（名单：{'、'.join(r.get('姓名', '') for r in rows)}）",
            [s.place for s in slots][:1] or [p.running_text.tail()],
        )
    by = {r.get("姓名", ""): r for r in rows}
    for n, place in names:
        if n not in by:
            return fail(f"法制审核人{n}不在单位提供的法制审核人员名单中", [place], subject=n)
        row = by[n]
        since = day_of_text(row.get("起始日期", ""))
        if row.get("是否取得法律职业资格", "是").startswith(("否", "无", "未")) and (
            since is None or since >= "2018-01-01"
        ):
            return fail(
                f"法制审核人{n}没有法律职业资格，{since or ''}起从事审核", [place], subject=n
            )
    return passed(f"审核人{names[0][0]}在名单中", [names[0][1]])


def day_of_text(text: str) -> str | None:
    """A roster date in ISO form."""
    d = next(find_dates(text), None)
    return d[0].isoformat() if d else None


def _reviewer(ctx: Context):
    p = ctx.case.one("法制审核意见书")
    return p, signed_at(p, "审核人")
