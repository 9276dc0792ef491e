"""The command line: parse, call, print, exit. The only module that looks at the clock."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from casereview.cli import checklist as cli_checklist
from casereview.cli import panel as cli_panel
from casereview.cli import report as cli_report
from casereview.cli import rounds as cli_rounds
from casereview.cli.shared import (
    DEFAULT_DB,
    Audit,
    By,
    Db,
    Json,
    Run,
    day,
    now,
    out,
    print_json,
    talk,
    tell,
    write,
)
from casereview.errors import CaseReviewError, ExitCode, NothingReadable, RulesRefused, UsageError
from casereview.reports.view import clean

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="行政执法案卷评查：读案卷、按标准逐项检查、评分、留存每一轮结果。全程离线，不改动案卷文件夹。",
)
app.add_typer(cli_checklist.app, name="checklist")
cli_rounds.register(app)
cli_panel.register(app)
app.add_typer(cli_report.app, name="report")


@app.command()
def score(
    path: Annotated[
        Path,
        typer.Argument(help="案卷、单位、批次，或者放着多个批次的文件夹；也可以是一个 PDF 或 zip"),
    ],
    db: Db = DEFAULT_DB,
    checklist: Annotated[
        str,
        typer.Option("--checklist", "-c", help="检查清单的名称或者文件；缺省按每个案卷的程序选用"),
    ] = "",
    procedure: Annotated[
        str,
        typer.Option(
            "--procedure",
            help=(
                "指定全部案卷的程序：ordinary、summary、nopenalty、licence、coercion、"
                "inspection；缺省由文书判断"
            ),
        ),
    ] = "",
    level: Annotated[
        str, typer.Option(help="PATH 是哪一级：batch、unit 或 case；缺省自动判断")
    ] = "",
    one_file_per_case: Annotated[
        bool, typer.Option("--one-file-per-case", help="每个文件是一个案卷")
    ] = False,
    workers: Annotated[int, typer.Option(help="同时工作的进程数，缺省为处理器核数")] = 0,
    as_of: Annotated[str, typer.Option(help="评查基准日，YYYY-MM-DD，记入评查记录")] = "",
    fail_under: Annotated[float, typer.Option(help="得分低于此数即以退出码 1 结束")] = 0,
    json_: Json = False,
) -> None:
    """评查一个文件夹里的全部案卷，结果存入数据库。中断后再次运行同一命令即继续。"""
    from casereview.papers.corrections import load_corrections
    from casereview.reading.intake import find_cases
    from casereview.record.edition import edition_of, editions_of
    from casereview.record.store import Store
    from casereview.reports import terminal
    from casereview.rounds.history import History
    from casereview.rounds.rectification import rectified
    from casereview.rounds.rulings import CHANGED
    from casereview.rules.rulebook import load_rules, rule_set
    from casereview.run.unit_level import CHECKLIST
    from casereview.run.work import Task, run_row, score_many, score_units

    if level not in ("", "batch", "unit", "case"):
        raise UsageError("--level 只能是 batch、unit 或 case")
    reviewed = day(as_of)
    rules = rule_set(checklist, procedure)
    refs = find_cases(path, level, one_file_per_case)
    speak = talk()
    speak.print(
        Text(
            f"在 {clean(str(path))} 找到 {len(refs)}"
            f" 个案卷，{len({(r.batch, r.unit) for r in refs})} 个单位；标准：{rules.title}"
        )
    )
    if note := _hearing_note(rules):
        speak.print(Text(note, style="yellow"))
    store = Store(db)
    options = json.dumps(
        {
            "level": level,
            "one_file": one_file_per_case,
            "checklist": checklist,
            "procedure": procedure,
        },
        sort_keys=True,
    )
    root = Path(os.path.abspath(path))
    header = run_row(root, rules, now(), reviewed, options)
    run = store.unfinished(header)
    done: set[str] = set()
    if run is not None:
        done = store.done_cases(run)
        speak.print(Text(f"接着第 {run} 次评查继续，已完成 {len(done)} 个案卷"))
    else:
        store.save_editions([*editions_of(rules), edition_of(load_rules(CHECKLIST))])
        run = store.start_run(header)
    fixed = load_corrections(db)
    tasks = [Task(r, tuple(fixed.get(r.key, ()))) for r in refs if r.key not in done]
    broken = 0
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pages]} 页"),
        TimeElapsedColumn(),
        TextColumn("剩余"),
        TimeRemainingColumn(),
        console=speak,
        disable=not sys.stderr.isatty(),
        transient=True,
    )
    try:
        with bar:
            meter = bar.add_task("评查", total=len(tasks), pages=0)
            pages = 0
            for task, result, fault in score_many(
                tasks,
                checklist,
                procedure,
                workers or os.cpu_count() or 1,
                lambda t, f: bar.update(meter, description=f"评查 {clean(t.ref.title)[:24]}"),
            ):
                if result is None:
                    broken += 1
                    speak.print(
                        Text(
                            f"案卷 {clean(task.ref.key)} 未能评查（{fault}），其余案卷不受影响",
                            style="yellow",
                        )
                    )
                else:
                    store.save_case(run, result)
                    pages += sum(f["pages"] for f in result["files"])
                bar.update(meter, advance=1, pages=pages)
    except KeyboardInterrupt:
        speak.print(
            Text(
                f"已中断。第 {run} 次评查已保存 {len(store.done_cases(run))} 个案卷，再次运行同一命令即继续。",
                style="yellow",
            )
        )
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    results = list(store.results(run))
    if not results or all(
        all(f["outcome"] not in ("readable", "partial", "scanned") for f in r["files"])
        for r in results
    ):
        raise NothingReadable(
            f"{path} 里没有一个文件能够读取。"
            + (
                f"例如：{results[0]['unread'][0]['file']}：{results[0]['unread'][0]['reason']}"
                if results and results[0]["unread"]
                else ""
            )
        )
    rounds = History(store)
    before = rounds.earlier(run)
    earlier = rectified(rounds, before, run) if before else {}
    unit_rows = (
        list(score_units(refs, results, rounds.as_of(run), workers or os.cpu_count() or 1, earlier))
        if level != "case"
        else []
    )
    for u in unit_rows:
        store.save_unit(run, u)
    store.finish_run(run, now())
    results = rounds.results(run)
    changed = rounds.compare(before, run).counts if before else {}
    waived = rounds.lapsed(run)
    waiting = sum(
        (f["ruling"] or {}).get("state") == CHANGED for r in results for f in r["findings"]
    )
    store.close()
    if json_:
        print_json(
            {
                "run": run,
                "cases": len(results),
                "results": [
                    {
                        k: r[k]
                        for k in (
                            "case",
                            "unit",
                            "score",
                            "score_low",
                            "score_high",
                            "grade",
                            "vetoed",
                        )
                    }
                    for r in results
                ],
            }
        )
    else:
        terminal.show_cases(out(), results)
        if before:
            speak.print(
                Text(
                    f"与第 {before} 次评查相比："
                    + ("　".join(f"{k} {n}" for k, n in changed.items() if n) or "没有变化")
                    + f"。详情：casereview compare {before} {run}"
                )
            )
        if waiting:
            speak.print(
                Text(
                    f"{waiting} 条复核意见的依据已变，请重新确认：casereview rulings list",
                    style="yellow",
                )
            )
        for r, f in waived:
            speak.print(
                Text(
                    f"免予整改已到期：{clean(r['case'])} {f['check']}（至"
                    f" {f['ruling']['until']}），恢复为不合格",
                    style="bold red",
                )
            )
        speak.print(
            Text(
                f"第 {run} 次评查已存入 {clean(str(db))}。查看一个案卷：casereview show"
                " 案卷名；单位排名：casereview units"
            )
        )
    errors = any(f["status"] == "error" for r in results for f in r["findings"])
    if broken or errors or any(r["unread"] for r in results):
        raise typer.Exit(ExitCode.PARTLY_UNREAD)
    if any(
        r["grade"] == "不合格" or (r["score"] is not None and r["score"] < fail_under)
        for r in results
    ):
        raise typer.Exit(ExitCode.SOME_FAILED)


def _hearing_note(rules: Any) -> str:
    """Thresholds of hearings that nobody has confirmed for this county; '' when they were."""
    one = rules.by["ordinary"] if hasattr(rules, "by") else rules
    open_ = [
        f"{name.removeprefix('听证门槛_')} {p.values[-1].value} 元"
        for name, p in one.parameters.items()
        if name.startswith("听证门槛_") and not p.values[-1].verified
    ]
    return (
        f"提示：听证门槛（{'、'.join(open_)}）是缺省值，各地不同。请用 casereview checklist new"
        " 建立本地清单并填写，再印发涉及听证的结论。"
        if open_
        else ""
    )


def _one_case(path: Path):
    from casereview.reading.intake import find_cases

    refs = find_cases(path)
    if len(refs) > 1:
        raise UsageError(f"{path} 里有 {len(refs)} 个案卷，请指明其中一个，例如 {refs[0].root}")
    return refs[0]


@app.command()
def read(
    path: Annotated[Path, typer.Argument(help="一个文件或者一个案卷")], json_: Json = False
) -> None:
    """读出文书和要素，不作判断。"""
    from casereview.record.export import documents_of, facts_of, unread_of
    from casereview.record.result import to_data
    from casereview.reports import terminal
    from casereview.rules.rulebook import load_rules
    from casereview.run.work import read_case

    case = read_case(_one_case(path), load_rules())
    if json_:
        print_json(
            {
                "documents": to_data(documents_of(case)),
                "facts": to_data(facts_of(case)),
                "unread": to_data(unread_of(case)),
            }
        )
    else:
        screen = out()
        terminal.show_documents(screen, documents_of(case), unread_of(case))
        for name, f in facts_of(case).items():
            v = f["value"]
            text = (
                "、".join(
                    f"《{x['law']}》{x['article']}" if isinstance(x, dict) else str(x) for x in v
                )
                if isinstance(v, list)
                else str(v)
            )
            screen.print(
                Text.assemble(
                    (f"{name}　", "bold"),
                    clean(text),
                    (f"　{clean(f['file'])} 第{f['page']}页", "dim"),
                )
            )
    if case.unread:
        raise typer.Exit(
            ExitCode.NOTHING_READABLE
            if all(not s.pages and not s.media for s in case.sources)
            else ExitCode.PARTLY_UNREAD
        )


@app.command()
def documents(
    case: Annotated[str, typer.Argument(help="已评查的案卷名，或者案卷的路径")],
    db: Db = DEFAULT_DB,
    run: Run = 0,
    correct: Annotated[
        list[str] | None,
        typer.Option(
            "--correct",
            help="更正划分：文件.pdf:3-5=处罚决定书；可以写多次，并写全该文件的各份文书",
        ),
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="撤销对本案的更正")] = False,
    json_: Json = False,
) -> None:
    """查看一个案卷怎样划分成文书；更正后只重新评查这一个案卷。"""
    from casereview.record.export import documents_of, unread_of
    from casereview.record.result import to_data
    from casereview.reports import terminal

    if Path(case).exists() and not correct and not reset:
        from casereview.rules.rulebook import load_rules
        from casereview.run.work import read_case

        found = read_case(_one_case(Path(case)), load_rules())
        docs, unread = documents_of(found), unread_of(found)
    else:
        result = _correct(case, db, run, correct or [], reset)
        docs, unread = result["documents"], result["unread"]
    if json_:
        print_json({"documents": to_data(docs), "unread": to_data(unread)})
    else:
        terminal.show_documents(out(), docs, unread)


def _correct(name: str, db: Path, run: int, correct: list[str], reset: bool) -> dict[str, Any]:
    from casereview.papers.corrections import load_corrections, parse_correction, save_corrections
    from casereview.reading.intake import find_cases
    from casereview.record.store import Store
    from casereview.rules.rulebook import rule_set
    from casereview.run.work import Task, score_many

    store = Store(db, create=False)
    number = run or store.last_run()
    result = store.find(number, name)
    if not correct and not reset:
        return result
    row = next(r for r in store.runs() if r.id == number)
    options = row.asked
    ref = next(
        (
            r
            for r in find_cases(Path(row.root), options.level, options.one_file)
            if r.key == result["case"]
        ),
        None,
    )
    if ref is None:
        raise UsageError(f"案卷 {result['case']} 已不在 {row.root}，不能重新评查。")
    rules = rule_set(options.checklist, options.procedure)
    docs = [parse_correction(t, set(rules.vocabulary.kinds)) for t in correct]
    pages = {f["file"]: f["pages"] for f in result["files"]}
    for d in docs:
        if d.file not in pages:
            raise UsageError(f"案卷里没有文件“{d.file}”，有：{'、'.join(sorted(pages)[:12])}")
        if d.page_to > max(1, pages[d.file]) or d.page_from > d.page_to or d.page_from < 1:
            raise UsageError(
                f"“{d.file}”共 {pages[d.file]} 页，没有第 {d.page_from}-{d.page_to} 页"
            )
    every = load_corrections(db)
    kept = (
        [] if reset else [d for d in every.get(ref.key, []) if d.file not in {x.file for x in docs}]
    )
    every[ref.key] = kept + docs
    if not every[ref.key]:
        del every[ref.key]
    save_corrections(db, every)
    for _, again, fault in score_many(
        [Task(ref, tuple(every.get(ref.key, ())))],
        options.checklist,
        options.procedure,
        1,
    ):
        if again is None:
            raise UsageError(f"重新评查 {ref.key} 失败（{fault}）；更正已保存。")
        store.save_case(number, again)
        result = again
    tell(f"已更正并重新评查 {ref.key}，得分 {result['score']}，{result['grade']}")
    return result


@app.command()
def show(
    case: Annotated[str, typer.Argument(help="案卷名（可以只写一部分）")],
    db: Db = DEFAULT_DB,
    run: Run = 0,
    check: Annotated[str, typer.Option("--check", help="只看一项，连同依据和计算过程")] = "",
    all_: Annotated[bool, typer.Option("--all", help="连合格、不适用的项目一并列出")] = False,
    by: By = "",
    audit: Audit = False,
    json_: Json = False,
) -> None:
    """一个案卷的评查台账：每一项的结论、页码、原文和算式，连同复核意见。"""
    from casereview.record.result import to_data
    from casereview.record.store import Store
    from casereview.reports import terminal
    from casereview.rounds.history import History

    store = Store(db, create=False)
    number = run or store.last_run()
    key = store.find(number, case)["case"]
    rounds = History(store, audit, by)
    result = next(r for r in rounds.results(number) if r["case"] == key)
    if json_:
        print_json(
            [to_data(f) for f in result.findings if f.check == check] if check else to_data(result)
        )
        return
    card = rounds.editions.get(result["checklist"].get("card", ""))
    if card is None:
        raise UsageError(
            f"第 {number} 次评查是更早版本的程序做的，没有留存当时的标准，只能用 --json 查看；重新评查即可。"
        )
    if check and card.get(check) is None:
        raise UsageError(f"没有检查项“{check}”，可以用 casereview checklist show 查看全部编号。")
    terminal.show_case(out(), result, card, check, all_)


@app.command()
def units(
    unit: Annotated[
        str, typer.Argument(help="单位名称（可以只写一部分）：列出该单位落实三项制度的台账")
    ] = "",
    trend: Annotated[
        bool, typer.Option("--trend", help="历次评查的名次、整改率、重复问题，谁该回头看")
    ] = False,
    worst: Annotated[int, typer.Option("--worst", help="排名末几位建议回头看")] = 3,
    db: Db = DEFAULT_DB,
    run: Run = 0,
    json_: Json = False,
) -> None:
    """单位排名；写单位名称时列出该单位落实三项制度的情况；--trend 看历次变化。"""
    from casereview.record.result import to_data
    from casereview.record.store import Store
    from casereview.reports import terminal
    from casereview.rounds.history import History
    from casereview.rounds.ranking import ranking

    store = Store(db, create=False)
    rounds = History(store)
    if trend:
        _trend(rounds, unit, worst, json_)
        return
    number = run or store.last_run()
    results = rounds.results(number)
    of_units = rounds.units(number)
    if unit:
        hits = [u for u in of_units if u["unit"] == unit] or [
            u for u in of_units if unit in u["unit"]
        ]
        if len(hits) != 1:
            raise UsageError(
                f"“{unit}”对应 {len(hits)} 个单位。"
                + (
                    "有：" + "、".join(u["unit"] for u in (hits or of_units)[:12])
                    if hits or of_units
                    else "本次评查没有单位层面的结果。"
                )
            )
        if json_:
            print_json(to_data(hits[0]))
        else:
            terminal.show_unit(out(), hits[0], rounds.editions[hits[0].checklist.card])
        return
    rows = ranking(results, of_units)
    if json_:
        print_json([r.as_dict() for r in rows])
    else:
        terminal.show_units(out(), rows)
        terminal.show_cases(out(), results)


def _trend(rounds: Any, unit: str, worst: int, json_: bool) -> None:
    from collections import Counter

    from casereview.reports.rounds_terminal import show_courses
    from casereview.rounds import unit_history as trend
    from casereview.rounds.rectification import items

    overdue = Counter(i.unit for i in items(rounds, day("")) if i.overdue)
    rows = trend.unit_histories(rounds)
    due = trend.due(rows, overdue, worst)
    rows = [c for c in rows if unit in c.unit]
    if json_:
        print_json(
            {
                "units": [trend.as_dict(c) for c in rows],
                "visit": [{"unit": u, "why": why} for u, why in due],
            }
        )
    else:
        show_courses(out(), rows, due)


@app.command()
def export(
    db: Db = DEFAULT_DB,
    run: Run = 0,
    format_: Annotated[str, typer.Option("--format", help="jsonl")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写入文件；缺省写到标准输出")
    ] = None,
    level: Annotated[
        str, typer.Option("--level", help="case 每个案卷一行，unit 每个单位一行")
    ] = "case",
    audit: Audit = False,
) -> None:
    """导出评查结果，每个案卷（或者每个单位）一行 JSON，连同复核意见。"""
    from casereview.record.result import to_json
    from casereview.record.store import Store
    from casereview.rounds.history import History

    if format_ != "jsonl":
        raise UsageError("--format 目前只能是 jsonl")
    store = Store(db, create=False)
    if level not in ("case", "unit"):
        raise UsageError("--level 只能是 case 或 unit")
    number = run or store.last_run()
    lines = "".join(
        to_json(r) + "\n"
        for r in (
            History(store, audit).results(number)
            if level == "case"
            else History(store, audit).units(number)
        )
    )
    if output is None:
        sys.stdout.write(lines)
        return
    write(output, lines.encode())


@app.command()
def doctor(
    db: Db = DEFAULT_DB,
    verify: Annotated[str, typer.Option("--verify", help="核对清单上印的记录号")] = "",
    json_: Json = False,
) -> None:
    """检查本机能读什么、规则和数据库是否完好；核对印发的记录号。"""
    from casereview.run.doctor import examine

    rows = examine(db, verify)
    if json_:
        print_json(rows)
        return
    screen = out()
    for r in rows:
        screen.print(
            Text.assemble(
                (
                    {"ok": "✓ ", "note": "· ", "bad": "✗ "}[r["state"]],
                    {"ok": "green", "note": "yellow", "bad": "red"}[r["state"]],
                ),
                f"{r['what']}：{clean(r['detail'])}",
            )
        )
    if any(r["state"] == "bad" for r in rows):
        raise typer.Exit(ExitCode.USAGE)


def main() -> None:
    """Entry point: every error is a sentence and an exit code."""
    speak = talk()
    try:
        app(standalone_mode=True)
    except RulesRefused as e:
        speak.print(Text(f"规则文件有 {len(e.complaints)} 处问题，评查没有开始：", style="red"))
        for c in e.complaints:
            speak.print(Text("  " + clean(c)))
        raise SystemExit(int(e.exit_code)) from None
    except CaseReviewError as e:
        speak.print(Text("\n".join(clean(x) for x in str(e).split("\n")), style="red"))
        raise SystemExit(int(e.exit_code)) from None
    except KeyboardInterrupt:
        raise SystemExit(int(ExitCode.INTERRUPTED)) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
