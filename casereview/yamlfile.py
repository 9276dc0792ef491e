"""Strict YAML for people who are no programmers: every surprise of YAML is refused with file and
line.

Refused: duplicate keys, anchors, aliases, tags, full-width colons after a key, bare on/off/yes/no,
numbers with a leading zero,
nesting deeper than 30, files above 2 MB. Scalars stay text but for plain integers, decimals kept as
text, true/false and ISO dates.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml import nodes

from casereview.errors import RulesRefused

# the parser in C where the library brings it: several times as fast, the same language
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WIDE = re.compile(r"^\s*(?:-\s+)?[^\s#'\"：:]{1,20}：")
_SWITCH = re.compile(r"^(?:on|off|yes|no|y|n)$", re.I)


class LineDict(dict):
    """A mapping that remembers the line of each key: ``line(key)``; ``start`` is its own first
    line.
    """

    def __init__(self, start: int):
        super().__init__()
        self.start = start
        self.lines: dict[str, int] = {}

    def line(self, name: str) -> int:
        """1-based line of ``name`` (or of the mapping)."""
        return self.lines.get(name, self.start)


def load_yaml(path: Path) -> Any:
    """Parse one YAML document from ``path``. Raises RulesRefused with every complaint found."""
    if path.stat().st_size > 2_000_000:
        raise RulesRefused([f"{path}：文件超过 2 MB，不像是手写的规则文件"])
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as e:
        raise RulesRefused([f"{path}：不是 UTF-8 编码，请另存为 UTF-8"]) from e
    return parse_yaml(text, str(path))


def parse_yaml(text: str, name: str) -> Any:
    """Parse YAML ``text``; ``name`` is used in complaints."""
    wide = [
        f"{name}：第 {i} 行：冒号是全角“：”，键后面要用半角冒号加一个空格"
        for i, line in _outside_blocks(text)
        if _WIDE.match(line)
    ]
    if wide:
        raise RulesRefused(wide)
    try:
        _refuse_machinery(text, name)
        root = _composed(text)
    except (yaml.YAMLError, UnicodeError) as e:
        mark = getattr(e, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else ""
        problem = getattr(e, "problem", None) or e
        raise RulesRefused(
            [f"{name}：{where}：格式有误（{problem}），请检查缩进、冒号和引号"]
        ) from e
    complaints: list[str] = []
    value = _build(root, name, complaints, 0)
    if complaints:
        raise RulesRefused(complaints)
    return value


def _composed(text: str) -> nodes.Node | None:
    """The tree of a document. Its faults are told in the words of one parser on every machine."""
    try:
        return yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _refuse_machinery(text: str, name: str) -> None:
    """Anchors, aliases and tags are for programs. Raises RulesRefused."""
    if not any(mark in text for mark in "&*!"):
        return
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        where = f"{name}：第 {event.start_mark.line + 1} 行"
        if getattr(event, "anchor", None) or isinstance(event, yaml.AliasEvent):
            raise RulesRefused([f"{where}：不允许使用锚点和引用（& 和 *）"])
        if getattr(event, "tag", None):
            raise RulesRefused([f"{where}：不允许使用类型标签（!）"])


def _outside_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines that are not the inside of a block of text (after | or >)."""
    block = -1
    for i, line in enumerate(text.splitlines(), 1):
        depth = len(line) - len(line.lstrip())
        if block >= 0 and (not line.strip() or depth > block):
            continue
        block = depth if re.search(r":\s*[|>][+-]?\s*$", line) else -1
        yield i, line


def _build(node: nodes.Node | None, name: str, bad: list[str], depth: int) -> Any:
    if node is None:
        return None
    line = node.start_mark.line + 1
    if depth > 30:
        bad.append(f"{name}：第 {line} 行：嵌套太深")
        return None
    if isinstance(node, nodes.MappingNode):
        out = LineDict(line)
        for k, v in node.value:
            label, at = str(k.value), k.start_mark.line + 1
            if label in out:
                bad.append(
                    f"{name}：第 {at} 行：“{label}”重复出现（上一次在第 {out.lines[label]} 行）"
                )
            out.lines[label] = at
            out[label] = _build(v, name, bad, depth + 1)
        return out
    if isinstance(node, nodes.SequenceNode):
        return [_build(v, name, bad, depth + 1) for v in node.value]
    return _scalar(node, name, line, bad)


def _scalar(node: nodes.ScalarNode, name: str, line: int, bad: list[str]) -> Any:
    text = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in ("", "null", "~"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _SWITCH.match(text) or text in ("True", "False", "TRUE", "FALSE"):
        bad.append(f"{name}：第 {line} 行：“{text}”含义不明，请写 true 或 false；若是文字请加引号")
        return text
    if re.fullmatch(r"-?0\d+", text):
        bad.append(f"{name}：第 {line} 行：“{text}”以 0 开头，YAML 会当作八进制；若是编号请加引号")
        return text
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            bad.append(f"{name}：第 {line} 行：没有“{text}”这一天")
    return text
