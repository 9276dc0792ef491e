"""Checklists and their items on the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from casereview.law.parameters import Parameter, SpecialTerm, Value
from casereview.model import STATUS_WORDS, Verdict
from casereview.reports.inert import clean
from casereview.reports.terminal.results import found
from casereview.reports.terminal.tables import COLOURS, inert, table, told
from casereview.reports.words import place_line
from casereview.rules.checklist import Check, Checklist
from casereview.rules.condition_text import parameters_of, said
from casereview.rules.kinds.kind import Of


def _yes(v: bool) -> str:
    return "是" if v else ""


def show_checklist(out: Console, c: Checklist) -> None:
    """Every item in one table."""
    points = sum(x.points for x in c.checks)
    heads = ("编号", "名称", "环节", "三项制度", "种类", "分值", "否决", "可补正", "依据")
    table(
        out,
        f"{c.title} {c.version}（{len(c.checks)} 项，{points} 分）",
        [(h, "left") for h in heads],
        [
            (
                x.id,
                x.name,
                x.stage,
                x.system,
                x.kind_name,
                x.points,
                _yes(x.veto),
                _yes(x.curable),
                "；".join(x.basis),
            )
            for x in c.checks
        ],
    )


def show_check(out: Console, c: Check, parameters: Mapping[str, Parameter], doc: str) -> None:
    """One item in plain sentences, with the history of the parameters it uses."""
    out.print(Text(f"{c.name}（{c.id}）", style="bold"))
    weight = ("否决项，" if c.veto else "") + ("可补正" if c.curable else "不可补正")
    told(out, inert(f"{c.stage}环节，{c.points} 分，{weight}；种类：{c.kind_name}"))
    for label, text in (
        ("何时适用", said(c.when)),
        ("怎样判断", doc),
        ("判不合格", c.fails_when),
        ("问题的名称", c.fault),
        ("扣分", c.deduction.sentence(c.points)),
        ("不合格的后果", c.veto_effect),
        ("不适用或待复核", c.note),
        ("依据", "；".join(c.basis) + ("（待核实，只会待复核）" if c.unread else "")),
        ("整改建议", c.advice),
    ):
        if text:
            told(out, inert(f"{label}：{text}"))
    used = dict.fromkeys((*parameters_of(c.when), *c.kind.names(Of.PARAMETER)))
    for name in used:
        _show_history(out, parameters[name])


def show_parameter(out: Console, p: Parameter) -> None:
    """A number of the law with its history: every value with its days, source, and V or K."""
    out.print(Text(p.name, style="bold"))
    told(out, inert(p.about))
    _show_history(out, p)


def _show_history(out: Console, p: Parameter) -> None:
    """The values of a number of the law, and the terms that laws set otherwise."""
    for v in p.values:
        told(out, inert(_history(p.name, v)))
    for t in p.special:
        told(out, inert(_otherwise(p.name, t), "dim"))


def _history(name: str, v: Value) -> str:
    """One value of a number of the law, with its days, its source, and whether that was read."""
    until = f"至 {v.until}" if v.until else "起"
    counted = f"（{v.day_kind}）" if v.day_kind else ""
    return f"参数 {name}：{v.since} {until}，{v.value}{v.unit}{counted}，{v.source}，{v.proof}"


def _otherwise(name: str, t: SpecialTerm) -> str:
    """A term that a law sets otherwise, with its days and what it is limited to."""
    until = f"到 {t.until} 以前" if t.until else "起"
    only = f"，限于 {'、'.join(t.words)}" if t.words else ""
    return f"　另有规定：{t.sentence()}，{t.since or ''} {until}{only}，V 读过原文（{name}）"


def show_trial(out: Console, c: Check, v: Verdict, head: str) -> None:
    """One item tried on one case: the verdict with its places, quotes and working."""
    told(out, inert(head, "dim"))
    verdict = (STATUS_WORDS[v.status], COLOURS[v.status])
    out.print(Text.assemble((f"{c.name}（{c.id}）　", "bold"), verdict, f"　{c.points} 分"))
    told(out, inert(v.message))
    for p in v.places:
        out.print(found(place_line(p), clean(p.quote)))
    for w in v.working:
        told(out, inert(w, "dim"))
