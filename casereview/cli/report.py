"""``casereview report …``: the papers that go down to the units and up to the county."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casereview.cli.shared import (
    DEFAULT_DB,
    Audit,
    By,
    Db,
    Json,
    Run,
    now,
    open_rounds,
    print_json,
    reviewer,
    tell,
    write,
)
from casereview.errors import UsageError

app = typer.Typer(
    invoke_without_command=True,
    help=(
        "文书：下发给单位的打分表、意见书、清单、通知书、回执，上报的通报、汇总表、统计、名单、汇报网页。"
    ),
)


@app.callback()
def report(
    context: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="写到哪个文件夹，缺省为当前文件夹下的“文书”"),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="只要哪几种，可以写多次；缺省为全部")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", help="只要哪个单位（可以只写一部分）")] = "",
    office: Annotated[
        Path | None,
        typer.Option(
            "--office",
            help="印发信息（YAML）：发文机关、发文字号、印发日期、联系人、联系电话、整改期限、主送、抄送",
        ),
    ] = None,
    templates: Annotated[
        Path | None, typer.Option("--templates", help="自己的 Word 模板文件夹；同名的代替自带的")
    ] = None,
    unmasked: Annotated[
        bool, typer.Option("--unmasked", help="不遮蔽个人信息（会记录是谁、为什么）")
    ] = False,
    why: Annotated[str, typer.Option("--why", help="不遮蔽的理由")] = "",
    by: By = "",
    audit: Audit = False,
    db: Db = DEFAULT_DB,
    run: Run = 0,
    json_: Json = False,
) -> None:
    """写出一次评查的全部文书。个人信息默认遮蔽；同一次评查写出的文件逐字节相同。"""
    if context.invoked_subcommand:
        return
    from casereview.record.journal import Event
    from casereview.reports.gather import gather
    from casereview.reports.issue import papers, summary
    from casereview.reports.png import font_file
    from casereview.reports.wording import load_office

    output = output or Path("文书")
    if templates and not templates.is_dir():
        raise UsageError(
            f"找不到模板文件夹 {templates}。用 casereview report templates -o 文件夹 写出自带的模板再改。"
        )
    given = load_office(office)
    rounds = open_rounds(db, audit)
    number = run or rounds.store.last_run()
    if unmasked:
        if not why.strip():
            raise UsageError("--unmasked 要用 --why 写明理由；这次不遮蔽会记录在案。")
        rounds.journal.add(
            [
                Event(
                    now(),
                    reviewer(by),
                    "unmasked",
                    {"what": "、".join(kind or ["全部文书"]), "run": number, "why": why},
                )
            ]
        )
    campaign = gather(rounds, number, unit, not unmasked)
    if not campaign.units:
        raise UsageError(f"第 {number} 次评查没有单位“{unit}”。可以用 casereview units 查看。")
    done = []
    for path, data in papers(campaign, given, tuple(kind or ()), templates):
        write(output / path, data)
        done.append(path)
    if json_:
        print_json(summary(done))
        return
    tell(
        f"写出 {len(done)} 份："
        + "，".join(f"{k} {n}" for k, n in summary(done)["kinds"].items())
        + f"。文件夹 {output}"
    )
    if given.open:
        tell(
            f"印发信息没有给全，文书里标着【】：{'、'.join(given.open)}。写进一个 YAML 文件，用"
            " --office 指明。",
            "yellow",
        )
    if font_file() is None:
        tell(
            "本机没有找到中文字体，Word 里没有图；网页里有。可以用环境变量 CASEREVIEW_FONT"
            " 指明一个字体文件。",
            "yellow",
        )


@app.command("templates")
def templates_(
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件夹")],
) -> None:
    """写出自带的 Word 模板，改版式、改措辞以后用 report --templates 使用。"""
    from casereview.reports.paper_texts import FORMS

    taken = [f.name for f in FORMS if (output / f"{f.name}.docx").exists()]
    if taken:
        raise UsageError(f"{output} 里已经有 {'、'.join(taken)}，没有覆盖；请换一个文件夹。")
    for f in FORMS:
        write(output / f"{f.name}.docx", f.make())
    tell(
        f"写出 {len(FORMS)} 个模板到 {output}。标签写作 {{{{ 单位 }}}}，循环写作 {{%tr for r in"
        " 问题 %} … {%tr endfor %}。"
    )
