"""What the parser of the command line could not read, as a sentence to the person who typed it."""

from __future__ import annotations

import re
from typing import Any

import typer

# the base of all that the parser refuses; the parser itself is private to its library
Misread: type[Exception] = typer.BadParameter.__mro__[2]
HELP_WANTED = "NoArgsIsHelpError"  # a group without a command: its help is the answer
_WANTED = (
    ("int", "要写整数"),
    ("float", "要写数"),
    ("number", "要写数"),
    ("bool", "要写 true 或者 false"),
    ("path", "要写文件或者文件夹的路径"),
)


def sentence(e: Any) -> str:
    """What was refused and how it is written, or the help where that is wanted. ``e``: what the
    parser raised.
    """
    kind = type(e).__name__
    if kind == HELP_WANTED:
        return str(e.format_message())
    said = _KINDS[kind](e) if kind in _KINDS else _other(e.format_message())
    context = getattr(e, "ctx", None)
    return f"{said}\n{_usage(context)}" if context is not None else said


def _usage(context: Any) -> str:
    """How the command is written, and where the rest stands."""
    usage = re.sub(r"\s+", " ", context.get_usage()).strip()
    usage = usage.replace(context.command_path, _called(context))
    return f"{usage}　说明：{_called(context)} --help"


def _called(context: Any) -> str:
    """The command with its groups, as people type it."""
    names: list[str] = []
    while context.parent is not None:
        names.insert(0, str(context.info_name))
        context = context.parent
    return " ".join(["casereview", *names])


def _hint(e: Any) -> str:
    """The option or argument that is meant, as it is typed."""
    if e.param is None:
        return str(e.param_hint or "")
    argument = e.param.param_type_name == "argument"
    return str(e.param.name if argument else max(e.param.opts, key=len))


def _missing(e: Any) -> str:
    told = getattr(e.param, "help", "") if e.param is not None else ""
    return f"没有写 {_hint(e)}" + (f"：{told}" if told else "") + "。"


def _bad_value(e: Any) -> str:
    message = str(e.message)
    if m := re.search(r"(greater|less) than (or equal to )?(\S+)", message):
        wrong = "小于" if m[1] == "greater" else "大于"
        return f"{_hint(e)} 不能{wrong}{'' if m[2] else '或者等于'} {m[3]}。"
    if not message.isascii():
        return f"{_hint(e)}：{message}"
    wanted = next((said for word, said in _WANTED if word in message.lower()), "请对照说明")
    return f"{_hint(e)} 的值不对，{wanted}。"


def _no_option(e: Any) -> str:
    like = "、".join(sorted(e.possibilities or ()))
    return f"没有选项 {e.option_name}" + (f"，相近的有 {like}。" if like else "。")


def _option_use(e: Any) -> str:
    if "does not take" in e.format_message():
        return f"选项 {e.option_name} 后面不写值。"
    return f"选项 {e.option_name} 后面要写值。"


def _other(message: str) -> str:
    """What the parser only tells in words."""
    if m := re.match(r"No such command '(.*?)'\.?(?: Did you mean (.*)\?)?", message):
        meant = f"，是不是 {m[2].replace(chr(39), '')}？" if m[2] else "。"
        return f"没有命令 {m[1]}{meant}"
    if m := re.match(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", message):
        return f"多写了 {m[1]}；名称里有空格的要加引号。"
    return "要写做什么。" if message.startswith("Missing command") else f"命令写得不对：{message}"


_KINDS = {
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _option_use,
}
