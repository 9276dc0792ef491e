"""The course of a case for people who would rather look than read: its days in the order of time,
and the spans that the law limits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casereview.model import FAIL, PASS, REVIEW
from casereview.record.edition import Edition
from casereview.record.result import CaseResult

_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("来源", ("案件来源登记表.日期",)),
    ("申请", ("许可申请书.日期",)),
    ("受理", ("受理通知书.日期",)),
    ("检查", ("现场检查笔录.开始时间", "现场检查笔录.日期")),
    ("立案", ("立案审批表.立案日期",)),
    ("询问", ("询问笔录.开始时间",)),
    ("登记保存", ("先行登记保存通知书.日期",)),
    ("保存处理", ("先行登记保存处理决定书.日期",)),
    ("查封扣押", ("查封扣押决定书.日期",)),
    ("解除查封", ("解除查封扣押决定书.日期",)),
    ("责令改正", ("责令改正通知书.日期",)),
    ("调查终结", ("调查终结报告.日期",)),
    ("告知送达", ("事先告知书.送达日期", "事先告知书.日期")),
    ("听证通知", ("听证通知书.送达日期", "听证通知书.日期")),
    ("听证", ("听证笔录.听证日期",)),
    ("法制审核", ("法制审核意见书.审核日期",)),
    ("集体讨论", ("集体讨论笔录.讨论日期",)),
    ("审批", ("处罚决定审批表.批准日期",)),
    (
        "决定",
        (
            "处罚决定书.作出日期",
            "不予处罚决定书.作出日期",
            "不予处罚决定书.日期",
            "当场处罚决定书.作出日期",
            "当场处罚决定书.日期",
            "许可决定书.日期",
            "不予许可决定书.日期",
            "强制执行决定书.日期",
        ),
    ),
    ("送达", ("送达回证.送达日期",)),
    ("公示", ("公示记录.公示日期",)),
    ("缴款", ("缴款凭证.缴款日期",)),
    ("催告", ("催告书.送达日期", "催告书.日期")),
    ("申请执行", ("强制执行申请书.日期",)),
    ("复查", ("整改复查记录.复查日期",)),
    ("结案", ("结案审批表.结案日期",)),
    ("归档", ("卷宗封面.归档日期",)),
)


@dataclass(frozen=True)
class Step:
    """A day of the case."""

    name: str
    day: dt.date


@dataclass(frozen=True)
class Limit:
    """A span that the law limits, with the effective status of the item that judges it."""

    name: str
    start: dt.date
    end: dt.date
    status: str


def steps(r: CaseResult) -> tuple[Step, ...]:
    """The days of a case in the order of time; days of one date in the order of the procedure."""
    found = [Step(name, day) for name, facts in _STEPS if (day := _day(r, facts)) is not None]
    return tuple(sorted(found, key=lambda s: s.day))


def _day(r: CaseResult, facts: Sequence[str]) -> dt.date | None:
    """The day of the first of these facts that was read."""
    value = next((r.facts[name].value for name in facts if name in r.facts), "")
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def limits(r: CaseResult, edition: Edition | None) -> tuple[Limit, ...]:
    """The spans that items of the kind 期限 limit, as far as both days were read and the item was
    judged.
    """
    out = []
    for item in edition.items if edition else ():
        finding = r.finding(item.id)
        if finding is None or finding.status not in (PASS, FAIL, REVIEW):
            continue
        for span in item.spans:
            start, end = _day(r, span.start), _day(r, span.end)
            if start and end and start <= end:
                out.append(Limit(span.limit, start, end, finding.effective))
    return tuple(out)
