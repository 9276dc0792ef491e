"""The program: its commands by who uses them, and what is said when one fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from casereview import __version__
from casereview.cli import (
    archive,
    authoring,
    campaign,
    checklist,
    documents,
    drawn,
    exchange,
    fix,
    issue,
    learn,
    panel,
    preferences,
    privacy,
    report,
    results,
    review,
    rounds,
    rulings,
    runs,
    score,
    serve,
    statutes,
    upkeep,
)
from casereview.cli.groups import Commands, built
from casereview.cli.help import MAINTAINER, ORGANISER, REVIEWER
from casereview.cli.misread import Misread, sentence
from casereview.cli.shared import default_db, open_history, speak_utf8, tell, today
from casereview.errors import CaseReviewError, ExitCode, RulesRefused
from casereview.reports.inert import clean
from casereview.settings import use_database

app = Commands(
    invoke_without_command=True,
    help=(
        "行政执法案卷评查：读案卷、按标准逐项检查、评分、留存每一轮结果。全程离线，"
        "不改动案卷文件夹。\n\n"
        "不写命令：说明到了哪一步、下一步做什么。每个命令的写法：casereview 命令 --help"
    ),
)


@app.callback()
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", help="程序的版本")] = False,
    db: Annotated[
        Path | None,
        typer.Option("--db", help="数据库文件，写在命令前面、后面都可以"),
    ] = None,
) -> None:
    """What is said without a command: the version, where things stand, or the help."""
    if db is not None:
        use_database(db)
    preferences.preset(context)
    if version:
        typer.echo(f"casereview {__version__}")
        raise typer.Exit(ExitCode.DONE)
    if context.invoked_subcommand:
        return
    if not default_db().exists():
        context.get_help()
        raise typer.Exit(ExitCode.USAGE)
    _where_things_stand()


def _where_things_stand() -> None:
    """The round at hand and what comes next."""
    from casereview.rounds.next_steps import next_steps
    from casereview.rounds.progress import progress_of

    history = open_history(default_db())
    p = progress_of(history, history.current(), today().isoformat())
    typer.echo(typer.style(clean(p.line), bold=True))
    for step in next_steps(p):
        typer.echo(f"  {clean(step)}")
    typer.echo("全部命令：casereview --help")


COMMANDS: dict[str, dict[str, Any]] = {
    REVIEWER: {
        "score": score.score,
        "list": results.list_,
        "show": results.show,
        "review": review.review,
        "serve": serve.serve,
        "rule": rulings.rule,
        "documents": documents.documents,
        "fix": fix.fix,
        "learn": learn.learn,
        "read": score.read,
        "history": rounds.history,
        "send": exchange.send,
    },
    ORGANISER: {
        "campaign": campaign.campaign_app,
        "sample": panel.sample,
        "panel": panel.panel_app,
        "units": results.units,
        "report": report.app,
        "issue": issue.issue,
        "rectify": rounds.rectify,
        "collect": exchange.collect,
        "decide": exchange.decide,
        "compare": rounds.compare,
        "outcome": rounds.outcome,
        "archive": archive.archive,
    },
    MAINTAINER: {
        "settings": preferences.settings,
        "runs": runs.runs_app,
        "checklist": checklist.app,
        "export": upkeep.export,
        "backup": upkeep.backup,
        "erase": privacy.erase,
        "anonymise": privacy.anonymise,
        "doctor": upkeep.doctor,
    },
}
IN_GROUPS = (  # commands of a group that stand in modules of their own
    (campaign.campaign_app, {"draw": drawn.draw, "exclude": drawn.exclude, "match": drawn.match}),
    (
        checklist.app,
        {
            "new": authoring.new,
            "new-item": authoring.new_item,
            "region": authoring.region,
            "export": authoring.export,
            "import": authoring.import_,
            "statutes": statutes.statutes,
        },
    ),
)
for group, members in IN_GROUPS:
    for name, member in members.items():
        group.command(name)(member)
app.add_typer(rulings.rulings_app, name="rulings", hidden=True)  # for one version more
for user, commands in COMMANDS.items():
    for name, command in commands.items():
        if isinstance(command, Commands):
            app.add_typer(command, name=name, rich_help_panel=user)
        else:
            app.command(name, rich_help_panel=user)(command)


def main() -> None:
    """Entry point: every error is a sentence and an exit code."""
    speak_utf8()
    try:
        raise SystemExit(built(app)(standalone_mode=False) or 0)
    except Misread as e:
        if said := sentence(e):
            tell(said, "red")
        raise SystemExit(int(ExitCode.USAGE)) from None
    except (typer.Abort, KeyboardInterrupt):
        raise SystemExit(int(ExitCode.INTERRUPTED)) from None
    except RulesRefused as e:
        tell(f"规则文件有 {len(e.complaints)} 处问题，改好以后再来：", "red")
        for c in e.complaints:
            tell("  " + c)
        raise SystemExit(int(e.exit_code)) from None
    except CaseReviewError as e:
        tell(str(e), "yellow" if e.exit_code == ExitCode.INTERRUPTED else "red")
        raise SystemExit(int(e.exit_code)) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as e:
        if said := _fault_of_store(e):
            tell(said, "red")
            raise SystemExit(int(ExitCode.STORE_UNUSABLE)) from None
        tell("程序自己出了错，不是您写错了。请把下面的内容交给维护者：", "red")
        raise


def _fault_of_store(e: Exception) -> str:
    """What happened to the database and what to do next; '' for any other fault."""
    from casereview.record.faults import DatabaseError
    from casereview.record.faults import sentence as said_of

    return said_of(e) if isinstance(e, DatabaseError) else ""
