"""``casereview archive``: years that are over into a store of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casereview.cli.shared import DEFAULT_DB, By, Db, Why, actor, tell


def archive(
    year: Annotated[str, typer.Argument(help="哪一年（评查活动最后一次评查的年份），例如 2025")],
    output: Annotated[Path, typer.Option("--output", "-o", help="归档到哪个文件（新的数据库）")],
    keep: Annotated[bool, typer.Option("--keep", help="只复制，不从现在的数据库移出")] = False,
    open_lists: Annotated[
        bool, typer.Option("--open-lists", help="整改没有办完也归档（要写 --why）")
    ] = False,
    why: Why = "",
    by: By = "",
    db: Db = DEFAULT_DB,
) -> None:
    """归档：把一年里已经结束的评查活动移到单独的数据库，以后用 --db 打开查看。

    先复制，逐行核对，再移出；记录链两边都完整，文号不会重用。
    移出以后，新的评查不再与归档的年份比较。
    """
    from casereview.record.store import Store
    from casereview.run.archiving import ArchiveOrder, archive_year

    order = ArchiveOrder(year, output, keep, open_lists, why)
    done = archive_year(Store(db, create=False), order, actor(by))
    for name in done.left:
        tell(f"{name} 还没有结束，没有归档", "yellow")
    moved = "已复制" if keep else "已归档"
    tell(f"{moved}到 {output}，逐行核对无误：{'、'.join(done.campaigns)}，案卷 {done.cases} 个")
    tell(f"查看：casereview units --db {output}；请把这个文件连同备份一起保存")
