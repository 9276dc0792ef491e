"""The course of a case for people who would rather look than read: its days with limits and gaps,
and which stage left which record.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (  # the decision is what decides the procedure
    ("启动", ("案件来源登记表", "立案审批表")),
    (
        "调查取证",
        (
            "现场检查笔录",
            "询问笔录",
            "证据材料",
            "现场照片",
            "检验检测报告",
            "调查终结报告",
        ),
    ),
    ("审核", ("法制审核意见书", "集体讨论笔录", "处罚决定审批表")),
    ("决定", ()),
    ("送达", ("送达回证", "送达公告")),
    (
        "执行",
        (
            "缴款凭证",
            "催告书",
            "强制执行申请书",
            "结案审批表",
            "延期分期缴纳审批表",
            "加处罚款决定书",
            "整改复查记录",
        ),
    ),
)
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
_LIMITS: tuple[tuple[str, str, str, str], ...] = (
    ("decision.within-90-days", "立案", "决定", "办案期限"),
    ("notice.waiting-period", "告知送达", "决定", "陈述申辩期"),
    ("hearing.notice-7-days", "听证通知", "听证", "听证通知期"),
    ("service.within-7-days", "决定", "送达", "送达期限"),
    ("publicity.within-7-workdays", "决定", "公示", "公示期限"),
    ("execution.in-time", "送达", "缴款", "缴款期限"),
    ("archive.in-time", "结案", "归档", "归档期限"),
    ("evidence.preservation-7-days", "登记保存", "保存处理", "登记保存期限"),
    ("evidence.seizure-in-time", "查封扣押", "解除查封", "查封期限"),
    ("execution.court-in-time", "送达", "申请执行", "申请执行期限"),
)
_SOUND = re.compile(r"听证|询问|检查|勘验|送达|查封|扣押|讨论|审核")
_STAGE_OF_SOUND = {
    "听证": "审核",
    "询问": "调查取证",
    "检查": "调查取证",
    "勘验": "调查取证",
    "送达": "送达",
    "查封": "调查取证",
    "扣押": "调查取证",
    "讨论": "审核",
    "审核": "审核",
}


@dataclass(frozen=True)
class Step:
    """A day of the case."""

    name: str
    day: dt.date


@dataclass(frozen=True)
class Limit:
    """A span that the law limits: between which steps, how it was judged, and what the finding
    says.
    """

    name: str
    start: Step
    end: Step
    status: str
    text: str


def steps(r: dict[str, Any]) -> list[Step]:
    """The days of a case in the order of time; days of one date in the order of the procedure."""
    out = []
    for name, facts in _STEPS:
        f = next((r["facts"][n] for n in facts if n in r["facts"]), None)
        try:
            out.append(Step(name, dt.date.fromisoformat(str(f["value"])[:10]))) if f else None
        except ValueError:
            continue
    return sorted(out, key=lambda s: s.day)


def limits(r: dict[str, Any]) -> list[Limit]:
    """The spans whose limits were judged, for the picture."""
    by = {s.name: s for s in steps(r)}
    found = {f["check"]: f for f in r["findings"]}
    out = []
    for check, a, b, name in _LIMITS:
        f = found.get(check)
        if (
            f
            and f["status"] in ("pass", "fail", "review")
            and a in by
            and b in by
            and by[a].day <= by[b].day
        ):
            out.append(Limit(name, by[a], by[b], f.get("effective", f["status"]), f["message"]))
    return out


def matrix(r: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Per stage of full-process recording: stage, what papers it left, whether sound or pictures
    stand for it, and a word: 有, 缺, 应有音像, 待复核.
    """
    kinds: dict[str, int] = {}
    for d in r["documents"]:
        for k in {d["kind"], *d["also"]}:
            kinds[k] = kinds.get(k, 0) + 1
    found = {f["check"]: f for f in r["findings"]}
    heard: dict[str, int] = {}
    for f in r["files"]:
        if f["format"] in ("media", "photo"):
            m = _SOUND.search(f["file"].rpartition("/")[2]) or _SOUND.search(f["file"])
            stage = _STAGE_OF_SOUND[m.group(0)] if m else "调查取证"
            heard[stage] = heard.get(stage, 0) + 1
    lacking = found.get("recording.av-when-required") or {"status": ""}
    missing = lacking.get("message", "") if lacking["status"] == "fail" else ""
    open_ = bool(r["unread"])
    out = []
    for stage, names in STAGES:
        names = names or tuple(
            k
            for k in kinds
            if k.endswith("决定书") and not k.startswith(("先行", "查封", "解除", "加处"))
        )
        papers = "、".join(
            f"{k}{f' {kinds[k]} 份' if kinds[k] > 1 else ''}" for k in names if k in kinds
        )
        word = "有" if papers else "待复核" if open_ else "缺"
        hits = [w for w, s in _STAGE_OF_SOUND.items() if s == stage and w in missing]
        sound = f"{heard[stage]} 个" if stage in heard else ""
        out.append((stage, papers, sound, "应有音像" if hits else word))
    return out
