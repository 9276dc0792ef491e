"""``casereview documents``: how a case was split into papers."""

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
        result = corrected(db, run, case, tuple(correct or ()), reset)
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


def corrected(db: Path, run: str, case: str, splits: tuple[str, ...], reset: bool) -> CaseResult:
    """The case as it was judged anew after its split was put right. Raises UsageError."""
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.fixing import SplitOrder, correct_split
    from casereview.run.local import Local

    store = Store(db, create=False)
    order = SplitOrder(case, splits, reset, scope(History(store), run))
    result = correct_split(store, order, Local(1))
    tell(f"已更正并重新评查 {result.case}，得分 {result.score}，{result.grade}")
    return result
