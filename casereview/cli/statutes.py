"""``casereview checklist statutes``: the index of laws."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from casereview.cli.checklist import write
from casereview.cli.shared import day, out
from casereview.errors import UsageError


def statutes(
    more: Annotated[
        Path | None,
        typer.Argument(help="要并入的 CSV，列见 docs/法律索引.md；只查一部法律的不写"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="并入后写到哪个文件")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="整册更新：表里有的法律，原有各版全部换成表里的")
    ] = False,
    known: Annotated[
        list[str] | None,
        typer.Option("--known", help="表里某一级截至哪天是新的，如 法律=2027-09-30；可写几次"),
    ] = None,
    find: Annotated[str, typer.Option("--find", help="列出一部法律的各版本")] = "",
    on: Annotated[str, typer.Option("--on", help="配合 --find：这一天有效的是哪一版")] = "",
) -> None:
    """查法律索引，或者把新的法律并入，写成新的
    statutes.csv；放进自己的规则文件夹（CASEREVIEW_RULES）即生效。
    """
    if find:
        _find_law(find, on)
    elif more and output:
        _merge_laws(more, output, whole, known or [])
    else:
        raise UsageError("写 --find 法律名称 查各版本，或者写一个 CSV 和 --output 并入索引。")


def _find_law(title: str, on: str) -> None:
    """Print the versions of a law."""
    from casereview.reports.terminal.statutes import show_law
    from casereview.rules.rulebook import load_rules

    stood = dt.date.fromisoformat(day(on, "--on")) if on else None
    show_law(out(), load_rules().law.statutes, title, stood)


def _merge_laws(more: Path, output: Path, whole: bool, known: list[str]) -> None:
    """Write the index with the rows of another sheet."""
    from casereview.law.statute_sheet import merged
    from casereview.settings import rules_folder

    if not more.is_file():
        raise UsageError(f"找不到 {more}")
    days = {}
    for text in known:
        level, _, until = text.partition("=")
        days[level] = day(until, "--known")
    text, added, replaced = merged(rules_folder() / "statutes.csv", more, whole=whole, known=days)
    write(output, text.encode())
    typer.echo(f"新增 {added} 版，更新 {replaced} 版。")
