"""Doubt of a unit (DESIGN, promise 12): where all files of a unit fail one item in the same words,
and none meets it, the reading of how that unit writes is suspected first and the unit second.

Such findings become 待复核 and one question a unit (``casereview learn``). What the tool had found
stays beside them, so that an answer, or one more file, brings it back as it was.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from casereview.model import FAIL, PASS, REVIEW
from casereview.record.edition import Edition
from casereview.record.result import CaseResult, FindingResult, Suspected
from casereview.rounds.effective import rescored

TELLING = (PASS, FAIL, REVIEW)  # findings with another status say nothing of a unit
LEAST = 3  # files that fail alike; two may well have the same fault
_BRACKETS = re.compile(r"（[^（）]*）")  # where it stands, in how many files
_OWN = re.compile(r"“[^”]*”|《[^》]*》|[\d.．]+")  # what differs from file to file
_END = "多半是没有读懂本单位的写法，请先核对一卷）"
_SAYS = "（本单位 {} 卷这一项都是这样，" + _END
Group = tuple[str, str]  # unit, checklist
Alike = tuple[str, str]  # item, what is wrong in the same words


class Row(NamedTuple):
    """One finding of a case. ``group``: its unit and checklist; ``plain``: of a fault that is plain
    to see.
    """

    group: Group
    case: str
    check: str
    status: str
    message: str
    plain: bool = False


@dataclass
class _Item:
    """One item over all files of a group."""

    understood: bool = False
    plain: set[str] = field(default_factory=set)  # what is wrong, plain to see in some file
    alike: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def asked(self) -> Iterator[tuple[str, int]]:
        """What is wrong in the same words in several files, and in how many."""
        for wrong, cases in self.alike.items() if not self.understood else ():
            if len(cases) >= LEAST and wrong not in self.plain:
                yield wrong, len(cases)


Doubts = Mapping[Group, Mapping[Alike, int]]  # how many files fail alike


@lru_cache(maxsize=20_000)
def wrong_with(message: str) -> str:
    """What a finding says is wrong, without what differs from file to file: places, quotes,
    figures.
    """
    text, before = message, ""
    while text != before:
        text, before = _BRACKETS.sub("", text), text
    return _OWN.sub("", text).replace(" ", "")


def doubts(rows: Iterable[Row], confirmed: Mapping[str, Collection[Alike]]) -> Doubts:
    """What all files of a unit fail alike. ``confirmed``: what people said is really so, by unit.

    An item that one file of the unit meets is understood there, so that a fault of the others is
    theirs; so is what is plain to see in one file (one officer named and one signed, two days in
    their own fields, words without which nobody states what is asked). Files in which it is open
    say nothing either way, but where they are open for the same reason they are counted.
    """
    items: dict[Group, dict[str, _Item]] = defaultdict(lambda: defaultdict(_Item))
    for group, case, check, status, message, plain in rows:
        item = items[group][check]
        if status == PASS:
            item.understood = True
        elif plain:
            item.plain.add(wrong_with(message))
        elif status in (FAIL, REVIEW) and not item.understood:
            item.alike[wrong_with(message)].add(case)
    found: dict[Group, dict[Alike, int]] = {}
    for group, checks in items.items():
        known = confirmed.get(group[0], ())
        every = ((check, *asked) for check, item in checks.items() for asked in item.asked())
        alike = {(check, wrong): n for check, wrong, n in every if (check, wrong) not in known}
        if alike:
            found[group] = alike
    return found


def is_concerned(row: Row, found: Doubts) -> bool:
    """True for a finding that is doubted, or was until now."""
    alike = found.get(row.group, {})
    failed = row.status == FAIL and (row.check, wrong_with(row.message)) in alike
    return failed or (row.status == REVIEW and row.message.endswith(_END))


def with_doubts(
    result: CaseResult, alike: Mapping[Alike, int], edition: Edition | None
) -> CaseResult:
    """A case with what its unit fails alike made 待复核, what is doubted no longer as it was found,
    and the score that follows; itself where nothing moves.
    """
    findings = tuple(_doubted(_as_found(f), alike) for f in result.findings)
    if findings == result.findings or edition is None:
        return result
    return rescored(replace(result, findings=findings), edition, {})


def _as_found(f: FindingResult) -> FindingResult:
    """A finding as the tool had it before its unit was looked at."""
    was = f.suspected
    if was is None:
        return f
    return replace(
        f,
        status=FAIL,
        effective=FAIL,
        message=was.message,
        deducted=was.deducted,
        suspected=None,
    )


def _doubted(f: FindingResult, alike: Mapping[Alike, int]) -> FindingResult:
    files = alike.get((f.check, wrong_with(f.message)), 0) if f.status == FAIL else 0
    if not files:
        return f
    return replace(
        f,
        status=REVIEW,
        effective=REVIEW,
        message=f.message + _SAYS.format(files),
        suspected=Suspected(message=f.message, deducted=f.deducted),
    )
