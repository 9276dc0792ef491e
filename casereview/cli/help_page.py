"""How help is set: in Chinese, by the width that characters take on the screen. The library's own
page needs a tenth of a second more to load than the rest of the command line together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from typer.core import TyperGroup

_SAID = {
    "Options": "选项",
    "Arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "看这一页说明",
}
WRITTEN = "写法："
_USAGE = (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 …"))
_MARKS = (
    (re.compile(r"\[default: ([^\];]*)(?:; )?(required)?\]"), r"（缺省 \1）"),
    (re.compile(r"\[env var: ([^\];]*); default: ([^\];]*)\]"), r"（缺省 \2；环境变量 \1）"),
    (re.compile(r"\[env var: ([^\];]*)\]"), r"（环境变量 \1）"),
    (re.compile(r"\[required\]"), "（必须写）"),
)
_GAP = 2  # columns between a name and what it means
_NAMES = 26  # columns that names may take; a longer one has its meaning on the next line
_WORD = re.compile(r"[ -~]+?(?=[^ -~]|\s|$)|.", re.S)  # what is never broken: a run of ASCII
_BETWEEN = re.compile(r"(?<=[^ -~]) (?=[^ -~])")  # where lines of Chinese were joined
_NEVER_FIRST = "，。；：、）”》！？…"


def columns_of(text: str) -> int:
    """How many columns a text takes on the screen."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def lines_of(text: str, width: int) -> Iterator[str]:
    """A paragraph in lines of at most ``width`` columns; a mark of punctuation never begins one."""
    line = ""
    joined = _BETWEEN.sub("", re.sub(r"\s+", " ", text).strip())
    for word in _WORD.findall(joined):
        full = columns_of(line) + columns_of(word) > width
        if full and line and word not in _NEVER_FIRST:
            yield line.rstrip()
            line = word.lstrip()
        else:
            line += word
    if line:
        yield line.rstrip()


def chinese(text: str) -> str:
    """What the library says of its own, in Chinese."""
    for pattern, said in _MARKS:
        text = re.sub(r"\s*（", "（", pattern.sub(said, text))
    return _SAID.get(text, text)


_LIBRARY: Any = TyperGroup.context_class  # the parser itself is private to its library


class Page(_LIBRARY.formatter_class):  # type: ignore[misc]
    """One page of help."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is written."""
        for english, said in _USAGE:
            args = args.replace(english, said)
        self._write(f"{WRITTEN}{prog} {args}")

    def write_heading(self, heading: str) -> None:
        """The name of a list."""
        self._write(f"{chinese(heading)}：")

    def write_text(self, text: str) -> None:
        """Paragraphs of what the command is for."""
        paragraphs = re.split(r"\n\s*\n", text.strip())
        self.write("\n".join(self._set(p) for p in paragraphs))

    def write_dl(self, rows: Sequence[tuple[str, str]], *sizes: int, **named: Any) -> None:
        """Names with what they mean."""
        names = max((n for n, _ in map(_sized, rows) if n <= _NAMES), default=0)
        margin = self.current_indent + names + _GAP
        for name, meaning in rows:
            told = list(lines_of(chinese(meaning), max(self.width - margin, 20))) or [""]
            head = " " * self.current_indent + name
            if columns_of(name) > names:
                self._write(head)
                head = ""
            head += " " * (margin - columns_of(head))
            for line in told:
                self._write((head + line).rstrip())
                head = " " * margin

    def _set(self, text: str) -> str:
        indent = " " * self.current_indent
        said = lines_of(text, max(self.width - self.current_indent, 20))
        return "".join(f"{indent}{line}\n" for line in said)

    def _write(self, line: str) -> None:
        self.write(f"{line}\n")


def _sized(row: tuple[str, str]) -> tuple[int, str]:
    return columns_of(row[0]), row[1]
