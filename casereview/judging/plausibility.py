"""Doubt of the whole after judging (DESIGN, promise 12): lawful files are the rule, so a reading
that makes one file lack many papers, one paper silent on many things, or one day of a scan
contradict many others, is suspected before the unit.

Suspected findings become questions; what contradicts on typed pages is left as it is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import replace

from casereview.chinese import find_dates
from casereview.facts.procedure import Chosen
from casereview.facts.procedures import procedure_of
from casereview.model import FAIL, PASS, REVIEW, Finding, Place, is_absence

ABSENCES = 5  # so many papers missing at once: more likely they were not recognised
CONTRADICTIONS = 3  # so many items against one day of a scan: more likely it was misread
Recognised = AbstractSet[tuple[str, int]]
SILENCES = 3  # so many items silent on one paper: more likely it was not understood,
TOLD = 2  # unless it tells so many times as many items what they ask


def doubted(
    findings: list[Finding], recognised: Recognised = frozenset(), *, understood: bool = False
) -> list[Finding]:
    """The findings of one case, with those that fail together for one likely cause of reading made
    待复核. ``recognised``: (file, page) of pages read from images; ``understood``: every paper of
    the case is surely known, so that none of them can be one that seems missing: twice as many may
    be missing before that is doubted.
    """
    failing = [f for f in findings if f.verdict.status == FAIL]
    most = 2 * ABSENCES if understood else ABSENCES
    silent = _silent_papers(findings)
    why = _many_absent(failing, most) | silent | _one_day(failing, recognised)
    return [_open(f, why[f.check]) if f.check in why else f for f in findings]


def reason_of(chosen: Chosen) -> str:
    """Why a case is judged by the standard of one procedure, with the rival where there is one."""
    rival = _rival(chosen)
    return f"{chosen.why}；不能确定，{rival}" if rival else chosen.why


def open_where_doubtful(findings: list[Finding], chosen: Chosen) -> list[Finding]:
    """The findings, with every accusation made 待复核 where another procedure is nearly as likely:
    by the standard of another procedure nobody is accused.
    """
    rival = _rival(chosen)
    if not rival:
        return findings
    why = f"本案程序不能确定，{rival}，请先确定程序：{_settled_by(chosen)}"
    return [_open(f, why) if f.verdict.status == FAIL else f for f in findings]


def _rival(chosen: Chosen) -> str:
    if chosen.rival is None:
        return ""
    name, reasons = procedure_of(chosen.rival.procedure).name, "；".join(chosen.rival.reasons[:2])
    return f"也可能是{name}（{reasons}）"


def _settled_by(chosen: Chosen) -> str:
    """The command that settles which of the two procedures it was."""
    rival = chosen.rival.procedure if chosen.rival else chosen.procedure
    first, second = procedure_of(chosen.procedure).short, procedure_of(rival).short
    return f"casereview fix 案卷名 --procedure {first}（或者 {second}）"


def _many_absent(failing: list[Finding], most: int) -> dict[str, str]:
    """Check -> reason, where ``most`` papers or more are missing at once."""
    absent = [f for f in failing if is_absence(f.verdict.subject)]
    if len(absent) < most:
        return {}
    text = (
        f"本卷有 {len(absent)} 项都是“没有某文书”，"
        f"多半是文书没有认出来或者案卷不全，请先核对文书拆分"
    )
    return {f.check: text for f in absent}


def _silent_papers(findings: list[Finding]) -> dict[str, str]:
    """Check -> reason, where one page is silent on too many items and does not tell many more what
    they ask.
    """
    by_page: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    told: Counter[tuple[str, int]] = Counter()
    for f in findings:
        pages = [(p.file, p.page) for p in f.verdict.places]
        if f.verdict.status == PASS:
            told.update(set(pages))
        elif f.verdict.status == FAIL and f.verdict.silent and pages:
            by_page[pages[0]].append(f)
    why: dict[str, str] = {}
    for page, together in by_page.items():
        if len(together) >= SILENCES and told[page] < TOLD * len(together):
            text = f"同一份文书有 {len(together)} 项都是“没有写明”，多半是写法没有读懂，请看原文"
            why |= {f.check: text for f in together}
    return why


def _one_day(failing: list[Finding], recognised: Recognised) -> dict[str, str]:
    """Check -> reason, where one day read from an image contradicts many others."""
    by_place: dict[Place, list[Finding]] = defaultdict(list)
    for f in failing:
        contradicts = not f.verdict.silent and not is_absence(f.verdict.subject)
        for place in set(f.verdict.places) if contradicts else ():
            dated = next(find_dates(place.quote, short=True), None)
            if dated and _rests_on(f, dated[0]) and (place.file, place.page) in recognised:
                by_place[place].append(f)
    why: dict[str, str] = {}
    for place, together in by_place.items():
        if len(together) >= CONTRADICTIONS:
            text = f"扫描页上“{place.quote}”一处与 {len(together)} 项都对不上，多半是识别误差"
            why |= {f.check: f"{text}，请核对原件" for f in together}
    return why


def _rests_on(finding: Finding, day: dt.date) -> bool:
    """True when a finding speaks of a day, and does not merely stand beside it."""
    said = finding.verdict.message
    return any(found[0] == day for found in find_dates(said)) or not next(find_dates(said), None)


def _open(finding: Finding, why: str) -> Finding:
    verdict = finding.verdict
    message = f"{verdict.message}（{why}）"
    return replace(finding, verdict=replace(verdict, status=REVIEW, message=message))
