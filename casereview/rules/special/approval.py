"""Legal review of the decision (行政处罚法 58): the reviewer's qualification."""

from __future__ import annotations

import datetime as dt

from casereview.chinese import find_dates
from casereview.chinese.answers import answer_of
from casereview.model import Fact, Place, Verdict
from casereview.rules.kinds.apart import SURE, people
from casereview.rules.verdicts import Context, fail, na, passed, predicate, review

PAPER, REVIEWER = "法制审核意见书", "法制审核意见书.审核人"
QUALIFIED = "审核人员资格"  # the parameter in force since those who begin must have passed the exam


@predicate("审核人具备资格")
def reviewer_qualified(ctx: Context) -> Verdict:
    """单位提供了法制审核人员名单时，审核人应当在名单中；参数“审核人员资格”生效以后初次从事审核的，
    应当取得法律职业资格。手写签名认不清的待复核。
    """
    rows = ctx.case.unit.reviewers
    if rows is None:
        return na("单位未提供法制审核人员名单")
    gone = ctx.absent(PAPER)
    if gone:
        return gone
    roster = {row.get("姓名", ""): row for row in rows}
    signed = ctx.fact(REVIEWER)
    names = _known(signed, roster)
    if signed is None or not names:
        paper = ctx.case.one(PAPER)
        places = [signed.place] if signed else [paper.running_text.tail()] if paper else []
        shown = "、".join(roster)
        return review(f"没有读清{PAPER}的审核人，请人工与名单核对（名单：{shown}）", places)
    for name in names:
        verdict = _fault(ctx, name, roster.get(name), signed.place)
        if verdict is not None:
            return verdict
    return passed(f"审核人{names[0]}在名单中", [signed.place])


def _known(signed: Fact | None, roster: dict[str, dict[str, str]]) -> list[str]:
    """The names that may be compared: those read surely, and those that the list has."""
    if signed is None:
        return []
    return [n for n in people(signed) if signed.confidence >= SURE or n in roster]


def _fault(ctx: Context, name: str, row: dict[str, str] | None, place: Place) -> Verdict | None:
    """A reviewer who is not on the list, or began without the qualification when it was asked."""
    if row is None:
        text = f"法制审核人{name}不在单位提供的法制审核人员名单中"
        return fail(text, [place], subject=name)
    if answer_of(row.get("是否取得法律职业资格", "") or "是") is not False:
        return None
    since = next((day for day, _, _ in find_dates(row.get("起始日期", ""))), None)
    asked = ctx.limit(QUALIFIED, since or dt.date.max)
    if asked is None:
        return None
    began = f"{since or '起始日期不明'}起从事审核"
    text = f"法制审核人{name}没有法律职业资格，{began}（{asked.source}）"
    return fail(text, [place], subject=name)
