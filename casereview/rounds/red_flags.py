"""Fixes that look wrong, shown and never judged: a person asks the unit (issue of the list, not a
verdict).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casereview.model import FAIL, Place
from casereview.record.identity import NEAR, apart, same_text
from casereview.record.result import CaseResult, DocumentResult
from casereview.rounds.case_changes import evidence_kinds
from casereview.rounds.change import CHECK, Change

_LISTS = (
    "卷内目录",
    "卷宗封面",
    "备考表",
    "现场照片",
    "音像资料清单",
    "其他",
    "证据材料",
)  # change as a matter of course when a file is put right


@dataclass(frozen=True)
class RedFlag:
    """Something to ask about: case, file, page and a sentence."""

    case: str
    file: str
    page: int
    text: str


def red_flags(
    a: CaseResult, b: CaseResult, changes: Sequence[Change], reviewed: str
) -> list[RedFlag]:
    """What a reviewer should look at twice in the papers that came back. ``reviewed``: the day of
    the earlier review (ISO).
    """
    flags = {*_late(a, b, reviewed), *_rewritten(a, b, _due(a, changes)), *_swapped(a, b)}
    flags |= set(_impossible(b, changes))
    return sorted(flags, key=lambda x: (x.file, x.page, x.text))


def _impossible(b: CaseResult, changes: Sequence[Change]) -> Iterator[RedFlag]:
    """Faults that cannot be put right and are gone all the same."""
    for c in changes:
        if c.case_to == b.case and c.word == CHECK:
            found = b.finding(c.check)
            place = next(iter(found.evidence), None) if found else None
            file, page = (place.file, place.page) if place else ("", 0)
            yield RedFlag(b.case, file, page, f"“{c.name}”不可补正，现在合格，请核实不是补造、倒签")


def _due(a: CaseResult, changes: Sequence[Change]) -> set[str]:
    """Kinds of paper that the unit was asked to touch in this case."""
    asked = {c.check for c in changes if c.case_from == a.case and c.status_from == FAIL}
    out: set[str] = set()
    for f in a.findings:
        if f.check in asked:
            out |= evidence_kinds(a, f) | f.about
    return out


def _known(r: CaseResult) -> list[DocumentResult]:
    """Papers that are known by their text."""
    return [d for d in r.documents if d.readable and d.print]


def _recognised(d: DocumentResult) -> bool:
    return d.print.endswith(".o")


def _among(d: DocumentResult, others: list[DocumentResult]) -> bool:
    """True when the text of a paper is that of another."""
    return any(same_text(d.print, x.print) for x in others)


def _days(r: CaseResult, d: DocumentResult) -> dict[str, str]:
    """The days that a paper states -> the names of their facts."""
    return {
        str(f.value): name.rpartition(".")[2]
        for name, f in r.facts.items()
        if name.endswith(("日期", "时间")) and _is_day(f.value) and d.holds(Place(f.file, f.page))
    }


def _is_day(value: object) -> bool:
    """True for a date or a date with an hour, as facts have them."""
    try:
        return isinstance(value, str) and bool(dt.date.fromisoformat(value[:10]))
    except ValueError:
        return False


def _late(a: CaseResult, b: CaseResult, reviewed: str) -> Iterator[RedFlag]:
    """Papers that were not in the earlier file: dated after the review, or dated before it by a
    file that was made after it.
    """
    made = {f.file: f.made or f.created[:10] for f in b.files}
    scanned = {f.file for f in b.files if any(p.endswith(".o") for p in f.prints)}
    for d in _known(b):
        days = _days(b, d)
        if not days or _among(d, _known(a)):
            continue
        last = max(days)
        day, born = last[:10], "" if d.file in scanned else made.get(d.file, "")
        if day > reviewed:
            text = f"{d.kind}的{days[last]} {day} 晚于上一轮评查（{reviewed}），是事后制作的文书"
            yield RedFlag(b.case, d.file, d.page_from, text)
        elif born > reviewed:
            text = (
                f"{d.kind}写着 {day}，文件却生成于 {born}，晚于上一轮评查（{reviewed}）；"
                "补做的文书应当注明补做日期"
            )
            yield RedFlag(b.case, d.file, d.page_from, text)


def _rewritten(a: CaseResult, b: CaseResult, due: set[str]) -> Iterator[RedFlag]:
    """A paper whose words changed though nothing was asked of it. Recognised pages are left out:
    two readings of one page differ by themselves.
    """
    for d in _known(b):
        if d.kind in due or d.kind in _LISTS or _recognised(d):
            continue
        if _reworded(d, [x for x in _known(a) if x.kind == d.kind and not _recognised(x)]):
            text = f"{d.kind}的文字有改动，上一轮没有要求改这份文书"
            yield RedFlag(b.case, d.file, d.page_from, text)


def _reworded(d: DocumentResult, before: list[DocumentResult]) -> bool:
    """True when the text is none of those before, but near to one of them."""
    if _among(d, before):
        return False
    return any(apart(d.print, x.print) <= 2 * NEAR for x in before)


def _swapped(a: CaseResult, b: CaseResult) -> Iterator[RedFlag]:
    """A paper of several pages of which only the last, where people sign, is another page than
    before.
    """
    earlier = [(x.kind, _prints(a, x)) for x in _known(a)]
    for d in _known(b):
        new = _prints(b, d)
        if any(kind == d.kind and _last_page_differs(old, new) for kind, old in earlier):
            text = f"{d.kind}前面各页与上一轮相同，只有末页换过"
            yield RedFlag(b.case, d.file, d.page_to, text)


def _prints(r: CaseResult, d: DocumentResult) -> tuple[str, ...]:
    """What the pages of a paper are known by."""
    file = r.file(d.file)
    return file.prints[d.page_from - 1 : d.page_to] if file else ()


def _last_page_differs(old: Sequence[str], new: Sequence[str]) -> bool:
    if len(new) < 2 or len(old) != len(new) or not (old[-1] and new[-1]):
        return False
    if same_text(old[-1], new[-1]):
        return False
    return all(same_text(p, q) or p == q for p, q in zip(old[:-1], new[:-1], strict=True))
