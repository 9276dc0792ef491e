"""The settings of an office: what its people would otherwise type with every command. One short
YAML file beside the store, so that each folder of work has its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casereview.errors import RulesRefused, UsageError
from casereview.run.files import write_file
from casereview.yamlfile import parse_yaml

FILE = "casereview.yaml"


@dataclass(frozen=True)
class Preference:
    """A key that may be set. ``says``: what it is; ``number``: a whole number of one or more;
    ``path``: a file or folder, from the folder of the settings; ``variable``: of the environment,
    which goes before the file.
    """

    key: str
    says: str
    number: bool = False
    path: bool = False
    variable: str = ""


PREFERENCES = (
    Preference("机关", "组织评查、印发文书的机关"),
    Preference("评查员", "评查员姓名，记入每一条意见", variable="CASEREVIEW_REVIEWER"),
    Preference("评查活动", "说的是哪个评查活动；同时进行几个的才用写"),
    Preference("标准", "检查清单的名称或者文件；不写的按每个案卷的程序选用"),
    Preference("数据库", "数据库文件", path=True, variable="CASEREVIEW_DB"),
    Preference("期限", "下发以后几个工作日内反馈", number=True),
    Preference("印发信息", "印发信息文件（YAML）：发文字号、联系人、联系电话……", path=True),
    Preference("模板", "自己的 Word 模板文件夹", path=True),
    Preference("进程数", "同时工作的进程数；不写的用处理器核数", number=True),
)
_KNOWN = {p.key: p for p in PREFERENCES}


def load(path: Path) -> dict[str, str]:
    """What is set in the file at ``path``, by key; nothing where there is no file. Paths are given
    from where the program stands. Raises UsageError with every complaint.
    """
    if not path.is_file():
        return {}
    data = _parsed(_text(path), path)
    bad = [text for key, value in data.items() if (text := _complaint(key, value))]
    if bad:
        raise UsageError(f"设置文件 {path} 有 {len(bad)} 处问题：\n" + "\n".join(bad))
    given = {k: str(v) for k, v in data.items() if v not in (None, "")}
    return {k: str(path.parent / v) if _KNOWN[k].path else v for k, v in given.items()}


def put(path: Path, key: str, value: str) -> None:
    """Set ``key`` in the file at ``path`` ('' takes it out); all other lines stay as they are.
    Raises UsageError.
    """
    if text := _complaint(key, int(value) if value.isdigit() else value):
        raise UsageError(text)
    lines = _text(path).splitlines() if path.is_file() else []
    new = [f"{key}: {_quoted(value)}"] if value else []
    own = re.compile(rf"\s*['\"]?{re.escape(key)}['\"]?\s*:")
    at = next((n for n, line in enumerate(lines) if own.match(line)), len(lines))
    lines[at : at + 1] = new
    text = "".join(line + "\n" for line in lines)
    _parsed(text, path)
    write_file(path, text.encode())


def _quoted(value: str) -> str:
    return value if value.isdigit() else "'" + value.replace("'", "''") + "'"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"设置文件 {path} 读不了；请另存为 UTF-8 编码的文本。") from e


def _parsed(text: str, path: Path) -> Mapping[str, object]:
    try:
        data = parse_yaml(text, str(path))
    except RulesRefused as e:
        raise UsageError("设置文件的写法有误：\n" + "\n".join(e.complaints)) from e
    if data is not None and not isinstance(data, dict):
        raise UsageError(f"设置文件 {path} 要一行一个“键: 值”，例如 机关: 某县司法局")
    return data or {}


def _complaint(key: object, value: object) -> str:
    """What is wrong with a line; '' when nothing is."""
    known = _KNOWN.get(str(key))
    if known is None:
        return f"没有设置“{key}”，可以设置 {'、'.join(_KNOWN)}"
    if isinstance(value, dict | list):
        return f"“{key}”只能写一个值"
    if known.number and value not in (None, "") and not (isinstance(value, int) and value > 0):
        return f"“{key}”要写 1 以上的整数，写的是“{value}”"
    return ""
