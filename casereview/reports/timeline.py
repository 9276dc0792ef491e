"""The course of a case for people who would rather look than read: its days in the order of time,
and the spans that the law limits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casereview.facts.procedures import procedure_of
from casereview.model import FAIL, PASS, REVIEW
from casereview.record.edition import Edition
from casereview.record.result import CaseResult


@dataclass(frozen=True)
class Step:
    """A day of the case."""

    name: str
    day: dt.date


@dataclass(frozen=True)
class Limit:
    """A span that the law limits, with the effective status of the item that judges it."""

    name: str
    start: dt.date
    end: dt.date
    status: str


def steps(r: CaseResult) -> tuple[Step, ...]:
    """The days of a case in the order of time; days of one date in the order of the procedure."""
    named = procedure_of(r.procedure).steps
    found = [Step(name, day) for name, facts in named if (day := _day(r, facts)) is not None]
    return tuple(sorted(found, key=lambda s: s.day))


def _day(r: CaseResult, facts: Sequence[str]) -> dt.date | None:
    """The day of the first of these facts that was read."""
    value = next((r.facts[name].value for name in facts if name in r.facts), "")
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def limits(r: CaseResult, edition: Edition | None) -> tuple[Limit, ...]:
    """The spans that items of the kind 期限 limit, as far as both days were read and the item was
    judged.
    """
    out = []
    for item in edition.items if edition else ():
        finding = r.finding(item.id)
        if finding is None or finding.status not in (PASS, FAIL, REVIEW):
            continue
        for span in item.spans:
            start, end = _day(r, span.start), _day(r, span.end)
            if start and end and start <= end:
                out.append(Limit(span.limit, start, end, finding.effective))
    return tuple(out)
