"""Commands on the papers of a case: how it was split, and how that is put right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    Db,
    Json,
    Run,
    open_history,
    out,
    print_json,
    scope,
    tell,
)
from casereview.errors import UsageError

if TYPE_CHECKING:
    from casereview.record.result import CaseResult

Corrections = Annotated[
    list[str] | None, typer.Option("--correct", help="旧的写法，下一版取消：改用 fix", hidden=True)
]


def documents(
    case: Annotated[str, typer.Argument(help="已评查的案卷名，或者案卷的路径")],
    db: Db = DEFAULT_DB,
    run: Run = "",
    correct: Corrections = None,
    reset: Annotated[bool, typer.Option("--reset", hidden=True)] = False,
    json_: Json = False,
) -> None:
    """查看一个案卷怎样划分成文书，每一份的把握和理由。"""
    from casereview.record.result import to_data
    from casereview.reports.terminal.results import show_documents
    from casereview.run.work import read_only

    if correct or reset:
        tell("documents 的 --correct、--reset 下一版取消，请改用 casereview fix", "yellow")
        result = _corrected(db, run, case, tuple(correct or ()), reset)
        papers, unread = result.documents, result.unread
    elif Path(case).exists():
        reading = read_only(Path(case))
        papers, unread = reading.documents, reading.unread
    else:
        history = open_history(db)
        found = history.case(case, scope(history, run))
        papers, unread = found.documents, found.unread
    if json_:
        print_json({"documents": to_data(papers), "unread": to_data(unread)})
    else:
        show_documents(out(), papers, unread)


def fix(
    case: Annotated[str, typer.Argument(help="已评查的案卷名，或者 list 里的案卷号")],
    splits: Annotated[
        list[str] | None,
        typer.Argument(
            help="更正：文件.pdf:3-5=处罚决定书；可以写几个，并写全该文件的各份文书", metavar="划分"
        ),
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="撤销对本案的更正")] = False,
    db: Db = DEFAULT_DB,
    run: Run = "",
) -> None:
    """更正一个案卷的文书划分；只重新评查这一个案卷。"""
    from casereview.reports.terminal.results import show_documents

    if bool(splits) == reset:
        raise UsageError("写明怎样更正，例如 fix 〕9号 全卷.pdf:1-2=卷宗封面；撤销更正写 --reset。")
    result = _corrected(db, run, case, tuple(splits or ()), reset)
    show_documents(out(), result.documents, result.unread)


def _corrected(db: Path, run: str, case: str, splits: tuple[str, ...], reset: bool) -> CaseResult:
    """The case as it was judged anew. Raises UsageError."""
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.campaign import SplitOrder, correct_split
    from casereview.run.local import Local

    store = Store(db, create=False)
    order = SplitOrder(case, splits, reset, scope(History(store), run))
    result = correct_split(store, order, Local(1))
    tell(f"已更正并重新评查 {result.case}，得分 {result.score}，{result.grade}")
    return result
