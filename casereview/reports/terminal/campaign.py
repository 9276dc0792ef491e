"""Campaigns, their rounds and runs on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from casereview.record.result import Run
from casereview.reports.terminal.tables import Head, inert, table, told
from casereview.rounds.campaigns import Campaign
from casereview.rounds.history import History
from casereview.rounds.progress import LEFT_OUT, MISSING, Progress, UnitState

MOST = 12  # files that are named one by one
_UNIT_HEADS: tuple[Head, ...] = (
    ("单位", "name"),
    ("抽取", "right"),
    ("已评", "right"),
    ("缺", "right"),
    ("待定", "right"),
    ("问题", "right"),
    ("下发", "left"),
    ("反馈", "right"),
    ("异议", "right"),
    ("逾期", "right"),
)


def show_campaign(out: Console, campaign: Campaign, progress: Progress | None) -> None:
    """What a campaign is and where its round stands."""
    said = campaign.said
    told(out, inert(f"评查活动：{said.name}" + ("（已结束）" if said.closed else ""), "bold"))
    basis = "；".join(f"《{b.title}》{b.number}" for b in said.basis)
    rounds = "、".join(
        r.name + (f"（第 {'、'.join(map(str, r.runs))} 次评查）" if r.runs else "（没有评查）")
        for r in campaign.rounds
    )
    for name, value in (
        ("组织单位", said.organiser),
        ("期间", said.period),
        ("依据", basis),
        ("标准", said.standard),
        ("单位", "、".join(said.units)),
        ("文号", said.numbering),
        ("轮次", rounds),
    ):
        if value:
            told(out, inert(f"  {name}：{value}"))
    if campaign.archive:
        told(out, inert(f"  已归档，用 --db {campaign.archive} 查看"))
    elif progress is None:
        listed = campaign.drawn(campaign.round.name)
        have = f"抽取名单 {len(listed.drawn)} 卷，" if listed else "还没有抽取名单，"
        out.print(Text(f"{have}还没有评查案卷：casereview score 文件夹"))
    else:
        show_progress(out, progress)


def show_progress(out: Console, p: Progress) -> None:
    """Where a round stands, unit by unit, and every file that is not where it should be."""
    told(out, inert(p.line, "bold"))
    table(out, "各单位", _UNIT_HEADS, list(map(_unit, p.units)))
    _named(out, "缺", [f"{d.unit} {d.number}{_why(d.why)}" for d in p.of(MISSING)], "red")
    _named(out, "未抽取而送来", list(p.extra), "yellow")
    _named(out, "排除", [f"{d.unit} {d.number}{_why(d.why)}" for d in p.of(LEFT_OUT)], "")
    pulled = [f"{d.unit} {d.number}（{d.how}）" for d in p.drawn if d.how.startswith("主动")]
    _named(out, "调取", pulled, "")


def _unit(u: UnitState) -> tuple[object, ...]:
    """The line of one unit; noughts are left out."""
    counts = (u.missing, u.open, u.faults)
    sent = f"{u.issued[5:]}，{u.due[5:]}前" if u.issued else ""
    answered = f"{u.answered}/{u.asked}" if u.asked else ""
    late = Text(str(u.overdue or ""), style="red")
    shown = tuple(n or "" for n in counts)
    return (u.unit, u.drawn or "", u.scored, *shown, sent, answered, u.objections or "", late)


def _why(why: str) -> str:
    return f"（{why}）" if why else ""


def _named(out: Console, what: str, names: Sequence[str], style: str) -> None:
    """Files by name, so many that a person reads them."""
    for name in names[:MOST]:
        told(out, inert(f"  {what}：{name}", style))
    if len(names) > MOST:
        told(out, inert(f"  {what}：还有 {len(names) - MOST} 卷，全部见 --json", style))


def show_campaigns(out: Console, every: Sequence[Campaign]) -> None:
    """All campaigns."""
    rows = [
        (
            c.name,
            "、".join(r.name for r in c.rounds),
            len(listed.drawn) if (listed := c.drawn(c.round.name)) else "",
            "已归档" if c.archive else "已结束" if c.said.closed else "进行中",
        )
        for c in every
    ]
    heads: list[Head] = [("活动", "left"), ("轮次", "left"), ("抽取", "right"), ("状态", "left")]
    table(out, "评查活动", heads, rows, "还没有评查活动：casereview campaign new 名称 台账.xlsx")


def show_runs(out: Console, history: History, runs: Sequence[Run]) -> None:
    """All runs with where each belongs."""
    known = history.campaigns
    rows = []
    for r in runs:
        round_ = known.round_of(r.id)
        where = round_.called if round_ else "试评"
        if r.id in known.aside:
            where = f"已搁置：{known.aside[r.id]}"
        n = len(history.store.done_cases(r.id))
        of = f"{n}/{r.cases}" if r.cases not in (None, n) else str(n)
        state = "没有做完" if r.unfinished else ""
        folder = r.root.replace("\\", "/").rstrip("/").rpartition("/")[2]
        rows.append((r.id, known.names.get(r.id, ""), folder, r.as_of, of, where, state))
    heads: list[Head] = [
        ("次", "right"),
        ("名称", "left"),
        ("文件夹", "left"),
        ("基准日", "left"),
        ("案卷", "right"),
        ("属于", "left"),
        ("", "left"),
    ]
    table(out, "各次评查", heads, rows, "还没有评查：casereview score 文件夹")
