"""The terminal: tables that a lawyer would sign. All foreign text goes in as Text, never as markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from casereview.law.parameters import Parameter
from casereview.model import STATUS_WORDS, Verdict
from casereview.record.result import FactResult
from casereview.reports import view
from casereview.reports.words import clean
from casereview.rounds.ranking import counts
from casereview.rules.checklist import Check, Checklist

COLOURS = {
    "fail": "red",
    "review": "yellow",
    "manual": "cyan",
    "pass": "green",
    "na": "dim",
    "error": "magenta",
}


def _t(value: object, style: str = "") -> Text:
    return Text(clean(str(value)), style=style)


def show_cases(out: Console, results: list[dict[str, Any]]) -> None:
    """One line a case."""
    t = Table(box=box.SIMPLE_HEAD, title="评查结果", title_justify="left")
    for name, justify in (
        ("案卷", "left"),
        ("得分", "right"),
        ("范围", "right"),
        ("等次", "left"),
        ("不合格", "right"),
        ("待复核", "right"),
        ("待人工", "right"),
        ("未读文件", "right"),
    ):
        t.add_column(name, justify=justify, overflow="fold")
    for r in results:
        n = counts(r)
        score = "—" if r["score"] is None else f"{r['score']:g}"
        span = "—" if r["score_low"] is None else f"{r['score_low']:g}～{r['score_high']:g}"
        grade = r["grade"] + ("（否决）" if r["vetoed"] else "")
        t.add_row(
            _t(r["case"]),
            score,
            span,
            _t(grade, "red" if r["grade"] == "不合格" else ""),
            str(n["fail"] or ""),
            str(n["review"] or ""),
            str(n["manual"] or ""),
            str(len(r["unread"]) or ""),
        )
    out.print(t)


def show_case(
    out: Console, r: dict[str, Any], checklist: Checklist, only: str = "", every: bool = False
) -> None:
    """The ledger of one case: findings with place and quote, the arithmetic, the files that were
    not read.
    """
    head = Table.grid(padding=(0, 2))
    head.add_row("案卷", _t(r["case"]))
    head.add_row("单位", _t(r["unit"]))
    for label, fact in (
        ("文号", "处罚决定书.文号"),
        ("当事人", "处罚决定书.当事人"),
        ("决定日期", "处罚决定书.作出日期"),
    ):
        f = r["facts"].get(fact)
        if f:
            v = f["value"]
            head.add_row(label, _t("、".join(v) if isinstance(v, list) else v))
    head.add_row("评查标准", _t(f"{checklist.title} {checklist.version}"))
    out.print(Panel(head, title="案卷评查台账", title_align="left"))
    rows = view.ledger(r, checklist, only, every)
    t = Table(box=box.SQUARE, show_lines=True)
    for name, width in (("环节", 6), ("检查项", 16), ("结论", 6), ("扣分", 5)):
        t.add_column(name, width=width, overflow="fold")
    t.add_column("说明、位置与原文", overflow="fold")
    for x in rows:
        body: list[Text] = [_t(x["message"])]
        shown = 6 if only else 3
        for where, quote in list(zip(x["places"], x["quotes"], strict=True))[:shown]:
            body.append(
                Text.assemble(
                    ("↳ ", "dim"), (where, "blue"), (f"「{quote}」" if quote else "", "dim")
                )
            )
        if only:
            body += [_t(w, "dim") for w in x["working"]]
            body.append(_t("依据：" + "、".join(x["basis"])))
        if x["advice"]:
            body.append(
                _t("整改：" + x["advice"] + ("（可补正）" if x["curable"] else ""), "green")
            )
        if x["ruling"]:
            body.append(_t("复核：" + x["ruling"], "magenta"))
        body.append(_t(f"{x['check']}　标识 {x['identity']}", "dim"))
        now = (
            ""
            if x["effective"] == x["status"]
            else "\n→"
            + ("免予整改" if x["effective"] == "waived" else STATUS_WORDS[x["effective"]])
        )
        t.add_row(
            _t(x["stage"]),
            _t(x["name"]),
            Text(x["word"] + now + ("\n否决" if x["veto"] else ""), style=COLOURS[x["status"]]),
            f"{x['deducted']}/{x['points']}",
            Group(*body),
        )
    out.print(t if rows else Text("没有不合格、待复核或待人工的项目。"))
    if only:
        return
    n = counts(r)
    out.print(
        Text(
            "，".join(
                f"{STATUS_WORDS[s]} {n[s]} 项"
                for s in ("pass", "fail", "na", "review", "manual", "error")
                if n[s]
            )
            + (f"，免予整改 {n['waived']} 项" if n["waived"] else "")
        )
    )
    for line in r["working"]:
        out.print(_t(line))
    veto = (
        f"　否决项：{'、'.join(c.name for i in r['vetoes'] if (c := checklist.get(i)))}"
        if r["vetoes"]
        else ""
    )
    out.print(Text(f"等次：{r['grade']}{veto}", style="bold"))
    for u in r["unread"]:
        out.print(Text.assemble(("未读 ", "yellow"), _t(f"{u['file']}：{u['reason']}")))
    for n in r.get("page_notes", []):
        out.print(Text.assemble(("提示 ", "dim"), _t(f"{n['file']} 第 {n['page']} 页{n['note']}")))


def show_units(out: Console, rows: list[dict[str, Any]]) -> None:
    """The ranking."""
    t = Table(box=box.SIMPLE_HEAD, title="单位排名（按案卷平均分）", title_justify="left")
    for name, justify in (
        ("名次", "right"),
        ("批次", "left"),
        ("单位", "left"),
        ("案卷", "right"),
        ("平均分", "right"),
        ("等次", "left"),
        ("不合格项", "right"),
        ("待复核项", "right"),
        ("否决案卷", "right"),
        ("未读文件", "right"),
        ("三项制度", "right"),
    ):
        t.add_column(name, justify=justify)
    for r in rows:
        t.add_row(
            str(r["rank"] or "—"),
            _t(r["batch"]),
            _t(r["unit"]),
            str(r["cases"]),
            "—" if r["mean"] is None else f"{r['mean']:.1f}",
            _t("　".join(f"{k}{v}" for k, v in r["grades"].items())),
            str(r["fails"]),
            str(r["open"]),
            str(r["vetoed"]),
            str(r["unread"]),
            "—" if r["systems"] is None else f"{r['systems']:g}",
        )
    out.print(t)


def show_unit(out: Console, u: dict[str, Any], checklist: Checklist) -> None:
    """How a unit keeps the three systems: every item, what it rests on, the arithmetic."""
    out.print(
        Text(
            f"{clean(u['unit'])}　{checklist.title}（评查基准日 {u['as_of']}，本批案卷"
            f" {u['cases']} 个）",
            style="bold",
        )
    )
    t = Table(box=box.SQUARE, show_lines=True)
    for name, width in (("类别", 10), ("检查项", 24), ("结论", 6), ("扣分", 5)):
        t.add_column(name, width=width, overflow="fold")
    t.add_column("说明和依据", overflow="fold")
    for x in view.ledger(u, checklist, "", True):
        body: list[Text] = [
            _t(x["message"]),
            *(
                Text.assemble(("↳ ", "dim"), (where, "blue"), (f"「{q}」" if q else "", "dim"))
                for where, q in list(zip(x["places"], x["quotes"], strict=True))[:3]
            ),
        ]
        if x["advice"]:
            body.append(_t("整改：" + x["advice"], "green"))
        t.add_row(
            _t(x["stage"]),
            _t(x["name"]),
            Text(x["word"], style=COLOURS[x["status"]]),
            f"{x['deducted']}/{x['points']}",
            Group(*body),
        )
    out.print(t)
    for line in u["working"]:
        out.print(_t(line))


def show_documents(out: Console, docs: list[dict[str, Any]], unread: list[dict[str, Any]]) -> None:
    """How a case was split, how sure, and why."""
    t = Table(box=box.SIMPLE_HEAD, title="文书划分", title_justify="left")
    for name in ("文件", "页", "文书", "送达", "把握", "理由"):
        t.add_column(name, overflow="fold")
    for d in docs:
        pages = (
            str(d["page_from"])
            if d["page_from"] == d["page_to"]
            else f"{d['page_from']}-{d['page_to']}"
        )
        t.add_row(
            _t(d["file"]),
            pages,
            _t("、".join([d["kind"], *d["also"]]), "" if d["readable"] else "yellow"),
            _t(d["serves"]),
            f"{d['confidence']:.0%}",
            _t(d["why"]),
        )
    out.print(t)
    for u in unread:
        out.print(Text.assemble(("未读 ", "yellow"), _t(f"{u['file']}：{u['reason']}")))


def show_facts(out: Console, facts: Mapping[str, FactResult]) -> None:
    """Every fact with where it stands."""
    for name, f in facts.items():
        values = f.value if isinstance(f.value, list) else [f.value]
        text = "、".join(map(_value, values))
        place = f"　{clean(f.file)} 第{f.page}页"
        out.print(Text.assemble((f"{name}　", "bold"), clean(text), (place, "dim")))


def _value(v: object) -> str:
    return f"《{v['law']}》{v['article']}" if isinstance(v, dict) else str(v)


def show_checklist(out: Console, c: Checklist) -> None:
    """Every item in one table."""
    t = Table(
        box=box.SIMPLE_HEAD,
        title=f"{c.title} {c.version}（{len(c.checks)} 项，{sum(x.points for x in c.checks)} 分）",
        title_justify="left",
    )
    for name in ("编号", "名称", "环节", "三项制度", "种类", "分值", "否决", "可补正", "依据"):
        t.add_column(name, overflow="fold")
    for x in c.checks:
        t.add_row(
            x.id,
            _t(x.name),
            _t(x.stage),
            _t(x.system),
            _t(x.kind_name),
            str(x.points),
            "是" if x.veto else "",
            "是" if x.curable else "",
            _t("；".join(x.basis)),
        )
    out.print(t)


def show_check(out: Console, c: Check, parameters: dict[str, Parameter], doc: str) -> None:
    """One item in plain sentences, with the history of the parameters it uses."""
    out.print(Text(f"{c.name}（{c.id}）", style="bold"))
    out.print(
        _t(
            f"{c.stage}环节，{c.points}"
            f" 分，{'否决项，' if c.veto else ''}{'可补正' if c.curable else '不可补正'}；种类：{c.kind_name}"
        )
    )
    for label, text in (
        ("怎样判断", doc),
        ("判不合格", c.fails_when),
        ("不适用或待复核", c.note),
        ("依据", "；".join(c.basis)),
        ("整改建议", c.advice),
    ):
        if text:
            out.print(_t(f"{label}：{text}"))
    name = getattr(c.kind, "不超过", "")
    for p in [parameters[name]] if name else []:
        for v in p.values:
            until = f"至 {v.until}" if v.until else "起"
            out.print(
                _t(
                    f"参数 {p.name}：{v.since}"
                    f" {until}，{v.value}{v.unit}（{v.day_kind}），{v.source}{'' if v.verified else '，待核实'}"
                )
            )


def show_trial(out: Console, c: Check, v: Verdict, head: str) -> None:
    """One item tried on one case: the verdict with its places, quotes and working."""
    out.print(_t(head, "dim"))
    out.print(
        Text.assemble(
            (f"{c.name}（{c.id}）　", "bold"),
            (STATUS_WORDS[v.status], COLOURS[v.status]),
            f"　{c.points} 分",
        )
    )
    out.print(_t(v.message))
    for p in v.places:
        out.print(
            Text.assemble(
                ("↳ ", "dim"),
                (clean(f"{p.file} 第{p.page}页"), "blue"),
                (clean(f"「{p.quote}」") if p.quote else "", "dim"),
            )
        )
    for w in v.working:
        out.print(_t(w, "dim"))
