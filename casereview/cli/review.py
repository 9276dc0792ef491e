"""The command by which what is open is settled: one key each at the terminal, or on a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli import keys
from casereview.cli.keys import line, pressed
from casereview.cli.options import Filters, grouped
from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Json,
    Run,
    actor,
    number_if,
    open_history,
    out,
    print_json,
    reviewer,
    scope,
    tell,
)
from casereview.errors import UsageError

if TYPE_CHECKING:
    from casereview.rounds.history import History
    from casereview.rounds.listing import Asked
    from casereview.rounds.settling import Pending, Said, ToSettle
    from casereview.run import decisions
    from casereview.run.reviewing import Walk

SheetOut = Annotated[
    Path | None, typer.Option("--sheet", help="把待定的写成复核表.xlsx，填好后用 --answers 交回")
]
SheetIn = Annotated[Path | None, typer.Option("--answers", help="读入填好的复核表")]


@grouped
def review(
    wanted: Filters,
    sheet: SheetOut = None,
    answers: SheetIn = None,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """逐项判断待定的：一项一键；或者写成复核表，填好后读回。按错的可以撤回。"""
    if sheet is None and answers is None and not keys.at_terminal():
        raise UsageError(
            "逐项判断要在终端里按键。没有终端时：casereview review --sheet 复核表.xlsx"
            " 写出待定的项目，填好后 casereview review --answers 复核表.xlsx 读回。"
        )
    name = reviewer(by)
    history = open_history(db, viewer=name)
    number = scope(history, run)
    if answers is not None:
        take(history, number, answers, name, json_)
        return
    waiting = _waiting(history, number, wanted.asked(""), name)
    if sheet is not None:
        _write(history, number, waiting, sheet)
    elif waiting.rows:
        _walk(history, number, waiting, name)


def _waiting(history: History, run: int, asked: Asked, name: str) -> ToSettle:
    """What waits for the person, and a note on what is in other hands."""
    from casereview.rounds.settling import to_settle

    waiting = to_settle(history, run, asked, name)
    if waiting.others:
        tell(f"另有 {waiting.others} 项分派给别人或者已经提交，没有列出。", "yellow")
    if not waiting.rows:
        tell("没有待定的项目。")
    return waiting


def _write(history: History, run: int, waiting: ToSettle, path: Path) -> None:
    from casereview.privacy.mask import masker
    from casereview.reports.excel.review_sheet import sheet_of
    from casereview.rounds.progress import progress_of
    from casereview.run.files import write_file

    mask = masker(history.results(run))
    write_file(path, sheet_of(progress_of(history, run).line, waiting.rows, mask))
    tell(f"{len(waiting.rows)} 项已写到 {path}；填好后运行 casereview review --answers {path}")


def take(history: History, run: int, path: Path, name: str, json_: bool) -> None:
    """Record what stands on a sheet, and say what became of it."""
    from casereview.privacy.mask import masker
    from casereview.reports.excel.review_answers import answers
    from casereview.rounds.settling import every_one
    from casereview.run.reviewing import take_sheet

    mask = masker(history.results(run))
    got = answers(path, every_one(history, run), mask)
    done = take_sheet(history, run, got.said, actor(name))
    for remark in got.remarks:
        tell(remark, "yellow")
    if json_:
        print_json([x.as_dict() for x in done.ruled])
        return
    known = f"，{done.known} 项以前说过，没有再记" if done.known else ""
    empty = f"，{got.empty} 项空着" if got.empty else ""
    tell(f"已记录 {len(done.ruled)} 项{known}{empty}。")


def _walk(history: History, run: int, waiting: ToSettle, name: str) -> None:
    """Go through what waits until it is settled or the person leaves."""
    from casereview.reports.terminal.review import show_pending
    from casereview.run.reviewing import Walk

    walk = Walk(history, run, waiting.rows, lambda: actor(name))
    of, note, shown = len(waiting.rows), "", -1
    while (p := walk.current) is not None:
        if shown != len(walk.past):
            shown, note = len(walk.past), ""
            show_pending(out(), p, shown + 1, of)
        key = pressed()
        if key in ("q", ""):
            break
        try:
            note = _key(walk, p, key, note)
        except UsageError as e:
            tell(str(e), "yellow")
    tell(
        f"判断了 {walk.settled} 项，还有 {of - walk.settled} 项。"
        "以后要收回的：casereview rule 号 撤回 --why 理由"
    )


def _key(walk: Walk, p: Pending, key: str, note: str) -> str:
    """What one key does; returns the note for the finding at hand. Raises UsageError."""
    from casereview.reports.terminal.review import show_beside
    from casereview.rounds.settling import FAULT, GOOD, UNFIT, Said

    if key == "s":
        walk.skip()
    elif key == "u":
        back = walk.undo()
        tell(f"已撤回，现状：{back.state}" if back else "回到上一项")
    elif key == "d":
        show_beside(out(), p)
    elif key == "n":
        return line("备注（只留在内部）：")
    elif key in ("1", "3"):
        _say(walk.say(Said(GOOD if key == "1" else UNFIT, note)))
    elif key == "2":
        _say(walk.say(_fault(p, Said(FAULT, note))))
    else:
        tell("请按 1、2、3、s、u、d、n、q", "yellow")
    return note


def _fault(p: Pending, said: Said) -> Said:
    """What else is needed to say that something is a fault. Raises UsageError."""
    from dataclasses import replace

    at = line("问题在哪里（文件:页，可以再加 :原文）：") if p.lacks_place else ""
    points = number_if(line(f"扣几分（{p.way}）："), "扣分") if p.way else ""
    says = line(f"写进文书的话（回车用“{p.sentence}”）：")
    return replace(said, at=at, points=points, says=says)


def _say(done: decisions.Ruled) -> None:
    """What was recorded."""
    from casereview.rounds.rulings import ACTIONS

    tell(f"已记录：{ACTIONS[done.action]}，现状：{done.state}；得分 {done.score}，{done.grade}")
