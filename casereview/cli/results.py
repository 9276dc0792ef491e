"""Commands that show what is in the store: a case, the units, the export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    Audit,
    By,
    Db,
    Json,
    OfCase,
    OfItem,
    OfReviewer,
    OfStage,
    OfUnit,
    OfVerdict,
    Ruled,
    Run,
    Vetoes,
    open_history,
    out,
    print_json,
    scope,
    today,
)
from casereview.errors import UsageError


def show(
    case: Annotated[str, typer.Argument(help="案卷名（可以只写一部分），或者 list 里的案卷号")],
    db: Db = DEFAULT_DB,
    run: Run = "",
    check: Annotated[str, typer.Option("--check", help="只看一项，连同依据和计算过程")] = "",
    all_: Annotated[bool, typer.Option("--all", help="连合格、不适用的项目一并列出")] = False,
    by: By = "",
    audit: Audit = False,
    json_: Json = False,
) -> None:
    """一个案卷的评查台账：每一项的结论、页码、原文和算式，连同复核意见。"""
    from casereview.record.result import to_data
    from casereview.reports.gather import case_view, edition_used
    from casereview.reports.terminal.results import show_case

    history = open_history(db, audit, by)
    number = scope(history, run)
    result = history.case(case, number)
    if json_:
        rows = [to_data(f) for f in result.findings if f.check == check]
        print_json(rows if check else to_data(result))
        return
    edition = edition_used(history, result)
    if check and edition.get(check) is None:
        raise UsageError(f"没有检查项“{check}”，可以用 casereview checklist show 查看全部编号。")
    show_case(out(), case_view(history, result), check, all_)


def list_(
    unit: OfUnit = "",
    case: OfCase = "",
    item: OfItem = "",
    stage: OfStage = "",
    verdict: OfVerdict = "",
    reviewer: OfReviewer = "",
    veto: Vetoes = False,
    open_: Annotated[bool, typer.Option("--open", help="只要待定的")] = False,
    ruled: Ruled = False,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """各案卷的问题和待定项，一项一行；号可以用在 show、rule 里。"""
    from casereview.reports.terminal.results import show_lines
    from casereview.rounds.listing import Asked, lines

    history = open_history(db, viewer=by)
    asked = Asked(unit, case, item, stage, verdict, reviewer, veto, open_, ruled)
    rows = lines(history, scope(history, run), asked)
    if json_:
        print_json([x.as_dict() for x in rows])
    else:
        show_lines(out(), rows)


def units(
    unit: Annotated[
        str, typer.Argument(help="单位名称（可以只写一部分）：列出该单位落实三项制度的台账")
    ] = "",
    trend: Annotated[
        bool, typer.Option("--trend", help="历次评查的名次、整改率、重复问题，谁该回头看")
    ] = False,
    worst: Annotated[int, typer.Option("--worst", help="排名末几位建议回头看")] = 3,
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """单位排名；写单位名称时列出该单位落实三项制度的情况；--trend 看历次变化。"""
    if trend:
        _trend(db, unit, worst, json_)
    elif unit:
        _unit(db, run, unit, json_)
    else:
        _ranking(db, run, json_)


def _trend(db: Path, unit: str, worst: int, json_: bool) -> None:
    from casereview.reports.terminal.rounds import show_trend
    from casereview.rounds.trend import trend_of

    got = trend_of(open_history(db), today().isoformat(), unit, worst)
    if json_:
        print_json(got.as_dict())
    else:
        show_trend(out(), got.units, got.visits)


def _unit(db: Path, run: str, name: str, json_: bool) -> None:
    from casereview.record.result import to_data
    from casereview.reports.gather import systems_view
    from casereview.reports.terminal.results import show_unit
    from casereview.rounds.trend import unit_named

    history = open_history(db)
    result = unit_named(history, scope(history, run), name)
    if json_:
        print_json(to_data(result))
    else:
        show_unit(out(), result.unit, systems_view(history, result))


def _ranking(db: Path, run: str, json_: bool) -> None:
    from casereview.reports.terminal.results import show_cases, show_units
    from casereview.rounds.ranking import ranking

    history = open_history(db)
    number = scope(history, run)
    results = history.results(number)
    rows = ranking(results, history.units(number))
    if json_:
        print_json([r.as_dict() for r in rows])
    else:
        show_units(out(), rows)
        show_cases(out(), results)


def export(
    db: Db = DEFAULT_DB,
    run: Run = "",
    format_: Annotated[str, typer.Option("--format", help="jsonl")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写入文件；缺省写到标准输出")
    ] = None,
    level: Annotated[
        str, typer.Option("--level", help="case 每个案卷一行，unit 每个单位一行")
    ] = "case",
    masked: Annotated[
        bool, typer.Option("--masked", help="给别人用的：遮蔽个人信息（默认是内部用的全文）")
    ] = False,
    audit: Audit = False,
) -> None:
    """导出评查结果，每个案卷（或者每个单位）一行 JSON，连同复核意见。"""
    from casereview.privacy.mask import masker
    from casereview.record.result import to_json
    from casereview.reports.anonymous import shared_line
    from casereview.run.files import write_file

    if format_ != "jsonl":
        raise UsageError("--format 目前只能是 jsonl")
    if level not in ("case", "unit"):
        raise UsageError("--level 只能是 case 或 unit")
    history = open_history(db, audit)
    number = scope(history, run)
    results = history.results(number) if level == "case" else history.units(number)
    mask = masker(results) if masked else None
    lines = "".join((shared_line(r, mask) if mask else to_json(r)) + "\n" for r in results)
    if output is None:
        sys.stdout.write(lines)
    else:
        write_file(output, lines.encode())
