"""``casereview erase``, ``casereview anonymise``: what is to be forgotten, what may be shared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casereview.cli.shared import DEFAULT_DB, By, Db, Run, actor, open_history, tell, today
from casereview.errors import UsageError

OUT = Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件夹（不能在案卷里面）")]


def erase(
    case: Annotated[str, typer.Argument(help="案卷名（写一部分即可）或者序号")] = "",
    why: Annotated[str, typer.Option("--why", help="理由，例如 留存期限届满")] = "",
    due: Annotated[bool, typer.Option("--due", help="过了留存期限的全部案卷")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接删除")] = False,
    by: By = "",
    db: Db = DEFAULT_DB,
    run: Run = "",
) -> None:
    """删除一个案卷读到的内容：姓名、原文、识别的页；分数、结论、记录链保留。不能恢复。"""
    from casereview.run.erasing import erase_case, past_keeping

    if bool(case) == due:
        raise UsageError("写明一个案卷，或者写 --due（过了留存期限的全部案卷）。")
    history = open_history(db)
    number = history.chosen(run)
    rows = (
        past_keeping(history, today().isoformat())
        if due
        else [(number, history.case_named(case, number), "")]
    )
    if not rows:
        tell("没有过了留存期限的案卷。期限用 casereview campaign set --keep-until 日期 设定。")
        return
    for _, name, campaign in rows:
        tell(f"将删除 {name}" + (f"（{campaign}）" if campaign else ""))
    if not yes and not typer.confirm("删除以后不能恢复，继续吗", err=True):
        raise typer.Abort
    reason = why or ("留存期限届满" if due else "")
    for at, name, _ in rows:
        done = erase_case(history.store, name, reason, actor(by), at)
        gone = f"；旁边的旧副本已删除：{'、'.join(done.copies)}" if done.copies else ""
        tell(f"已删除，改称 {done.called}：{done.runs} 次评查，记录 {done.entries} 条{gone}")
    tell(
        "已经印发的文书、导出的文件、备份（casereview backup）、案卷文件夹不在数据库里，"
        "请另行处理。",
        "yellow",
    )


def anonymise(
    path: Annotated[Path, typer.Argument(help="一个案卷")],
    output: OUT = Path("可以分享的案卷"),
) -> None:
    """写出一个可以给别人看的案卷：只有文字和表格，姓名、证件、电话、住址、账号已遮蔽。"""
    from casereview.reports.anonymous import shared_file
    from casereview.run.anonymising import shared_case
    from casereview.run.files import write_file

    if output.resolve().is_relative_to(path.resolve()):
        raise UsageError(f"{output} 在案卷里面；不往案卷文件夹写东西，请换一个文件夹。")
    case = shared_case(path)
    folder = output / case.title
    if folder.exists():
        raise UsageError(f"{folder} 已经存在，没有覆盖；请换一个文件夹。")
    for name, source in case.files:
        write_file(folder / name, shared_file(source, case.mask))
    tell(f"写出 {len(case.files)} 个文件到 {folder}；图片、印章、签名没有写出。")
    for name in case.left_out:
        tell(f"没有写出 {name}：没有读到文字", "yellow")
    tell("遮蔽由程序完成，可能有遗漏：给别人以前，请人工看一遍。", "yellow")
