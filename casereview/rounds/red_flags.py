"""Fixes that look wrong, shown and never judged: a person asks the unit (issue of the list, not a
verdict).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casereview.model import FAIL, Place
from casereview.record.briefs import Paper, first_place, outspoken
from casereview.record.identity import NEAR, apart, same_text
from casereview.rounds.case_changes import evidence_kinds
from casereview.rounds.cases import Looked
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


_DIGEST = 16  # characters of a print that say whether a text is the same to the letter


@dataclass(frozen=True)
class RedFlag:
    """Something to ask about: case, file, page and a sentence."""

    case: str
    file: str
    page: int
    text: str


class _Papers:
    """The papers of a case that are known by their text."""

    def __init__(self, r: Looked):
        self.known = [d for d in r.documents if d.readable and d.print]
        self.digests = {d.print[:_DIGEST] for d in self.known}
        self.typed: dict[str, list[Paper]] = defaultdict(list)  # by kind, none of them recognised
        for d in self.known:
            if not _recognised(d):
                self.typed[d.kind].append(d)

    def hold(self, d: Paper) -> bool:
        """True when the text of a paper is that of one of them."""
        if d.print[:_DIGEST] in self.digests:
            return True
        return any(same_text(d.print, x.print) for x in self.known)


def red_flags(a: Looked, b: Looked, changes: Sequence[Change], reviewed: str) -> list[RedFlag]:
    """What a reviewer should look at twice in the papers that came back. ``reviewed``: the day of
    the earlier review (ISO); ``changes``: of the case, or of all.
    """
    old, new = _Papers(a), _Papers(b)
    flags = {*_late(old, b, new, reviewed), *_rewritten(old, b, new, _due(a, changes))}
    flags |= {*_swapped(a, old, b, new), *_impossible(b, changes)}
    return sorted(flags, key=lambda x: (x.file, x.page, x.text))


def _impossible(b: Looked, changes: Sequence[Change]) -> Iterator[RedFlag]:
    """Faults that cannot be put right and are gone all the same."""
    for c in changes:
        if c.case_to == b.case and c.word == CHECK:
            file, page = first_place(b, c.check)
            yield RedFlag(b.case, file, page, f"“{c.name}”不可补正，现在合格，请核实不是补造、倒签")


def _due(a: Looked, changes: Sequence[Change]) -> set[str]:
    """Kinds of paper that the unit was asked to touch in this case."""
    asked = {c.check for c in changes if c.case_from == a.case and c.status_from == FAIL}
    out: set[str] = set()
    for f in outspoken(a):
        if f.check in asked:
            out |= evidence_kinds(a, f) | f.about
    return out


def _recognised(d: Paper) -> bool:
    return d.print.endswith(".o")


def _days(r: Looked, d: Paper) -> dict[str, str]:
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


def _late(old: _Papers, b: Looked, new: _Papers, reviewed: str) -> Iterator[RedFlag]:
    """Papers that were not in the earlier file: dated after the review, or dated before it by a
    file that was made after it.
    """
    fresh = [d for d in new.known if not old.hold(d)]
    made = {f.file: f.made or f.created[:10] for f in b.files} if fresh else {}
    scanned = {f.file for f in b.files if any(p.endswith(".o") for p in f.prints)} if fresh else ()
    for d in fresh:
        days = _days(b, d)
        if not days:
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


def _rewritten(old: _Papers, b: Looked, new: _Papers, due: set[str]) -> Iterator[RedFlag]:
    """A paper whose words changed though nothing was asked of it. Recognised pages are left out:
    two readings of one page differ by themselves.
    """
    for d in new.known:
        if d.kind in due or d.kind in _LISTS or _recognised(d):
            continue
        if _reworded(d, old.typed.get(d.kind, [])):
            text = f"{d.kind}的文字有改动，上一轮没有要求改这份文书"
            yield RedFlag(b.case, d.file, d.page_from, text)


def _reworded(d: Paper, before: list[Paper]) -> bool:
    """True when the text is none of those before, but near to one of them."""
    if any(same_text(d.print, x.print) for x in before):
        return False
    return any(apart(d.print, x.print) <= 2 * NEAR for x in before)


def _swapped(a: Looked, old: _Papers, b: Looked, new: _Papers) -> Iterator[RedFlag]:
    """A paper of several pages of which only the last, where people sign, is another page than
    before.
    """
    earlier = [(x.kind, _prints(a, x)) for x in old.known if x.page_to > x.page_from]
    for d in [d for d in new.known if d.page_to > d.page_from] if earlier else ():
        now = _prints(b, d)
        if any(kind == d.kind and _last_page_differs(was, now) for kind, was in earlier):
            text = f"{d.kind}前面各页与上一轮相同，只有末页换过"
            yield RedFlag(b.case, d.file, d.page_to, text)


def _prints(r: Looked, d: Paper) -> tuple[str, ...]:
    """What the pages of a paper are known by."""
    file = r.file(d.file)
    return file.prints[d.page_from - 1 : d.page_to] if file else ()


def _last_page_differs(old: Sequence[str], new: Sequence[str]) -> bool:
    if len(new) < 2 or len(old) != len(new) or not (old[-1] and new[-1]):
        return False
    if same_text(old[-1], new[-1]):
        return False
    return all(same_text(p, q) or p == q for p, q in zip(old[:-1], new[:-1], strict=True))
