"""``casereview campaign``: review campaigns with their rounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.groups import Commands
from casereview.cli.options import About, grouped
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
    from casereview.rounds.campaigns import Campaign

campaign_app = Commands(
    invoke_without_command=True,
    help="评查活动：建立、开始一轮、抽取名单、看到哪里了、谁没有交。",
)
Named = Annotated[str, typer.Option("--campaign", help="哪个评查活动；只有一个进行中的不用写")]
Name = Annotated[str, typer.Argument(help="评查活动的名称，例如 2026年度行政执法案卷评查")]
Ledger = Annotated[Path | None, typer.Argument(help="案卷台账（Excel、CSV），就是评查名单")]
Seed = Annotated[str, typer.Option("--seed", help="抽取的种子；不写则台账上的案卷全部列入")]
PerUnit = Annotated[int, typer.Option("--per-unit", help="每个单位抽几卷")]


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
@grouped
def new(
    name: Name,
    about: About,
    ledger: Ledger = None,
    seed: Seed = "",
    per_unit: PerUnit = 3,
    run: Annotated[int, typer.Option("--run", help="把第几次试评作为它的初评")] = 0,
    first: Annotated[str, typer.Option("--round", help="第一轮的名称")] = "初评",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """建立评查活动；写台账的，同时抽取（--seed）或者全部列入名单。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import ListOrder, give_list, open_campaign
    from casereview.run.ledger import read_ledger
    from casereview.run.panel import DrawOrder

    if ledger is not None:
        read_ledger(ledger)  # what cannot be read opens no campaign
    store, who = Store(db), actor(by)
    own = open_campaign(store, name, about.order(), who, run, first)
    tell(f"已建立评查活动“{own.name}”，第一轮：{own.round.name}")
    if ledger is not None:
        listed = give_list(store, ListOrder(DrawOrder(ledger, seed, per_unit), own.name), who)
        tell(f"评查名单 {len(listed.drawn)} 卷" + (f"，种子 {seed}" if seed else "（台账全部）"))
        for text in listed.short:
            tell(text, "yellow")
    if not run:
        tell("接着评查：casereview score 文件夹")


@campaign_app.command("set")
@grouped
def set_(
    about: About,
    named: Named = "",
    closed: Annotated[
        bool | None, typer.Option("--closed/--reopen", help="结束，或者重新开始这个评查活动")
    ] = None,
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """改评查活动的内容；没有写的不变。"""
    from casereview.record.store import Store
    from casereview.run.campaigns import change_campaign

    own = change_campaign(Store(db, create=False), named, about.order(closed), actor(by))
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
