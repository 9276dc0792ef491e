"""Faults that can be planted into a lawful ordinary-penalty story.

See planting.py for what a fault is.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from drawing.days import after_workdays, workday_on_or_after
from drawing.planting import Book
from drawing.writing import wrong_check_sign

Story = dict[str, Any]
ALWAYS = ("archive.catalogue-matches", "recording.stages-covered")
BOOK = Book()
FAULTS = BOOK.faults
fault, simple = BOOK.fault, BOOK.simple


def receipt(story: Story, of: str) -> Story | None:
    """The receipt of one paper."""
    return next((r for r in story["receipts"] if r["of"] == of), None)


def drop_receipt(story: Story, of: str) -> None:
    """Takes a receipt out."""
    story["receipts"] = [r for r in story["receipts"] if r["of"] != of]


def big(story: Story) -> bool:
    """Cases where hearing, review and deliberation are due."""
    return bool(story["big"])


def due(story: Story) -> bool:
    """Cases where hearing, review and deliberation are due by any threshold."""
    return bool(story["due"])


def unregistered(story: Story) -> bool:
    """No register that tells source and facts in place of the form by which the case is filed."""
    return not story["source"]


def shift(day: dt.date, n: int) -> dt.date:
    """A working day n days away."""
    return workday_on_or_after(day + dt.timedelta(days=n))


# ------------------------------------------------------------------ subject
simple("subject.agency-consistent", "notice-other-agency", "notice.agency", "other")
simple("subject.party-identified", "none", "identity", None, "evidence.copies-verified")
simple(
    "subject.party-consistent",
    "decision-name",
    "decision.party",
    "other",
    "archive.same-case publicity.content-consistent",
)


@fault("subject.two-officers", "receipt-one", may="service.receipt-complete")
def _one_server(story: Story, rng: random.Random) -> None:
    receipt(story, "decision")["servers"].pop()  # type: ignore[index]


@fault("subject.two-officers", "interview-one", may="evidence.record-signed-by-officers")
def _one_asks(story: Story, rng: random.Random) -> None:
    record = story["interviews"][0]
    record["officers"].pop()
    record["signers"].pop()


@fault("subject.officer-certificates", "missing")
def _no_certificates(story: Story, rng: random.Random) -> None:
    story[rng.choice(["inspection"])]["certificates"] = False


@fault("subject.officer-certificates", "two-numbers", may="subject.officers-qualified")
def _two_numbers(story: Story, rng: random.Random) -> None:
    officer = story["interviews"][0]["officers"][0]
    officer[1] = officer[1][:-3] + f"{(int(officer[1][-3:]) + 137) % 1000:03d}"


@fault("subject.party-id-consistent", "check-sign")
def _check_sign(story: Story, rng: random.Random) -> None:
    wrong = wrong_check_sign(story["party"]["code"])
    for paper in (story["party"], story["notice"], story["decision"]):
        paper["code"] = wrong


@fault("subject.party-id-consistent", "decision-differs")
def _other_code(story: Story, rng: random.Random) -> None:
    code = story["decision"]["code"]
    story["decision"]["code"] = code[:9] + ("7" if code[9] != "7" else "4") + code[10:]


@fault("subject.recusal-informed", "none")
def _no_recusal(story: Story, rng: random.Random) -> None:
    for record in (story["inspection"], *story["interviews"]):
        record["recusal"] = False


# ------------------------------------------------------------------ filing
simple(
    "filing.present",
    "missing",
    "filing",
    None,
    "filing.approved filing.source-stated filing.first "
    "decision.within-90-days subject.two-officers archive.cover " + " ".join(ALWAYS),
)
simple("filing.approved", "no-name", "filing.leader.name", "")
simple("filing.approved", "only-read", "filing.leader.opinion", "")
simple("filing.source-stated", "no-source", "filing.source", False, "", unregistered)
simple("filing.source-stated", "no-brief", "filing.brief", False, "", unregistered)


@fault("filing.approved", "no-opinion")
def _no_opinion(story: Story, rng: random.Random) -> None:
    story["filing"]["leader"].update(opinion=False, name="")


@fault("filing.first", "after-notice", may="filing.limitation archive.cover archive.order")
def _filed_late(story: Story, rng: random.Random) -> None:
    day = after_workdays(story["notice"]["day"], 1)
    story["filing"]["leader"]["day"] = story["filing"]["handler_day"] = day
    story["cover"]["filed"] = day


@fault("filing.limitation", "three-years", lambda s: not s["lasting"])
def _too_old(story: Story, rng: random.Random) -> None:
    story["ended"] = story["days"]["found"] - dt.timedelta(days=1100)
    story["days"]["began"] = story["ended"] - dt.timedelta(days=60)


# ------------------------------------------------------------------ evidence
@fault(
    "evidence.record-present",
    "none",
    may="evidence.id-shown subject.recusal-informed "
    "recording.stages-covered subject.two-officers subject.officer-certificates "
    "evidence.record-signed-by-party evidence.record-signed-by-officers evidence.record-times "
    "archive.catalogue-matches",
)
def _no_records(story: Story, rng: random.Random) -> None:
    story["inspection"], story["interviews"] = None, []


@fault("evidence.id-shown", "none", may="subject.officer-certificates")
def _not_shown(story: Story, rng: random.Random) -> None:
    for record in (story["inspection"], *story["interviews"]):
        record["shown"] = False


@fault("evidence.id-shown", "only-introduced", may="subject.officer-certificates")
def _only_introduced(story: Story, rng: random.Random) -> None:
    for record in (story["inspection"], *story["interviews"]):
        record.update(shown=False, said="只说来意")


@fault("evidence.record-signed-by-party", "interview")
def _party_unsigned(story: Story, rng: random.Random) -> None:
    story["interviews"][0]["party_signs"] = ""


@fault("evidence.record-signed-by-officers", "inspection-one", may="subject.two-officers")
def _officer_unsigned(story: Story, rng: random.Random) -> None:
    story["inspection"]["signers"].pop()


@fault("evidence.record-times", "no-end")
def _no_end(story: Story, rng: random.Random) -> None:
    story["interviews"][0]["end"] = ""


@fault("evidence.record-times", "end-first", may="evidence.no-overlap")
def _end_first(story: Story, rng: random.Random) -> None:
    record = story["inspection"]
    record["begin"], record["end"] = record["end"], record["begin"]


@fault("evidence.copies-verified", "identity", lambda s: bool(s["identity"]))
def _unverified(story: Story, rng: random.Random) -> None:
    story["identity"]["note"] = False


@fault("evidence.copies-verified", "evidence", lambda s: bool(s["evidence"]))
def _unverified_copy(story: Story, rng: random.Random) -> None:
    story["evidence"][0]["note"] = False


@fault("evidence.copies-verified", "only-signed", lambda s: bool(s["evidence"]))
def _only_signed(story: Story, rng: random.Random) -> None:
    story["evidence"][0].update(note=False, signed=True)


@fault("evidence.record-signed-by-officers", "interview-one-of-two", may="subject.two-officers")
def _one_signs(story: Story, rng: random.Random) -> None:
    story["interviews"][0]["signers"].pop()


@fault("evidence.photos-described", "no-time", lambda s: bool(s["photos"]))
def _no_time(story: Story, rng: random.Random) -> None:
    for photo in story["photos"]:
        photo["day"] = None


@fault("evidence.photos-described", "no-by", lambda s: bool(s["photos"]))
def _nobody(story: Story, rng: random.Random) -> None:
    for photo in story["photos"]:
        photo["by"] = ""


@fault("evidence.photos-described", "no-place", lambda s: bool(s["photos"]))
def _nowhere(story: Story, rng: random.Random) -> None:
    for photo in story["photos"]:
        photo["place"] = ""


@fault(
    "evidence.before-decision",
    "interview-later",
    may="archive.order filing.first evidence.no-overlap",
)
def _asked_later(story: Story, rng: random.Random) -> None:
    story["interviews"][0]["day"] = after_workdays(story["decision"]["day"], 2)


@fault("evidence.no-overlap", "same-time")
def _overlap(story: Story, rng: random.Random) -> None:
    ask, inspect = story["interviews"][0], story["inspection"]
    ask["day"], ask["begin"], ask["end"] = inspect["day"], inspect["begin"], inspect["end"]


# ------------------------------------------------------------------ report
simple(
    "investigation.report-present",
    "missing",
    "report",
    None,
    "investigation.report-complete " + " ".join(ALWAYS),
)


@fault("investigation.report-complete", "lacks-one")
def _poor_report(story: Story, rng: random.Random) -> None:
    story["report"]["has"].remove(rng.choice(["evidence", "basis", "proposal"]))


@fault("investigation.report-complete", "unsigned")
def _unsigned_report(story: Story, rng: random.Random) -> None:
    story["report"]["signers"] = []


# ------------------------------------------------------------------ notice
@fault(
    "notice.present",
    "missing",
    may="notice.complete notice.defence-right notice.hearing-right "
    "notice.served notice.before-decision notice.waiting-period decision.matches-notice "
    "notice.not-heavier archive.catalogue-matches "
    "recording.stages-covered hearing.held notice.defence-reviewed",
)
def _no_notice(story: Story, rng: random.Random) -> None:
    story["notice"] = None
    drop_receipt(story, "notice")


simple(
    "notice.complete",
    "no-penalty",
    "notice.penalty",
    False,
    "notice.not-heavier notice.hearing-right",
)
simple("notice.complete", "no-basis", "notice.basis", False, "decision.matches-notice")
simple("notice.defence-right", "missing", "notice.defence", False, "notice.waiting-period")
simple("notice.hearing-right", "missing", "notice.hearing", False, "notice.waiting-period", due)


@fault("notice.defence-right", "only-questions", may="notice.waiting-period")
def _only_questions(story: Story, rng: random.Random) -> None:
    story["notice"].update(defence=False, said="告知只咨询")


@fault("notice.hearing-right", "denied", due, may="notice.waiting-period")
def _denied(story: Story, rng: random.Random) -> None:
    story["notice"].update(hearing=False, said="听证不适用")


@fault(
    "notice.served",
    "no-receipt",
    may="notice.before-decision notice.waiting-period archive.catalogue-matches",
)
def _not_served(story: Story, rng: random.Random) -> None:
    story["notice"]["signed_off"] = None
    drop_receipt(story, "notice")


@fault(
    "notice.before-decision",
    "served-after",
    lambda s: not s["hearing"] and not s["defence"],
    may="notice.waiting-period legal-review.before-decision "
    "archive.order deliberation.before-decision notice.served",
)
def _served_after(story: Story, rng: random.Random) -> None:
    day = after_workdays(story["decision"]["day"], 1)
    found = receipt(story, "notice")
    if found:
        found["day"] = day
    else:
        story["notice"]["signed_off"] = day


@fault(
    "notice.waiting-period",
    "two-days",
    lambda s: not s["hearing"] and not s["defence"] and big(s),
    may="deliberation.before-decision legal-review.before-decision "
    "decision.approved service.within-7-days",
)
def _too_soon(story: Story, rng: random.Random) -> None:
    found = receipt(story, "notice")
    day = after_workdays(story["decision"]["day"], -0)
    while True:
        day -= dt.timedelta(days=1)
        if after_workdays(day, 2) >= story["decision"]["day"]:
            served = day
        else:
            break
    story["notice"]["day"] = min(story["notice"]["day"], served)
    if found:
        found["day"] = served
    else:
        story["notice"]["signed_off"] = served


@fault(
    "notice.defence-reviewed",
    "missing",
    lambda s: bool(s["defence"]),
    may="archive.catalogue-matches",
)
def _not_reviewed(story: Story, rng: random.Random) -> None:
    story["defence_review"] = None


@fault("notice.not-heavier", "raised", may="decision.amount-consistent decision.matches-notice")
def _raised(story: Story, rng: random.Random) -> None:
    step = 1000 if story["notice"]["fine"] > 8000 else 100
    story["notice"]["fine"] -= step


# ------------------------------------------------------------------ hearing
def heard(story: Story) -> bool:
    """A hearing was held."""
    return bool(story["hearing"])


@fault(
    "hearing.held",
    "not-held",
    heard,
    may="hearing.record-signed hearing.notice-7-days "
    "hearing.presider-independent recording.av-when-required "
    "archive.catalogue-matches notice.waiting-period",
)
def _not_held(story: Story, rng: random.Random) -> None:
    story["hearing"]["held"] = False
    drop_receipt(story, "hearing")


@fault("hearing.notice-7-days", "short", heard)
def _short(story: Story, rng: random.Random) -> None:
    served = story["hearing"]["day"]
    day = served - dt.timedelta(days=1)
    while after_workdays(day, 4) > served:
        day -= dt.timedelta(days=1)
    story["hearing"]["served"] = story["hearing"]["notice_day"] = day
    receipt(story, "hearing")["day"] = day  # type: ignore[index]


@fault("hearing.presider-independent", "handler", heard)
def _handler(story: Story, rng: random.Random) -> None:
    story["hearing"]["presider"] = story["officers"][0][0]


@fault("hearing.record-signed", "no-presider", heard)
def _no_presider(story: Story, rng: random.Random) -> None:
    story["hearing"]["signed"].remove("presider")


# ------------------------------------------------------------------ review, deliberation
simple(
    "legal-review.present",
    "missing",
    "review",
    None,
    "legal-review.complete "
    "legal-review.before-decision legal-review.reviewer-independent archive.catalogue-matches "
    "recording.stages-covered",
    lambda s: due(s) or bool(s["hearing"]),
)


def reviewed(story: Story) -> bool:
    """There is a legal review."""
    return bool(story["review"])


@fault("legal-review.before-decision", "after", reviewed, may="archive.order")
def _review_after(story: Story, rng: random.Random) -> None:
    story["review"]["day"] = after_workdays(story["decision"]["day"], 2)


simple(
    "legal-review.complete",
    "no-conclusion",
    "review.conclusion",
    False,
    "legal-review.followed",
    reviewed,
)
simple("legal-review.complete", "few-aspects", "review.aspects", 3, "", reviewed)
simple("legal-review.reviewer-independent", "unsigned", "review.signed", False, "", reviewed)


@fault("legal-review.reviewer-independent", "handler", reviewed)
def _own_review(story: Story, rng: random.Random) -> None:
    story["review"]["by"] = story["officers"][0][0]


simple(
    "deliberation.present",
    "missing",
    "deliberation",
    None,
    "deliberation.complete deliberation.before-decision archive.catalogue-matches",
    lambda s: due(s) or bool(s["hearing"]),
)
simple(
    "deliberation.complete",
    "no-conclusion",
    "deliberation.conclusion",
    False,
    "decision.amount-consistent",
    big,
)
simple("deliberation.complete", "unsigned", "deliberation.signed", False, "", big)


@fault(
    "deliberation.before-decision", "after", big, may="archive.order legal-review.before-decision"
)
def _discussed_after(story: Story, rng: random.Random) -> None:
    story["deliberation"]["day"] = after_workdays(story["decision"]["day"], 2)


# ------------------------------------------------------------------ decision
simple(
    "decision.approved",
    "missing",
    "approval",
    None,
    "archive.catalogue-matches recording.stages-covered",
)
simple("decision.approved", "no-name", "approval.leader.name", "")
simple("decision.approved", "only-read", "approval.leader.opinion", "")


@fault("decision.approved", "after", may="archive.order")
def _approved_after(story: Story, rng: random.Random) -> None:
    day = after_workdays(story["decision"]["day"], 2)
    story["approval"]["leader"]["day"] = day


simple("decision.party", "no-address", "decision.address", False)
simple("decision.facts-evidence", "no-evidence", "decision.evidence", False)


@fault("decision.facts-evidence", "only-asserted")
def _only_asserted(story: Story, rng: random.Random) -> None:
    story["decision"].update(evidence=False, evidence_said="证据空话")


simple("decision.facts-evidence", "no-facts", "decision.facts", False, "content.facts-clear")
simple(
    "decision.basis",
    "law-only",
    "decision.basis",
    "law",
    "decision.matches-notice decision.basis-valid",
)
simple(
    "decision.basis",
    "none",
    "decision.violated",
    "",
    "decision.basis-valid decision.matches-notice",
)
simple("decision.basis-valid", "no-such-article", "decision.violated", "beyond")
simple("decision.payment-terms", "missing", "decision.payment", False)
simple("decision.remedies", "none", "decision.remedies", None)


@fault("decision.payment-terms", "no-term")
def _no_term(story: Story, rng: random.Random) -> None:
    story["decision"].update(payment=False, payment_said="缴款无期限")


@fault("decision.remedies", "vague")
def _vague(story: Story, rng: random.Random) -> None:
    story["decision"].update(remedies=None, remedies_said="救济笼统")


@fault("decision.remedies", "reconsideration-only")
def _one_way(story: Story, rng: random.Random) -> None:
    story["decision"]["remedies"].update(court="", suit_term="")
    story["decision"]["remedies_said"] = "救济只复议"


simple("decision.remedies", "three-months", "decision.remedies.suit_term", "三个月")
simple("decision.remedies", "thirty-days", "decision.remedies.recon_term", "三十日")
simple(
    "decision.seal-date",
    "no-date",
    "decision.dated",
    False,
    "archive.no-blank-fields notice.before-decision decision.within-90-days service.within-7-days",
)
simple("decision.discretion-reasoned", "none", "decision.discretion", False)
simple("decision.amount-consistent", "capital", "decision.capital_of", "other")


@fault("decision.amount-consistent", "approval", may="notice.not-heavier")
def _approved_other(story: Story, rng: random.Random) -> None:
    step = 1000 if story["fine"] > 8000 else 100
    story["approval"]["fine"] += step


@fault("decision.number", "receipt", may="archive.same-case")
def _other_number(story: Story, rng: random.Random) -> None:
    receipt(story, "decision")["number"] = "other"  # type: ignore[index]


@fault(
    "decision.within-90-days",
    "late",
    lambda s: not s["hearing"] and not s["extension"],
    may="archive.cover filing.limitation subject.officers-qualified",
)
def _late(story: Story, rng: random.Random) -> None:
    gap = 130 - (story["decision"]["day"] - story["filing"]["leader"]["day"]).days
    for key in ("found", "inspect", "filing", "ask", "correct", "deadline", "began"):
        story["days"][key] = shift(story["days"][key], -gap)
    d = story["days"]
    story["filing"]["leader"]["day"] = story["filing"]["handler_day"] = d["filing"]
    story["cover"]["filed"] = d["filing"]
    story["inspection"]["day"], story["interviews"][0]["day"] = d["inspect"], d["ask"]
    for paper, key in (("source", "found"), ("mandate", "found"), ("address_sheet", "ask")):
        if story[paper]:
            story[paper]["day"] = d[key]
    for item in story["photos"]:
        item["day"] = d["inspect"]
    for item in story["evidence"]:
        item["day"] = d["ask"]
    if story["correction"]:
        story["correction"].update(day=d["correct"], deadline=d["deadline"])
        receipt(story, "correction")["day"] = d["correct"]  # type: ignore[index]


@fault("decision.matches-notice", "other-item", lambda s: True)
def _other_item(story: Story, rng: random.Random) -> None:
    story["notice"]["basis_item"] = "other"


@fault(
    "decision.correction-ordered",
    "none",
    may="closing.correction-rechecked archive.catalogue-matches",
)
def _no_correction(story: Story, rng: random.Random) -> None:
    story["correction"], story["decision"]["correction"], story["recheck"] = None, False, None
    drop_receipt(story, "correction")


# ------------------------------------------------------------------ service
@fault(
    "service.receipt-present",
    "missing",
    may="service.within-7-days service.receipt-complete "
    "service.method-lawful archive.catalogue-matches "
    "recording.stages-covered recording.av-when-required",
)
def _no_receipt(story: Story, rng: random.Random) -> None:
    drop_receipt(story, "decision")


@fault(
    "service.within-7-days",
    "late",
    lambda s: not s["instalments"],
    may="execution.in-time closing.after-execution publicity.within-7-workdays archive.in-time",
)
def _served_late(story: Story, rng: random.Random) -> None:
    day = after_workdays(story["decision"]["day"], 10)
    receipt(story, "decision")["day"] = day  # type: ignore[index]
    paid = max(story["payments"][0]["day"], after_workdays(day, 2))
    story["payments"][0]["day"] = paid
    close = max(story["closing"]["day"], after_workdays(paid, 2))
    story["closing"]["day"] = story["closing"]["leader"]["day"] = close
    story["cover"]["closed"] = close
    story["cover"]["archived"] = max(story["cover"]["archived"], close)


@fault("service.receipt-complete", "no-date", may="service.within-7-days")
def _no_day(story: Story, rng: random.Random) -> None:
    receipt(story, "decision")["day"] = None  # type: ignore[index]


@fault(
    "service.receipt-complete",
    "no-method",
    lambda s: receipt(s, "decision")["method"] == "直接送达",  # type: ignore[index]
    may="service.method-lawful",
)
def _no_method(story: Story, rng: random.Random) -> None:
    receipt(story, "decision")["method"] = ""  # type: ignore[index]


@fault(
    "service.receipt-complete", "unsigned", lambda s: receipt(s, "decision")["method"] == "直接送达"
)  # type: ignore[index]
def _no_signer(story: Story, rng: random.Random) -> None:
    receipt(story, "decision")["signed"] = ""  # type: ignore[index]


@fault(
    "service.method-lawful",
    "no-witness",
    lambda s: receipt(s, "decision")["method"] == "留置送达",  # type: ignore[index]
    may="recording.av-when-required service.receipt-complete",
)
def _no_witness(story: Story, rng: random.Random) -> None:
    found = receipt(story, "decision")
    assert found
    found.update(witness=False, signed="")
    story["recordings"] = None


# ------------------------------------------------------------------ execution, closing, publicity
@fault(
    "execution.payment-matches",
    "less",
    lambda s: not s["instalments"],
    may="decision.amount-consistent closing.after-execution execution.in-time",
)
def _less(story: Story, rng: random.Random) -> None:
    story["payments"][0]["sum"] -= 1000 if story["fine"] > 8000 else 200


@fault(
    "execution.in-time",
    "late",
    lambda s: not s["instalments"] and receipt(s, "decision") is not None,
    may="execution.payment-matches execution.surcharge-capped archive.in-time",
)
def _paid_late(story: Story, rng: random.Random) -> None:
    found = receipt(story, "decision")
    assert found
    paid = workday_on_or_after(found["day"] + dt.timedelta(days=35))
    story["payments"][0]["day"] = paid
    close = after_workdays(max(paid, story["days"]["recheck"]), 2)
    story["closing"]["day"] = story["closing"]["leader"]["day"] = close
    story["cover"].update(closed=close, archived=after_workdays(close, 3))


simple(
    "closing.present",
    "missing",
    "closing",
    None,
    "closing.after-execution archive.in-time archive.cover archive.catalogue-matches",
)
simple("closing.present", "no-name", "closing.leader.name", "")


@fault(
    "closing.after-execution",
    "before-payment",
    may="archive.in-time closing.correction-rechecked archive.order",
)
def _closed_early(story: Story, rng: random.Random) -> None:
    paid = max(p["day"] for p in story["payments"])
    day = paid - dt.timedelta(days=4)
    story["closing"]["day"] = story["closing"]["leader"]["day"] = day
    story["cover"]["closed"] = day
    story["cover"]["archived"] = max(paid, day + dt.timedelta(days=12))


simple(
    "closing.correction-rechecked",
    "missing",
    "recheck",
    None,
    "archive.catalogue-matches",
    lambda s: bool(s["correction"]),
)
simple(
    "publicity.decision-published",
    "missing",
    "publicity",
    None,
    "publicity.within-7-workdays "
    "publicity.content-consistent publicity.privacy-masked "
    "archive.catalogue-matches recording.stages-covered",
)


@fault("publicity.within-7-workdays", "late", may="archive.in-time")
def _published_late(story: Story, rng: random.Random) -> None:
    story["publicity"]["day"] = after_workdays(story["decision"]["day"], 14)


@fault("publicity.content-consistent", "number", may="archive.same-case decision.number")
def _public_number(story: Story, rng: random.Random) -> None:
    story["publicity"]["number"] = "other"


@fault("publicity.content-consistent", "fine", may="decision.amount-consistent")
def _public_fine(story: Story, rng: random.Random) -> None:
    story["publicity"]["fine"] += 1000


@fault("publicity.privacy-masked", "full-number", lambda s: s["party"]["kind"] == "个人")
def _unmasked(story: Story, rng: random.Random) -> None:
    story["publicity"]["personal"] = True


@fault("recording.av-when-required", "hearing", heard)
def _no_recording(story: Story, rng: random.Random) -> None:
    story["recordings"] = None


# ------------------------------------------------------------------ archive
@fault("archive.cover", "three-missing", may="archive.in-time")
def _poor_cover(story: Story, rng: random.Random) -> None:
    story["cover"]["missing"] = ["保管期限", "结案日期", "案由", "立案日期"]


simple("archive.catalogue", "missing", "catalogue", None, "archive.catalogue-matches")
simple(
    "archive.catalogue-matches",
    "ghost",
    "catalogue.ghost",
    "听证笔录",
    "hearing.held",
    lambda s: not s["hearing"],
)


@fault("archive.catalogue-matches", "left-out")
def _left_out(story: Story, rng: random.Random) -> None:
    story["catalogue"]["left_out"] = "处罚决定书"


@fault("archive.in-time", "late")
def _archived_late(story: Story, rng: random.Random) -> None:
    story["cover"]["archived"] = story["cover"]["closed"] + dt.timedelta(days=75)


@fault("archive.order", "jumbled", may="archive.catalogue-matches")
def _jumbled(story: Story, rng: random.Random) -> None:
    story["order"] = "jumbled"


@fault(
    "archive.same-case",
    "stranger",
    may="archive.catalogue-matches subject.party-consistent decision.number subject.two-officers",
)
def _stranger(story: Story, rng: random.Random) -> None:
    story["stranger"] = {"kind": "送达回证"}


@fault("archive.no-blank-fields", "template")
def _template(story: Story, rng: random.Random) -> None:
    story["blank"] = rng.choice(["××", "【待填】", "××××"])
