"""Cases, units, papers and facts on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from casereview.judging.score import UNDECIDED
from casereview.model import ERROR, FAIL, MANUAL, NA, PASS, REVIEW
from casereview.record.heads import CaseHead
from casereview.record.result import DocumentResult, FactResult, UnreadFile
from casereview.reports.case_view import SHOWN, CaseView, Row, SystemsView
from casereview.reports.inert import clean
from casereview.reports.terminal.tables import COLOURS, Head, folded, heading, inert, table, told
from casereview.reports.words import NOTHING, ranged, status_word
from casereview.rounds.listing import Line
from casereview.rounds.ranking import UnitRank
from casereview.rounds.rulings import WAIVED
from casereview.rules.schemes import UNQUALIFIED

ALONE = 6  # places shown of an item that is looked at alone
_COUNTED = (PASS, FAIL, NA, REVIEW, MANUAL, ERROR, WAIVED)


def _score(v: float | None) -> str:
    return NOTHING if v is None else f"{v:g}"


def _decimal(v: float | None) -> Decimal | None:
    return None if v is None else Decimal(str(v))


def _systems(r: UnitRank) -> str:
    """A unit's score of the three systems with its range; '—' where no list was kept."""
    if r.systems_low is None:
        return NOTHING
    score, low, high = map(_decimal, (r.systems, r.systems_low, r.systems_high))
    return ranged(score, low, high, UNDECIDED).replace("（", " ").replace("）", "")


def show_cases(out: Console, results: Sequence[CaseHead]) -> None:
    """One line a case, under its unit."""
    rows: list[tuple[object, ...]] = []
    above = ""
    for r in results:
        over, _, name = r.case.rpartition("/")
        if over != above:
            rows.append(heading(f"{over}："))
            above = over
        span = NOTHING if r.score_low is None else f"{r.score_low:g}～{r.score_high:g}"
        grade = r.grade + ("（否决）" if r.vetoed else "")
        rows.append(
            (
                name,
                _score(r.score),
                span,
                inert(grade, "red" if r.grade == UNQUALIFIED else ""),
                r.fails or "",
                r.review or "",
                r.manual or "",
                r.unread or "",
            )
        )
    table(
        out,
        "评查结果",
        (
            ("案卷", "name"),
            ("得分", "right"),
            ("范围", "right"),
            ("等次", "left"),
            ("不合格", "right"),
            ("待复核", "right"),
            ("待人工", "right"),
            ("未读文件", "right"),
        ),
        rows,
    )


def show_lines(out: Console, rows: Sequence[Line]) -> None:
    """Findings of many cases, each with the number by which commands know it."""
    table(
        out,
        f"{len(rows)} 项",
        (
            ("号", "right"),
            ("案卷", "name"),
            ("问题或检查项", "left"),
            ("结论", "left"),
            ("扣分", "right"),
            ("复核", "left"),
        ),
        [
            (
                x.number,
                x.case.rpartition("/")[2],
                (x.fault or x.name) + ("（否决）" if x.veto and x.status == FAIL else ""),
                inert(x.word, COLOURS.get(x.status, "")),
                x.deducted if x.status == FAIL else "",
                f"{x.by} {x.state}".strip(),
            )
            for x in rows
        ],
        "没有这样的项目。",
    )


def show_case(out: Console, c: CaseView, only: str = "", every: bool = False) -> None:
    """The ledger of one case: findings with place and quote, the arithmetic, the files that were
    not read. ``only``: one item with all that it rests on; ``every``: also what is in order.
    """
    out.print(_head(c))
    rows = [r for r in c.rows if (r.check == only if only else every or _noteworthy(r))]
    if rows:
        out.print(_ledger(rows, ("环节", 6), "说明、位置与原文", bool(only), out.width))
    else:
        out.print(Text("没有不合格、待复核或待人工的项目。"))
    if not only:
        _foot(out, c)


def _foot(out: Console, c: CaseView) -> None:
    """The arithmetic, the grade, and what was not read."""
    n = {s: sum(r.status == s for r in c.rows) for s in _COUNTED}
    out.print(Text("，".join(f"{status_word(s)} {k} 项" for s, k in n.items() if k)))
    for line in c.working:
        told(out, inert(line))
    veto = f"　否决项：{'、'.join(c.vetoes)}" if c.vetoes else ""
    out.print(Text(f"等次：{c.grade}{veto}", style="bold"))
    for text in c.unread:
        out.print(Text.assemble(("未读 ", "yellow"), text))
    for text in c.notes:
        out.print(Text.assemble(("提示 ", "dim"), text))


def _head(c: CaseView) -> Panel:
    head = Table.grid(padding=(0, 2))
    for label, value in (
        ("案卷", clean(c.path)),
        ("单位", clean(c.unit)),
        ("文号", c.number),
        (c.party_called, c.party),
        ("决定日期", c.decided),
        ("评查标准", c.standard),
    ):
        if value:
            head.add_row(label, Text(value))
    return Panel(head, title="案卷评查台账", title_align="left")


def _noteworthy(r: Row) -> bool:
    """True for what a reviewer must look at: neither in order nor inapplicable, or ruled on."""
    return bool(r.ruling) or not {r.tool, r.status} <= {PASS, NA}


def _ledger(
    rows: Sequence[Row], first: tuple[str, int], last: str, alone: bool, screen: int
) -> Table:
    """The items as a table. ``first``: its first column and how wide it is."""
    t = Table(box=box.SQUARE, show_lines=True)
    fixed = (first, ("检查项", 24 if first[1] > 6 else 16), ("结论", 6), ("扣分", 5))
    widths = [width for _, width in fixed]
    widths.append(max(16, screen - sum(widths) - 3 * len(widths) - 4))
    for (name, _), width in zip((*fixed, (last, 0)), widths, strict=True):
        t.add_column(name, width=width, overflow="fold")
    for r in rows:
        cost = f"{r.deducted}/{r.points}"
        said = ([inert(r.stage)], [inert(r.name)], [_verdict(r)], [Text(cost)], _body(r, alone))
        t.add_row(
            *(
                Group(*(line for text in texts for line in folded(text, width)))
                for texts, width in zip(said, widths, strict=True)
            )
        )
    return t


def _verdict(r: Row) -> Text:
    """The verdict of the tool, what a person made of it, and whether it decides the grade."""
    now = "" if r.status == r.tool else f"\n→{r.word}"
    veto = "\n否决" if r.veto and r.tool == FAIL else ""
    return Text(status_word(r.tool) + now + veto, style=COLOURS[r.tool])


def _body(r: Row, alone: bool) -> list[Text]:
    """What is said of an item, where it stands, and what follows."""
    pairs = list(zip(r.places, r.quotes, strict=True))[: ALONE if alone else SHOWN]
    body = [Text(r.told), *(found(place, quote) for place, quote in pairs)]
    if alone:
        body += [Text(w, style="dim") for w in r.working]
        body.append(Text("依据：" + "、".join(r.basis)))
    if r.advice and FAIL in (r.tool, r.status):
        cure = "（可补正）" if r.curable else ""
        body.append(Text(f"整改：{r.advice}{cure}", style="green"))
    if r.way and (r.failed or r.open):
        body.append(Text("扣分：" + r.way))
    if r.ruling:
        body.append(Text("复核：" + r.ruling, style="magenta"))
    body.append(Text(f"{r.check}　标识 {r.identity[:8]}", style="dim"))
    return body


def found(place: str, quote: str) -> Text:
    """A place with what stands there."""
    return Text.assemble(("↳ ", "dim"), (place, "blue"), (f"「{quote}」" if quote else "", "dim"))


def show_units(out: Console, rows: Sequence[UnitRank]) -> None:
    """The ranking; the batch only where there are several."""
    several = len({r.batch for r in rows}) > 1
    batch: list[Head] = [("批次", "left")] if several else []
    table(
        out,
        "单位排名（按案卷平均分）",
        (
            ("名次", "right"),
            *batch,
            ("单位", "name"),
            ("案卷", "right"),
            ("均分", "right"),
            ("等次", "left"),
            ("不合格", "right"),
            ("待复核", "right"),
            ("否决", "right"),
            ("未读", "right"),
            ("三项制度 范围", "left"),
        ),
        [
            (
                r.rank or NOTHING,
                *([r.batch] if several else []),
                r.unit,
                r.cases,
                NOTHING if r.mean is None else f"{r.mean:.1f}",
                "　".join(f"{grade}{n}" for grade, n in r.grades.items()),
                r.fails,
                r.open,
                r.vetoed or "",
                r.unread or "",
                _systems(r),
            )
            for r in rows
        ],
    )


def show_unit(out: Console, name: str, s: SystemsView) -> None:
    """How a unit keeps the three systems: every item, what it rests on, the arithmetic."""
    said = f"{clean(name)}　{s.standard}（评查基准日 {s.as_of}，本批案卷 {s.cases} 个）"
    out.print(Text(said, style="bold"))
    out.print(_ledger(s.rows, ("类别", 10), "说明和依据", False, out.width))
    for line in s.working:
        told(out, inert(line))


def show_documents(
    out: Console, docs: Sequence[DocumentResult], unread: Sequence[UnreadFile]
) -> None:
    """How a case was split, how sure, and why."""
    heads = ("文件", "页", "文书", "送达", "把握", "理由")
    rows = [
        (
            d.file,
            str(d.page_from) if d.page_from == d.page_to else f"{d.page_from}-{d.page_to}",
            inert("、".join([d.kind, *d.also]), "" if d.readable else "yellow"),
            d.serves,
            f"{d.confidence:.0%}",
            d.why,
        )
        for d in docs
    ]
    table(out, "文书划分", [(h, "left") for h in heads], rows)
    for u in unread:
        out.print(Text.assemble(("未读 ", "yellow"), clean(f"{u.file}：{u.reason}")))


def show_facts(out: Console, facts: Mapping[str, FactResult]) -> None:
    """Every fact with where it stands."""
    for name, f in facts.items():
        values = f.value if isinstance(f.value, list) else [f.value]
        text = clean("、".join(map(_value, values)))
        place = f"　{clean(f.file)} 第{f.page}页"
        out.print(Text.assemble((f"{name}　", "bold"), text, (place, "dim")))


def _value(v: object) -> str:
    return f"《{v['law']}》{v['article']}" if isinstance(v, dict) else str(v)
