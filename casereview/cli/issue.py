"""``casereview issue``: the one act by which papers go out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Run,
    Unmasked,
    actor,
    day_if,
    open_history,
    out,
    scope,
    tell,
)

if TYPE_CHECKING:
    from casereview.rounds.history import History
    from casereview.run.issuing import IssueDone


def issue(
    unit: Annotated[str, typer.Option("--unit", help="只给哪个单位（可以只写一部分）")] = "",
    bulletin: Annotated[
        bool, typer.Option("--bulletin", help="印发全活动的评查情况通报和统计，代替各单位的通知书")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="写到哪个文件夹；不写则只看能不能印发、缺什么"),
    ] = None,
    days: Annotated[int, typer.Option("--days", help="几个工作日内反馈")] = 15,
    due: Annotated[str, typer.Option("--due", help="截止日期，代替 --days")] = "",
    office: Annotated[
        Path | None, typer.Option("--office", help="印发信息（YAML）：发文机关、联系人、联系电话……")
    ] = None,
    cases: Annotated[
        bool, typer.Option("--cases", help="连同每卷的评查打分表和个案评查意见书")
    ] = False,
    kind: Annotated[
        str, typer.Option("--kind", help="另行制发监督文书：督办函、意见书、决定书（要写 --unit）")
    ] = "",
    say: Annotated[
        str, typer.Option("--say", help="督办函、决定书的事由，写进文书：哪项职责没有履行")
    ] = "",
    number_of: Annotated[
        str, typer.Option("--number", help="监督文书的文号；决定书用本级政府的")
    ] = "",
    templates: Annotated[
        Path | None, typer.Option("--templates", help="自己的 Word 模板文件夹")
    ] = None,
    first: Annotated[int, typer.Option("--first", help="文号从几号起；缺省接着上一个")] = 0,
    again: Annotated[bool, typer.Option("--again", help="已经印发过，确需重新印发")] = False,
    signer: Annotated[
        str, typer.Option("--signer", help="还有缺的也印发，批准的负责人（记录在案）")
    ] = "",
    why: Annotated[str, typer.Option("--why", help="重新印发、提前印发、不遮蔽的理由")] = "",
    unmasked: Unmasked = False,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
) -> None:
    """印发：整改通知书、整改清单、整改回执和期限一次作出，各有文号，写成文件才算数。

    缺案卷、有待定、有异议没有处理的，列出来，不印发。督办函、监督决定书用 --kind 另行制发。
    """
    from casereview.reports.issued import maker, supervision_maker
    from casereview.reports.office import load_office
    from casereview.run.issuing import IssueOrder
    from casereview.run.issuing import issue as do_issue
    from casereview.run.supervising import SupervisionOrder, supervise

    history = open_history(db)
    current = scope(history, run)
    if output is None:
        _look(history, current, unit)
        return
    common: dict[str, Any] = {
        "folder": output,
        "unit": unit,
        "due": day_if(due, "--due"),
        "days": days,
        "again": again,
        "signer": signer,
        "why": why,
        "unmasked": unmasked,
        "run": current,
    }
    filled = load_office(office)
    if kind:
        asked = SupervisionOrder(**common, kind=kind, says=say, number=number_of)
        make = supervision_maker(filled, templates)
        tell_done(supervise(history.store, asked, actor(by), make), output)
        return
    order = IssueOrder(**common, bulletin=bulletin, cases=cases, first=first)
    make = maker(filled, templates, cases)
    tell_done(do_issue(history.store, order, actor(by), make), output)


def _look(history: History, run: int, unit: str) -> None:
    """What would go out, and what stands in the way."""
    from casereview.reports.terminal.rounds import show_items
    from casereview.rounds.rectification import waiting
    from casereview.run.issuing import issued, standing_in_the_way

    sent = [(at, p) for at, p in issued(history.store) if p.run == run and unit in p.unit]
    for at, p in sent:
        numbers = "，".join(f"{x.kind} {x.number}" for x in p.papers)
        tell(f"已印发（{at[:10]}）：{p.unit or '全活动'}，{numbers}")
    rows = waiting(history, run, unit)
    if rows or not sent:
        show_items(out(), rows)
    lacking = standing_in_the_way(history, run)
    for text in lacking:
        tell(f"缺：{text}", "yellow")
    if rows and not lacking:
        tell("可以印发：casereview issue -o 文件夹", "green")


def tell_done(done: IssueDone, folder: Path) -> None:
    """What went out."""
    for x in done.sent:
        numbers = "，".join(f"{kind} {n}" for kind, n in x.numbers.items())
        told = f"{len(x.items)} 个问题，{done.due} 前反馈" if x.unit else "全活动"
        tell(f"{x.unit or '通报'}：{told}" + (f"；{numbers}" if numbers else ""))
    for name in done.nothing:
        tell(f"{name}：没有需要整改的问题，没有下发")
    if done.lacking:
        tell(f"批准提前印发，当时还缺 {len(done.lacking)} 处，已记录在案", "yellow")
    tell(f"写出 {len(done.files)} 份文件，文件夹 {folder}")
