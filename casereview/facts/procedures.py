"""The procedures that files of a unit follow, as data: ``文书/_程序.yaml``, one procedure a key.

The first is the usual one: what a file is taken for that shows no mark, and whose 摘要, 时间线 and
全过程 stand for procedures that write none of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casereview.errors import RulesRefused
from casereview.settings import rules_folder
from casereview.yamlfile import LineDict, load_yaml

DATA = "_程序.yaml"
PAPERS = "文书"
SUMMARY, COURSE, RECORD, NUMBERED = "摘要", "时间线", "全过程", "案号文书"
_MARKS = ("封面", "卷名", "结论", "经过", "写明", "文号", "独存")
_HEADS = ("文号", "当事人", "立案日期", "决定日期", "结案日期")
_KEYS = ("名称", "简称", "当事人称谓", *_MARKS, NUMBERED, SUMMARY, COURSE, RECORD)
Rows = tuple[tuple[str, tuple[str, ...]], ...]  # a name -> what stands for it, in order


@dataclass(frozen=True)
class Procedure:
    """One procedure: what it is called, and what speaks for it.

    ``party``: what stands in the place of the party is called; ``numbered``: papers whose number is
    that of the file; ``summary``: what lists show of a file -> facts, the first that was read;
    ``steps``: days of the time line -> facts; ``record``: stages of the full record -> kinds of
    paper (none: the decisions that conclude a case).
    """

    id: str
    name: str
    short: str
    party: str
    cover: tuple[str, ...]
    titled: tuple[str, ...]
    concludes: tuple[str, ...]
    course: tuple[str, ...]
    says: tuple[str, ...]
    numbers: tuple[str, ...]
    lone: tuple[str, ...]
    numbered: tuple[str, ...]
    summary: Mapping[str, tuple[str, ...]]
    steps: Rows
    record: Rows


def procedures(folder: Path | None = None) -> Mapping[str, Procedure]:
    """Every procedure by its id, the usual one first. ``folder``: where the papers are described,
    None for that of the rules. Raises RulesRefused with every complaint.
    """
    folder = folder or rules_folder() / PAPERS
    if folder not in _KNOWN:
        keep_procedures(folder, _read(folder))
    return _KNOWN[folder]


_KNOWN: dict[Path, Mapping[str, Procedure]] = {}  # by the folder they lie in


def keep_procedures(folder: Path, known: Mapping[str, Procedure]) -> None:
    """Let these be the procedures that are written in ``folder``, read before."""
    _KNOWN[folder] = known


def usual(folder: Path | None = None) -> Procedure:
    """What most files are."""
    return next(iter(procedures(folder).values()))


def procedure_of(name: str) -> Procedure:
    """The procedure with this id; the usual one, under that id, where nobody wrote it down."""
    found = procedures().get(name)
    return found or _unwritten(name, usual())


def _read(folder: Path) -> Mapping[str, Procedure]:
    path = folder / DATA
    if not path.is_file():
        raise RulesRefused(
            [
                f"{folder.parent} 里没有评查标准（缺 {PAPERS}/{DATA}）。CASEREVIEW_RULES 要指向"
                " checklists 文件夹的完整副本；不设就用随程序提供的。"
            ]
        )
    data, bad = load_yaml(path), list[str]()
    out: dict[str, Procedure] = {}
    for name, row in data.items():
        if not isinstance(row, LineDict) or not row.get("名称"):
            bad.append(f"{path}：第 {data.line(name)} 行：程序“{name}”要写“名称”")
            continue
        bad += _complaints(path, row)
        if not bad:
            out[str(name)] = _procedure(str(name), row, next(iter(data.values())))
    if bad:
        raise RulesRefused(bad)
    return out


def _complaints(path: Path, row: LineDict) -> list[str]:
    """What may not be written in one procedure."""
    known = "、".join(_KEYS)
    bad = [
        f"{path}：第 {row.line(k)} 行：不认识的键“{k}”，可以写 {known}"
        for k in row
        if k not in _KEYS
    ]
    for key in (SUMMARY, COURSE, RECORD):
        if not isinstance(row.get(key, {}), dict):
            bad.append(f"{path}：第 {row.line(key)} 行：{key}要写成 名称: [要素或者文书]")
    unknown = [k for k in row.get(SUMMARY) or () if k not in _HEADS]
    if unknown and not bad:
        text = f"{SUMMARY}里不认识的键“{unknown[0]}”，可以写 {'、'.join(_HEADS)}"
        bad.append(f"{path}：第 {row.line(SUMMARY)} 行：{text}")
    return bad


def _procedure(name: str, row: LineDict, first: LineDict) -> Procedure:
    """A procedure; ``first``: the row of the usual one, for what this one does not write."""
    shown = {key: row.get(key, first.get(key)) or {} for key in (NUMBERED, SUMMARY, COURSE, RECORD)}
    marks = (_words(row.get(key)) for key in _MARKS)
    cover, titled, concludes, course, says, numbers, lone = marks
    return Procedure(
        id=name,
        name=str(row["名称"]),
        short=str(row.get("简称") or row["名称"]),
        party=str(row.get("当事人称谓") or first.get("当事人称谓") or ""),
        cover=cover,
        titled=titled,
        concludes=concludes,
        course=course,
        says=says,
        numbers=numbers,
        lone=lone,
        numbered=_words(shown[NUMBERED]),
        summary=dict(_rows(shown[SUMMARY])),
        steps=_rows(shown[COURSE]),
        record=_rows(shown[RECORD]),
    )


def _unwritten(name: str, like: Procedure) -> Procedure:
    none: tuple[str, ...] = ()
    return replace(
        like,
        id=name,
        name=name,
        short=name,
        cover=none,
        titled=none,
        concludes=none,
        course=none,
        says=none,
        numbers=none,
        lone=none,
    )


def _words(words: Any) -> tuple[str, ...]:
    return tuple(str(w) for w in words or ())


def _rows(rows: Mapping[str, Any]) -> Rows:
    return tuple((str(name), _words(words)) for name, words in rows.items())
