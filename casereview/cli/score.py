"""Commands on files: score a folder, read a case, look at its split and put it right."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    By,
    Db,
    Json,
    Run,
    day,
    login,
    now,
    open_history,
    out,
    print_json,
    processes,
    scope,
    talk,
    tell,
    today,
)
from casereview.reports.inert import clean
from casereview.run.listener import Listener

if TYPE_CHECKING:
    from casereview.run.campaign import Scored
    from casereview.run.engine import Engine

Folder = Annotated[
    Path,
    typer.Argument(help="案卷、单位、批次，或者放着多个批次的文件夹；也可以是一个 PDF 或 zip"),
]
Checklist = Annotated[
    str,
    typer.Option("--checklist", "-c", help="检查清单的名称或者文件；缺省按每个案卷的程序选用"),
]
Procedure = Annotated[
    str,
    typer.Option(
        "--procedure",
        help="指定全部案卷的程序（casereview checklist list 的“程序”）；缺省由文书判断",
    ),
]
Level = Annotated[str, typer.Option(help="PATH 是哪一级：batch、unit 或 case；缺省自动判断")]
OneFile = Annotated[bool, typer.Option("--one-file-per-case", help="每个文件是一个案卷")]
Workers = Annotated[int, typer.Option(help="同时工作的进程数，缺省为处理器核数")]
Cluster = Annotated[
    str, typer.Option(help="在已有的 Dask 集群上评查：scheduler 的地址，如 tcp://10.0.0.5:8786")
]
AsOf = Annotated[str, typer.Option(help="评查基准日，YYYY-MM-DD，记入评查记录")]
FailUnder = Annotated[float, typer.Option(help="得分低于此数即以退出码 1 结束")]
Corrections = Annotated[
    list[str] | None,
    typer.Option(
        "--correct",
        help="更正划分：文件.pdf:3-5=处罚决定书；可以写多次，并写全该文件的各份文书",
    ),
]


Round = Annotated[str, typer.Option("--round", help="计入评查活动的哪一轮：轮次，或者 活动/轮次")]
Trial = Annotated[bool, typer.Option("--trial", help="试评：不计入任何评查活动")]


class Bar(Listener):
    """The progress of a run on the terminal; without a terminal only the notes."""

    def __init__(self, path: Path):
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self.path = path
        self.pages = 0
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} 页"),
            TimeElapsedColumn(),
            TextColumn("剩余"),
            TimeRemainingColumn(),
            console=talk(),
            disable=not sys.stderr.isatty(),
            transient=True,
        )

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.progress.stop()

    def found(self, cases: int, units: int, standard: str) -> None:
        """How much there is."""
        tell(f"在 {self.path} 找到 {cases} 个案卷，{units} 个单位；标准：{standard}")

    def doubtful(self, lines: tuple[str, ...]) -> None:
        """What should be looked at before the results are used."""
        tell("以下文件夹是不是一个案卷，请核对；不对的用 --level 指明级别重新评查：", "yellow")
        for line in lines:
            tell(f"  {line}", "yellow")

    def unverified(self, limits: tuple[str, ...]) -> None:
        """What should be confirmed first."""
        tell(
            f"提示：听证门槛（{'、'.join(limits)}）是缺省值，各地不同。请用 casereview checklist"
            " new 建立本地清单并填写，再印发涉及听证的结论。",
            "yellow",
        )

    def belongs(self, says: str, official: bool) -> None:
        """Where the run goes."""
        tell(says, "" if official else "yellow")

    def resumed(self, run: int, cases: int) -> None:
        """That a run goes on."""
        tell(f"接着第 {run} 次评查继续，已完成 {cases} 个案卷")

    def begins(self, cases: int) -> None:
        """The empty bar."""
        self.task = self.progress.add_task("评查", total=cases, pages=0)

    def opens(self, case: str, file: str) -> None:
        """The case at work."""
        title = clean(case.rpartition("/")[2])[:24]
        self.progress.update(self.task, description=f"评查 {title}")

    def scored(self, case: str, pages: int) -> None:
        """One more."""
        self.pages += pages
        self.progress.update(self.task, advance=1, pages=self.pages)

    def broken(self, case: str, fault: str) -> None:
        """One more, with its fault."""
        tell(f"案卷 {case} 未能评查（{fault}），其余案卷不受影响", "yellow")
        self.scored(case, 0)


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
    from casereview.record.result import RunOptions
    from casereview.rules.rulebook import rule_set
    from casereview.run.campaign import Order, score_folder
    from casereview.run.destination import Wish

    at_work = processes(workers)
    options = RunOptions(
        level=level, one_file=one_file_per_case, checklist=checklist, procedure=procedure
    )
    order = Order(path, db, day(as_of), options, Wish(round_, trial, by or login()))
    if warning := rule_set(checklist, procedure).calendar.warning(today()):
        tell(warning, "yellow")
    with Bar(path) as bar:
        done = score_folder(order, _engine(at_work, cluster), now, bar)
    if json_:
        print_json(done.as_dict())
    else:
        _say(done, db)
    raise typer.Exit(done.exit_code(fail_under))


def _engine(workers: int, cluster: str) -> Engine:
    """Processes of this machine, or a cluster that somebody runs."""
    from casereview.run.cluster import Dask
    from casereview.run.local import Local

    return Dask(cluster) if cluster else Local(workers)


def _say(done: Scored, db: Path) -> None:
    """What became of a run, for people."""
    from casereview.reports.terminal.results import show_cases
    from casereview.reports.words import lapsed_line
    from casereview.rounds.progress import progress_of

    show_cases(out(), done.results)
    if done.before:
        said = "　".join(f"{k} {n}" for k, n in done.changed.items() if n) or "没有变化"
        tell(
            f"与第 {done.before} 次评查相比：{said}。详情：casereview compare {done.before}"
            f" {done.round}"
        )
    if done.waiting:
        tell(f"{done.waiting} 条复核意见的依据已变，请重新确认：casereview rulings list", "yellow")
    for case, finding in done.lapsed:
        tell(lapsed_line(case.case, finding), "bold red")
    tell(
        f"第 {done.run} 次评查已存入 {db}。查看一个案卷：casereview show 案卷名；单位排名："
        "casereview units"
    )
    progress = progress_of(open_history(db), done.round)
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


def documents(
    case: Annotated[str, typer.Argument(help="已评查的案卷名，或者案卷的路径")],
    db: Db = DEFAULT_DB,
    run: Run = "",
    correct: Corrections = None,
    reset: Annotated[bool, typer.Option("--reset", help="撤销对本案的更正")] = False,
    json_: Json = False,
) -> None:
    """查看一个案卷怎样划分成文书；更正后只重新评查这一个案卷。"""
    from casereview.record.result import to_data
    from casereview.record.store import Store
    from casereview.reports.terminal.results import show_documents
    from casereview.rounds.history import History
    from casereview.run.campaign import SplitOrder, correct_split
    from casereview.run.local import Local
    from casereview.run.work import read_only

    if correct or reset:
        store = Store(db, create=False)
        number = scope(History(store), run)
        order = SplitOrder(case, tuple(correct or ()), reset, number)
        result = correct_split(store, order, Local(1))
        tell(f"已更正并重新评查 {result.case}，得分 {result.score}，{result.grade}")
        papers, unread = result.documents, result.unread
    elif Path(case).exists():
        reading = read_only(Path(case))
        papers, unread = reading.documents, reading.unread
    else:
        history = History(Store(db, create=False))
        found = history.case(case, scope(history, run))
        papers, unread = found.documents, found.unread
    if json_:
        print_json({"documents": to_data(papers), "unread": to_data(unread)})
    else:
        show_documents(out(), papers, unread)
