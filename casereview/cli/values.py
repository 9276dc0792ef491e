"""Words that people write for the values of options; the short English ones stay."""

from __future__ import annotations

from collections.abc import Mapping

from casereview.errors import UsageError

LEVELS = {"批次": "batch", "单位": "unit", "案卷": "case"}
EXPORTED = {word: level for word, level in LEVELS.items() if level != "batch"}
TABLES = {"案卷": "case", "项目": "item"}


def meant(option: str, text: str, words: Mapping[str, str]) -> str:
    """The value that was written, '' when nothing was. Raises UsageError with what may be
    written.
    """
    value = words.get(text, text)
    if value and value not in words.values():
        raise UsageError(f"{option} 不能写“{text}”，可以写 {'、'.join(words)}。")
    return value


def procedure(text: str) -> str:
    """The id of a procedure by its name, its short name or its id. Raises UsageError."""
    if not text:
        return ""
    from casereview.facts.procedures import procedures

    known = [p for p in procedures().values() if p.cover or p.concludes]  # those of files
    long = {p.name: p.id for p in known}
    return meant("--procedure", long.get(text, text), {p.short: p.id for p in known})
