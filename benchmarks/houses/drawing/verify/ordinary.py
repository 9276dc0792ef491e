"""The independent verifier: which items of the ordinary procedure a story breaks, by its own count.

It reads only the story (what the papers say), never the faults that were planted and never the
program under examination.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from drawing.days import workdays_between
from drawing.verify.rules import Table, receipt, signed_off, told_properly, verdict
from drawing.writing import CODE_SIGNS, ID_WEIGHTS

Story = dict[str, Any]
TERM = 90
REPORT = {"facts", "evidence", "basis", "proposal"}
HEARING = {"party", "presider", "recorder"}


def right_number(number: str) -> bool:
    """Check sign of a citizen number (GB 11643) or of a credit code (GB 32100)."""
    if len(number) == 18 and number[:17].isdigit() and not number.startswith("9"):
        total = sum(int(c) * w for c, w in zip(number[:17], ID_WEIGHTS, strict=True))
        return number[17] == "10X98765432"[total % 11]
    total = sum(CODE_SIGNS.index(c) * pow(3, i, 31) for i, c in enumerate(number[:17]))
    return number[17] == CODE_SIGNS[-total % 31]


def records(s: Story) -> list[Story]:
    """Records of inspection and interviews."""
    return [r for r in (s["inspection"], *s["interviews"]) if r]


def officers(s: Story) -> list[str]:
    """Names of the officers of the case."""
    return [o[0] for o in s["officers"]]


def told(s: Story) -> dt.date | None:
    """When the party got the notice."""
    found = receipt(s, "notice")
    day: dt.date | None = found["day"] if found else s["notice"]["signed_off"]
    return day


def due(s: Story) -> bool:
    """Hearing, review and deliberation are due by any threshold, or a hearing makes them so."""
    return bool(s["due"] or s["hearing"])


# ------------------------------------------------------------------ subject
def few_officers(s: Story) -> bool:
    """One officer where two are needed (行政处罚法 42)."""
    sides = [r["officers"] for r in records(s)] + [r["servers"] for r in s["receipts"]]
    if s["filing"]:
        sides.append(s["filing"]["handlers"])
    return any(len(side) < 2 for side in sides)


def bad_certificates(s: Story) -> bool:
    """No number of a certificate, or two for one officer."""
    numbers: dict[str, set[str]] = {}
    for record in records(s):
        for name, number in record["officers"]:
            numbers.setdefault(name, set()).add(number)
    bare = any(not r["certificates"] for r in records(s))
    return bare or any(len(x) > 1 for x in numbers.values())


def other_names(s: Story) -> bool:
    """The party has another name in one of the papers."""
    named = [s["filing"], s["notice"], s["decision"], receipt(s, "decision")]
    return any(p and p["party"] != s["party"]["name"] for p in named)


def bad_codes(s: Story) -> bool:
    """Numbers of the party differ or fail the check."""
    codes = {p["code"] for p in (s["party"], s["notice"], s["decision"]) if p}
    return len(codes) > 1 or not all(right_number(c) for c in codes)


SUBJECT: Table = {
    "subject.agency-consistent": lambda s: s["notice"] and s["notice"]["agency"] != s["agency"],
    "subject.two-officers": few_officers,
    "subject.officer-certificates": bad_certificates,
    "subject.party-identified": lambda s: not s["identity"],
    "subject.party-consistent": other_names,
    "subject.party-id-consistent": bad_codes,
    "subject.recusal-informed": lambda s: not all(r["recusal"] for r in records(s)),
}


# ------------------------------------------------------------------ filing
def filed_late(s: Story) -> bool:
    """Filed after the notice, the report or the decision."""
    later = [p["day"] for p in (s["notice"], s["report"], s["decision"]) if p]
    return bool(s["filing"]) and any(s["filing"]["leader"]["day"] > day for day in later)


def too_old(s: Story) -> bool:
    """More than two years from the end of the act to its discovery (行政处罚法 36)."""
    ended = s.get("ended") or s["days"]["found"]
    return bool(s["filing"]) and (s["days"]["found"] - ended).days > 731


FILING: Table = {
    "filing.present": lambda s: not s["filing"],
    "filing.approved": lambda s: s["filing"] and not signed_off(s["filing"]["leader"]),
    "filing.source-stated": lambda s: (
        s["filing"] and not all(s["filing"][k] for k in ("cause", "source", "brief"))
    ),
    "filing.first": filed_late,
    "filing.limitation": too_old,
}


# ------------------------------------------------------------------ evidence
def overlapping(s: Story) -> bool:
    """The same officers at two places at once."""
    spans = sorted((r["day"], r["begin"], r["end"]) for r in records(s) if r["end"])
    pairs = zip(spans, spans[1:], strict=False)
    return any(a[0] == b[0] and b[1] < a[2] for a, b in pairs)


def bad_times(s: Story) -> bool:
    """Begin or end missing, or the end first."""
    spans = [(r["begin"], r["end"]) for r in records(s)]
    return any(not b or not e or e < b for b, e in spans)


def unverified(s: Story) -> bool:
    """A copy without the note of comparison."""
    copies = [*s["evidence"], *([s["identity"]] if s["identity"] else [])]
    return any(not c["note"] for c in copies)


def after_decision(s: Story) -> bool:
    """Evidence taken after the decision."""
    days = [x["day"] for x in (*records(s), *s["evidence"])]
    return any(day > s["decision"]["day"] for day in days)


EVIDENCE: Table = {
    "evidence.record-present": lambda s: not records(s),
    "evidence.id-shown": lambda s: any(not r["shown"] for r in records(s)),
    "evidence.record-signed-by-party": lambda s: any(not r["party_signs"] for r in records(s)),
    "evidence.record-signed-by-officers": lambda s: any(len(r["signers"]) < 2 for r in records(s)),
    "evidence.record-times": bad_times,
    "evidence.no-overlap": overlapping,
    "evidence.copies-verified": unverified,
    "evidence.photos-described": lambda s: any(
        not (p["day"] and p["place"] and p["by"]) for p in s["photos"]
    ),
    "evidence.before-decision": after_decision,
}
REPORTED: Table = {
    "investigation.report-present": lambda s: not s["report"],
    "investigation.report-complete": lambda s: (
        s["report"] and (set(s["report"]["has"]) != REPORT or not s["report"]["signers"])
    ),
}


# ------------------------------------------------------------------ notice and hearing
def too_soon(s: Story) -> bool:
    """Decided before the terms that were told had run out."""
    n, day = s["notice"], told(s) if s["notice"] else None
    if not day or s["hearing"] or day >= s["decision"]["day"]:
        return False
    waited = workdays_between(day, s["decision"]["day"])
    natural = (s["decision"]["day"] - day).days
    return bool(waited < 5 if n["hearing"] else natural <= n["defence_days"])


def told_too_late(s: Story) -> bool:
    """Told on the day of the decision or later."""
    day = told(s) if s["notice"] else None
    return bool(day) and day >= s["decision"]["day"]  # type: ignore[operator]


NOTICE: Table = {
    "notice.present": lambda s: not s["notice"],
    "notice.complete": lambda s: (
        s["notice"] and not all(s["notice"][k] for k in ("facts", "basis", "penalty"))
    ),
    "notice.defence-right": lambda s: s["notice"] and not s["notice"]["defence"],
    "notice.hearing-right": lambda s: s["notice"] and s["due"] and not s["notice"]["hearing"],
    "notice.served": lambda s: s["notice"] and not told(s),
    "notice.before-decision": told_too_late,
    "notice.waiting-period": too_soon,
    "notice.defence-reviewed": lambda s: s["notice"] and s["defence"] and not s["defence_review"],
    "notice.not-heavier": lambda s: s["notice"] and s["decision"]["fine"] > s["notice"]["fine"],
}


def held(s: Story) -> Story:
    """The hearing if it was held, else nothing."""
    found: Story = s["hearing"] if s["hearing"] and s["hearing"]["held"] else {}
    return found


HEARD: Table = {
    "hearing.held": lambda s: s["hearing"] and not held(s),
    "hearing.notice-7-days": lambda s: (
        held(s) and workdays_between(held(s)["served"], held(s)["day"]) - 1 < 7
    ),
    "hearing.presider-independent": lambda s: held(s) and held(s)["presider"] in officers(s),
    "hearing.record-signed": lambda s: held(s) and set(held(s)["signed"]) != HEARING,
}


# ------------------------------------------------------------------ review, deliberation
def partial(r: Story) -> bool:
    """No conclusion, or three of eight aspects missing."""
    return not r["conclusion"] or 8 - int(r["aspects"]) >= 3


REVIEW: Table = {
    "legal-review.present": lambda s: due(s) and not s["review"],
    "legal-review.before-decision": lambda s: (
        s["review"] and s["review"]["day"] > s["decision"]["day"]
    ),
    "legal-review.complete": lambda s: s["review"] and partial(s["review"]),
    "legal-review.reviewer-independent": lambda s: (
        s["review"] and (not s["review"]["signed"] or s["review"]["by"] in officers(s))
    ),
    "deliberation.present": lambda s: due(s) and not s["deliberation"],
    "deliberation.complete": lambda s: (
        s["deliberation"]
        and not all(s["deliberation"][k] for k in ("opinions", "conclusion", "signed"))
    ),
    "deliberation.before-decision": lambda s: (
        s["deliberation"] and s["deliberation"]["day"] > s["decision"]["day"]
    ),
}


# ------------------------------------------------------------------ decision and service
def unapproved(s: Story) -> bool:
    """No approval by the leader before the decision."""
    a = s["approval"]
    return not a or not signed_off(a["leader"]) or a["leader"]["day"] > s["decision"]["day"]


def sums_differ(s: Story) -> bool:
    """Figures, capitals and approval do not agree."""
    d = s["decision"]
    sums = {d["fine"], d["capital_of"]} | ({s["approval"]["fine"]} if s["approval"] else set())
    return len(sums) > 1


def too_long(s: Story) -> bool:
    """More than ninety days without extension or hearing (行政处罚法 60)."""
    if not s["filing"] or s["extension"] or s["hearing"]:
        return False
    return bool((s["decision"]["day"] - s["filing"]["leader"]["day"]).days > TERM)


def other_basis(s: Story) -> bool:
    """Notice and decision cite different provisions."""
    n, d = s["notice"], s["decision"]
    if not n or not n["basis"] or d["basis"] != "article":
        return False
    return bool(d["basis_item"] != n["basis_item"])


DECISION: Table = {
    "decision.approved": unapproved,
    "decision.party": lambda s: not s["decision"]["party"] or not s["decision"]["address"],
    "decision.facts-evidence": lambda s: (
        not s["decision"]["facts"] or not s["decision"]["evidence"]
    ),
    "decision.basis": lambda s: (
        not s["decision"]["violated"] or s["decision"]["basis"] != "article"
    ),
    "decision.basis-valid": lambda s: s["decision"]["violated"] == "beyond",
    "decision.penalty-stated": lambda s: not s["decision"]["penalty"],
    "decision.payment-terms": lambda s: not s["decision"]["payment"],
    "decision.remedies": lambda s: not told_properly(s["decision"]["remedies"]),
    "decision.seal-date": lambda s: not s["decision"]["seal"] or not s["decision"]["dated"],
    "decision.discretion-reasoned": lambda s: not s["decision"]["discretion"],
    "decision.amount-consistent": sums_differ,
    "decision.number": lambda s: (receipt(s, "decision") or {}).get("number"),
    "decision.within-90-days": too_long,
    "decision.matches-notice": other_basis,
    "decision.correction-ordered": lambda s: (
        not s["correction"] and not s["decision"]["correction"]
    ),
}


def served_late(s: Story) -> bool:
    """More than seven working days after the decision (行政处罚法 61, 85)."""
    day = (receipt(s, "decision") or {}).get("day")
    return bool(day) and workdays_between(s["decision"]["day"], day) > 7


def left_unwitnessed(r: Story | None) -> bool:
    """Left at the door without a witness."""
    return bool(r) and r["method"] == "留置送达" and not r["witness"]  # type: ignore[index]


def poor_receipt(s: Story) -> bool:
    """Day, signature or way of service missing."""
    r = receipt(s, "decision")
    if not r or left_unwitnessed(r):
        return False
    return not (r["day"] and r["signed"] and r["method"])


SERVICE: Table = {
    "service.receipt-present": lambda s: not receipt(s, "decision"),
    "service.within-7-days": served_late,
    "service.method-lawful": lambda s: left_unwitnessed(receipt(s, "decision")),
    "service.receipt-complete": poor_receipt,
}


# ------------------------------------------------------------------ execution, publicity, archive
def last_payment(s: Story) -> dt.date:
    """The day of the last payment."""
    day: dt.date = max(p["day"] for p in s["payments"])
    return day


def paid_late(s: Story) -> bool:
    """Well after fifteen days, without leave to pay later (行政处罚法 67)."""
    served = (receipt(s, "decision") or {}).get("day")
    if not served or s["instalment_approval"]:
        return False
    return (last_payment(s) - served).days > 25


def wrong_publication(s: Story) -> bool:
    """Number, sum or party published wrongly."""
    p = s["publicity"]
    return bool(p) and (
        bool(p["number"]) or p["fine"] != s["fine"] or p["party"] != s["party"]["name"]
    )


def unrecorded(s: Story) -> bool:
    """A hearing or a paper left at the door without recording."""
    left = any(r["method"] == "留置送达" for r in s["receipts"])
    return bool(held(s) or left) and not s["recordings"]


EXECUTION: Table = {
    "execution.payment-matches": lambda s: (
        sum(p["sum"] for p in s["payments"]) < s["fine"] + s["confiscated"]
    ),
    "execution.in-time": paid_late,
    "closing.present": lambda s: not s["closing"] or not signed_off(s["closing"]["leader"]),
    "closing.after-execution": lambda s: (
        s["closing"]
        and signed_off(s["closing"]["leader"])
        and s["closing"]["day"] < last_payment(s)
    ),
    "closing.correction-rechecked": lambda s: s["correction"] and not s["recheck"],
    "publicity.decision-published": lambda s: not s["publicity"],
    "publicity.within-7-workdays": lambda s: (
        s["publicity"] and workdays_between(s["decision"]["day"], s["publicity"]["day"]) > 7
    ),
    "publicity.content-consistent": wrong_publication,
    "publicity.privacy-masked": lambda s: s["publicity"] and s["publicity"]["personal"],
    "recording.av-when-required": unrecorded,
}
ARCHIVE: Table = {
    "archive.cover": lambda s: len(s["cover"]["missing"]) >= 3,
    "archive.catalogue": lambda s: not s["catalogue"],
    "archive.catalogue-matches": lambda s: (
        s["catalogue"] and (s["catalogue"]["ghost"] or s["catalogue"]["left_out"])
    ),
    "archive.order": lambda s: s["order"] != "lawful",
    "archive.same-case": lambda s: s["stranger"],
    "archive.no-blank-fields": lambda s: s["blank"],
    "archive.in-time": lambda s: (s["cover"]["archived"] - s["cover"]["closed"]).days > 30,
}
ALL: Table = {
    **SUBJECT, **FILING, **EVIDENCE, **REPORTED, **NOTICE, **HEARD, **REVIEW, **DECISION,
    **SERVICE, **EXECUTION, **ARCHIVE,
}  # fmt: skip


def broken(story: Story) -> set[str]:
    """All items of the ordinary procedure that this story breaks."""
    return verdict(ALL, story)
