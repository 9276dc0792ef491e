"""Titles of laws."""

from __future__ import annotations

import re

from casereview.chinese.characters import key

_VERSION = re.compile(r"[（(][^（）()]*(?:修正|修订|年)[^（）()]*[)）]")
_MARKS = re.compile(r"[《》]")


def short_title(title: str) -> str:
    """'《中华人民共和国水法》（2016修正）' -> the comparison key of '水法'."""
    return key(_MARKS.sub("", _VERSION.sub("", title))).removeprefix("中华人民共和国")
