"""``casereview report …``: the papers that go down to the units and up to the county."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casereview.cli.groups import Commands
from casereview.cli.preferences import named
from casereview.cli.shared import (
    DEFAULT_DB,
    Audit,
    By,
    Db,
    Json,
    Run,
    Unmasked,
    actor,
    open_history,
    print_json,
    scope,
    tell,
)
from casereview.errors import UsageError

if TYPE_CHECKING:
    from casereview.reports.office import Office
    from casereview.reports.word.papers import Written

Folder = Annotated[
    Path,
    typer.Option("--output", "-o", help="写到哪个文件夹"),
]
Kinds = Annotated[
    list[str] | None, typer.Option("--kind", help="只要哪几种，可以写多次；缺省为全部")
]
OfficeFile = Annotated[
    Path | None,
    typer.Option(
        "--office",
        help=(
            "印发信息（YAML）：发文机关、发文字号、印发日期、联系人、联系电话、整改期限、主送、抄送"
        ),
    ),
]
Templates = Annotated[
    Path | None,
    typer.Option("--templates", help="自己的 Word 模板文件夹；同名的代替自带的"),
]
app = Commands(
    invoke_without_command=True,
    help=(
        "文书：下发给单位的打分表、意见书、清单、通知书、回执，上报的通报、汇总表、统计、名单、"
        "汇报网页。"
    ),
)


@app.callback()
def report(
    context: typer.Context,
    output: Folder = Path("文书"),
    kind: Kinds = None,
    unit: Annotated[str, typer.Option("--unit", help="只要哪个单位（可以只写一部分）")] = "",
    office: OfficeFile = None,
    templates: Templates = None,
    unmasked: Unmasked = False,
    why: Annotated[str, typer.Option("--why", help="不遮蔽的理由")] = "",
    by: By = "",
    audit: Audit = False,
    db: Db = DEFAULT_DB,
    run: Run = "",
    json_: Json = False,
) -> None:
    """写出一次评查的全部文书。个人信息默认遮蔽；同一次评查写出的文件逐字节相同。"""
    if context.invoked_subcommand:
        return
    from casereview.reports.gather import campaign_view
    from casereview.reports.office import load_office
    from casereview.reports.word.papers import Written, papers
    from casereview.run.decisions import record_unmasked
    from casereview.run.files import write_file

    given = named(load_office(office))
    history = open_history(db, audit)
    number = scope(history, run)
    if unmasked:
        record_unmasked(history.store, "、".join(kind or ["全部文书"]), number, why, actor(by))
    campaign = campaign_view(history, number, unit, not unmasked)
    paths = []
    for path, data in papers(campaign, given, tuple(kind or ()), templates):
        write_file(output / path, data)
        paths.append(path)
    done = Written(tuple(paths))
    if json_:
        print_json({"files": paths, "kinds": done.kinds})
    else:
        _say(done, output, given)


def _say(done: Written, output: Path, office: Office) -> None:
    from casereview.reports.web.png import font_file

    kinds = "，".join(f"{k} {n}" for k, n in done.kinds.items())
    tell(f"写出 {len(done.files)} 份：{kinds}。文件夹 {output}")
    if office.open:
        tell(
            f"印发信息没有给全，文书里标着【】：{'、'.join(office.open)}。写进一个 YAML 文件，用"
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
    from casereview.reports.word.papers import FORMS
    from casereview.run.files import write_file

    taken = [f.name for f in FORMS if (output / f.file).exists()]
    if taken:
        raise UsageError(f"{output} 里已经有 {'、'.join(taken)}，没有覆盖；请换一个文件夹。")
    for f in FORMS:
        write_file(output / f.file, f.template)
    tell(
        f"写出 {len(FORMS)} 个模板到 {output}。标签写作 {{{{ 单位 }}}}，循环写作 {{%tr for r in"
        " 问题 %} … {%tr endfor %}。"
    )
