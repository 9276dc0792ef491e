"""Records and copies (行政处罚法 46, 55), and that evidence comes before the decision (40, 54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from casereview.chinese import find_dates
from casereview.facts.copies import is_copy
from casereview.facts.doubt import Unknown
from casereview.facts.loose_ink import covered
from casereview.facts.misread_days import is_doubted
from casereview.facts.officers import known_officers, named_late, officers
from casereview.facts.readers import day_of, signed_at
from casereview.facts.reading_steps import last_date
from casereview.facts.signature import REFUSED, Signature
from casereview.facts.signers import Side, places_of, signed_labels
from casereview.facts.signing import (
    closing_signatures,
    officer_places,
    party_places,
    recorder_places,
)
from casereview.facts.strangers import lone_names
from casereview.model import Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.lacks import Lack, verdict_on
from casereview.rules.verdicts import (
    RECORDS,
    Context,
    cn_day,
    fail,
    na,
    passed,
    predicate,
    review,
)

COPIES = ("证据材料", "当事人身份证明")
IDENTITY = "当事人身份证明"
NOTED = "核对注明"
SIDES = 2  # sign a copy: who gives it, and who takes it
TEST_REPORT = "检验检测报告"
SCENE = "现场检查笔录"
OFFICERS = 2  # so many sign a record
HOUR = slice(11, None)  # of a moment: its hour and minute


@predicate("笔录由当事人签名", version=3)
def party_signed(ctx: Context) -> Verdict:
    """笔录应当由被检查人（被询问人）签名，拒签的应当注明。"""
    lacks = [lack for p in ctx.case.readable(*RECORDS) for lack in _party_lacks(p)]
    good = passed("笔录均由当事人签名或注明拒签")
    return ctx.absent(*RECORDS) or verdict_on(lacks, ctx.unreadable(*RECORDS), good)


def _party_lacks(p: Paper) -> Iterator[Lack]:
    """The signature of the party that a record lacks, where no refusal is noted."""
    slots = party_places(p) or places_of(p, Side.OTHER) or closing_signatures(p)
    if REFUSED.search(p.running_text.without_spaces) or any(s.signed for s in slots):
        return
    if slots and not covered(p, slots[-1].place):
        yield Lack(p, "没有被检查人（被询问人）签名，也未注明拒签", slots[-1].place)
    else:
        yield Lack(p, "没有读到当事人签名处", p.running_text.tail(), sure=False)


@predicate("笔录由执法人员签名", version=5)
def officers_signed(ctx: Context) -> Verdict:
    """笔录应当有两名以上执法人员签名；一人询问、一人记录的，两人都签名即可。"""
    known = known_officers(ctx.case.readable(*RECORDS))
    lacks = [lack for p in ctx.case.readable(*RECORDS) for lack in _officers_lack(p, known)]
    good = passed("笔录均有两名以上执法人员签名")
    return ctx.absent(*RECORDS) or verdict_on(lacks, ctx.unreadable(*RECORDS), good)


def _officers_lack(p: Paper, known: frozenset[str]) -> Iterator[Lack]:
    """The signatures of officers that a record lacks, as its last two places show; one who asked
    and one who wrote are two. Names at its end that nobody placed, or two of the ``known`` officers
    there, may be the signatures.
    """
    slots = officer_places(p)
    signed = sum(s.count for s in slots[-2:])
    recorded = _recorder_signed(p, slots)
    if signed >= OFFICERS or (signed and recorded and _several(p)):
        return
    elsewhere = recorded or lone_names(p) or len(named_late(p, known)) >= OFFICERS
    if slots and slots[-1].sure and not elsewhere:
        few = "只有一名" if slots[-1].signed else "没有"
        yield Lack(p, f"{few}执法人员签名", slots[-1].place)
    else:
        yield Lack(p, "没有读到执法人员签名处", p.running_text.tail(), sure=False)


def _recorder_signed(p: Paper, slots: list[Signature]) -> bool:
    """True where another than the officers of these places signed as the one who wrote."""
    asked = {name for s in slots for name in s.names}
    return any(s.marks or not asked.issuperset(s.names) for s in recorder_places(p))


def _several(p: Paper) -> bool:
    """True for a record that names as many officers as act together."""
    return len({o.name for o in officers(p)}) >= OFFICERS


@predicate("笔录起止时间完整合理", version=2)
def record_times(ctx: Context) -> Verdict:
    """笔录的开始、结束时间都应当有，且结束不早于开始；一个也没有读到而有近似记载的待复核。"""
    papers = ctx.case.readable(*RECORDS)
    lacks = [Lack(p, why, p.top()) for p in papers if (why := _times_lack(ctx, p))]
    good = passed("起止时间完整", [p.top() for p in papers[:3]])
    unread = ctx.unreadable(*RECORDS)
    return ctx.absent(*RECORDS) or verdict_on(lacks, unread, good, silent=True)


def _times_lack(ctx: Context, p: Paper) -> str:
    """What is wrong with the times of a record; '' when nothing is."""
    begin, end = ctx.case.ask(p, "开始时间"), ctx.case.ask(p, "结束时间")
    if isinstance(begin, Fact) and isinstance(end, Fact):
        early = str(end.value) < str(begin.value)
        hours = str(end.value)[HOUR], str(begin.value)[HOUR]
        return f"结束时间 {hours[0]} 早于开始时间 {hours[1]}" if early else ""
    if isinstance(begin, Unknown) and isinstance(end, Unknown):
        return "没有起止时间" if begin.missing else ""
    return f"缺{'开始' if isinstance(begin, Unknown) else '结束'}时间"


@predicate("复印件经核对签章", version=5)
def copies_verified(ctx: Context) -> Verdict:
    """复印件应当有与原件核对无异的注明、签名（盖章）和日期；有近似的注明的待复核。同案别的复印件有
    注明的，身份证明、同它一样由提供人和执法人员在一样的栏目里签名的，也是复印件。
    """
    copies = _copies(ctx)
    if not copies:
        return ctx.absent(*COPIES) or na("卷内没有复印件证据")
    lacks = [lack for p, sure in copies for lack in _copy_lacks(ctx, p, sure)]
    good = passed("复印件均经核对签章", [p.top() for p, _ in copies[:3]])
    return verdict_on(lacks, ctx.unreadable(*COPIES), good, silent=True)


def _copies(ctx: Context) -> list[tuple[Paper, bool]]:
    """Papers that are, or may be, copies, with whether that is sure."""
    papers = ctx.case.readable(*COPIES)
    forms = {_signing_form(p) for p in papers if isinstance(ctx.case.ask(p, NOTED), Fact)}
    identity = [p for p in papers if _has_text_of_identity(p)]
    every = [(p, is_copy(p) or _is_copy_as_others(p, forms)) for p in papers]
    return [(p, sure) for p, sure in every if sure or p in identity]


def _is_copy_as_others(p: Paper, forms: set[frozenset[str]]) -> bool:
    """True where other copies bear the note of comparison and this is proof of identity, or is
    signed as one of them is (``forms``), by giver and taker.
    """
    form = _signing_form(p)
    by_both = len(set(signed_labels(p).values())) >= SIDES and form in forms
    return bool(forms) and (by_both or _has_text_of_identity(p))


def _signing_form(p: Paper) -> frozenset[str]:
    """The labels at which a copy is signed, as they are printed."""
    return frozenset(signed_labels(p))


def _copy_lacks(ctx: Context, p: Paper, sure: bool) -> Iterator[Lack]:
    """The note of comparison that a copy lacks, or what the note lacks. ``sure``: it is one."""
    note = ctx.case.ask(p, NOTED)
    if isinstance(note, Fact):
        if why := _unsigned(p):
            yield Lack(p, why, p.top())
    elif sure and note.missing:
        yield Lack(p, "没有与原件核对无异的注明", p.top())
    elif sure:
        yield Lack(p, f"：{note.sentence()}，请人工查看", note.place or p.top(), sure=False)


def _has_text_of_identity(p: Paper) -> bool:
    return p.doc.kind == IDENTITY and bool(p.running_text.without_spaces)


def _unsigned(p: Paper) -> str:
    """What a copy that was compared lacks of signature and day; '' where no place for them was
    found.
    """
    slots = signed_at(p, "复印件签名栏")
    if not slots:
        return ""
    if not any(s.signed for s in slots):
        return "没有提供人或核对人签名"
    dated = any(s.date for s in slots) or any(find_dates(p.running_text.without_spaces))
    return "" if dated else "没有注明日期"


@predicate("证据在决定之前取得", version=3)
def before_decision(ctx: Context) -> Verdict:
    """检查、询问、鉴定、检测日期不得晚于处罚决定日期。决定以后的复查（看改正没有）不是证据；
    决定以前另有笔录，决定以后又有现场检查笔录而没有写明是不是复查的，待复核。
    """
    day = ctx.decided
    if day is None:
        return ctx.absent(*ctx.decisions) or review("没有读到决定书日期")
    taken = list(_taken(ctx))
    late = [row for row in taken if row[1] > day and not _is_recheck(ctx, row[0])]
    before = any(p.doc.kind in RECORDS and made <= day for p, made, _ in taken)
    sure = [row for row in late if not (before and row[0].doc.kind == SCENE)]
    for p, made, fact in (sure or late)[:1]:
        text = f"{p.name}的日期 {cn_day(made)} 晚于决定日期 {cn_day(day)}"
        if sure:
            return fail(text, [fact.place], subject=p.doc.kind)
        return review(f"{text}，是不是复查请人工判断", [fact.place])
    return _unread(ctx) or passed("检查、询问、检测均在决定之前")


def _unread(ctx: Context) -> Verdict | None:
    """The verdict where a record or a report, or its day, could not be read."""
    if ctx.unreadable(*RECORDS, TEST_REPORT):
        return review("有笔录或报告未能识别文字")
    papers = ctx.case.readable(*RECORDS, TEST_REPORT)
    odd = [p for p in papers if is_doubted(p, ctx.case.misread)]
    return review(f"{odd[0].name}的日期可能没有读准，请核对", [odd[0].top()]) if odd else None


def _taken(ctx: Context) -> Iterator[tuple[Paper, dt.date, Fact]]:
    """Records and reports with the day on which they were made."""
    for p in ctx.case.readable(*RECORDS, TEST_REPORT):
        fact = _when(ctx, p)
        made = day_of(fact)
        if fact and made:
            yield p, made, fact


def _when(ctx: Context, p: Paper) -> Fact | None:
    """The day on which a record or a report was made."""
    facts = ctx.case.facts_of(p)
    told = facts.get("开始时间") or facts.get("日期")
    return told or (None if is_doubted(p, ctx.case.misread) else last_date(p))


def _is_recheck(ctx: Context, p: Paper) -> bool:
    """True for a record of the scene that looks whether a wrong was put right."""
    return p.doc.kind == SCENE and isinstance(ctx.case.ask(p, "复查情况"), Fact)
