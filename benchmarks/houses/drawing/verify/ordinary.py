"""The independent verifier: which items of the ordinary procedure a story breaks, by its own count.

It reads only the story (what the papers say), never the faults that were planted and never the
program under examination. Each function answers for one group of items.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from drawing.days import workdays_between
from drawing.writing import CODE_SIGNS, ID_WEIGHTS

Story = dict[str, Any]
GROUPS: list[Callable[[Story], Iterator[str]]] = []


def group(check: Callable[[Story], Iterator[str]]) -> Callable[[Story], Iterator[str]]:
    """Registers a group of items."""
    GROUPS.append(check)
    return check


def broken(story: Story) -> set[str]:
    """All items of the ordinary procedure that this story breaks."""
    return {item for check in GROUPS for item in check(story)}


def right_number(number: str) -> bool:
    """Check sign of a citizen number (GB 11643) or of a credit code (GB 32100)."""
    if len(number) == 18 and number[:17].isdigit() and not number.startswith("9"):
        total = sum(int(c) * w for c, w in zip(number[:17], ID_WEIGHTS, strict=True))
        return number[17] == "10X98765432"[total % 11]
    total = sum(CODE_SIGNS.index(c) * pow(3, i, 31) for i, c in enumerate(number[:17]))
    return number[17] == CODE_SIGNS[-total % 31]


def _records(s: Story) -> list[Story]:
    return [r for r in (s["inspection"], *s["interviews"]) if r]


def _receipt(s: Story, of: str) -> Story | None:
    return next((r for r in s["receipts"] if r["of"] == of), None)


def _signed_off(box: Story) -> bool:
    return bool(box["opinion"] and box["name"] and box["day"])


def _told(s: Story) -> dt.date | None:
    """When the party got the notice."""
    found = _receipt(s, "notice")
    day: dt.date | None = found["day"] if found else s["notice"]["signed_off"]
    return day


def _served(s: Story) -> dt.date | None:
    found = _receipt(s, "decision")
    return found["day"] if found else None


@group
def subject(s: Story) -> Iterator[str]:
    """Agency, officers, party."""
    if s["notice"] and s["notice"]["agency"] != s["agency"]:
        yield "subject.agency-consistent"
    few = [len(r["officers"]) < 2 for r in _records(s)] + [
        len(r["servers"]) < 2 for r in s["receipts"]
    ]
    if any(few) or (s["filing"] and len(s["filing"]["handlers"]) < 2):
        yield "subject.two-officers"
    numbers: dict[str, set[str]] = {}
    for record in _records(s):
        for name, number in record["officers"]:
            numbers.setdefault(name, set()).add(number)
    bare = any(not r["certificates"] for r in _records(s))
    if bare or any(len(x) > 1 for x in numbers.values()):
        yield "subject.officer-certificates"
    if not s["identity"]:
        yield "subject.party-identified"
    named = [s["filing"], s["notice"], s["decision"], _receipt(s, "decision")]
    if any(p and p["party"] != s["party"]["name"] for p in named):
        yield "subject.party-consistent"
    codes = {p["code"] for p in (s["party"], s["notice"], s["decision"]) if p}
    if len(codes) > 1 or not all(right_number(c) for c in codes):
        yield "subject.party-id-consistent"
    if _records(s) and not all(r["recusal"] for r in _records(s)):
        yield "subject.recusal-informed"


@group
def filing(s: Story) -> Iterator[str]:
    """Filing."""
    f = s["filing"]
    if not f:
        yield "filing.present"
        return
    if not _signed_off(f["leader"]):
        yield "filing.approved"
    if not (f["cause"] and f["source"] and f["brief"]):
        yield "filing.source-stated"
    later = [p["day"] for p in (s["notice"], s["report"], s["decision"]) if p]
    if any(f["leader"]["day"] > day for day in later):
        yield "filing.first"
    ended = s.get("ended") or s["days"]["found"]
    if (s["days"]["found"] - ended).days > 731:
        yield "filing.limitation"


@group
def evidence(s: Story) -> Iterator[str]:
    """Records, copies, photos."""
    records = _records(s)
    if not records:
        yield "evidence.record-present"
    if any(not r["shown"] for r in records):
        yield "evidence.id-shown"
    if any(not r["party_signs"] for r in records):
        yield "evidence.record-signed-by-party"
    if any(len(r["signers"]) < 2 for r in records):
        yield "evidence.record-signed-by-officers"
    if any(not r["begin"] or not r["end"] or r["end"] < r["begin"] for r in records):
        yield "evidence.record-times"
    spans = sorted((r["day"], r["begin"], r["end"]) for r in records if r["end"])
    for (day, _, end), (next_day, begin, _) in zip(spans, spans[1:], strict=False):
        if day == next_day and begin < end:
            yield "evidence.no-overlap"
    copies = [*s["evidence"], *([s["identity"]] if s["identity"] else [])]
    if any(not c["note"] for c in copies):
        yield "evidence.copies-verified"
    if any(not (p["day"] and p["place"] and p["by"]) for p in s["photos"]):
        yield "evidence.photos-described"
    days = [x["day"] for x in (*records, *s["evidence"])]
    if s["decision"] and any(day > s["decision"]["day"] for day in days):
        yield "evidence.before-decision"


@group
def report(s: Story) -> Iterator[str]:
    """Report of the investigation."""
    if not s["report"]:
        yield "investigation.report-present"
    elif (
        set(s["report"]["has"]) != {"facts", "evidence", "basis", "proposal"}
        or not s["report"]["signers"]
    ):
        yield "investigation.report-complete"


@group
def notice(s: Story) -> Iterator[str]:
    """Notice and rights."""
    n, d = s["notice"], s["decision"]
    if not n:
        yield "notice.present"
        return
    if not (n["facts"] and n["basis"] and n["penalty"]):
        yield "notice.complete"
    if not n["defence"]:
        yield "notice.defence-right"
    if s["due"] and not n["hearing"]:
        yield "notice.hearing-right"
    told = _told(s)
    if not told:
        yield "notice.served"
    elif told >= d["day"]:
        yield "notice.before-decision"
    elif not s["hearing"] and workdays_between(told, d["day"]) <= (
        5 if n["hearing"] else n["defence_days"]
    ):
        if workdays_between(told, d["day"]) < 5 or d["day"] <= told + dt.timedelta(
            days=n["defence_days"]
        ):
            yield "notice.waiting-period"
    if s["defence"] and not s["defence_review"]:
        yield "notice.defence-reviewed"
    if d["fine"] > n["fine"]:
        yield "notice.not-heavier"


@group
def hearing(s: Story) -> Iterator[str]:
    """Hearing."""
    h = s["hearing"]
    if not h:
        return
    if not h["held"]:
        yield "hearing.held"
        return
    if workdays_between(h["served"], h["day"]) - 1 < 7:
        yield "hearing.notice-7-days"
    if h["presider"] in [o[0] for o in s["officers"]]:
        yield "hearing.presider-independent"
    if set(h["signed"]) != {"party", "presider", "recorder"}:
        yield "hearing.record-signed"


@group
def review(s: Story) -> Iterator[str]:
    """Legal review and deliberation."""
    r, d, talk = s["review"], s["decision"], s["deliberation"]
    if (s["due"] or s["hearing"]) and not r:
        yield "legal-review.present"
    if r:
        if r["day"] > d["day"]:
            yield "legal-review.before-decision"
        if not r["conclusion"] or 8 - r["aspects"] >= 3:
            yield "legal-review.complete"
        if not r["signed"] or r["by"] in [o[0] for o in s["officers"]]:
            yield "legal-review.reviewer-independent"
    if (s["due"] or s["hearing"]) and not talk:
        yield "deliberation.present"
    if talk:
        if not (talk["opinions"] and talk["conclusion"] and talk["signed"]):
            yield "deliberation.complete"
        if talk["day"] > d["day"]:
            yield "deliberation.before-decision"


@group
def decision(s: Story) -> Iterator[str]:
    """The decision itself."""
    d, a = s["decision"], s["approval"]
    if not a or not _signed_off(a["leader"]) or a["leader"]["day"] > d["day"]:
        yield "decision.approved"
    if not d["party"] or not d["address"]:
        yield "decision.party"
    if not d["facts"] or not d["evidence"]:
        yield "decision.facts-evidence"
    if d["violated"] not in ("article", "beyond") or d["basis"] != "article":
        yield "decision.basis"
    if d["violated"] == "beyond":
        yield "decision.basis-valid"
    if not d["penalty"]:
        yield "decision.penalty-stated"
    if not d["payment"]:
        yield "decision.payment-terms"
    r = d["remedies"]
    if (
        not r
        or not r["recon"]
        or not r["court"]
        or (r["recon_term"], r["suit_term"]) != ("六十日", "六个月")
    ):
        yield "decision.remedies"
    if not d["seal"] or not d["dated"]:
        yield "decision.seal-date"
    if not d["discretion"]:
        yield "decision.discretion-reasoned"
    sums = {d["fine"], d["capital_of"]} | ({a["fine"]} if a else set())
    if len(sums) > 1:
        yield "decision.amount-consistent"
    found = _receipt(s, "decision")
    if found and found["number"]:
        yield "decision.number"
    filed = s["filing"]["leader"]["day"] if s["filing"] else None
    if filed and (d["day"] - filed).days > 90 and not s["extension"] and not s["hearing"]:
        yield "decision.within-90-days"
    if (
        s["notice"]
        and s["notice"]["basis"]
        and d["basis"] == "article"
        and d["basis_item"] != s["notice"]["basis_item"]
    ):
        yield "decision.matches-notice"
    if not s["correction"] and not d["correction"]:
        yield "decision.correction-ordered"


@group
def service(s: Story) -> Iterator[str]:
    """Service of the decision."""
    found = _receipt(s, "decision")
    if not found:
        yield "service.receipt-present"
        return
    if found["day"] and workdays_between(s["decision"]["day"], found["day"]) > 7:
        yield "service.within-7-days"
    if found["method"] == "留置送达" and not found["witness"]:
        yield "service.method-lawful"
    elif not found["day"] or not found["signed"] or not found["method"]:
        yield "service.receipt-complete"


@group
def execution(s: Story) -> Iterator[str]:
    """Payment, closing, publicity, recordings."""
    due = s["fine"] + s["confiscated"]
    if sum(p["sum"] for p in s["payments"]) < due:
        yield "execution.payment-matches"
    served = _served(s)
    last = max(p["day"] for p in s["payments"])
    if served and (last - served).days > 25 and not s["instalment_approval"]:
        yield "execution.in-time"
    if not s["closing"] or not _signed_off(s["closing"]["leader"]):
        yield "closing.present"
    elif s["closing"]["day"] < last:
        yield "closing.after-execution"
    if s["correction"] and not s["recheck"]:
        yield "closing.correction-rechecked"
    p = s["publicity"]
    if not p:
        yield "publicity.decision-published"
    else:
        if workdays_between(s["decision"]["day"], p["day"]) > 7:
            yield "publicity.within-7-workdays"
        if p["number"] or p["fine"] != s["fine"] or p["party"] != s["party"]["name"]:
            yield "publicity.content-consistent"
        if p["personal"]:
            yield "publicity.privacy-masked"
    held = s["hearing"] and s["hearing"]["held"]
    left = any(r["method"] == "留置送达" for r in s["receipts"])
    if (held or left) and not s["recordings"]:
        yield "recording.av-when-required"


@group
def archive(s: Story) -> Iterator[str]:
    """Cover, catalogue, order."""
    if len(s["cover"]["missing"]) >= 3:
        yield "archive.cover"
    if not s["catalogue"]:
        yield "archive.catalogue"
    elif s["catalogue"]["ghost"] or s["catalogue"]["left_out"]:
        yield "archive.catalogue-matches"
    if s["order"] != "lawful":
        yield "archive.order"
    if s["stranger"]:
        yield "archive.same-case"
    if s["blank"]:
        yield "archive.no-blank-fields"
    if (s["cover"]["archived"] - s["cover"]["closed"]).days > 30:
        yield "archive.in-time"
