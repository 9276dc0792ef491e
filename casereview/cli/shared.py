"""What every command shares: where the store is, where answers and talk go, who is at the desk, and
the one look at the clock.
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from casereview.errors import UsageError
from casereview.reports.view import clean
from casereview.settings import columns

if TYPE_CHECKING:
    from casereview.rounds.history import History

Db = Annotated[Path, typer.Option("--db", envvar="CASEREVIEW_DB", help="数据库文件")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Run = Annotated[int, typer.Option("--run", help="第几次评查，缺省为最近一次")]
By = Annotated[
    str, typer.Option("--by", envvar="CASEREVIEW_REVIEWER", help="评查员姓名，记入每一条意见")
]
Audit = Annotated[bool, typer.Option("--audit", help="审计方式：不计免予整改")]
DEFAULT_DB = Path("casereview.db")


def out() -> Console:
    """Where the answer goes."""
    width = None if sys.stdout.isatty() else columns()
    return Console(width=width, highlight=False)


def talk() -> Console:
    """Where notes and bars go."""
    return Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 160)


def tell(text: str, style: str = "") -> None:
    """One note."""
    talk().print(
        Text(
            clean(text) if "\n" not in text else "\n".join(clean(x) for x in text.split("\n")),
            style=style,
        )
    )


def print_json(value: Any) -> None:
    """The answer as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def write(path: Path, data: bytes) -> None:
    """Write a file in one step: never half of one, never over a file that somebody has open."""
    temp = path.with_name(path.name + ".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(temp, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        os.replace(temp, path)
    except OSError as e:
        raise UsageError(
            f"写不了 {path}（{e.strerror}）。请确认文件没有被 Word 或 Excel 打开、磁盘有空间、有写入权限。"
        ) from e


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


def reviewer(by: str) -> str:
    """Who is at the desk: as said, else the name by which the person logged in, which is told.
    Raises UsageError when there is neither.
    """
    if by.strip():
        return by.strip()
    try:
        name = getpass.getuser()
    except (KeyError, OSError) as e:
        raise UsageError("请写明评查员姓名：--by 姓名，或者设环境变量 CASEREVIEW_REVIEWER。") from e
    tell(f"没有写 --by 姓名，记为登录名 {name}；可以设环境变量 CASEREVIEW_REVIEWER。", "yellow")
    return name


def open_rounds(db: Path, audit: bool = False, viewer: str = "") -> History:
    """The rounds in a store that exists. Raises UsageError, StoreUnusable."""
    from casereview.record.store import Store
    from casereview.rounds.history import History

    return History(Store(db, create=False), audit, viewer)
