"""The command that opens the reviewer's desk in a browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from casereview.cli.preferences import named
from casereview.cli.report import OfficeFile, Templates
from casereview.cli.shared import DEFAULT_DB, By, Db, now, processes, tell, today

Folders = Annotated[
    list[Path] | None,
    typer.Argument(help="可以在网页上评查的文件夹，缺省为当前文件夹；别处的文件网页读不到"),
]
Port = Annotated[int, typer.Option("--port", help="端口；0 为自动选择")]
Papers = Annotated[
    Path | None,
    typer.Option("--papers", help="网页上印发的文书写到哪里，缺省为数据库旁边的“印发”文件夹"),
]
Quiet = Annotated[bool, typer.Option("--no-browser", help="只给出链接，不打开浏览器")]


def serve(
    folders: Folders = None,
    port: Port = 0,
    no_browser: Quiet = False,
    by: By = "",
    papers: Papers = None,
    office: OfficeFile = None,
    templates: Templates = None,
    days: Annotated[int, typer.Option("--days", help="印发时缺省几个工作日内反馈")] = 15,
    db: Db = DEFAULT_DB,
) -> None:
    """打开评查台：在本机浏览器里逐项评查、更正划分、看评查活动。只在本机，按 Ctrl+C 结束。"""
    from casereview.desk.office import Outbox, Setting
    from casereview.desk.serve import serve as open_desk
    from casereview.reports.office import load_office
    from casereview.run.local import Local, Standby
    from casereview.run.pages import SECONDS

    setting = Setting(
        db.absolute(),
        tuple(f.absolute() for f in folders or [Path()]),
        now,
        today,
        lambda: Local(processes(0)),
        lambda: Standby(SECONDS),
        Outbox(papers and papers.absolute(), named(load_office(office)), templates, days),
    )

    def told(link: str) -> None:
        tell(f"评查台（链接只能用一次）：{link}")
        tell("按 Ctrl+C 结束。")
        if not no_browser:
            webbrowser.open(link)

    open_desk(setting, port, by.strip(), told)
