"""The rounds on the terminal: what changed, what was ruled, what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from casereview.record.entries import CaseOutcome
from casereview.reports.terminal.tables import inert, table, told
from casereview.reports.words import status_word
from casereview.rounds.case_history import Visit
from casereview.rounds.change import AGAIN, CHECK, FIXED, NEW, RULE, STILL, UNCLAIMED, UNTOLD
from casereview.rounds.compare import Comparison
from casereview.rounds.movement import Movement
from casereview.rounds.pairing import Pairing
from casereview.rounds.panel import Agreement
from casereview.rounds.panel_status import PanelCase
from casereview.rounds.rate import Rate
from casereview.rounds.rectification import NOT_ISSUED, Item
from casereview.rounds.red_flags import RedFlag
from casereview.rounds.rulings import ACTIONS, Ruling
from casereview.rounds.sampling import NUMBER, UNIT, Draw
from casereview.rounds.unit_history import UnitHistory

COLOURS = {
    FIXED: "green",
    STILL: "red",
    NEW: "red",
    AGAIN: "bold red",
    CHECK: "yellow",
    RULE: "cyan",
    UNTOLD: "yellow",
    UNCLAIMED: "magenta",
}


def show_comparison(out: Console, c: Comparison, flags: Sequence[RedFlag], rate: Rate) -> None:
    """Every finding with its end, the rate, why the score moved, what to ask about."""
    table(
        out,
        f"第 {c.before} 次与第 {c.after} 次评查比较",
        (
            ("单位", "name"),
            ("案卷", "name"),
            ("检查项", "left"),
            ("结果", "left"),
            ("上一轮", "left"),
            ("这一轮", "left"),
            ("说明", "left"),
        ),
        [
            (
                x.unit,
                (x.case_to or x.case_from).rpartition("/")[2],
                x.name,
                Text(x.word, style=COLOURS.get(x.word, "")),
                status_word(x.status_from),
                status_word(x.status_to),
                x.why or x.message,
            )
            for x in c.changes
        ],
        f"第 {c.before} 次与第 {c.after} 次评查没有变化。",
    )
    said = "　".join(f"{k} {n}" for k, n in c.words.items() if n)
    out.print(Text(said or "没有不合格的问题。", style="bold"))
    out.print(Text(rate.says, style="bold"))
    if c.score:
        out.print(Text(_movement(c.score, len(c.cases))))
    for text, style in _unpaired(c.pairing):
        told(out, inert(text, style))
    for flag in flags:
        case = flag.case.rpartition("/")[2]
        told(out, inert(f"请核实　{case}　{flag.file} 第{flag.page}页：{flag.text}", "yellow"))


def _movement(m: Movement, cases: int) -> str:
    return (
        f"两轮都有得分的 {cases} 个案卷，平均分 {m.start} → {m.to}：单位整改"
        f" {m.by_unit:+}，标准变化 {m.by_rule:+}，可辨认程度变化 {m.by_legibility:+}"
    )


def _unpaired(p: Pairing[Any]) -> list[tuple[str, str]]:
    """Cases that stand on one side only, each with the style of its line."""
    return [
        *((f"这一轮没有的案卷：{r.case}", "yellow") for r in p.gone),
        *((f"这一轮新增的案卷：{r.case}", "yellow") for r in p.added),
        *((f"待认领：{r.case} 可能是 {'、'.join(names)}", "magenta") for r, names in p.unclaimed),
    ]


def show_rulings(out: Console, rows: Sequence[tuple[Ruling, str]], lost: Sequence[Ruling]) -> None:
    """Every ruling with how it stands; those that found no finding in this run apart."""
    table(
        out,
        "复核意见",
        (
            ("时间", "left"),
            ("评查员", "left"),
            ("案卷", "name"),
            ("检查项", "left"),
            ("意见", "left"),
            ("理由", "left"),
            ("现状", "left"),
        ),
        [
            (
                r.at[:16].replace("T", " "),
                r.by,
                r.case.rpartition("/")[2],
                r.check,
                ACTIONS[r.action]
                + (f"（扣 {r.points} 分）" if r.points else "")
                + ("·裁定" if r.settle else ""),
                r.why,
                state,
            )
            for r, state in rows
        ],
    )
    for r in lost:
        said = f"{r.case} {r.check} {ACTIONS[r.action]}（{r.by}）"
        told(out, inert(f"没有对应结论的意见：{said}", "yellow"))


def show_items(out: Console, rows: Sequence[Item]) -> None:
    """The lists that were issued, and where each finding stands."""
    table(
        out,
        "整改情况",
        (
            ("单位", "name"),
            ("案卷", "name"),
            ("问题", "left"),
            ("可否补正", "left"),
            ("截止", "left"),
            ("状态", "left"),
            ("责任人", "left"),
            ("反馈", "left"),
            ("标识", "left"),
        ),
        [
            (
                i.unit,
                i.folder,
                i.fault,
                "可" if i.curable else "不可",
                Text(i.due + ("　逾期" if i.overdue else ""), style="red" if i.overdue else ""),
                Text(i.state, style=COLOURS.get(i.state, "")),
                i.answer.responsible if i.answer else "",
                f"{i.answer.word} {i.answer.note}" if i.answer else "",
                i.identity[:8],
            )
            for i in rows
        ],
        "没有需要整改的问题。",
    )
    if any(i.state == NOT_ISSUED for i in rows):
        out.print(Text("未下发的，用 casereview issue -o 文件夹 印发。"))


def item_data(i: Item) -> dict[str, Any]:
    """For --json."""
    keys = ("unit", "case", "check", "identity", "run", "due", "state", "overdue", "objection")
    answer = asdict(i.answer) if i.answer else None
    return {**{k: getattr(i, k) for k in keys}, "answer": answer}


def show_history(out: Console, visits: Sequence[Visit], outcomes: Sequence[CaseOutcome]) -> None:
    """A case over its rounds, and what a review of the decision came to."""
    table(
        out,
        "历次评查",
        (
            ("次", "right"),
            ("基准日", "left"),
            ("案卷", "name"),
            ("得分", "right"),
            ("等次", "left"),
            ("不合格", "right"),
            ("待复核", "right"),
            ("与上一次相比", "left"),
        ),
        [
            (
                v.run,
                v.as_of,
                v.case,
                v.score,
                v.grade,
                v.fails,
                v.open,
                "　".join(f"{k} {n}" for k, n in v.changes.items() if n),
            )
            for v in visits
        ],
    )
    if outcomes:
        table(
            out,
            "复议诉讼",
            (("日期", "left"), ("程序", "left"), ("结果", "left"), ("说明", "left")),
            [(o.date, o.forum, o.outcome, o.why) for o in outcomes],
        )


def show_trend(
    out: Console, units: Sequence[UnitHistory], visits: Sequence[tuple[str, list[str]]]
) -> None:
    """Units over the rounds and who is due for a second visit."""
    table(
        out,
        "单位历次情况",
        (
            ("单位", "name"),
            ("平均分（名次）", "left"),
            ("上轮问题整改率", "right"),
            ("再次出现", "right"),
            ("重复问题", "left"),
            ("复议诉讼", "left"),
        ),
        [
            (
                u.unit,
                " → ".join(f"{_score(p.mean)}（第{p.rank or '—'}）" for p in u.points),
                u.points[-1].rate.short,
                u.points[-1].again or "",
                "；".join(f"{name}（{times} 次）" for _, name, times in u.repeats[:4]),
                "　".join(f"{word} {n}" for word, n in u.outcomes),
            )
            for u in units
        ],
    )
    table(
        out,
        "建议回头看",
        (("单位", "name"), ("理由", "left")),
        [(unit, "；".join(why)) for unit, why in visits],
    )


def _score(v: float | None) -> str:
    return "—" if v is None else str(v)


def show_draw(out: Console, got: Draw) -> None:
    """The files drawn by lot, and those left out."""
    table(
        out,
        f"抽取名单（种子 {got.seed}）",
        (("序号", "right"), ("单位", "name"), ("案号", "left"), ("方式", "left")),
        [(r["序号"], r[UNIT], r[NUMBER], r["抽取方式"]) for r in got.drawn],
    )
    table(
        out,
        "排除的案卷",
        (("单位", "name"), ("案号", "left"), ("理由", "left")),
        [(r[UNIT], r[NUMBER], r["理由"]) for r in got.excluded],
    )


def show_assigned(out: Console, run: int, seed: str, pairs: Mapping[str, tuple[str, ...]]) -> None:
    """Who reviews what."""
    table(
        out,
        f"第 {run} 次评查的分派（种子 {seed}）",
        (("案卷", "name"), ("评查员", "left"), ("评查员", "left")),
        [(case, *names) for case, names in pairs.items()],
    )


def show_panel(out: Console, cases: Sequence[PanelCase]) -> None:
    """How far two people are with each case, and where they differ."""
    table(
        out,
        "双人评查",
        (
            ("案卷", "name"),
            ("评查员", "left"),
            ("得分", "left"),
            ("状态", "left"),
            ("原因", "left"),
            ("分歧项目", "left"),
            ("第三人", "left"),
        ),
        [
            (
                x.case,
                "、".join(x.reviewers),
                "、".join(map(str, x.scores)),
                x.state,
                "；".join(x.why),
                "、".join(x.split or ()),
                x.third,
            )
            for x in cases
        ],
    )


def show_agreement(out: Console, rows: Sequence[Agreement]) -> None:
    """How far two people agree, item by item."""
    table(
        out,
        "一致程度（最低的在前）",
        (("检查项", "left"), ("次数", "right"), ("一致", "right"), ("κ", "right")),
        [
            (
                x.check,
                x.cases,
                f"{x.alike / x.cases:.0%}" if x.cases else "—",
                "—" if x.kappa is None else x.kappa,
            )
            for x in rows[:21]
        ],
    )
