"""Commands of the organiser: campaigns with their rounds and lists, and the runs in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.groups import Commands
from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Json,
    actor,
    open_history,
    out,
    print_json,
    tell,
    today,
)

if TYPE_CHECKING:
    from casereview.record.result import Run
    from casereview.rounds.campaigns import Campaign
    from casereview.rounds.history import History
    from casereview.run.campaigns import CampaignOrder

campaign_app = Commands(
    invoke_without_command=True,
    help="评查活动：建立、开始一轮、抽取名单、看到哪里了、谁没有交。",
)
runs_app = Commands(invoke_without_command=True, help="各次评查：列出、起名、计入一轮、搁置。")
Named = Annotated[str, typer.Option("--campaign", help="哪个评查活动；只有一个进行中的不用写")]
Name = Annotated[str, typer.Argument(help="评查活动的名称，例如 2026年度行政执法案卷评查")]
Organiser = Annotated[str | None, typer.Option("--organiser", help="组织评查的机关")]
Period = Annotated[str | None, typer.Option("--period", help="期间，例如 2026年6月至9月")]
BasisOf = Annotated[
    list[str] | None,
    typer.Option("--basis", help="依据的办法、通知：《文件名》文号，可以写多次"),
]
Standard = Annotated[str | None, typer.Option("--standard", help="评查标准的名称")]
Units = Annotated[list[str] | None, typer.Option("--unit", help="参评单位，可以写多次")]
Numbering = Annotated[
    str | None, typer.Option("--numbering", help="文书的文号，* 是顺序号：某司法评〔2026〕*号")
]
NamesDown = Annotated[
    bool | None, typer.Option("--names-down/--no-names", help="评查员姓名写进下发的文书")
]
Ledger = Annotated[Path | None, typer.Argument(help="案卷台账（Excel、CSV），就是评查名单")]
Seed = Annotated[str, typer.Option("--seed", help="抽取的种子；不写则台账上的案卷全部列入")]
PerUnit = Annotated[int, typer.Option("--per-unit", help="每个单位抽几卷")]
Number = Annotated[int, typer.Argument(help="第几次评查（casereview runs 列出）")]
Why = Annotated[str, typer.Option("--why", help="理由")]


@campaign_app.callback()
def campaign(
    context: typer.Context, named: Named = "", db: Db = DEFAULT_DB, json_: Json = False
) -> None:
    """评查活动到哪里了：抽取的案卷到了几卷、缺哪些，待定几项，下发、反馈、逾期。"""
    if context.invoked_subcommand:
        return
    from casereview.reports.terminal.campaign import show_campaign
    from casereview.rounds.progress import progress_of

    history = open_history(db)
    own = history.campaigns.named(named)
    round_ = own.scored
    day = today().isoformat()
    progress = progress_of(history, round_.number, day) if round_ else None
    if json_:
        print_json(_data(own) | {"progress": progress.as_dict() if progress else None})
    else:
        show_campaign(out(), own, progress)


def _data(own: Campaign) -> dict[str, object]:
    """A campaign for --json."""
    said = own.said
    basis = [{"title": b.title, "number": b.number} for b in said.basis]
    keys = ("name", "organiser", "period", "standard", "numbering", "closed")
    rounds = [{"name": r.name, "runs": list(r.runs)} for r in own.rounds]
    return {k: getattr(said, k) for k in keys} | {"basis": basis, "rounds": rounds}


@campaign_app.command("new")
def new(
    name: Name,
    ledger: Ledger = None,
    seed: Seed = "",
    per_unit: PerUnit = 3,
    organiser: Organiser = None,
    period: Period = None,
    basis: BasisOf = None,
    standard: Standard = None,
    unit: Units = None,
    numbering: Numbering = None,
    names_down: NamesDown = None,
    run: Annotated[int, typer.Option("--run", help="把第几次试评作为它的初评")] = 0,
    first: Annotated[str, typer.Option("--round", help="第一轮的名称")] = "初评",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """建立评查活动；写台账的，同时抽取（--seed）或者全部列入名单。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import ListOrder, give_list, open_campaign
    from casereview.run.panel import DrawOrder

    order = _order(organiser, period, basis, standard, unit, numbering, names_down)
    store, who = Store(db), actor(by)
    own = open_campaign(store, name, order, who, run, first)
    tell(f"已建立评查活动“{own.name}”，第一轮：{own.round.name}")
    if ledger is not None:
        listed = give_list(store, ListOrder(DrawOrder(ledger, seed, per_unit), own.name), who)
        tell(f"评查名单 {len(listed.drawn)} 卷" + (f"，种子 {seed}" if seed else "（台账全部）"))
        for text in listed.short:
            tell(text, "yellow")
    if not run:
        tell("接着评查：casereview score 文件夹")


def _order(
    organiser: str | None,
    period: str | None,
    basis: list[str] | None,
    standard: str | None,
    unit: list[str] | None,
    numbering: str | None,
    names_down: bool | None,
    closed: bool | None = None,
) -> CampaignOrder:
    from casereview.run.campaigns import CampaignOrder

    lists = (None if x is None else tuple(x) for x in (basis, unit))
    bases, units = lists
    return CampaignOrder(organiser, period, bases, standard, units, numbering, names_down, closed)


@campaign_app.command("set")
def set_(
    named: Named = "",
    organiser: Organiser = None,
    period: Period = None,
    basis: BasisOf = None,
    standard: Standard = None,
    unit: Units = None,
    numbering: Numbering = None,
    names_down: NamesDown = None,
    closed: Annotated[
        bool | None, typer.Option("--closed/--reopen", help="结束，或者重新开始这个评查活动")
    ] = None,
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """改评查活动的内容；没有写的不变。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import change_campaign

    order = _order(organiser, period, basis, standard, unit, numbering, names_down, closed)
    own = change_campaign(Store(db, create=False), named, order, actor(by))
    tell(f"已修改评查活动“{own.name}”")


@campaign_app.command("round")
def round_(
    name: Annotated[str, typer.Argument(help="轮次的名称，例如 复评、回头看")],
    named: Named = "",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """开始新的一轮；以后评查的案卷计入这一轮。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import begin_round

    begun = begin_round(Store(db, create=False), name, actor(by), named)
    tell(f"{begun.called}开始。评查：casereview score 文件夹 --round {begun.name}")


@campaign_app.command("list")
def list_(db: Db = DEFAULT_DB, json_: Json = False) -> None:
    """列出评查活动。"""
    from casereview.reports.terminal.campaign import show_campaigns

    every = open_history(db).campaigns.every
    if json_:
        print_json([_data(c) for c in every])
    else:
        show_campaigns(out(), every)


@campaign_app.command("draw")
def draw(
    ledger: Annotated[Path, typer.Argument(help="案卷台账（Excel、CSV）")],
    seed: Seed = "",
    per_unit: PerUnit = 3,
    only: Annotated[str, typer.Option("--round", help="只用于哪一轮；缺省为整个活动")] = "",
    named: Named = "",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """评查名单：按种子抽取，不写种子的台账上的全部列入。配额、调取、排除用 sample。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import ListOrder, give_list
    from casereview.run.panel import DrawOrder

    order = ListOrder(DrawOrder(ledger, seed, per_unit), named, only)
    listed = give_list(Store(db, create=False), order, actor(by))
    tell(f"评查名单 {len(listed.drawn)} 卷")
    for text in listed.short:
        tell(text, "yellow")


@campaign_app.command("exclude")
def exclude(
    number: Annotated[str, typer.Argument(help="抽取的案号（可以只写一部分）")],
    why: Why = "",
    named: Named = "",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """一卷不再评查（涉密、已灭失、另案处理……），写明理由。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import settle_drawn

    said = settle_drawn(Store(db, create=False), number, "", why, actor(by), named)
    tell(f"已排除 {said.number}：{said.why}")


@campaign_app.command("match")
def match(
    number: Annotated[str, typer.Argument(help="抽取的案号（可以只写一部分）")],
    case: Annotated[str, typer.Argument(help="就是哪个案卷（可以只写一部分）")],
    why: Why = "",
    named: Named = "",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """抽取的一卷就是送来的哪个案卷（案号对不上的时候）。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import settle_drawn

    said = settle_drawn(Store(db, create=False), number, case, why, actor(by), named)
    tell(f"{said.number} 就是 {said.case}")


@runs_app.callback()
def runs(context: typer.Context, db: Db = DEFAULT_DB, json_: Json = False) -> None:
    """列出各次评查：文件夹、案卷数、属于哪一轮，还是试评。"""
    if context.invoked_subcommand:
        return
    from casereview.reports.terminal.campaign import show_runs

    history = open_history(db)
    rows = history.store.runs()
    if json_:
        print_json([_run(history, r) for r in rows])
    else:
        show_runs(out(), history, rows)


def _run(history: History, r: Run) -> dict[str, object]:
    """A run for --json."""
    known = history.campaigns
    where = known.round_of(r.id)
    return {
        "run": r.id,
        "name": known.names.get(r.id, ""),
        "root": r.root,
        "as_of": r.as_of,
        "found": r.cases,
        "cases": len(history.store.done_cases(r.id)),
        "unfinished": r.unfinished,
        "campaign": where.campaign if where else None,
        "round": where.name if where else None,
        "aside": known.aside.get(r.id),
    }


@runs_app.command("name")
def name_(
    number: Number,
    name: Annotated[str, typer.Argument(help="叫什么")],
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """给一次评查起名。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import name_run

    name_run(Store(db, create=False), number, name, actor(by))
    tell(f"第 {number} 次评查：{name}")


@runs_app.command("file")
def file_(
    number: Number,
    where: Annotated[str, typer.Argument(help="轮次，或者 活动/轮次")],
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """把一次试评计入评查活动的一轮。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import file_into

    found = file_into(Store(db, create=False), number, where, actor(by))
    tell(f"第 {number} 次评查已计入{found.called}")


@runs_app.command("trial")
def trial(number: Number, why: Why = "", by: By = "", db: Db = DEFAULT_DB) -> None:
    """把一次评查移出评查活动，作为试评（写明理由）。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import make_trial

    make_trial(Store(db, create=False), number, why, actor(by))
    tell(f"第 {number} 次评查已移出评查活动")


@runs_app.command("aside")
def aside(number: Number, why: Why = "", by: By = "", db: Db = DEFAULT_DB) -> None:
    """搁置一次评查：不再计入任何统计、比较和文书（写明理由，可以恢复）。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import set_aside

    set_aside(Store(db, create=False), number, why, actor(by))
    tell(f"第 {number} 次评查已搁置。恢复：casereview runs restore {number}")


@runs_app.command("restore")
def restore(number: Number, why: Why = "", by: By = "", db: Db = DEFAULT_DB) -> None:
    """恢复一次搁置的评查。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import set_aside

    set_aside(Store(db, create=False), number, why, actor(by), back=True)
    tell(f"第 {number} 次评查已恢复")
