"""Commands by which what people said travels: what a reviewer hands over, and what an organiser
takes in, whatever kind of file it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli import keys
from casereview.cli.shared import DEFAULT_DB, By, Db, Run, actor, open_history, scope, tell

if TYPE_CHECKING:
    from casereview.record.store import Store
    from casereview.run.decisions import Actor


def send(
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件")],
    yes: Annotated[bool, typer.Option("--yes", help="双人评查的同时提交，不再问")] = False,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
) -> None:
    """把我的复核意见写成一个文件，交给组织者（他用 collect 收）；双人评查的，问过以后同时提交。"""
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.decisions import export_rulings
    from casereview.run.files import write_file

    store, who = Store(db, create=False), actor(by)
    number = scope(History(store), run)
    export_rulings(store, who.name)  # who has said nothing hands in nothing by this command
    _hand_in(store, who, number, yes)
    text, count = export_rulings(store, who.name)
    write_file(output, text.encode())
    tell(f"已写入 {output}，{count} 条。交给组织者：casereview collect {output.name}")


def _hand_in(store: Store, who: Actor, number: int, yes: bool) -> None:
    """Hand in what was given to the person for double review and is not handed in yet."""
    from casereview.rounds.history import History
    from casereview.run.panel import hand_in, unwritten

    panel = History(store, viewer=who.name).panel_state(number)
    mine = [
        case
        for case, names in panel.reviewers.items()
        if who.name in names and who.name not in panel.handed_in.get(case, ())
    ]
    if not mine:
        return
    silent = len(unwritten(store, mine, who.name, number))
    more = f"，其中 {silent} 个没有写过意见" if silent else ""
    tell(f"双人评查分派给您、还没有提交的有 {len(mine)} 个案卷{more}。", "yellow")
    if yes or keys.agreed("提交以后不能再改，现在提交吗？"):
        tell(f"已提交 {hand_in(store, mine, who, number).now} 个案卷")
    else:
        tell("没有提交；要提交的：casereview panel submit，或者加 --yes", "yellow")


def collect(
    files: Annotated[list[Path], typer.Argument(help="收到的文件，可以多个，种类不同也可以")],
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
) -> None:
    """把收到的文件读进来：评查员的意见（send 写出的）、复核表、单位填好的整改清单，看内容认。

    有一处不能采用的，那一份一行也不导入。
    """
    from casereview.cli.review import take as take_sheet
    from casereview.cli.rounds import take as take_answers
    from casereview.cli.rulings import take as take_rulings

    who, history = actor(by), open_history(db)
    number = scope(history, run)
    kinds = [(path, _kind(path)) for path in files]
    for path, kind in kinds:
        tell(f"{path}：{kind}")
        if kind == RULINGS:
            take_rulings(history.store, [path], number, False)
        elif kind == SHEET:
            take_sheet(open_history(db, viewer=who.name), number, path, who.name, False)
        else:
            take_answers(history.store, [path], who)


RULINGS, SHEET, ANSWERS = "评查员的意见", "复核表", "单位填好的整改清单"


def _kind(path: Path) -> str:
    """What a file is, by what stands in it. Raises UsageError."""
    from casereview.errors import UsageError
    from casereview.reports.excel.rectification_answers import LIST as ANSWERED
    from casereview.reports.excel.returned import fitting
    from casereview.reports.excel.review_answers import LIST as REVIEWED

    if not path.is_file():
        raise UsageError(f"找不到 {path}，一份也没有导入。")
    if path.read_bytes()[:1] == b"{":
        return RULINGS
    form = fitting(path, (REVIEWED, ANSWERED))
    if form is None:
        raise UsageError(f"{path} 不是意见、复核表，也不是整改清单；一份也没有导入。")
    return SHEET if form is REVIEWED else ANSWERS


def decide(
    finding: Annotated[str, typer.Argument(help="哪一项：list 里的号、标识，或者 案卷名#编号")],
    outcome: Annotated[str, typer.Argument(help="异议：采纳、不采纳；情况说明：接受、不接受")],
    why: Annotated[str, typer.Option("--why", help="理由（必填）")] = "",
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
) -> None:
    """处理单位的异议、审查情况说明。采纳异议的同时否定该项；接受说明的算已说明。"""
    from casereview.cli.rounds import settle
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.decisions import ObjectionOrder

    store = Store(db, create=False)
    order = ObjectionOrder(finding, outcome, why, scope(History(store), run))
    settle(store, order, actor(by))
