"""``casereview issue``: the one act by which papers go out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    today,
)

if TYPE_CHECKING:
    from casereview.record.store import Store
    from casereview.reports.office import Office
    from casereview.reports.view import CampaignView
    from casereview.rounds.history import History
    from casereview.run.decisions import Actor
    from casereview.run.issuing import IssueDone, IssueOrder, Make, Outgoing, RehearsalOrder


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

    缺案卷、有待定、有异议没有处理的，列出来，不印发。
    """
    from casereview.reports.office import load_office
    from casereview.run.issuing import IssueOrder
    from casereview.run.issuing import issue as do_issue

    history = open_history(db)
    number = scope(history, run)
    if output is None:
        _look(history, number, unit)
        return
    order = IssueOrder(
        folder=output,
        unit=unit,
        bulletin=bulletin,
        due=day_if(due, "--due"),
        days=days,
        again=again,
        signer=signer,
        why=why,
        unmasked=unmasked,
        first=first,
        run=number,
    )
    make = maker(order, load_office(office), templates)
    say(do_issue(history.store, order, actor(by), make), output)


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


def say(done: IssueDone, folder: Path) -> None:
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


def maker(order: IssueOrder, office: Office, templates: Path | None) -> Make:
    """How the papers of one unit, or of the bulletin, are made."""
    from casereview.reports.gather import campaign_view
    from casereview.reports.words import cn_date

    views: list[CampaignView] = []
    given = {"印发日期": cn_date(today().isoformat())}

    def make(history: History, x: Outgoing) -> Iterator[tuple[str, bytes]]:
        if not views:
            views.append(campaign_view(history, x.run, "", not order.unmasked, final=True))
        c = views[0]
        own = {**given, "整改期限": cn_date(x.due), "主送": x.unit or office.given.get("主送", "")}
        filled = office.issued(**{"发文机关": c.organiser, **office.given, **own})
        if x.unit:
            yield from _of_unit(c, x, history.journal.head(), filled, templates)
        else:
            yield from _of_bulletin(c, x, filled, templates)

    return make


def _of_unit(
    c: CampaignView, x: Outgoing, head: str, office: Office, templates: Path | None
) -> Iterator[tuple[str, bytes]]:
    """Notice, annexes, and what else goes to a unit."""
    from casereview.reports.excel.rectification_sheet import Sheet, workbook_of
    from casereview.reports.word.papers import file_name, issued_paper
    from casereview.rounds.consequences import LIST, NOTICE, RECEIPT

    folder = file_name(x.unit)
    for kind, number in x.numbers.items():
        paper = issued_paper(c, kind, x.unit, office.issued(发文字号=number), templates)
        yield f"{folder}/{kind}.docx", paper
    notice = x.numbers[NOTICE]
    said = Sheet(head, c.called, f"{notice} 附件1　")
    yield f"{folder}/附件1 {x.unit}{LIST}.xlsx", workbook_of(x.unit, x.items, said, x.mask)
    receipt = issued_paper(c, RECEIPT, x.unit, office.issued(发文字号=notice), templates)
    yield f"{folder}/附件2 {RECEIPT}.docx", receipt


def _of_bulletin(
    c: CampaignView, x: Outgoing, office: Office, templates: Path | None
) -> Iterator[tuple[str, bytes]]:
    """The bulletin with what goes with it."""
    from casereview.reports.word.papers import PAGE, STATISTICS, issued_paper, papers
    from casereview.rounds.consequences import BULLETIN

    numbered = office.issued(发文字号=x.numbers[BULLETIN])
    yield f"{BULLETIN}.docx", issued_paper(c, BULLETIN, "", numbered, templates)
    more = ("参评汇总表", "优秀案卷名单", STATISTICS, PAGE)
    for path, data in papers(c, numbered, more, templates):
        yield path.rpartition("/")[2], data


def rehearse(store: Store, order: RehearsalOrder, who: Actor) -> IssueDone:
    """The lists of a trial, as drafts."""
    from casereview.reports.excel.rectification_sheet import Sheet, workbook_of
    from casereview.reports.gather import draft_line
    from casereview.rounds.progress import progress_of
    from casereview.run.issuing import rehearse as make_lists

    def make(history: History, x: Outgoing) -> Iterator[tuple[str, bytes]]:
        said = Sheet(history.journal.head(), draft=draft_line(progress_of(history, x.run)))
        yield f"{x.unit}整改清单.xlsx", workbook_of(x.unit, x.items, said, x.mask)

    return make_lists(store, order, who, make)
