"""The help of commands as people read it: Chinese, in the width of the screen, nothing cut off."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from casereview.cli.shared import screen_width
from casereview.reports.lines import joined, wrapped

REVIEWER, ORGANISER, MAINTAINER = "评查员", "组织者", "维护者"  # who uses a command
Rows = list[tuple[str, str]]
_BROUGHT_ALONG = {  # options of the library
    "help": "显示这段说明",
    "install_completion": "在本机的命令行里装上按 Tab 键补全",
    "show_completion": "显示补全的脚本，自己安装",
}
_PLACES = {  # what is typed in the place of an argument, and after an option
    **dict.fromkeys(("case", "cases"), "案卷"),
    **dict.fromkeys(("unit", "units"), "单位"),
    **dict.fromkeys(("by", "reviewer", "of_reviewer", "signer"), "姓名"),
    **dict.fromkeys(("named", "campaign"), "评查活动"),
    **dict.fromkeys(("run", "round_", "first", "only", "where"), "轮次"),
    **dict.fromkeys(("due", "until", "as_of", "date", "on"), "日期"),
    **dict.fromkeys(("folder", "folders", "roots"), "文件夹"),
    **dict.fromkeys(("output", "path", "templates"), "路径"),
    **dict.fromkeys(("checklist", "base"), "清单"),
    **dict.fromkeys(("item", "check"), "检查项"),
    **dict.fromkeys(("sheet", "answers", "office", "file", "files", "more"), "文件"),
    **{"stage": "环节", "number": "号"},
    **{"db": "数据库", "name": "名称", "key": "键", "value": "值", "ledger": "台账"},
    **{"finding": "哪一项", "action": "意见", "verdict": "结论", "result": "结果"},
    **{"old": "原清单", "new": "新清单", "book": "样例", "reviewers": "评查员名单"},
    **{"before": "前一次", "after": "后一次", "why": "理由", "say": "文字", "seed": "种子"},
    **{"organiser": "机关", "period": "期间", "standard": "标准", "numbering": "文号"},
    **{"basis": "文件", "at": "位置", "procedure": "程序", "level": "级别", "kind": "文书"},
    **{"correct": "划分", "quota": "配额", "pull": "案号", "exclude": "案号", "outcome": "处理"},
}
_WIDEST = 26  # columns of a name that still has its meaning beside it


def usage(ctx: Any) -> str:
    """How a command is written: casereview score [选项] 文件夹."""
    return " ".join([called(ctx), *ctx.command.collect_usage_pieces(ctx)])


def called(ctx: Any) -> str:
    """The command with its groups, as people type it."""
    names: list[str] = []
    while ctx.parent is not None:
        names.insert(0, str(ctx.info_name))
        ctx = ctx.parent
    return " ".join(["casereview", *names])


def shown(param: Any) -> str:
    """An argument or option as people type it."""
    return _place(param) if _typed_bare(param) else str(max(param.opts, key=len))


def _typed_bare(param: Any) -> bool:
    """True for an argument, which is typed without a name."""
    return bool(param.param_type_name == "argument")


def _place(param: Any) -> str:
    """What stands for the value of an argument or option."""
    number = isinstance(param.default, int | float)
    return str(param.metavar or _PLACES.get(param.name) or ("数" if number else "值"))


def explained(param: Any) -> str:
    """What an argument or option means; '' where nobody said."""
    return _BROUGHT_ALONG.get(param.name) or getattr(param, "help", None) or ""


def pieces(command: Any, ctx: Any) -> list[str]:
    """What is typed after the name of a command."""
    pieces = ["[选项]"]
    for p in command.get_params(ctx):
        if _typed_bare(p):
            name = shown(p) + (" …" if p.nargs == -1 else "")
            pieces.append(name if p.required else f"[{name}]")
    return pieces


def explain(command: Any, ctx: Any) -> None:
    """Print the help of a command."""
    width = screen_width()
    _bold(f"用法：{usage(ctx)}")
    for paragraph in _paragraphs(command):
        typer.echo("\n" + "\n".join(wrapped(joined(paragraph), width)))
    params = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    _list("参数", [(shown(p), _meaning(p)) for p in params if _typed_bare(p)], width)
    for title, rows in _by_user(command):
        _list(title, rows, width)
    _list("选项", [(_typed(p), _meaning(p)) for p in params if not _typed_bare(p)], width)


def _paragraphs(command: Any) -> list[str]:
    return inspect.cleandoc(command.help or "").split("\n\n")


def _by_user(command: Any) -> list[tuple[str, Rows]]:
    """The commands of a group under the heading of those who use them."""
    panels: dict[str, Rows] = {}
    for name, member in getattr(command, "commands", {}).items():
        if not member.hidden:
            # where nobody named a panel stands a placeholder of the library
            panel = member.rich_help_panel
            title = panel if isinstance(panel, str) else "命令"
            panels.setdefault(title, []).append((name, joined(_paragraphs(member)[0])))
    return list(panels.items())


def _typed(p: Any) -> str:
    """An option with its other spellings and what follows it."""
    names = "，".join(sorted([*p.opts, *p.secondary_opts], key=len))
    return names if p.is_flag else f"{names} {_place(p)}"


def _meaning(p: Any) -> str:
    """What it means, whether it must be written, what it is when nobody does."""
    more = ["必填"] if p.required else []
    if isinstance(p.default, str | int | float | Path) and p.default:
        more.append(f"缺省 {p.default}")
    if getattr(p, "envvar", None):
        more.append(f"环境变量 {p.envvar}")
    return explained(p) + (f"（{'；'.join(more)}）" if more else "")


def _list(title: str, rows: Sequence[tuple[str, str]], width: int) -> None:
    """Names with what they mean, under a heading; a name too long for its column stands on a line
    of its own.
    """
    from rich.cells import cell_len

    if not rows:
        return
    typer.echo()
    _bold(f"{title}：")
    side = 4 + min(_WIDEST, max(cell_len(name) for name, _ in rows))
    for name, meaning in rows:
        label = f"  {name}"
        lines = wrapped(meaning, max(20, width - side)) or [""]
        if cell_len(label) >= side:
            _named(label, "")
            label = ""
        for line in lines:
            _named(label + " " * (side - cell_len(label)), line)
            label = ""


def _named(label: str, line: str) -> None:
    typer.echo((typer.style(label, fg=typer.colors.CYAN) if label.strip() else label) + line)


def _bold(text: str) -> None:
    typer.echo(typer.style(text, bold=True))
