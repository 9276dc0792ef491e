"""The command by which a person says of one case what the program took for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.documents import corrected
from casereview.cli.shared import DEFAULT_DB, By, Db, Json, Run, actor, out, print_json, scope, tell
from casereview.cli.values import procedure as procedure_id
from casereview.errors import UsageError

if TYPE_CHECKING:
    from casereview.papers.corrections import Said
    from casereview.record.result import CaseResult
    from casereview.record.store import Store

Named = Annotated[str, typer.Argument(help="已评查的案卷名，或者其中一段")]
Splits = Annotated[
    list[str] | None,
    typer.Argument(
        help="划分：文件.pdf:3-5=处罚决定书；可以写几个，并写全该文件的各份文书", metavar="划分"
    ),
]
Reset = Annotated[bool, typer.Option("--reset", help="撤销对本案划分的更正")]
Procedure = Annotated[
    str,
    typer.Option(
        "--procedure", help="本案的程序：普通程序、简易程序、不予处罚、许可、强制、检查……"
    ),
]
Withdraw = Annotated[bool, typer.Option("--withdraw", help="撤回对本案程序的指定，恢复自动判断")]


Parts = Annotated[
    list[str] | None,
    typer.Option("--part", help="一个文件里有几个案卷：全卷.pdf:1-12，每个案卷写一次"),
]
Whole = Annotated[bool, typer.Option("--whole", help="撤回分案，仍作一个案卷")]


def fix(
    case: Named,
    splits: Splits = None,
    reset: Reset = False,
    procedure: Procedure = "",
    part: Parts = None,
    whole: Whole = False,
    withdraw: Withdraw = False,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """更正一个案卷：文书的划分，它的程序（记下日期和姓名），或者一个文件里有几个案卷。

    以后各次评查都照用，只重新评查这一个案卷；什么也不写的，看看有谁指定过程序。
    """
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.fixing import ProcedureOrder, said_of, set_procedure
    from casereview.run.local import Local

    if sum(map(bool, (splits, reset, procedure, withdraw, part, whole))) > 1:
        raise UsageError("划分、--reset、--procedure、--withdraw、--part、--whole 一次只能写一样。")
    if splits or reset:
        _say_split(corrected(db, run, case, tuple(splits or ()), reset), json_)
        return
    store = Store(db, create=False)
    number = scope(History(store), run)
    if part or whole:
        _say_parts(store, case, tuple(part or ()), number)
        return
    if not procedure and not withdraw:
        _say_what_holds(said_of(store, case, number), json_)
        return
    order = ProcedureOrder(case, procedure_id(procedure), number)
    _say(set_procedure(store, order, actor(by), Local(1)), json_)


def _say_split(result: CaseResult, json_: bool) -> None:
    """How the case is split now."""
    from casereview.record.result import to_data
    from casereview.reports.terminal.results import show_documents

    if json_:
        print_json({k: to_data(getattr(result, k)) for k in ("documents", "unread")})
    else:
        show_documents(out(), result.documents, result.unread)


def _say_parts(store: Store, case: str, parts: tuple[str, ...], run: int) -> None:
    """Keep where the cases of one file lie, and say what follows."""
    from casereview.run.fixing import PartsOrder, set_parts

    key, count = set_parts(store, PartsOrder(case, parts, run))
    what = f"{count} 个案卷" if parts else "一个案卷"
    tell(f"已记下：{key} 里是{what}。重新运行 casereview score，就按{what}评查。")


def _say_what_holds(said: Said | None, json_: bool) -> None:
    """What was said of the case so far."""
    from casereview.facts.procedures import procedure_of

    if json_:
        print_json({"procedure": said.procedure if said else None})
    elif said:
        tell(f"{procedure_of(said.procedure).name}：{said.why}")
    else:
        tell("没有人指定过本案的程序，由文书自动判断。")


def _say(result: CaseResult, json_: bool) -> None:
    """How the case is judged now."""
    from casereview.facts.procedures import procedure_of

    if json_:
        keys = ("case", "procedure", "procedure_why", "score", "grade")
        print_json({k: getattr(result, k) for k in keys})
        return
    name = procedure_of(result.procedure).name
    tell(f"已按{name}重新评查 {result.case}，得分 {result.score}，{result.grade}")
    tell(f"依据：{result.procedure_why}")
