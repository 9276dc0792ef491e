"""Commands of the rounds: rulings, comparing, rectification, outcomes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    Audit,
    By,
    Db,
    Json,
    Run,
    day,
    now,
    open_rounds,
    out,
    print_json,
    reviewer,
    tell,
    today,
    write,
)
from casereview.errors import UsageError
from casereview.model import Place
from casereview.record.journal import Event, Journal, dump, event_of, load
from casereview.record.result import to_data
from casereview.record.store import Store

rulings_app = typer.Typer(
    no_args_is_help=True, help="复核意见：列出、导出给组织者、导入别的电脑上的意见。"
)
File = Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件")]


def rule(
    finding: Annotated[
        str, typer.Argument(help="哪一项结论：show 里的标识（至少六位），或者 案卷名#检查项编号")
    ],
    action: Annotated[
        str,
        typer.Argument(
            help=(
                "confirm 确认、overrule 否定、adjust 改分、pass 合格、fail 不合格、na 不适用、waive"
                " 免予整改、withdraw 撤回"
            )
        ),
    ],
    why: Annotated[str, typer.Option("--why", help="理由（必填）")] = "",
    by: By = "",
    points: Annotated[str, typer.Option("--points", help="改分时扣几分")] = "",
    until: Annotated[str, typer.Option("--until", help="免予整改到哪一天")] = "",
    signer: Annotated[str, typer.Option("--signer", help="免予整改的批准人")] = "",
    at: Annotated[
        str, typer.Option("--at", help="人工发现的问题在哪里：文件:页，可再加 :原文")
    ] = "",
    settle: Annotated[
        bool, typer.Option("--settle", help="裁定：在意见不一时作为最后意见")
    ] = False,
    db: Db = DEFAULT_DB,
    run: Run = 0,
    json_: Json = False,
) -> None:
    """对一项结论写复核意见。意见只增不改；以后各次评查里，结论和依据不变的继续有效。"""
    from casereview.rounds.rulings import ACTIONS, body_of

    name = reviewer(by)
    if not why.strip():
        raise UsageError("请用 --why 写明理由。")
    rounds = open_rounds(db, viewer=name)
    number = run or rounds.store.last_run()
    result, f = rounds.find(finding, number)
    desk = rounds.panel_state(number)
    if desk.sealed(result["case"]) and name not in desk.reviewers[result["case"]] and not settle:
        raise UsageError(
            f"案卷 {result['case']} 正在双人评查，分派给了"
            f" {'、'.join(desk.reviewers[result['case']])}。"
        )
    if name in desk.handed_in.get(result["case"], ()) and not settle:
        raise UsageError(
            f"{name} 对案卷 {result['case']} 的评查已经提交，不能再改；由组长用 --settle 裁定。"
        )
    place = _place(at, result) if at else None
    body = body_of(
        f,
        result,
        number,
        action,
        why.strip(),
        points=_decimal(points),
        until=day(until, "--until") if until else "",
        signer=signer,
        settle=settle,
        place=place,
    )
    event = Event(now(), name, "ruling", body)
    rounds.journal.add([event])
    after = open_rounds(db, viewer=name)
    shown = next(
        x for x in [*after.results(number), *after.units(number)] if x["case"] == result["case"]
    )
    mine = next(x for x in shown["findings"] if x["check"] == f["check"])
    if json_:
        print_json(
            {
                "case": result["case"],
                "check": f["check"],
                "identity": f["identity"],
                "ruling": to_data(mine)["ruling"],
                "effective": mine["effective"],
                "score": shown["score"],
                "grade": shown["grade"],
            }
        )
        return
    others = [
        r
        for r in rounds.placed(number)[0].get((result["case"], f["check"]), [])
        if r.by != name and not desk.sealed(result["case"])
    ]
    for r in others:
        tell(f"此前 {r.by} 于 {r.at[:10]} 的意见：{ACTIONS[r.action]}（{r.why}）", "yellow")
    tell(
        f"已记录：{result['case']} {f['check']} {ACTIONS[action]}，"
        f"现状：{(mine['ruling'] or {}).get('state', '已撤回')}；得分"
        f" {shown['score']}，{shown['grade']}"
    )


def _decimal(text: str) -> str:
    if not text:
        return ""
    try:
        if not Decimal(text).is_finite():
            raise InvalidOperation
    except InvalidOperation as e:
        raise UsageError(f"--points {text} 不是数") from e
    return text


def _place(at: str, result: dict[str, Any]) -> Place:
    """'文件:页:原文' -> a place in the case. Raises UsageError."""
    file, _, rest = at.partition(":")
    page, _, quote = rest.partition(":")
    known = {f["file"]: f["pages"] for f in result["files"]}
    if file not in known:
        hits = [k for k in known if k.rpartition("/")[2] == file or file in k]
        if len(hits) != 1:
            raise UsageError(f"案卷里没有文件“{file}”，有：{'、'.join(sorted(known)[:12])}")
        file = hits[0]
    if not page.isdigit() or not 1 <= int(page) <= max(1, known[file]):
        raise UsageError(f"“{file}”共 {max(1, known[file])} 页，--at 要写成 文件:页，例如 {file}:1")
    return Place(file, int(page), None, quote or "（人工认定）")


@rulings_app.command("list")
def rulings_list(db: Db = DEFAULT_DB, run: Run = 0, by: By = "", json_: Json = False) -> None:
    """列出复核意见和它们的现状。双人评查未提交的，只看得到自己的。"""
    from casereview.reports.rounds_terminal import show_rulings

    rounds = open_rounds(db, viewer=by)
    number = run or rounds.store.last_run()
    placed, lost = rounds.placed(number)
    state = {
        (r["case"], f["check"]): (f["ruling"] or {}).get("state", "已撤回")
        for r in rounds.results(number)
        for f in r["findings"]
    }
    desk = rounds.panel_state(number)
    rows = sorted(
        (
            (u, state[target])
            for target, said in placed.items()
            for u in said
            if not desk.sealed(target[0]) or u.by == by
        ),
        key=lambda x: (x[0].at, x[0].uid),
    )
    if json_:
        print_json([{**u.as_dict(), "case": u.case, "check": u.check, "state": s} for u, s in rows])
    else:
        show_rulings(out(), rows, lost)


@rulings_app.command("export")
def rulings_export(output: File, by: By = "", db: Db = DEFAULT_DB) -> None:
    """把复核意见（写 --by
    则只有本人的）写成一个文件，交给组织者导入。双人评查没有都提交的，只有本人能导出自己的。
    """
    rounds = open_rounds(db)
    sealed = {
        u.uid
        for run in rounds.complete()
        for (case, _), said in rounds.placed(run)[0].items()
        if rounds.panel_state(run).sealed(case)
        for u in said
    }
    rows = [
        e
        for e in rounds.events("ruling", "panel.submit")
        if (not by or e.actor == by) and (e.actor == by or e.uid not in sealed)
    ]
    if not rows:
        raise UsageError(f"{by or '数据库里'}还没有复核意见，没有导出。")
    write(output, dump(rows).encode())
    tell(f"已导出 {len(rows)} 条到 {output}")


@rulings_app.command("import")
def rulings_import(
    files: Annotated[list[Path], typer.Argument(help="rulings export 导出的文件，可以多个")],
    db: Db = DEFAULT_DB,
    run: Run = 0,
    json_: Json = False,
) -> None:
    """导入别人的复核意见。已有的不重复，谁的意见也不覆盖；意见不一的列出来等裁定。"""
    from casereview.rounds.rulings import SPLIT

    events: list[Event] = []
    for path in files:
        try:
            events += load(path.read_text("utf-8"), path.name)
        except (OSError, UnicodeDecodeError) as e:
            raise UsageError(f"读不了 {path}，没有导入。") from e
    store = Store(db, create=False)
    new = Journal(store).add(events)
    rounds = open_rounds(db)
    number = run or store.last_run()
    split = [
        (r["case"], f["check"])
        for r in rounds.results(number)
        for f in r["findings"]
        if (f["ruling"] or {}).get("state") == SPLIT
    ]
    lost = rounds.placed(number)[1]
    if json_:
        print_json(
            {
                "read": len(events),
                "new": new,
                "conflicts": [{"case": c, "check": i} for c, i in split],
                "unplaced": len(lost),
            }
        )
        return
    tell(
        f"读到 {len(events)} 条，新增 {new} 条；意见不一 {len(split)} 项，没有对应结论"
        f" {len(lost)} 条"
    )
    for c, i in split:
        tell(f"意见不一，待裁定：{c}#{i}", "yellow")


def compare(
    before: Annotated[int, typer.Argument(help="前一次评查的编号")],
    after: Annotated[int, typer.Argument(help="后一次评查的编号")],
    via: Annotated[
        int, typer.Option("--via", help="用现行标准重评旧案卷的那一次，用来分清标准变化和单位整改")
    ] = 0,
    db: Db = DEFAULT_DB,
    audit: Audit = False,
    json_: Json = False,
) -> None:
    """两次评查比较：每个问题的结果，分数为什么变，哪些整改要再核实。"""
    from casereview.reports.rounds_terminal import show_comparison
    from casereview.rounds.red_flags import red_flags

    rounds = open_rounds(db, audit)
    c = rounds.compare(before, after, via)
    odd = [
        h for a, b, _ in c.pairing.pairs for h in red_flags(a, b, c.changes, rounds.as_of(before))
    ]
    if json_:
        print_json({**c.as_dict(), "look_again": [h.__dict__ for h in odd]})
    else:
        show_comparison(out(), c, odd)
        _loud(rounds, after)


def _loud(rounds: Any, run: int) -> None:
    """Waivers that ran out are announced, every time."""
    for r, f in rounds.lapsed(run):
        tell(
            f"免予整改已到期：{r['case']} {f['check']}（{f['ruling']['signer']}批准，至"
            f" {f['ruling']['until']}），恢复为不合格",
            "bold red",
        )


def history(
    case: Annotated[str, typer.Argument(help="案卷名（可以只写一部分）")],
    db: Db = DEFAULT_DB,
    json_: Json = False,
) -> None:
    """一个案卷在历次评查里的得分和变化。改了文件夹名、文件名也认得。"""
    from casereview.reports.rounds_terminal import show_history, table
    from casereview.rounds.pairing import pair_cases
    from casereview.rounds.ranking import counts

    rounds = open_rounds(db)
    runs = rounds.complete()
    key = _newest_with(rounds, runs, case)
    rows, newer = [], key[1]
    number = key[0]
    for run in reversed([r for r in runs if r <= number]):
        r = (
            newer
            if run == number
            else pair_cases(rounds.results(run), [newer]).before(newer["case"])
        )
        if r is None:
            continue
        n = counts(r)
        rows.append(
            {
                "run": run,
                "as_of": rounds.as_of(run),
                "case": r["case"],
                "score": r["score"],
                "grade": r["grade"],
                "fails": n["fail"],
                "open": n["review"],
                "changes": {},
            }
        )
        newer = r
    rows.reverse()
    for x, y in zip(rows, rows[1:], strict=False):
        c = rounds.compare(x["run"], y["run"])
        for change in c.changes:
            if change.case_to == y["case"]:
                y["changes"][change.change] = y["changes"].get(change.change, 0) + 1
    ends = [e for e in rounds.events("outcome") if e.body["case_key"] == key[1]["case_key"]]
    if json_:
        print_json(
            {"rounds": rows, "outcomes": [{"at": e.at, "by": e.actor, **e.body} for e in ends]}
        )
        return
    show_history(out(), rows)
    if ends:
        table(
            out(),
            "复议诉讼",
            (("日期", "left"), ("程序", "left"), ("结果", "left"), ("说明", "left")),
            [(e.body["date"], e.body["forum"], e.body["outcome"], e.body["why"]) for e in ends],
        )


def _newest_with(rounds: Any, runs: list[int], case: str) -> tuple[int, dict[str, Any]]:
    for run in reversed(runs):
        try:
            key = rounds.store.find(run, case)["case"]
        except UsageError as e:
            if "对应" in str(e):
                raise
            continue
        return run, next(r for r in rounds.results(run) if r["case"] == key)
    raise UsageError(f"各次评查里都没有案卷“{case}”。可以用 casereview units 查看全部案卷。")


def rectify(
    unit: Annotated[str, typer.Option("--unit", help="单位名称（可以只写一部分）")] = "",
    issue: Annotated[
        bool, typer.Option("--issue", help="下发整改清单：每个单位一份 Excel（写了 -o 就是下发）")
    ] = False,
    days: Annotated[int, typer.Option("--days", help="几个工作日内反馈")] = 15,
    due: Annotated[str, typer.Option("--due", help="截止日期，代替 --days")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到哪个文件夹")] = None,
    answers: Annotated[
        list[Path] | None, typer.Option("--answers", help="导入单位填好的清单，可以写多次")
    ] = None,
    decide: Annotated[
        str, typer.Option("--decide", help="处理异议：哪一项（标识或者 案卷名#编号）")
    ] = "",
    outcome: Annotated[str, typer.Option("--outcome", help="处理结果：采纳 或 不采纳")] = "",
    why: Annotated[str, typer.Option("--why", help="处理异议的理由")] = "",
    unmasked: Annotated[
        bool, typer.Option("--unmasked", help="不遮蔽个人信息（会记录是谁、为什么）")
    ] = False,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = 0,
    json_: Json = False,
) -> None:
    """整改：待下发的问题、下发清单（写 -o 即下发）、导入反馈、处理异议、看到哪里了、谁逾期。"""
    from casereview.reports.rounds_terminal import show_items
    from casereview.rounds.rectification import items, waiting

    rounds = open_rounds(db)
    number = run or rounds.store.last_run()
    issue = issue or output is not None
    if issue:
        _issue(rounds, number, unit, days, due, output, reviewer(by), unmasked, why)
    elif answers:
        _take(rounds, answers, reviewer(by))
    elif decide:
        _decide(rounds, number, decide, outcome, why, reviewer(by))
    after = open_rounds(db)
    rows = [*items(after, today().isoformat(), unit), *waiting(after, number, unit)]
    if json_:
        print_json(
            [
                {
                    "unit": i.unit,
                    "case": i.case,
                    "check": i.check,
                    "identity": i.identity,
                    "run": i.run,
                    "due": i.due,
                    "state": i.state,
                    "overdue": i.overdue,
                    "objection": i.objection,
                    "answer": i.answer.__dict__ if i.answer else None,
                }
                for i in rows
            ]
        )
    elif not issue:
        show_items(out(), rows)


def _issue(
    rounds: Any,
    number: int,
    unit: str,
    days: int,
    due: str,
    output: Path | None,
    name: str,
    unmasked: bool,
    why: str,
) -> None:
    from casereview.privacy.mask import masker
    from casereview.reports.rectification_sheet import listing
    from casereview.rounds.rectification import deadline, items, list_of
    from casereview.rules.rulebook import load_rules

    if output is None:
        raise UsageError("下发清单要写 -o 文件夹")
    if unmasked and not why:
        raise UsageError("--unmasked 要用 --why 写明理由；这次不遮蔽会记录在案。")
    calendar = load_rules().law.calendar
    last = day(due, "--due") if due else deadline(today(), days, calendar).isoformat()
    units = sorted({r["unit"] for r in rounds.results(number) if unit in r["unit"]})
    if not units:
        raise UsageError(f"第 {number} 次评查没有单位“{unit}”。")
    moment = now()
    events = [
        event_of(moment, name, body)
        for u in units
        if (body := list_of(rounds, number, u, last)).findings
    ]
    rounds.journal.add(
        [
            *events,
            *(
                [Event(moment, name, "unmasked", {"what": "整改清单", "run": number, "why": why})]
                if unmasked
                else []
            ),
        ]
    )
    fresh = open_rounds(rounds.store.path)
    for e in events:
        u = e.body["unit"]
        rows = [i for i in items(fresh, today().isoformat(), u) if i.run == number and i.unit == u]
        path = output / f"{u}整改清单.xlsx"
        write(
            path,
            listing(
                u,
                rows,
                fresh.journal.head(),
                None if unmasked else masker([r for r in fresh.results(number) if r["unit"] == u]),
            ),
        )
        tell(f"{path}：{len(rows)} 个问题，{last} 前反馈")
    for u in [u for u in units if u not in {e.body["unit"] for e in events}]:
        tell(f"{u}：没有需要整改的问题，没有下发")


def _take(rounds: Any, files: list[Path], name: str) -> None:
    from casereview.reports.rectification_sheet import answers
    from casereview.rounds.rectification import items

    known = {i.identity: i for i in items(rounds, today().isoformat())}
    moment = now()
    events = []
    for path in files:
        if not path.is_file():
            raise UsageError(f"找不到 {path}")
        for item, body in answers(path, known, today()):
            same = item.answer and {k: getattr(item.answer, k) for k in body} == body
            if not same:
                events.append(
                    Event(
                        moment,
                        name,
                        "rectify.answer",
                        {
                            **body,
                            "identity": item.identity,
                            "case": item.case,
                            "check": item.check,
                            "unit": item.unit,
                            "run": item.run,
                        },
                    )
                )
    new = rounds.journal.add(events)
    tell(f"导入反馈 {new} 条")


def _decide(rounds: Any, number: int, finding: str, outcome: str, why: str, name: str) -> None:
    from casereview.rounds.rectification import ACCEPTED, REJECTED
    from casereview.rounds.rulings import body_of

    if outcome not in (ACCEPTED, REJECTED) or not why:
        raise UsageError("处理异议要写 --outcome 采纳 或 不采纳，并用 --why 写明理由。")
    result, f = rounds.find(finding, number)
    moment = now()
    events = [
        Event(
            moment,
            name,
            "rectify.decision",
            {
                "identity": f["identity"],
                "case": result["case"],
                "check": f["check"],
                "unit": result["unit"],
                "run": number,
                "outcome": outcome,
                "why": why,
            },
        )
    ]
    if outcome == ACCEPTED:
        events.append(
            Event(
                moment,
                name,
                "ruling",
                body_of(f, result, number, "overrule", f"异议成立：{why}", settle=True),
            )
        )
    rounds.journal.add(events)
    tell(f"{result['case']} {f['check']}：异议{outcome}")


def backup(output: File, db: Db = DEFAULT_DB) -> None:
    """把数据库备份成一个文件（可以在评查进行中做），并核对备份完好。不要直接复制正在使用的数据库。"""
    store = Store(db, create=False)
    if output.exists():
        raise UsageError(f"{output} 已经存在，没有覆盖；请换一个文件名。")
    store.copy_to(output)
    tell(f"已备份到 {output}，{len(Store(output, create=False).runs())} 次评查，核对完好")


OUTCOMES, FORUMS = ("维持", "撤销", "变更", "确认违法", "撤回"), ("行政复议", "行政诉讼")


def outcome(
    case: Annotated[str, typer.Argument(help="案卷名（可以只写一部分）")],
    result: Annotated[str, typer.Argument(help="维持、撤销、变更、确认违法、撤回")],
    forum: Annotated[str, typer.Option("--forum", help="行政复议 或 行政诉讼")] = "行政复议",
    date: Annotated[str, typer.Option("--date", help="决定（裁判）日期")] = "",
    why: Annotated[str, typer.Option("--why", help="文号、理由")] = "",
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = 0,
) -> None:
    """登记一个案卷的复议、诉讼结果，与评查发现的问题放在一起看。"""
    if result not in OUTCOMES or forum not in FORUMS:
        raise UsageError(f"结果只能是 {'、'.join(OUTCOMES)}；--forum 只能是 {'、'.join(FORUMS)}")
    name = reviewer(by)
    store = Store(db, create=False)
    r = store.find(run or store.last_run(), case)
    when = day(date, "--date")
    if dt.date.fromisoformat(when) > today():
        raise UsageError(f"--date {when} 晚于今天")
    Journal(store).add(
        [
            Event(
                now(),
                name,
                "outcome",
                {
                    "case": r["case"],
                    "case_key": r["case_key"],
                    "unit": r["unit"],
                    "outcome": result,
                    "forum": forum,
                    "date": when,
                    "why": why,
                },
            )
        ]
    )
    tell(f"已登记：{r['case']} {forum}{result}（{when}）")


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the program."""
    for f in (rule, compare, history, rectify, outcome, backup):
        app.command()(f)
    app.add_typer(rulings_app, name="rulings")
