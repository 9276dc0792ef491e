"""Titles of laws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.chinese.characters import key

_NATION = "中华人民共和国"
_OUT = r"[^（）()〔〕\[\]【】]*"
_VERSION = re.compile(rf"[（(〔\[【]{_OUT}(?:修正|修订|修改|年|(?:19|20)\d\d){_OUT}[)）〕\]】]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PLACE = re.compile(r".{2,9}?(?:省|市|县|区|州|盟|旗)")
_MARKS = re.compile(r"[《》]")
_BRACKETS = re.compile(r"[()]")


def short_title(title: str) -> str:
    """'《中华人民共和国水法》（2016修正）' -> the comparison key of '水法'."""
    return key(_MARKS.sub("", _VERSION.sub("", title))).removeprefix(_NATION)


def title_key(title: str) -> str:
    """The key under which an index keeps a title: as ``short_title``, and whether or not brackets
    and 中华人民共和国 stand inside it (某省实施〈中华人民共和国水法〉办法).
    """
    return _BRACKETS.sub("", short_title(title)).replace(_NATION, "")


def year_named(text: str) -> int | None:
    """The year of a version in brackets: '水法（2016修正）', '（2021年修订）'; None without one."""
    years = {int(y) for m in _VERSION.finditer(text) for y in _YEAR.findall(m[0])}
    return years.pop() if len(years) == 1 else None


def places_of(name: str) -> list[str]:
    """'某省某市市场监督管理局' -> ['某省', '某市']: the places at the head of a name."""
    out: list[str] = []
    at = 0
    while place := _PLACE.match(name, at):
        out.append(place[0])
        at = place.end()
    return out


def without_places(title: str) -> Iterator[str]:
    """'某省某市市容条例' -> '某市市容条例', '市容条例': a title without the places at its head."""
    at = 0
    while place := _PLACE.match(title, at):
        at = place.end()
        yield title[at:]
