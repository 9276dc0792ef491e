"""What units were told to put right, what they answered, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from casereview.errors import UsageError
from casereview.law.workdays import Calendar, UnknownYear
from casereview.model import FAIL
from casereview.record.journal import Event
from casereview.rounds.compare import FIXED, STILL, Change
from casereview.rounds.history import Rounds

DONE, CANNOT, OBJECTS, UNDERWAY = "已改正", "无法补正", "有异议", "整改中"
ANSWERS = (DONE, CANNOT, OBJECTS, UNDERWAY)
NOT_ISSUED, NOT_ANSWERED, ANSWERED, OBJECTED, UPHELD = (
    "未下发",
    "未反馈",
    "已反馈，待回头看",
    "有异议，待处理",
    "异议采纳，不再整改",
)
ACCEPTED, REJECTED = "采纳", "不采纳"


@dataclass(frozen=True)
class Answer:
    """What a unit wrote back on one finding."""

    at: str
    word: str
    measure: str = ""
    responsible: str = ""
    done: str = ""
    note: str = ""


@dataclass(frozen=True)
class Item:
    """A finding on a list that was issued: what it says, when it is due, what was answered, where
    it stands.
    """

    run: int
    unit: str
    case: str
    check: str
    identity: str
    finding: dict[str, Any]
    item: dict[str, Any]
    issued: str
    due: str
    state: str
    answer: Answer | None = None
    objection: str = ""
    overdue: bool = False
    why: str = ""
    parties: tuple[str, ...] = field(default=())


def deadline(day: dt.date, workdays: int, calendar: Calendar) -> dt.date:
    """The last day for an answer. Raises UsageError where the calendar of that year is not known."""
    try:
        return calendar.nth_workday(day, workdays)
    except UnknownYear as e:
        raise UsageError(
            f"{e}。请用 --due 写明截止日期，或者在 calendar/补充.yaml 填写放假安排。"
        ) from e


def to_issue(rounds: Rounds, run: int, unit: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """(case, finding) of all that a unit must be told in a run: what fails after the rulings and
    stands at a place.
    """
    return [
        (r, f)
        for r in rounds.results(run)
        if r["unit"] == unit
        for f in r["findings"]
        if f["effective"] == FAIL and any(e["quote"] for e in f["evidence"])
    ]


def issue_body(rounds: Rounds, run: int, unit: str, due: str) -> dict[str, Any]:
    """The content of the entry that a list went out."""
    return {
        "run": run,
        "unit": unit,
        "due": due,
        "findings": [
            {"case": r["case"], "check": f["check"], "identity": f["identity"]}
            for r, f in to_issue(rounds, run, unit)
        ],
    }


def items(rounds: Rounds, today: str, unit: str = "") -> list[Item]:
    """Every finding of the last list issued for each unit and run, with its state on ``today``."""
    lists: dict[tuple[int, str], Event] = {
        (e.body["run"], e.body["unit"]): e for e in rounds.events("rectify.issue")
    }
    answers = _by_identity(rounds.events("rectify.answer"))
    decisions = _by_identity(rounds.events("rectify.decision"))
    out = []
    for (run, name), e in sorted(lists.items()):
        if unit and unit not in name:
            continue
        results = {r["case"]: r for r in rounds.results(run)}
        became = _became(rounds, run)
        for row in e.body["findings"]:
            r = results.get(row["case"])
            f = next((x for x in r["findings"] if x["check"] == row["check"]), None) if r else None
            if r is None or f is None:
                continue
            card = rounds.cards.get(r["checklist"].get("card", ""), {"items": []})
            given = answers.get(row["identity"], [])
            answer = _answer(given[-1]) if given and given[-1].at >= e.at else None
            ruled = [d for d in decisions.get(row["identity"], []) if d.at >= e.at]
            objection = (
                ruled[-1].body["outcome"]
                if ruled
                else "待处理"
                if answer and answer.word == OBJECTS
                else ""
            )
            change = became.get((row["case"], row["check"]))
            state = (
                change.change
                if change
                else (
                    UPHELD
                    if objection == ACCEPTED
                    else OBJECTED
                    if objection == "待处理"
                    else ANSWERED
                    if answer
                    else NOT_ANSWERED
                )
            )
            open_ = state in (NOT_ANSWERED, STILL) or (
                state == ANSWERED and answer is not None and answer.word == UNDERWAY
            )
            out.append(
                Item(
                    run,
                    name,
                    row["case"],
                    row["check"],
                    row["identity"],
                    f,
                    next((x for x in card["items"] if x["id"] == row["check"]), {}),
                    e.at[:10],
                    e.body["due"],
                    state,
                    answer,
                    objection,
                    open_ and today > e.body["due"],
                    change.why if change else "",
                    _parties(r),
                )
            )
    return out


def waiting(rounds: Rounds, run: int, unit: str = "") -> list[Item]:
    """What would go out if the lists of a run were issued now, for units to which none was issued."""
    done = {e.body["unit"] for e in rounds.events("rectify.issue") if e.body["run"] == run}
    out = []
    for name in sorted({r["unit"] for r in rounds.results(run) if unit in r["unit"]} - done):
        for r, f in to_issue(rounds, run, name):
            card = rounds.cards.get(r["checklist"].get("card", ""), {"items": []})
            out.append(
                Item(
                    run,
                    name,
                    r["case"],
                    f["check"],
                    f["identity"],
                    f,
                    next((x for x in card["items"] if x["id"] == f["check"]), {}),
                    "",
                    "",
                    NOT_ISSUED,
                    parties=_parties(r),
                )
            )
    return out


def _by_identity(events: list[Event]) -> dict[str, list[Event]]:
    out: dict[str, list[Event]] = {}
    for e in events:
        out.setdefault(e.body["identity"], []).append(e)
    return out


def _answer(e: Event) -> Answer:
    return Answer(
        e.at, *(e.body.get(k, "") for k in ("word", "measure", "responsible", "done", "note"))
    )


def _parties(r: dict[str, Any]) -> tuple[str, ...]:
    f = r["facts"].get("处罚决定书.当事人")
    return tuple(f["value"] if isinstance(f["value"], list) else [f["value"]]) if f else ()


def _became(rounds: Rounds, run: int) -> dict[tuple[str, str], Change]:
    """(case, item) of a run -> its end in the newest later run that holds the case."""
    out: dict[tuple[str, str], Change] = {}
    for later in [r for r in rounds.complete() if r > run]:
        c = rounds.compare(run, later)
        met = {a["case"] for a, _, _ in c.pairing.pairs}
        out |= {
            (x.case_from, x.check): x
            for x in c.changes
            if x.case_from in met and x.status_from in (FAIL, "waived")
        }
    return out


def rectified(rounds: Rounds, before: int, after: int) -> dict[str, dict[str, int]]:
    """unit -> how many faults of ``before`` could be put right (可补正), and how many were
    (已整改).
    """
    out: dict[str, dict[str, int]] = {}
    for c in rounds.compare(before, after).changes:
        if c.status_from == FAIL and c.curable and c.case_from:
            n = out.setdefault(c.unit, {"可补正": 0, "已整改": 0})
            n["可补正"] += 1
            n["已整改"] += c.change == FIXED
    return out
