"""Commands before the reading: drawing files by lot, and double review."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Json,
    Run,
    now,
    open_rounds,
    out,
    print_json,
    reviewer,
    tell,
    write,
)
from casereview.errors import UsageError
from casereview.record.journal import Event, Journal
from casereview.record.store import Store

panel_app = typer.Typer(no_args_is_help=True, help="双人评查：分派、提交、汇总分歧、一致程度。")


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV (as Excel saves it) or an XLSX with a head. Raises UsageError."""
    from casereview.chinese import decode
    from casereview.workbook import read_sheet

    if not path.is_file():
        raise UsageError(f"找不到 {path}")
    if path.suffix.lower() == ".csv":
        return [
            {(k or "").strip(): (v or "").strip() for k, v in r.items() if k}
            for r in csv.DictReader(io.StringIO(decode(path.read_bytes())))
        ]
    try:
        rows, bad = read_sheet(path)
    except ValueError as e:
        raise UsageError(str(e)) from e
    if bad:
        raise UsageError("\n".join(bad))
    heads = [str(v or "").strip() for v in rows[0]] if rows else []
    return [
        {h: "" if v is None else str(v).strip() for h, v in zip(heads, r, strict=False) if h}
        for r in rows[1:]
        if any(v not in (None, "") for v in r)
    ]


def _people(path: Path) -> list[Any]:
    from casereview.rounds.panel import Reviewer

    rows = read_table(path)
    if not rows or "姓名" not in rows[0]:
        raise UsageError(f"{path} 要有列：姓名,单位,回避单位（回避单位用顿号隔开）")
    return [
        Reviewer(
            r["姓名"], r.get("单位", ""), tuple(x for x in r.get("回避单位", "").split("、") if x)
        )
        for r in rows
        if r["姓名"]
    ]


@panel_app.command("assign")
def panel_assign(
    reviewers: Annotated[
        Path, typer.Argument(help="评查员名单（CSV 或 Excel）：姓名,单位,回避单位")
    ],
    seed: Annotated[str, typer.Option("--seed", help="种子，当众宣布")] = "",
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = 0,
    json_: Json = False,
) -> None:
    """给每个案卷分派两名评查员：不评本单位，按种子随机，工作量均衡。"""
    from casereview.reports.rounds_terminal import table
    from casereview.rounds.panel import assign

    name = reviewer(by)
    if not seed:
        raise UsageError("请写 --seed 种子；同样的种子得到同样的分派。")
    rounds = open_rounds(db)
    number = run or rounds.store.last_run()
    if rounds.panel_state(number).reviewers:
        raise UsageError(f"第 {number} 次评查已经分派过，不能重新分派；需要时另做一次评查。")
    pairs = assign(rounds.raw(number), _people(reviewers), seed)
    keys = {r["case"]: r["case_key"] for r in rounds.raw(number)}
    rounds.journal.add(
        [
            Event(
                now(),
                name,
                "panel.assign",
                {"run": number, "case": c, "case_key": keys[c], "reviewers": list(p), "seed": seed},
            )
            for c, p in pairs.items()
        ]
    )
    if json_:
        print_json({c: list(p) for c, p in pairs.items()})
    else:
        table(
            out(),
            f"第 {number} 次评查的分派（种子 {seed}）",
            (("案卷", "left"), ("评查员", "left"), ("评查员", "left")),
            [(c, *p) for c, p in pairs.items()],
        )


@panel_app.command("submit")
def panel_submit(
    cases: Annotated[
        list[str] | None, typer.Argument(help="案卷名；不写则提交分派给本人的全部案卷")
    ] = None,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = 0,
) -> None:
    """提交评查：两人都提交以前，互相看不到意见；提交以后不能再改。"""
    name = reviewer(by)
    rounds = open_rounds(db)
    number = run or rounds.store.last_run()
    desk = rounds.panel_state(number)
    mine = [c for c, names in desk.reviewers.items() if name in names]
    chosen = [rounds.store.find(number, c)["case"] for c in cases] if cases else mine
    wrong = [c for c in chosen if c not in mine]
    if wrong or not chosen:
        raise UsageError(f"没有分派给 {name}：{'、'.join(wrong) or '任何案卷'}")
    keys = {r["case"]: r["case_key"] for r in rounds.raw(number)}
    fresh = [c for c in chosen if name not in desk.handed_in.get(c, ())]
    rounds.journal.add(
        [
            Event(now(), name, "panel.submit", {"run": number, "case": c, "case_key": keys[c]})
            for c in fresh
        ]
    )
    tell(
        f"已提交 {len(fresh)} 个案卷"
        + (f"，{len(chosen) - len(fresh)} 个此前已提交" if len(fresh) < len(chosen) else "")
    )


@panel_app.command("status")
def panel_status(
    points: Annotated[float, typer.Option("--points", help="两人得分相差超过几分要第三人")] = 5,
    line: Annotated[float, typer.Option("--line", help="得分低于几分要第三人")] = 60,
    reviewers: Annotated[
        Path | None, typer.Option("--reviewers", help="评查员名单，用来抽第三人")
    ] = None,
    db: Db = DEFAULT_DB,
    run: Run = 0,
    json_: Json = False,
) -> None:
    """双人评查的进度、分歧、第三人和一致程度（逐项，Cohen κ）。"""
    from casereview.reports.rounds_terminal import table
    from casereview.rounds.panel import Triggers, agreement, position, reasons, third

    rounds = open_rounds(db)
    number = run or rounds.store.last_run()
    desk = rounds.panel_state(number)
    if not desk.reviewers:
        raise UsageError(f"第 {number} 次评查没有分派双人评查；先用 casereview panel assign。")
    seeds = {
        e.body["case"]: e.body["seed"]
        for e in rounds.events("panel.assign")
        if e.body["run"] == number
    }
    people = _people(reviewers) if reviewers else []
    placed = rounds.placed(number)[0]
    rows, views = [], []
    for r in rounds.raw(number):
        pair = desk.reviewers.get(r["case"])
        if pair is None:
            continue
        if desk.sealed(r["case"]):
            rows.append(
                {
                    "case": r["case"],
                    "reviewers": list(pair),
                    "state": f"已提交 {len(desk.handed_in.get(r['case'], ()))}/2",
                    "why": [],
                    "third": "",
                    "scores": [],
                }
            )
            continue
        said = {check: x for (case, check), x in placed.items() if case == r["case"]}
        (sa, la), (sb, lb) = (
            position(r, rounds.editions[r["checklist"]["card"]], said, name, rounds.as_of(number))
            for name in pair
        )
        views.append((sa, sb))
        why = reasons(la, lb, Triggers(Decimal(str(points)), Decimal(str(line))))
        split = [i for i in sa if sa[i] != sb[i]]
        rows.append(
            {
                "case": r["case"],
                "reviewers": list(pair),
                "state": "须第三人" if why else "有分歧" if split else "一致",
                "why": why,
                "third": third(r, people, seeds[r["case"]], pair) if why and people else "",
                "scores": [None if x.score is None else float(x.score) for x in (la, lb)],
                "split": split,
            }
        )
    items = agreement(views)
    if json_:
        print_json({"cases": rows, "agreement": [i.as_dict() for i in items]})
        return
    table(
        out(),
        "双人评查",
        (
            ("案卷", "left"),
            ("评查员", "left"),
            ("得分", "left"),
            ("状态", "left"),
            ("原因", "left"),
            ("分歧项目", "left"),
            ("第三人", "left"),
        ),
        [
            (
                x["case"],
                "、".join(x["reviewers"]),
                "、".join(map(str, x["scores"])),
                x["state"],
                "；".join(x["why"]),
                "、".join(x.get("split", [])),
                x["third"],
            )
            for x in rows
        ],
    )
    table(
        out(),
        "一致程度（最低的在前）",
        (("检查项", "left"), ("次数", "right"), ("一致", "right"), ("κ", "right")),
        [
            (
                x["check"],
                x["cases"],
                f"{x['alike'] / x['cases']:.0%}" if x["cases"] else "—",
                "—" if x["kappa"] is None else x["kappa"],
            )
            for x in items[:21]
        ],
    )


def sample(
    ledger: Annotated[
        Path,
        typer.Argument(
            help="案卷台账（CSV 或 Excel），至少有列 单位、案号，最好有 领域、程序、年度"
        ),
    ],
    seed: Annotated[
        str, typer.Option("--seed", help="种子，当众宣布；同样的种子抽出同样的案卷")
    ] = "",
    per_unit: Annotated[int, typer.Option("--per-unit", help="每个单位抽几卷")] = 3,
    quota: Annotated[
        list[str] | None, typer.Option("--quota", help="每个单位至少几卷：程序:简易程序=1")
    ] = None,
    pull: Annotated[
        list[str] | None, typer.Option("--pull", help="主动调取的案号，可以写多次")
    ] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="排除：案号=理由")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写成 Excel")] = None,
    by: By = "",
    db: Db = DEFAULT_DB,
    json_: Json = False,
) -> None:
    """按单位、领域、程序、年度随机抽取案卷；名单连同排除的案卷和理由存入数据库。"""
    from casereview.reports.lot_sheet import sheet_of
    from casereview.reports.rounds_terminal import table
    from casereview.rounds.sampling import NUMBER, UNIT, Quota, draw

    name = reviewer(by)
    quotas = []
    for q in quota or []:
        column, _, rest = q.partition(":")
        value, _, n = rest.rpartition("=")
        if not (column and value and n.isdigit()):
            raise UsageError(f"--quota {q} 应当写成 程序:简易程序=1")
        quotas.append(Quota(column, value, int(n)))
    lacking = [q for q in exclude or [] if not q.partition("=")[2]]
    if lacking:
        raise UsageError(f"--exclude {lacking[0]} 应当写成 案号=理由")
    got = draw(
        read_table(ledger),
        seed,
        per_unit,
        tuple(quotas),
        tuple(pull or ()),
        dict(q.partition("=")[::2] for q in exclude or []),
    )
    Journal(Store(db)).add(
        [
            Event(
                now(),
                name,
                "sample",
                {**got.as_dict(), "per_unit": per_unit, "quotas": quota or []},
            )
        ]
    )
    if output:
        write(output, sheet_of(got))
    if json_:
        print_json(got.as_dict())
        return
    table(
        out(),
        f"抽取名单（种子 {seed}）",
        (("序号", "right"), ("单位", "left"), ("案号", "left"), ("方式", "left")),
        [(r["序号"], r[UNIT], r[NUMBER], r["抽取方式"]) for r in got.drawn],
    )
    table(
        out(),
        "排除的案卷",
        (("单位", "left"), ("案号", "left"), ("理由", "left")),
        [(r[UNIT], r[NUMBER], r["理由"]) for r in got.excluded],
    )
    for s in got.short:
        tell(s, "yellow")


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the program."""
    app.command()(sample)
    app.add_typer(panel_app, name="panel")
