"""What every command shares: options, where answers and talk go, who is at the desk, and the one
look at the clock.
"""

from __future__ import annotations

import datetime as dt
import getpass
import io
import os
import shutil
import sys
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from casereview.errors import UsageError
from casereview.reports.inert import clean
from casereview.reports.lines import wrapped
from casereview.settings import columns, database

if TYPE_CHECKING:  # what a command needs is loaded when it runs
    from rich.console import Console

    from casereview.rounds.history import History
    from casereview.run.decisions import Actor

Db = Annotated[Path, typer.Option("--db", envvar="CASEREVIEW_DB", help="数据库文件")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Run = Annotated[
    str,
    typer.Option(
        "--run",
        help=(
            "哪一轮或者哪一次评查：轮次、活动/轮次，或者第几次；缺省为评查活动现在的一轮，"
            "没有评查活动的为最近一次试评"
        ),
    ),
]
By = Annotated[
    str, typer.Option("--by", envvar="CASEREVIEW_REVIEWER", help="评查员姓名，记入每一条意见")
]
Audit = Annotated[bool, typer.Option("--audit", help="审计方式：不计免予整改")]
Why = Annotated[str, typer.Option("--why", help="理由")]
Unmasked = Annotated[bool, typer.Option("--unmasked", help="不遮蔽个人信息（会记录是谁、为什么）")]
Page = Annotated[int, typer.Option("--page", help="第几页（每页 200 行）")]
ROWS = 200  # of a page
DEFAULT_DB = Path("casereview.db")
T = TypeVar("T")


def default_db() -> Path:
    """The store that is meant when none is named."""
    return Path(database() or DEFAULT_DB)


def screen_width() -> int:
    """Columns of what the answer is read on."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else columns()


def out() -> Console:
    """Where the answer goes."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else columns()
    return Console(width=width, highlight=False)


def talk() -> Console:
    """Where notes and bars go."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def speak_utf8() -> None:
    """Write UTF-8 into files and pipes, whatever the machine writes otherwise; on a screen that
    cannot show a character a mark in its place.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def tell(text: str, style: str = "") -> None:
    """One note; foreign text in it is made inert."""
    from rich.text import Text

    screen = talk()
    for line in map(clean, text.split("\n")):
        said = wrapped(line, screen.width) if screen.is_terminal else [line]
        for part in said or [""]:
            screen.print(Text(part, style=style), no_wrap=True, overflow="ignore", crop=False)


def print_json(value: Any) -> None:
    """The answer as JSON."""
    from casereview.record.canonical_json import laid_out

    sys.stdout.write(laid_out(value) + "\n")


def print_json_rows(rows: Iterable[Any]) -> None:
    """A list as JSON, row by row: the same bytes, whatever its length, without keeping it."""
    from casereview.record.canonical_json import laid_out

    between = "["
    for row in rows:
        sys.stdout.write(f"{between}\n " + laid_out(row).replace("\n", "\n "))
        between = ","
    sys.stdout.write("[]\n" if between == "[" else "\n]\n")


def one_page(rows: Iterable[T], page: int) -> tuple[list[T], bool]:
    """The rows of a page of a list, and whether more follow. Raises UsageError."""
    if page < 1:
        raise UsageError(f"--page {page} 不是页号，请写 1 以上的数")
    some = list(islice(rows, (page - 1) * ROWS, page * ROWS + 1))
    return some[:ROWS], len(some) > ROWS


def tell_more(page: int, more: bool) -> None:
    """That a list goes on."""
    if page > 1 or more:
        tell(
            f"第 {page} 页" + (f"；接着看：--page {page + 1}；全部：--json" if more else ""), "dim"
        )


def now() -> str:
    """This moment, UTC, to the microsecond: two entries of one person keep their order."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def today() -> dt.date:
    """Today in China."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()


def day(text: str, option: str = "--as-of") -> str:
    """A day as typed, ISO; today when nothing was typed. Raises UsageError."""
    if not text:
        return today().isoformat()
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as e:
        raise UsageError(f"{option} {text} 不是日期，请写成 2026-06-30") from e


def day_if(text: str, option: str) -> str:
    """A day as typed, '' when nothing was typed. Raises UsageError."""
    return day(text, option) if text else ""


def number_if(text: str, option: str) -> str:
    """A number as typed, '' when nothing was typed. Raises UsageError."""
    try:
        if text and not Decimal(text).is_finite():
            raise InvalidOperation
    except InvalidOperation as e:
        raise UsageError(f"{option} {text} 不是数") from e
    return text


def processes(workers: int) -> int:
    """How many processes work, as typed; 0 for as many as there are cores. Raises UsageError."""
    cores = os.cpu_count() or 1
    if workers < 0:
        raise UsageError(
            f"--workers {workers} 不是进程数，请写 1 以上的数；不写的用处理器核数（本机 {cores}）。"
        )
    return workers or cores


def login() -> str:
    """The name by which the person logged in; '' where the machine has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def reviewer(by: str) -> str:
    """Who is at the desk: as said, else the name by which the person logged in, which is told.
    Raises UsageError when there is neither.
    """
    if by.strip():
        return by.strip()
    name = login()
    if not name:
        raise UsageError("请写明评查员姓名：--by 姓名，或者设环境变量 CASEREVIEW_REVIEWER。")
    tell(f"没有写 --by 姓名，记为登录名 {name}；可以设环境变量 CASEREVIEW_REVIEWER。", "yellow")
    return name


def actor(by: str) -> Actor:
    """The person at the desk, now."""
    from casereview.run.decisions import Actor

    return Actor(reviewer(by), now(), today())


def open_history(db: Path, audit: bool = False, viewer: str = "") -> History:
    """The runs in a store that exists. Raises UsageError, StoreUnusable."""
    from casereview.record.places import WARNING
    from casereview.record.store import Store
    from casereview.rounds.history import History

    store = Store(db, create=False)
    if store.shared:
        tell(WARNING.format(db), "yellow")
    return History(store, audit, viewer)


def scope(history: History, run: str) -> int:
    """The run or round that is meant, and one line that says which, with how many of how many
    cases. Raises UsageError, NotUnique.
    """
    from casereview.rounds.progress import headline_of

    number = history.chosen(run)
    tell(headline_of(history, number).line, "dim")
    return number
