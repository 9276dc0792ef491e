"""Commands of the reviewers: what they say of findings, and how that travels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.groups import Commands
from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Json,
    Run,
    actor,
    day_if,
    number_if,
    out,
    print_json,
    scope,
    tell,
)
from casereview.errors import UsageError

if TYPE_CHECKING:
    from casereview.record.store import Store
    from casereview.run.decisions import Ruled

rulings_app = Commands(
    no_args_is_help=True,
    help="下一版取消：列出意见用 list --ruled，交意见用 send，收意见用 collect。",
)
Finding = Annotated[
    str,
    typer.Argument(
        help="哪一项结论：list 里的号（3.12，几项写 3.97、3.98 或 3.97-99）、show 里的标识，"
        "或者 案卷名#检查项编号"
    ),
]
Action = Annotated[
    str,
    typer.Argument(
        help=(
            "确认（维持）、否定、改分、合格、不合格、不适用、免予整改、撤回；也可以写"
            " confirm、overrule、adjust、pass、fail、na、waive、withdraw"
        )
    ),
]
Points = Annotated[str, typer.Option("--points", help="扣几分：改分必填，不合格按该项的扣分办法填")]
At = Annotated[str, typer.Option("--at", help="人工发现的问题在哪里：文件:页，可再加 :原文")]
Settle = Annotated[bool, typer.Option("--settle", help="裁定：在意见不一时作为最后意见")]


def rule(
    finding: Finding,
    action: Action,
    why: Annotated[str, typer.Option("--why", help="理由（必填），只留在内部，不写进文书")] = "",
    say: Annotated[
        str, typer.Option("--say", help="写进文书的话：这个问题怎样对单位说；缺省用程序的说明")
    ] = "",
    by: By = "",
    points: Points = "",
    until: Annotated[str, typer.Option("--until", help="免予整改到哪一天")] = "",
    signer: Annotated[str, typer.Option("--signer", help="免予整改的批准人")] = "",
    at: At = "",
    settle: Settle = False,
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """对一项结论写复核意见。意见只增不改；以后各次评查里，结论和依据不变的继续有效。"""
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run import decisions

    points, until = number_if(points, "--points"), day_if(until, "--until")
    store = Store(db, create=False)
    number = scope(History(store), run)
    order = decisions.RulingOrder(
        finding, action, why, points, until, signer, at, settle, number, say
    )
    every = decisions.rule_on(several(finding), store, order, actor(by))
    if json_:
        rows = [done.as_dict() for done in every]
        print_json(rows if len(rows) > 1 else rows[0])
        return
    for done in every:
        _say(done)


def several(text: str) -> list[str]:
    """'3.97、3.98' and '3.97-3.100' -> the findings that are meant, each by itself. Raises
    UsageError.
    """
    from casereview.rounds.history import OF_UNIT

    out: list[str] = []
    for part in re.split(r"[,，、]", text):
        m = re.fullmatch(rf"\s*({OF_UNIT}?\d+)\.(\d+)\s*-\s*(?:\1\.)?(\d+)\s*", part)
        if m and int(m[2]) > int(m[3]):
            raise UsageError(f"“{part.strip()}”写反了，应当从小到大")
        numbers = range(int(m[2]), int(m[3]) + 1) if m else ()
        out += [f"{m[1]}.{n}" for n in numbers] if m else [part.strip()]
    return list(dict.fromkeys(x for x in out if x))


def _say(done: Ruled) -> None:
    """What was recorded of one finding."""
    from casereview.rounds.rulings import ACTIONS

    for r in done.others:
        tell(f"此前 {r.by} 于 {r.at[:10]} 的意见：{ACTIONS[r.action]}（{r.why}）", "yellow")
    if done.action in ("fail", "adjust"):
        tell(f"文书里写作：“{done.finding.message}”；要改写用 --say。理由只留在内部。")
    tell(
        f"已记录：{done.case} {done.finding.check} {ACTIONS[done.action]}，现状：{done.state}；得分"
        f" {done.score}，{done.grade}"
    )


@rulings_app.command("list")
def rulings_list(db: Db = DEFAULT_DB, run: Run = "", by: By = "", json_: Json = False) -> None:
    """列出复核意见和它们的现状。双人评查未提交的，只看得到自己的。"""
    from casereview.record.store import Store
    from casereview.reports.terminal.rounds import show_rulings
    from casereview.rounds.history import History
    from casereview.run.decisions import rulings_of

    store = Store(db, create=False)
    got = rulings_of(store, scope(History(store), run), by)
    if json_:
        rows = [
            {**r.as_dict(), "case": r.case, "check": r.check, "state": state}
            for r, state in got.rows
        ]
        print_json(rows)
    else:
        show_rulings(out(), got.rows, got.lost)


@rulings_app.command("export")
def rulings_export(
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件")],
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """把复核意见（写 --by
    则只有本人的）写成一个文件，交给组织者导入。双人评查没有都提交的，只有本人能导出自己的。
    """
    from casereview.record.store import Store
    from casereview.run.decisions import export_rulings
    from casereview.run.files import write_file

    text, count = export_rulings(Store(db, create=False), by)
    write_file(output, text.encode())
    tell(f"已导出 {count} 条到 {output}")


@rulings_app.command("import")
def rulings_import(
    files: Annotated[list[Path], typer.Argument(help="rulings export 导出的文件，可以多个")],
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """导入别人的复核意见。已有的不重复，谁的意见也不覆盖；意见不一的列出来等裁定。"""
    from casereview.record.store import Store
    from casereview.rounds.history import History

    store = Store(db, create=False)
    take(store, files, scope(History(store), run), json_)


def take(store: Store, files: list[Path], number: int, json_: bool) -> None:
    """Take in rulings of others, and say what became of them. Raises UsageError."""
    from casereview.run.decisions import import_rulings

    got = import_rulings(store, files, number)
    if json_:
        split = [{"case": case, "check": check} for case, check in got.split]
        print_json({"read": got.read, "new": got.new, "conflicts": split, "unplaced": got.lost})
        return
    tell(
        f"读到 {got.read} 条，新增 {got.new} 条；意见不一 {len(got.split)} 项，没有对应结论"
        f" {got.lost} 条"
    )
    for case, check in got.split:
        tell(f"意见不一，待裁定：{case}#{check}", "yellow")
