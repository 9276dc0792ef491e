"""The program: its commands, and what is said when one fails."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from casereview import __version__
from casereview.cli import (
    campaign,
    checklist,
    issue,
    learn,
    panel,
    report,
    results,
    review,
    rounds,
    score,
    walk,
)
from casereview.cli.groups import Commands, built
from casereview.cli.misread import Misread, sentence
from casereview.cli.shared import (
    DEFAULT_DB,
    Db,
    Json,
    default_db,
    open_history,
    out,
    print_json,
    tell,
    today,
)
from casereview.errors import CaseReviewError, ExitCode, RulesRefused
from casereview.reports.inert import clean
from casereview.settings import use_database

app = Commands(
    add_completion=False,
    invoke_without_command=True,
    help=(
        "行政执法案卷评查：读案卷、按标准逐项检查、评分、留存每一轮结果。全程离线，"
        "不改动案卷文件夹。"
    ),
)
_MARKS = {"ok": ("✓ ", "green"), "note": ("· ", "yellow"), "bad": ("✗ ", "red")}


@app.callback()
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", help="程序的版本")] = False,
    db: Annotated[Path | None, typer.Option("--db", help="数据库文件，也可以写在命令后面")] = None,
) -> None:
    """What is said without a command: the version, where things stand, or the help."""
    if db is not None:
        use_database(db)
    if version:
        out().print(f"casereview {__version__}")
        raise typer.Exit(ExitCode.DONE)
    if context.invoked_subcommand:
        return
    if not default_db().exists():
        typer.echo(context.get_help())
        raise typer.Exit(ExitCode.USAGE)
    _where_things_stand()


def _where_things_stand() -> None:
    """The round at hand and what comes next."""
    from rich.text import Text

    from casereview.rounds.next_steps import next_steps
    from casereview.rounds.progress import progress_of

    history = open_history(default_db())
    p = progress_of(history, history.current(), today().isoformat())
    screen = out()
    screen.print(Text(clean(p.line), style="bold"))
    for step in next_steps(p):
        screen.print(Text(f"  {clean(step)}"))
    screen.print(Text("全部命令：casereview --help", style="dim"))


@app.command()
def doctor(
    db: Db = DEFAULT_DB,
    verify: Annotated[str, typer.Option("--verify", help="核对清单上印的记录号")] = "",
    json_: Json = False,
) -> None:
    """检查本机能读什么、规则和数据库是否完好；核对印发的记录号。"""
    from rich.text import Text

    from casereview.run.doctor import examine

    rows = examine(db, today(), verify)
    if json_:
        print_json([asdict(r) for r in rows])
        return
    screen = out()
    for r in rows:
        screen.print(Text.assemble(_MARKS[r.state], f"{r.what}：{clean(r.detail)}"))
    if any(r.state == "bad" for r in rows):
        raise typer.Exit(ExitCode.USAGE)


for command in (
    score.score,
    score.read,
    score.documents,
    learn.learn,
    results.show,
    results.units,
    results.export,
    walk.review,
    review.rule,
    rounds.compare,
    rounds.history,
    issue.issue,
    rounds.rectify,
    rounds.outcome,
    rounds.backup,
    panel.sample,
):
    app.command()(command)
app.command("list")(results.list_)
for name, group in (
    ("campaign", campaign.campaign_app),
    ("runs", campaign.runs_app),
    ("checklist", checklist.app),
    ("rulings", review.rulings_app),
    ("panel", panel.panel_app),
    ("report", report.app),
):
    app.add_typer(group, name=name)


def main() -> None:
    """Entry point: every error is a sentence and an exit code."""
    try:
        raise SystemExit(built(app)(standalone_mode=False) or 0)
    except Misread as e:
        if said := sentence(e):
            tell(said, "red")
        raise SystemExit(int(ExitCode.USAGE)) from None
    except typer.Abort:
        raise SystemExit(int(ExitCode.INTERRUPTED)) from None
    except RulesRefused as e:
        tell(f"规则文件有 {len(e.complaints)} 处问题，评查没有开始：", "red")
        for c in e.complaints:
            tell(f"  {c}")
        raise SystemExit(int(e.exit_code)) from None
    except CaseReviewError as e:
        tell(str(e), "yellow" if e.exit_code == ExitCode.INTERRUPTED else "red")
        raise SystemExit(int(e.exit_code)) from None
    except KeyboardInterrupt:
        raise SystemExit(int(ExitCode.INTERRUPTED)) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
