"""Commands of the rounds: what changed, what units put right, what became of a decision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    Audit,
    By,
    Db,
    Json,
    Run,
    Unmasked,
    actor,
    day,
    day_if,
    open_history,
    out,
    print_json,
    scope,
    tell,
    today,
)
from casereview.errors import UsageError

if TYPE_CHECKING:
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.decisions import Actor, ObjectionOrder
    from casereview.run.issuing import RehearsalOrder

Issue = Annotated[
    bool, typer.Option("--issue", help="写出试填的整改清单（写了 -o 就是）；印发用 issue")
]
Answers = Annotated[
    list[Path] | None, typer.Option("--answers", help="下一版取消，改用 collect", hidden=True)
]
Decide = Annotated[str, typer.Option("--decide", help="下一版取消，改用 decide", hidden=True)]


def compare(
    before: Annotated[
        str, typer.Argument(help="前一次评查的编号或者轮次；都不写则比较评查活动最近的两轮")
    ] = "",
    after: Annotated[str, typer.Argument(help="后一次评查的编号或者轮次")] = "",
    via: Annotated[
        int, typer.Option("--via", help="用现行标准重评旧案卷的那一次，用来分清标准变化和单位整改")
    ] = 0,
    db: Db = DEFAULT_DB,
    audit: Audit = False,
    json_: Json = False,
) -> None:
    """两次评查比较：每个问题的结果，分数为什么变，哪些整改要再核实。"""
    history = open_history(db, audit)
    first, last = _two(history, before, after)
    c = history.compare(first, last, via, flags=True)
    if json_:
        print_json({**c.as_dict(), "look_again": [h.__dict__ for h in c.flags]})
        return
    from casereview.reports.terminal.rounds import show_comparison
    from casereview.reports.words import lapsed_line
    from casereview.rounds.rate import rates, total

    show_comparison(out(), c, c.flags, total(rates(history, first, last).values()))
    for case, finding in history.lapsed(last):
        tell(lapsed_line(case.case, finding), "bold red")


def _two(history: History, before: str, after: str) -> tuple[int, int]:
    """The two runs to compare. Raises UsageError."""
    if before and after:
        return history.chosen(before), history.chosen(after)
    if before or after:
        raise UsageError("compare 要写两次评查，例如 compare 1 2 或者 compare 初评 回头看")
    last = scope(history, "")
    earlier = history.earlier(last)
    if earlier is None:
        raise UsageError("只有一轮评查，没有可以比较的；例如 compare 1 2")
    return earlier, last


def history(
    case: Annotated[str, typer.Argument(help="案卷名（可以只写一部分）")],
    db: Db = DEFAULT_DB,
    json_: Json = False,
) -> None:
    """一个案卷在历次评查里的得分和变化。改了文件夹名、文件名也认得。"""
    from casereview.reports.terminal.rounds import show_history
    from casereview.rounds.case_history import history_of

    got = history_of(open_history(db), case)
    if json_:
        print_json(got.as_dict())
    else:
        show_history(out(), got.visits, [e.body for e in got.outcomes])


def rectify(
    unit: Annotated[str, typer.Option("--unit", help="单位名称（可以只写一部分）")] = "",
    issue: Issue = False,
    days: Annotated[int, typer.Option("--days", help="几个工作日内反馈")] = 15,
    due: Annotated[str, typer.Option("--due", help="截止日期，代替 --days")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到哪个文件夹")] = None,
    answers: Answers = None,
    decide: Decide = "",
    outcome: Annotated[
        str, typer.Option("--outcome", help="下一版取消，改用 decide", hidden=True)
    ] = "",
    why: Annotated[str, typer.Option("--why", help="处理异议的理由")] = "",
    unmasked: Unmasked = False,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """整改：待下发的问题，看到哪里了、谁逾期、谁有异议。"""
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.decisions import ObjectionOrder
    from casereview.run.issuing import RehearsalOrder

    store = Store(db, create=False)
    number = scope(History(store), run)
    if issue or output is not None:
        if output is None:
            raise UsageError("下发清单要写 -o 文件夹")
        last = day_if(due, "--due")
        lists = RehearsalOrder(output, unit, last, days, unmasked, why, number)
        _issue(store, lists, actor(by))
    elif answers:
        tell("rectify --answers 下一版取消，请改用 casereview collect", "yellow")
        take(store, answers, actor(by))
    elif decide:
        tell("rectify --decide 下一版取消，请改用 casereview decide", "yellow")
        settle(store, ObjectionOrder(decide, outcome, why, number), actor(by))
    if json_ or not (issue or output):
        _items(db, number, unit, json_)


def _issue(store: Store, order: RehearsalOrder, who: Actor) -> None:
    """Lists of a trial are a rehearsal; those of a round go out by the one act of issuing."""
    from casereview.cli.issue import tell_done
    from casereview.reports.issued import maker, rehearsal_maker
    from casereview.reports.office import Office
    from casereview.rounds.history import History
    from casereview.run.issuing import IssueOrder, issue, rehearse

    if order.run in History(store).campaigns.rounds:
        official = IssueOrder(**vars(order))
        done = issue(store, official, who, maker(Office({}), None))
    else:
        done = rehearse(store, order, who, rehearsal_maker())
        tell("试评：清单是草稿，只用来试填试交；评查活动的用 casereview issue 印发", "yellow")
    tell_done(done, order.folder)


def take(store: Store, files: list[Path], who: Actor) -> None:
    """Take in lists that units filled in, all or none, and say so. Raises UsageError."""
    from casereview.reports.excel.rectification_answers import answers
    from casereview.run.decisions import listed, take_answers

    known = listed(store, who.today)
    back = [answers(path, known, who.today) for path in files]
    for remark in (text for one in back for text in one.remarks):
        tell(remark, "yellow")
    rows = [row for one in back for row in one.answers]
    tell(f"导入反馈 {take_answers(store, rows, who)} 条")


def settle(store: Store, order: ObjectionOrder, who: Actor) -> None:
    """Decide on what a unit wrote, and say so. Raises UsageError."""
    from casereview.run.decisions import decide_objection

    case, check = decide_objection(store, order, who)
    kind = "异议" if "采纳" in order.outcome else "情况说明"
    tell(f"{case} {check}：{kind}{order.outcome}")


def _items(db: Path, number: int, unit: str, json_: bool) -> None:
    """What is to be put right, and where it stands."""
    from casereview.reports.terminal.rounds import item_data, show_items
    from casereview.rounds.rectification import items, waiting

    history = open_history(db)
    rows = [*items(history, today().isoformat(), unit), *waiting(history, number, unit)]
    if json_:
        print_json([item_data(i) for i in rows])
    else:
        show_items(out(), rows)


def outcome(
    case: Annotated[str, typer.Argument(help="案卷名（可以只写一部分）")],
    result: Annotated[str, typer.Argument(help="维持、撤销、变更、确认违法、撤回")],
    forum: Annotated[str, typer.Option("--forum", help="行政复议 或 行政诉讼")] = "行政复议",
    date: Annotated[str, typer.Option("--date", help="决定（裁判）日期")] = "",
    why: Annotated[str, typer.Option("--why", help="文号、理由")] = "",
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
) -> None:
    """登记一个案卷的复议、诉讼结果，与评查发现的问题放在一起看。"""
    from casereview.record.store import Store
    from casereview.rounds.history import History
    from casereview.run.decisions import OutcomeOrder, record_outcome

    store = Store(db, create=False)
    number = scope(History(store), run)
    order = OutcomeOrder(case, result, forum, day(date, "--date"), why, number)
    known = record_outcome(store, order, actor(by))
    tell(f"已登记：{known} {forum}{result}（{order.date}）")
