"""Commands that show what is in the store: a case, the units, the export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casereview.cli.options import Filters, grouped
from casereview.cli.shared import (
    DEFAULT_DB,
    ROWS,
    Audit,
    By,
    Db,
    Json,
    Page,
    Run,
    one_page,
    open_history,
    out,
    print_json,
    print_json_rows,
    scope,
    tell_more,
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


@grouped
def list_(
    wanted: Filters,
    open_: Annotated[bool, typer.Option("--open", help="只要待定的")] = False,
    page: Page = 1,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """各案卷的问题和待定项，一项一行；号可以用在 show、rule 里。"""
    from casereview.reports.terminal.results import show_lines
    from casereview.rounds.listing import each_line

    history = open_history(db, viewer=by)
    rows = each_line(history, scope(history, run), wanted.asked("case", open_))
    if json_:
        print_json_rows(x.as_dict() for x in rows)
    else:
        shown, more = one_page(rows, page)
        show_lines(out(), shown)
        tell_more(page, more)


def units(
    unit: Annotated[
        str, typer.Argument(help="单位名称（可以只写一部分）：列出该单位落实三项制度的台账")
    ] = "",
    trend: Annotated[
        bool, typer.Option("--trend", help="历次评查的名次、整改率、重复问题，谁该回头看")
    ] = False,
    worst: Annotated[int, typer.Option("--worst", help="排名末几位建议回头看")] = 3,
    page: Page = 1,
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
        _ranking(db, run, page, json_)


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


def _ranking(db: Path, run: str, page: int, json_: bool) -> None:
    from casereview.reports.terminal.results import show_cases, show_units
    from casereview.rounds.ranking import ranked

    history = open_history(db)
    number = scope(history, run)
    rows = ranked(history.tallies(number), history.units(number))
    if json_:
        print_json([r.as_dict() for r in rows])
        return
    cases, more = one_page(history.page(number, page * ROWS + 1, 0), page)
    show_units(out(), rows)
    show_cases(out(), cases)
    tell_more(page, more)
