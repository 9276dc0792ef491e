"""``casereview runs``: every scoring of a folder, and to which round it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.groups import Commands
from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Json,
    Why,
    actor,
    open_history,
    out,
    print_json,
    tell,
)

if TYPE_CHECKING:
    from casereview.record.result import Run
    from casereview.rounds.history import History

runs_app = Commands(invoke_without_command=True, help="各次评查：列出、起名、计入一轮、搁置。")
Number = Annotated[int, typer.Argument(help="第几次评查（casereview runs 列出）")]


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
        "cases": history.store.count(r.id),
        "unfinished": r.unfinished,
        "campaign": where.campaign if where else None,
        "round": where.name if where else None,
        "aside": known.aside.get(r.id),
        "archive": known.gone.get(r.id),
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
