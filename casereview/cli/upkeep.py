"""Commands of the maintainer: whether all is well, a copy of the store, results for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    Audit,
    Db,
    Json,
    Run,
    now,
    open_history,
    print_json,
    scope,
    tell,
    today,
)
from casereview.cli.values import EXPORTED, TABLES, meant
from casereview.errors import ExitCode, UsageError
from casereview.reports.inert import clean

if TYPE_CHECKING:
    from casereview.record.result import Result
    from casereview.rounds.history import History

_MARKS = {"ok": ("✓ ", "green"), "note": ("· ", "yellow"), "bad": ("✗ ", "red")}


def doctor(
    db: Db = DEFAULT_DB,
    verify: Annotated[str, typer.Option("--verify", help="核对清单上印的记录号")] = "",
    json_: Json = False,
) -> None:
    """检查本机能读什么、规则和数据库是否完好；核对印发的记录号。"""
    from casereview.run.doctor import examine

    rows = examine(db, today(), verify, now())
    if json_:
        print_json([asdict(r) for r in rows])
        return
    for r in rows:
        mark, colour = _MARKS[r.state]
        typer.echo(typer.style(mark, fg=colour) + f"{r.what}：{clean(r.detail)}")
    if any(r.state == "bad" for r in rows):
        raise typer.Exit(ExitCode.USAGE)


def backup(
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件")],
    db: Db = DEFAULT_DB,
) -> None:
    """把数据库备份成一个文件（可以在评查进行中做），并核对备份完好。

    不要直接复制正在使用的数据库。
    """
    from casereview.record.store import Store
    from casereview.run.campaign import backup as copy_store

    runs = copy_store(Store(db, create=False), output)
    tell(f"已备份到 {output}，{runs} 次评查，核对完好")


def export(
    db: Db = DEFAULT_DB,
    run: Run = "",
    format_: Annotated[str, typer.Option("--format", help="jsonl", hidden=True)] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写入文件；缺省写到标准输出")
    ] = None,
    level: Annotated[
        str, typer.Option("--level", help="案卷（case）每个案卷一行，单位（unit）每个单位一行")
    ] = "case",
    masked: Annotated[
        bool, typer.Option("--masked", help="给别人用的：遮蔽个人信息（默认是内部用的全文）")
    ] = False,
    parquet: Annotated[
        bool,
        typer.Option("--parquet", help="写成 Parquet 表（要 -o）；--level 项目：每个检查项一行"),
    ] = False,
    audit: Audit = False,
) -> None:
    """导出评查结果，每个案卷（或者每个单位）一行 JSON，连同复核意见。"""
    from casereview.privacy.mask import masker
    from casereview.record.result import to_json
    from casereview.reports.anonymous import shared_line
    from casereview.run.files import write_lines

    if format_ != "jsonl":
        raise UsageError("--format 目前只能是 jsonl")
    history = open_history(db, audit)
    if parquet:
        _parquet(history, scope(history, run), level, output, masked)
        return
    of_cases = meant("--level", level, EXPORTED) == "case"
    number = scope(history, run)
    results: Iterable[Result] = history.stream(number) if of_cases else history.units(number)
    if masked:
        mask = masker(history.results(number) if of_cases else history.units(number))
        lines = (shared_line(r, mask) + "\n" for r in results)
    else:
        lines = (to_json(r) + "\n" for r in results)
    if output is None:
        sys.stdout.writelines(lines)
        return
    tell(f"已写入 {output}，{write_lines(output, lines)} 行")


def _parquet(history: History, run: int, level: str, output: Path | None, masked: bool) -> None:
    """A table for programs. Raises UsageError."""
    from casereview.reports.parquet import write_cases, write_findings

    of_cases = meant("--level", level, TABLES) == "case"
    if output is None:
        raise UsageError("--parquet 要写 -o 文件，例如 -o 案卷.parquet")
    write = write_cases if of_cases else write_findings
    tell(f"已写入 {output}，{write(history, run, output, masked)} 行")
