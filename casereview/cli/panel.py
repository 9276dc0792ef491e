"""Commands before and beside the reading: drawing files by lot, and double review."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from casereview.cli.groups import Commands
from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Json,
    Run,
    actor,
    open_history,
    out,
    print_json,
    scope,
    tell,
)

panel_app = Commands(no_args_is_help=True, help="双人评查：分派、提交、汇总分歧、一致程度。")


@panel_app.command("assign")
def panel_assign(
    reviewers: Annotated[
        Path, typer.Argument(help="评查员名单（CSV 或 Excel）：姓名,单位,回避单位")
    ],
    seed: Annotated[str, typer.Option("--seed", help="种子，当众宣布")] = "",
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """给每个案卷分派两名评查员：不评本单位，按种子随机，工作量均衡。"""
    from casereview.record.store import Store
    from casereview.reports.terminal.rounds import show_assigned
    from casereview.rounds.history import History
    from casereview.run.panel import assign_panel

    store = Store(db, create=False)
    number = scope(History(store), run)
    done = assign_panel(store, reviewers, seed, actor(by), number)
    if json_:
        print_json({case: list(names) for case, names in done.pairs.items()})
    else:
        show_assigned(out(), done.run, seed, done.pairs)


@panel_app.command("submit")
def panel_submit(
    cases: Annotated[
        list[str] | None, typer.Argument(help="案卷名；不写则提交分派给本人的全部案卷")
    ] = None,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
) -> None:
    """提交评查：两人都提交以前，互相看不到意见；提交以后不能再改。"""
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.panel import hand_in

    store = Store(db, create=False)
    done = hand_in(store, cases or (), actor(by), scope(History(store), run))
    earlier = f"，{done.before} 个此前已提交" if done.before else ""
    tell(f"已提交 {done.now} 个案卷{earlier}")


@panel_app.command("status")
def panel_status(
    points: Annotated[float, typer.Option("--points", help="两人得分相差超过几分要第三人")] = 5,
    line: Annotated[float, typer.Option("--line", help="得分低于几分要第三人")] = 60,
    reviewers: Annotated[
        Path | None, typer.Option("--reviewers", help="评查员名单，用来抽第三人")
    ] = None,
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """双人评查的进度、分歧、第三人和一致程度（逐项，Cohen κ）。"""
    from casereview.reports.terminal.rounds import show_agreement, show_panel
    from casereview.rounds.panel import Triggers
    from casereview.rounds.panel_status import panel_status as status_of
    from casereview.run.panel import reviewers_in

    history = open_history(db)
    people = reviewers_in(reviewers) if reviewers else []
    triggers = Triggers(Decimal(str(points)), Decimal(str(line)))
    got = status_of(history, scope(history, run), triggers, people)
    if json_:
        print_json(
            {
                "cases": [c.as_dict() for c in got.cases],
                "agreement": [a.as_dict() for a in got.agreement],
            }
        )
    else:
        show_panel(out(), got.cases)
        show_agreement(out(), got.agreement)


def sample(
    ledger: Annotated[
        Path,
        typer.Argument(
            help="案卷台账（CSV 或 Excel），至少有列 单位、案号，最好有 领域、程序、年度"
        ),
    ],
    seed: Annotated[
        str, typer.Option("--seed", help="种子，当众宣布；同样的种子抽出同样的案卷")
    ] = "",
    per_unit: Annotated[int, typer.Option("--per-unit", help="每个单位抽几卷")] = 3,
    quota: Annotated[
        list[str] | None, typer.Option("--quota", help="每个单位至少几卷：程序:简易程序=1")
    ] = None,
    pull: Annotated[
        list[str] | None, typer.Option("--pull", help="主动调取的案号，可以写多次")
    ] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="排除：案号=理由")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写成 Excel")] = None,
    campaign: Annotated[
        str, typer.Option("--campaign", help="哪个评查活动的名单；只有一个进行中的不用写")
    ] = "",
    by: By = "",
    db: Db = DEFAULT_DB,
    json_: Json = False,
) -> None:
    """按单位、领域、程序、年度随机抽取案卷；名单连同排除的案卷和理由存入数据库。"""
    from casereview.record.store import Store
    from casereview.reports.excel.lot_sheet import sheet_of
    from casereview.reports.terminal.rounds import show_draw
    from casereview.rounds.history import History
    from casereview.run.files import write_file
    from casereview.run.panel import DrawOrder, draw_files

    lots = (tuple(x or ()) for x in (quota, pull, exclude))
    store = Store(db)
    known = History(store).campaigns
    own = known.named(campaign).name if campaign or known.open else ""
    got = draw_files(store, DrawOrder(ledger, seed, per_unit, *lots), actor(by), own)
    if output:
        write_file(output, sheet_of(got))
    if json_:
        print_json(got.as_dict())
        return
    show_draw(out(), got)
    tell(f"这是评查活动“{own}”的名单" if own else "名单不属于评查活动：还没有评查活动")
    if pull:
        tell(f"主动调取 {len(pull)} 卷，计在每个单位 {per_unit} 卷之内")
    for text in got.short:
        tell(text, "yellow")
