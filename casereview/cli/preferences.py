"""``casereview settings``, and how what is set becomes the default of options."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casereview.cli.shared import Json, out, print_json, tell
from casereview.settings import settings_file, use_database, variable

if TYPE_CHECKING:
    from casereview.reports.office import Office

# which options each setting stands for; of 机关 only where a campaign is opened
_OPTIONS = {
    "评查员": ("by",),
    "评查活动": ("named", "campaign", "run"),
    "标准": ("checklist",),
    "期限": ("days",),
    "印发信息": ("office",),
    "模板": ("templates",),
    "进程数": ("workers",),
}
_ONLY = {"checklist": ("score",)}
_OFFICE = ("new", "organiser")


def file() -> Path:
    """Where the settings lie."""
    from casereview.run.preferences import FILE

    return Path(settings_file() or FILE)


def preset(context: Any) -> None:
    """Let the settings be the defaults of the command that is invoked: what is typed and what the
    environment says goes before. Raises UsageError.
    """
    if not file().is_file():
        return
    from casereview.run.preferences import load

    given = load(file())
    if given.get("数据库") and not variable("CASEREVIEW_DB"):
        use_database(Path(given["数据库"]))
    name = context.invoked_subcommand
    command = context.command.get_command(context, name) if name else None
    if command is not None and name != "settings":
        context.default_map = {name: _defaults(context, command, given)}


def _defaults(context: Any, command: Any, given: dict[str, str]) -> dict[str, Any]:
    """The defaults of a command and its commands, by the names of their parameters."""
    into = {option: value for key, value in given.items() for option in _OPTIONS.get(key, ())}
    names = {p.name: p for p in command.params}
    taken = (option for option in into if _takes(command, names, option))
    found: dict[str, Any] = {option: into[option] for option in taken}
    if (command.name, "organiser") == _OFFICE and "organiser" in names and given.get("机关"):
        found["organiser"] = given["机关"]
    for name in list(getattr(command, "commands", ())):
        found[name] = _defaults(context, command.get_command(context, name), given)
    return found


def named(office: Office) -> Office:
    """What is known of the office that sends out papers, under the name of the settings where its
    own file gives none.
    """
    from casereview.reports.office import Office
    from casereview.run.preferences import load

    own = load(file()).get("机关", "")
    return Office({"发文机关": own, **office.given}, office.final) if own else office


def _takes(command: Any, names: Mapping[str, Any], option: str) -> bool:
    """True when a command takes the default of an option; a number of a run is no campaign."""
    if option not in names or command.name not in _ONLY.get(option, (command.name,)):
        return False
    return option != "run" or bool(names[option].default == "")


def settings(
    key: Annotated[str, typer.Argument(help="设置哪一项；不写的列出全部")] = "",
    value: Annotated[str, typer.Argument(help="设成什么；不写的只看这一项")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="去掉这一项")] = False,
    json_: Json = False,
) -> None:
    """看和改本文件夹的设置（casereview.yaml）：机关、评查员、评查活动、标准、数据库、期限等。

    先后：命令里写的，环境变量，设置文件，缺省。
    """
    from casereview.errors import UsageError
    from casereview.run.preferences import PREFERENCES, put

    path = file()
    known = {p.key: p for p in PREFERENCES}
    if key and key not in known:
        raise UsageError(f"没有设置“{key}”，可以设置 {'、'.join(known)}")
    if key and (value or remove):
        put(path, key, "" if remove else value)
        tell(f"已{'去掉' if remove else '设置'} {key}，写在 {path}")
        return
    _show([known[key]] if key else list(PREFERENCES), path, json_)


def _show(rows: list[Any], path: Path, json_: bool) -> None:
    """What is set, and where it comes from."""
    from casereview.reports.terminal.tables import Head, table
    from casereview.run.preferences import load

    given = load(path)
    held = [(p, variable(p.variable) if p.variable else "") for p in rows]
    lines = [
        (p.key, env or given.get(p.key, ""), p.variable if env else path if p.key in given else "")
        for p, env in held
    ]
    if json_:
        print_json([{"key": k, "value": v, "from": str(where)} for k, v, where in lines])
        return
    heads: list[Head] = [("键", "left"), ("值", "left"), ("来自", "left"), ("说明", "left")]
    said = [(*line, p.says) for line, (p, _) in zip(lines, held, strict=True)]
    table(out(), f"设置（{path}）", heads, said)
    tell("设置一项：casereview settings 键 值；去掉：casereview settings 键 --remove")
