"""How the decision was served (行政处罚法 61; 民事诉讼法 87-95)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.facts.doubt import Unknown
from casereview.facts.readers import day_of
from casereview.facts.serving import (
    RECEIPT,
    is_handed_over,
    is_recording_of_service,
    is_served_by,
)
from casereview.model import Fact, Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.lacks import unreadable
from casereview.rules.truth import NO
from casereview.rules.verdicts import (
    DECIDING,
    Context,
    cn_day,
    fail,
    na,
    passed,
    predicate,
    review,
)

LEFT, ELECTRONIC, POSTED = "留置", "电子", "公告"  # ways of service in 用语/送达方式.yaml
_LATIN = re.compile(r"[A-Za-z][A-Za-z .,'&-]{3,}")
CONSENT = "送达地址确认书"


@predicate("送达方式合法", version=3)
def method_lawful(ctx: Context) -> Verdict:
    """留置送达应当有见证人或拍照录像；电子送达应当有当事人同意的确认书；
    公告送达应当有无法送达的证明且满期限。直接送达的不适用，拒收而没有留置的待复核。
    """
    receipts, notices = _receipts(ctx), ctx.case.readable("送达公告")
    if not receipts and not notices:
        return ctx.absent(RECEIPT) or na("没有送达回证")
    special = list(_not_handed(ctx, receipts))
    found = next((v for r, how in special if (v := _of_receipt(ctx, r, how))), None)
    wrong = found or _refused(ctx, receipts)
    if wrong:
        return wrong
    if special:
        how = special[0][1]
        return passed(f"{how.value}手续齐全", [how.place])
    if notices:
        return _by_notice(ctx, notices[0].top())
    return unreadable(ctx.unreadable(RECEIPT)) or na("直接送达")


def _receipts(ctx: Context) -> list[Paper]:
    """The receipts that say what they serve; all where none does."""
    every = ctx.case.readable(RECEIPT)
    return [r for r in every if r.doc.serves] or every


def _not_handed(ctx: Context, receipts: list[Paper]) -> Iterator[tuple[Paper, Fact]]:
    """Receipts of papers that were not simply handed over, with how they were served."""
    for receipt in receipts:
        how = ctx.case.facts_of(receipt).get("送达方式")
        if how and not is_handed_over(how):
            yield receipt, how


def _of_receipt(ctx: Context, receipt: Paper, how: Fact) -> Verdict | None:
    """What is wrong or open with a receipt that was not simply handed over."""
    if is_served_by(how, LEFT):
        return _left(ctx, receipt, how.place)
    if is_served_by(how, ELECTRONIC):
        return _electronic(ctx, receipt, how.place)
    return _by_notice(ctx, how.place) if is_served_by(how, POSTED) else None


def _left(ctx: Context, receipt: Paper, place: Place) -> Verdict | None:
    facts = ctx.case.facts_of(receipt)
    recorded = any(s.media and is_recording_of_service(s.path) for s in ctx.case.sources)
    if recorded or "见证" in facts or "影像记录" in facts:
        return None
    text = f"{receipt.name}为留置送达，没有见证人，也没有拍照录像记录"
    doubts = [ctx.case.ask(receipt, name) for name in ("见证", "影像记录")]
    if any(isinstance(d, Unknown) and not d.missing for d in doubts):
        return review(f"{text}，请核对原件", [place])
    return fail(text, [place], subject=RECEIPT)


def _electronic(ctx: Context, receipt: Paper, place: Place) -> Verdict | None:
    consent = ctx.answer(f"{CONSENT}.同意电子送达")
    if isinstance(consent, Fact) and consent.value != NO:
        return None
    text = f"{receipt.name}为电子送达，没有当事人同意电子送达的确认书"
    if isinstance(consent, Unknown) and not consent.missing and ctx.case.all(CONSENT):
        return review(f"{text}：{consent.sentence()}", [place])
    if isinstance(consent, Unknown) and ctx.case.could_hide(CONSENT):
        return review("电子送达，有文件未能读取，不能断定没有确认书", [place])
    shown = [p.top() for p in ctx.case.readable(CONSENT)[:1]]
    return fail(text, [place, *shown], subject=RECEIPT)


def _refused(ctx: Context, receipts: list[Paper]) -> Verdict | None:
    for receipt in receipts:
        facts = ctx.case.facts_of(receipt)
        how, refusal = facts.get("送达方式"), facts.get("拒绝签收")
        plain = how is None or is_handed_over(how)
        if refusal and plain:
            text = f"{receipt.name}记载“{refusal.text}”而送达方式不是留置，请人工判断"
            return review(text, [refusal.place])
    return None


def _by_notice(ctx: Context, place: Place) -> Verdict:
    """公告送达: other ways were tried, and the period of the notice has passed."""
    tried = ctx.answer("卷内文书.其他方式无法送达")
    if isinstance(tried, Unknown):
        text = "公告送达，没有其他方式无法送达的证明"
        if not tried.missing:
            return review(f"{text}：{tried.sentence()}", [place])
        return fail(text, [place], subject=RECEIPT)
    return _days_of_notice(ctx, place)


def _days_of_notice(ctx: Context, place: Place) -> Verdict:
    """Whether a notice was up as long as the law of the day on which it was put up asks."""
    served, posted = ctx.fact(f"{DECIDING}.送达日期"), ctx.fact("送达公告.日期")
    end, start = day_of(served), day_of(posted)
    abroad = _is_abroad(ctx)
    limit = ctx.limit("公告送达期限_涉外" if abroad else "公告送达期限", start)
    short = end and start and limit and (end - start).days < limit.value
    if end and start and limit and short and limit.verified:
        text = f"公告 {cn_day(start)}，{cn_day(end)} 即视为送达，不足{limit.sentence()}"
        return fail(text, [place], subject=RECEIPT)
    told = f"，当事人可能在境外，应满{limit.sentence()}" if abroad and limit else ""
    return review(f"公告送达的期限和经过请人工核对{told}", [place])


def _is_abroad(ctx: Context) -> bool:
    """True where the decision tells a passport, a foreign address, or a party in Latin letters."""
    party = ctx.fact(f"{DECIDING}.当事人")
    foreign = isinstance(ctx.answer("处罚决定书.境外当事人"), Fact)
    return foreign or bool(party and _LATIN.fullmatch(party.text))
