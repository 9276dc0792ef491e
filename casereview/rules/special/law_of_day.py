"""Faults that only a change of the law makes, and others that notices name most often (STANDARDS
1.7, 1.11, 3.4, 6).
"""

from __future__ import annotations

import datetime as dt
import re

from casereview.model import Verdict
from casereview.rules.verdicts import Context, cn_day, fail, passed, predicate, review

RECONSIDERATION = dt.date(2024, 1, 1)
_UPPER = re.compile(r"(?:海关|国家?安全|税务|外汇|人民银行|金融监(?:督|管)|银保监|证监)")
_JUSTICE = re.compile(r"司法局|司法厅")


def _decision(ctx: Context) -> Verdict | None:
    return ctx.absent(*ctx.decisions) or (
        review("没有读到决定书") if ctx.decision is None else None
    )


@predicate("复议机关符合当日法律")
def review_agency(ctx: Context) -> Verdict:
    """2024年1月1日起对县级以上政府部门的决定只能向本级人民政府申请复议（行政复议法24；海关、
    金融、外汇、税务、国家安全和司法行政部门除外）；此前可以选择上一级主管部门。
    """
    gone = _decision(ctx)
    if gone:
        return gone
    where, day = ctx.dfact("复议机关"), ctx.decided
    if where is None or day is None:
        return review("没有读到复议机关或者决定日期", [ctx.decision.top()])
    names = where.value if isinstance(where.value, list) else [where.value]
    agency = str((ctx.dfact("机关") or where).value)
    others = [
        n for n in names if "人民政府" not in n and "管委会" not in n and "管理委员会" not in n
    ]
    if day < RECONSIDERATION or not others:
        return passed("向" + "、".join(names) + "申请复议", [where.place])
    if _UPPER.search(agency) or _JUSTICE.search(agency) or any(_UPPER.search(n) for n in others):
        return passed(f"{agency}的复议机关可以是上一级主管部门", [where.place])
    if re.search(r"人民政府|街道办事处|派出所|分局$", agency) or ctx.decision.recognised:
        return review(
            f"复议机关写作{'、'.join(names)}，是否符合行政复议法24、25请人工核对", [where.place]
        )
    return fail(
        f"决定日期 {cn_day(day)}，"
        f"仍告知可以向{'、'.join(others)}申请复议；2024年1月1日起应当只向本级人民政府申请（行政复议法24）",
        [where.place],
        subject="复议机关",
    )
