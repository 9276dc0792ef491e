"""The command by which a unit's way of writing is asked once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.keys import line, pressed
from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Json,
    Run,
    actor,
    out,
    print_json,
    processes,
    scope,
    tell,
)
from casereview.errors import UsageError

if TYPE_CHECKING:
    from casereview.papers.house import Entry
    from casereview.run.engine import Engine
    from casereview.run.learning import Asking, Learned, Session, UnitFiles

Unit = Annotated[str, typer.Argument(help="单位名称，或者其中一段")]
Most = Annotated[int, typer.Option("--most", help="最多问几个，缺省 10 个")]
SheetOut = Annotated[
    Path | None, typer.Option("--sheet", help="把问题写成 Excel 表，填好后用 --answers 交回")
]
SheetIn = Annotated[Path | None, typer.Option("--answers", help="读入填好的表")]
Listed = Annotated[bool, typer.Option("--list", help="列出这个单位已有的答复")]
Undo = Annotated[int, typer.Option("--undo", help="撤回第几条答复（号见 --list）")]
Workers = Annotated[int, typer.Option(help="同时工作的进程数，缺省为处理器核数")]


def learn(
    unit: Unit,
    sheet: SheetOut = None,
    answers: SheetIn = None,
    listed: Listed = False,
    undo: Undo = 0,
    most: Most = 10,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
    workers: Workers = 0,
    json_: Json = False,
) -> None:
    """问一次这个单位怎样写：不认识的题名、栏目、说法，答一次用于该单位的全部案卷，
    只重评有关的案卷。
    """
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.learning import keep, unit_files, withdraw
    from casereview.run.local import Local

    engine = Local(processes(workers))
    store = Store(db, create=False)
    files = unit_files(store, unit, scope(History(store), run))
    if listed:
        _list(files, json_)
    elif undo:
        _say(withdraw(store, files, undo, actor(by), engine), json_)
    else:
        asking = _asking(files, engine, most if answers is None else 0)
        if sheet is not None:
            _write(asking, sheet)
        elif json_ and answers is None:
            print_json(asking.as_dict())
        else:
            given = _answered(asking, answers)
            if given:
                _say(keep(store, files, given, actor(by), engine), json_)


def _asking(files: UnitFiles, engine: Engine, most: int) -> Asking:
    """The most valuable questions; all of them where ``most`` is 0."""
    from dataclasses import replace

    from casereview.run.learning import ask

    tell(f"正在查看{files.unit}的 {len(files.refs)} 个案卷……")
    asking = ask(files, engine)
    return replace(asking, questions=asking.questions[:most]) if most else asking


def _list(files: UnitFiles, json_: bool) -> None:
    from casereview.reports.terminal.learning import show_house

    if json_:
        holding = {e.number for e in files.house.holding}
        rows = [
            {"number": e.number, "on": e.on, "by": e.by, "says": e.sentence(), "seen": e.seen}
            | {"holds": e.number in holding}
            for e in files.house.entries
        ]
        print_json(rows)
    else:
        show_house(out(), files.house)


def _write(asking: Asking, path: Path) -> None:
    from casereview.privacy.mask import masker
    from casereview.reports.excel.question_sheet import sheet_of
    from casereview.run.files import write_file

    mask = masker(asking.files.results)
    write_file(path, sheet_of(asking.unit, asking.questions, mask))
    tell(
        f"{len(asking.questions)} 个问题已写到 {path}；填好后运行 casereview learn"
        f" {asking.unit} --answers {path}"
    )


def _answered(asking: Asking, path: Path | None) -> list[Entry]:
    """The entries of a sheet, or of the person at the terminal."""
    from casereview.run.files import read_table
    from casereview.run.learning import Session, answers_of

    if path is not None:
        got = answers_of(asking, read_table(path))
        for line in got.remarks:
            tell(line, "yellow")
        if not got.entries:
            tell("表上没有新的答复。")
        return list(got.entries)
    if not asking.questions:
        tell(f"{asking.unit}没有要问的了。")
    session = Session(asking)
    _interview(session)
    return [entry for _, entry in session.given]


def _interview(session: Session) -> None:
    """Ask until there is nothing left or the person leaves."""
    from casereview.reports.terminal.learning import show_question

    of = len(session.asking.questions)
    while (q := session.question) is not None:
        show_question(out(), q, len(session.given) + 1, of)
        try:
            if not _key(session, pressed()):
                return
        except UsageError as e:
            tell(str(e), "yellow")


def _key(session: Session, key: str) -> bool:
    """What one key does; False to leave."""
    if key in ("q", ""):
        return False
    if key == "s":
        session.skip()
    elif key == "u":
        tell("已撤销上一答。" if session.undo() else "还没有答过。")
    elif key == "t":
        session.write(line("写文书全称、栏目名或者说法："))
    elif key.isdigit():
        session.choose(int(key))
    else:
        tell("请按选项的号，或者 0、s、t、u、q", "yellow")
    return True


def _say(done: Learned, json_: bool) -> None:
    """What became of the answers."""
    from casereview.reports.terminal.learning import show_moved

    if json_:
        print_json(done.as_dict())
        return
    for entry in done.entries:
        tell(f"已记第 {entry.number} 条：{entry.sentence()}")
    show_moved(out(), [(m.case, m.check, m.before, m.after) for m in done.moved])
    for case in done.broken:
        tell(f"案卷 {case} 未能重新评查，原来的结论不变", "yellow")
    tell(f"重新评查了 {len(done.cases)} 个案卷。撤回：casereview learn {done.house.unit} --undo 号")
