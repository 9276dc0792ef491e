"""Commands on files: score a folder, read a case, look at its split and put it right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Json,
    day,
    login,
    now,
    open_history,
    out,
    print_json,
    processes,
    tell,
    today,
)
from casereview.cli.values import LEVELS, meant
from casereview.cli.values import procedure as procedure_of

if TYPE_CHECKING:
    from casereview.run.campaign import Scored
    from casereview.run.engine import Engine

Folder = Annotated[
    Path,
    typer.Argument(
        help="案卷、单位、批次，或者放着多个批次的文件夹；也可以是一个 PDF 或 zip",
        metavar="文件夹",
    ),
]
Checklist = Annotated[
    str,
    typer.Option("--checklist", "-c", help="检查清单的名称或者文件；缺省按每个案卷的程序选用"),
]
Procedure = Annotated[
    str,
    typer.Option(
        "--procedure",
        help="全部案卷的程序：普通程序、简易程序、许可……（ordinary、summary……）；缺省由文书判断",
    ),
]
Level = Annotated[
    str, typer.Option(help="文件夹是哪一级：批次、单位、案卷（batch、unit、case）；缺省自动判断")
]
OneFile = Annotated[bool, typer.Option("--one-file-per-case", help="每个文件是一个案卷")]
Workers = Annotated[int, typer.Option(help="同时工作的进程数，缺省为处理器核数")]
Cluster = Annotated[
    str, typer.Option(help="在已有的 Dask 集群上评查：scheduler 的地址，如 tcp://10.0.0.5:8786")
]
AsOf = Annotated[str, typer.Option(help="评查基准日，YYYY-MM-DD，记入评查记录")]
FailUnder = Annotated[float, typer.Option(help="得分低于此数即以退出码 1 结束")]
Round = Annotated[str, typer.Option("--round", help="计入评查活动的哪一轮：轮次，或者 活动/轮次")]
Trial = Annotated[bool, typer.Option("--trial", help="试评：不计入任何评查活动")]


def score(
    path: Folder,
    db: Db = DEFAULT_DB,
    checklist: Checklist = "",
    procedure: Procedure = "",
    level: Level = "",
    one_file_per_case: OneFile = False,
    workers: Workers = 0,
    cluster: Cluster = "",
    as_of: AsOf = "",
    fail_under: FailUnder = 0,
    round_: Round = "",
    trial: Trial = False,
    by: By = "",
    json_: Json = False,
) -> None:
    """评查一个文件夹里的全部案卷，结果存入数据库。中断后再次运行同一命令即继续。

    属于评查活动的计入它的一轮，重评的案卷只替换自己；不属于的是试评。
    """
    from casereview.cli.progress import Bar
    from casereview.record.result import RunOptions
    from casereview.run.campaign import Order, score_folder
    from casereview.run.destination import Wish

    tell(f"正在查看 {path}……")
    at_work, on = processes(workers), day(as_of)
    known, of = meant("--level", level, LEVELS), procedure_of(procedure)
    options = RunOptions(level=known, one_file=one_file_per_case, checklist=checklist, procedure=of)
    order = Order(path, db, on, options, Wish(round_, trial, by or login()))
    _warn(on, checklist, of)
    with Bar(path) as bar:
        done = score_folder(order, _engine(at_work, cluster), now, bar)
    if json_:
        print_json(done.as_dict())
    else:
        _say(done, db)
    raise typer.Exit(done.exit_code(fail_under))


def _warn(on: str, checklist: str, procedure: str) -> None:
    """What should be known before a review: a day that is still to come, a year without notice."""
    from casereview.rules.rulebook import rule_set

    if on > today().isoformat():
        tell(f"评查基准日 {on} 还没有到：按那一天有效的规定和放假安排判断，只宜试评。", "yellow")
    if warning := rule_set(checklist, procedure).calendar.warning(today()):
        tell(warning, "yellow")


def _engine(workers: int, cluster: str) -> Engine:
    """Processes of this machine, or a cluster that somebody runs."""
    from casereview.run.cluster import Dask
    from casereview.run.local import Local

    return Dask(cluster) if cluster else Local(workers)


def _say(done: Scored, db: Path) -> None:
    """What became of a run, for people."""
    from casereview.reports.terminal.results import show_cases
    from casereview.reports.words import lapsed_line
    from casereview.rounds.progress import headline_of

    show_cases(out(), done.results)
    if done.before:
        said = "　".join(f"{k} {n}" for k, n in done.changed.items() if n) or "没有变化"
        tell(
            f"与第 {done.before} 次评查相比：{said}。详情：casereview compare {done.before}"
            f" {done.round}"
        )
    if done.waiting:
        tell(f"{done.waiting} 条复核意见的依据已变，请重新确认：casereview list --ruled", "yellow")
    for case, finding in done.lapsed:
        tell(lapsed_line(case.case, finding), "bold red")
    tell(
        f"第 {done.run} 次评查已存入 {db}。查看一个案卷：casereview show 案卷名；单位排名："
        "casereview units"
    )
    progress = headline_of(open_history(db), done.round)
    tell(progress.line)
    if progress.round is None:
        tell(
            "试评的结果不能印发。转为评查活动：casereview campaign new 名称 --run"
            f" {done.run}；计入已有的一轮：casereview runs file {done.run} 轮次"
        )


def read(
    path: Annotated[Path, typer.Argument(help="一个文件或者一个案卷")], json_: Json = False
) -> None:
    """读出文书和要素，不作判断。"""
    from casereview.record.result import to_data
    from casereview.reports.terminal.results import show_documents, show_facts
    from casereview.run.work import read_only

    got = read_only(path)
    if json_:
        print_json({k: to_data(getattr(got, k)) for k in ("documents", "facts", "unread")})
    else:
        screen = out()
        show_documents(screen, got.documents, got.unread)
        show_facts(screen, got.facts)
    raise typer.Exit(got.exit_code)
