"""Who acts: powers of the unit, its officers and their certificates (行政处罚法 17, 42, 55)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from casereview.facts import grounds
from casereview.facts.citations import Citation
from casereview.facts.loose_ink import no_slip, shows_all
from casereview.facts.misread_days import is_doubted
from casereview.facts.officers import (
    Officer,
    known_officers,
    loose_numbers,
    named_late,
    officers,
    same_number,
)
from casereview.facts.readers import day_of, signed_at
from casereview.facts.reading_steps import last_date
from casereview.facts.sameness import values_of
from casereview.facts.serving import RECEIPT, is_served_by
from casereview.facts.signature import Signature, is_person
from casereview.facts.signing import officer_places
from casereview.facts.unit_lists import (
    Power,
    Row,
    acts_of,
    bare_cause,
    in_force,
    is_hired,
    powers,
)
from casereview.model import Fact, Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.lacks import Lack, verdict_on
from casereview.rules.verdicts import (
    RECORDS,
    Context,
    fail,
    na,
    passed,
    predicate,
    review,
)

FILING = "立案审批表"
RECHECK, ON_THE_SPOT = "整改复查记录", "当场处罚决定书"
OFFICERS = 2  # so many act together
FILING_OFFICERS, SERVING_OFFICERS = "承办人", "送达人"  # groups of labels
NAME, NUMBER = "姓名", "执法证号"  # columns of the list of officers


@predicate("处罚事项在权责清单内", version=3)
def authority_listed(ctx: Context) -> Verdict:
    """单位提供了权责清单时，案由或者处罚依据应当在清单中；案由写有几项行为的，逐项看；事项只有
    一个词不同的，或者只有一部分行为在清单中的，待复核。
    """
    rows = ctx.case.unit.authority
    if rows is None:
        return na("单位未提供权责清单")
    cause = ctx.case.fact(FILING, "案由") or ctx.case.fact("卷宗封面", "案由")
    basis = grounds.basis(ctx.decision) if ctx.decision else None
    place = cause.place if cause else basis.place if basis else None
    if place is None:
        return review("没有读到案由和处罚依据")
    matter = _without_party(ctx, str(cause.value)) if cause else ""
    if listed := _for_matter(matter, powers(rows)):
        return passed(f"案由与清单事项“{listed.matter}”相符", [place])
    if basis and (named := _resting_on(basis, powers(rows))):
        return passed(f"处罚依据与清单事项“{named.matter}”相符", [basis.place])
    return _not_listed(rows, matter, place)


def _without_party(ctx: Context, cause: str) -> str:
    """The cause of a case without the party whose name stands before it."""
    party = ctx.fact(f"{FILING}.当事人") or ctx.dfact("当事人")
    names = values_of(party) if party else ()
    return next((cause.removeprefix(name) for name in names if cause.startswith(name)), cause)


def _for_matter(matter: str, every: list[Power]) -> Power | None:
    """The first power whose matter is this; where every act of it is named by some power, that of
    the first.
    """
    if whole := next((power for power in every if power.is_for(matter)), None):
        return whole
    covering = [next((p for p in every if p.covers(act)), None) for act in acts_of(matter)]
    return covering[0] if covering and all(covering) else None


def _resting_on(basis: Citation, every: list[Power]) -> Power | None:
    """The first power that rests on a provision."""
    return next((power for power in every if power.rests_on(basis.law, basis.articles)), None)


def _not_listed(rows: tuple[Row, ...], matter: str, place: Place) -> Verdict:
    """No row is for the matter: a fault, unless one is but a word away from it."""
    acts = acts_of(matter)
    every = powers(rows)
    near = next((p for p in every if p.is_near(matter) or any(map(p.covers, acts))), None)
    if near:
        text = f"权责清单里相近的事项是“{near.matter}”，与案由“{bare_cause(matter)}”是否同一项"
        return review(f"{text}，请人工核对", [place])
    text = f"权责清单共 {len(rows)} 项，没有与案由“{bare_cause(matter)}”对应的事项"
    return fail(text, [place])


FEW = "只有一名执法人员"
NOT_READ = "没有读到执法人员，请人工核对人数"


@predicate("执法人员不少于两人", version=9)
def two_officers(ctx: Context) -> Verdict:
    """检查、询问笔录载明的执法人员不得少于两人（行政处罚法42、55）；送达回证、立案表少于两人的
    扣分，不作否决：法律要求两人的是实施处罚、调查取证。
    """
    records = ctx.case.readable(*RECORDS)
    receipts = [p for p in ctx.case.readable(RECEIPT) if _is_carried(ctx, p)]
    known = known_officers(records)
    lacks = [lack for p in records for lack in _record_lacks(p, known)]
    others = list(_others_lack(ctx, receipts, known))
    if not (records or receipts or others):
        return ctx.absent(*RECORDS, RECEIPT) or review("没有读到执法人员")
    good = passed("笔录、送达回证和立案表的执法人员均不少于两人")
    verdict = verdict_on([*lacks, *others], ctx.unreadable(*RECORDS, RECEIPT), good)
    return verdict if any(lack.sure for lack in lacks) else replace(verdict, mild=True)


def _others_lack(ctx: Context, receipts: list[Paper], known: frozenset[str]) -> Iterator[Lack]:
    """What receipts and the form of filing lack."""
    every = [s for p in ctx.case.readable(RECEIPT) for s in signed_at(p, SERVING_OFFICERS)]
    apart = any(s.sure and s.marks >= OFFICERS for s in every)
    for p in receipts:
        yield from _signers_lack(p, SERVING_OFFICERS, known, apart)
    for p in ctx.case.readable(FILING):
        yield from _signers_lack(p, FILING_OFFICERS, known)


def _record_lacks(p: Paper, known: frozenset[str]) -> Iterator[Lack]:
    """Of a record: those it names, else those who signed. Where one is named and two signed, or two
    of the officers of the case stand at its end, which of them is right is for a person to see.
    """
    who = officers(p)
    signed = max((s.count for s in officer_places(p)), default=0)
    n = len({o.name for o in who}) or signed
    if n == 0 or (n == 1 and (signed > 1 or len(named_late(p, known)) > 1)):
        yield Lack(p, NOT_READ, p.top(), sure=False)
    elif n == 1:
        yield Lack(p, FEW, who[0].place if who else p.top())


def _is_carried(ctx: Context, p: Paper) -> bool:
    """True for a receipt that two officers have to carry and that somebody signed for them."""
    how = ctx.case.facts_of(p).get("送达方式")
    if how and is_served_by(how, "不由两人送"):
        return False
    return any(s.signed for s in signed_at(p, SERVING_OFFICERS))


def _signers_lack(
    p: Paper, group: str, known: frozenset[str], apart: bool = False
) -> Iterator[Lack]:
    """Of a form: those who signed at the labels of ``group``, where one alone did. One picture may
    show two signatures, but where each has its own on another such form of the case (``apart``); a
    form that names two officers of the case may have them elsewhere.
    """
    signs = [s for s in signed_at(p, group) if s.signed]
    if signs and max(s.count for s in signs) == 1:
        named = sum(name in p.running_text.without_spaces for name in known)
        sure = named < OFFICERS and all(_is_one(s, apart) for s in signs)
        yield Lack(p, FEW if sure else NOT_READ, signs[0].place if sure else p.top(), sure)


def _is_one(sign: Signature, apart: bool) -> bool:
    """True for a place that was read for sure, or on a form where each signs by a picture of his
    own (``apart``).
    """
    return _is_read(sign) or (apart and sign.sure and sign.marks == 1)


def _is_read(sign: Signature) -> bool:
    """True for a place that was read for sure, and where nobody but people signed."""
    return sign.sure and bool(sign.names) and all(map(is_person, sign.names))


@dataclass
class Faults:
    """What is wrong with people: the same fault of the same person once, with every place."""

    found: dict[tuple[str, str], tuple[str, list[Place]]] = field(default_factory=dict)

    def add(self, name: str, what: str, words: str, *places: Place) -> None:
        """One fault of ``name``; ``what`` tells it from others of that person."""
        self.found.setdefault((name, what), (words, []))[1].extend(places)

    def verdict(self, subject: str = "") -> Verdict:
        """One finding on all of them, whatever came first in the file."""
        names = "、".join(sorted({name for name, _ in self.found}))
        return fail(self.words(), self.places(), subject=subject or names)

    def words(self) -> str:
        """What is wrong, in words."""
        return "；".join(self.found[k][0] for k in sorted(self.found))

    def places(self) -> list[Place]:
        """Where."""
        return [place for k in sorted(self.found) for place in self.found[k][1]]


@predicate("笔录载明执法证号", version=4)
def certificates(ctx: Context) -> Verdict:
    """检查、询问笔录有执法人员姓名的，应当有执法证号；同一人在本卷的证号应当相同，
    扫描页上只差一位的待复核。
    """
    none = ctx.absent(*RECORDS)
    if none:
        return none if none.status != "na" else review("卷内没有检查或询问笔录")
    numbers: dict[str, tuple[Officer, Paper]] = {}
    bad, doubtful = Faults(), Faults()
    unknown: list[Paper] = []
    for p in ctx.case.readable(*RECORDS, RECHECK):
        who = officers(p)
        if p.doc.kind in RECORDS and not _all_numbered(p, who, bad):
            unknown.append(p)
        _contradicted(p, who, numbers, bad, doubtful)
    if bad.found:
        return bad.verdict("执法证号")
    unknown += ctx.unreadable(*RECORDS)
    if unknown:
        return review(f"{unknown[0].name}没有读到执法人员及证号", [unknown[0].top()])
    if doubtful.found:
        return review(f"{doubtful.words()}，可能是识别误差，请核对原件", doubtful.places())
    return passed("笔录均载明执法证号", [o.place for o, _ in numbers.values()][:2])


def _all_numbered(p: Paper, who: list[Officer], bad: Faults) -> bool:
    """False where it cannot be told whether every officer of a record has a number; those who
    surely have none go to ``bad``.
    """
    bare = [o for o in who if not o.number]
    if bare and (not shows_all(p) or loose_numbers(p, who)):
        return False
    for o in bare:
        bad.add(o.name, p.name, f"{p.name}没有载明{o.name}的执法证号", o.place)
    return bool(who)


def _contradicted(
    p: Paper,
    who: list[Officer],
    numbers: dict[str, tuple[Officer, Paper]],
    bad: Faults,
    doubtful: Faults,
) -> None:
    """Officers with another number than before in the file, ``doubtful`` where a slip of
    recognition may have made it; new numbers are kept.
    """
    for o in who:
        before, its = numbers.setdefault(o.name, (o, p)) if o.number else (o, p)
        if not same_number(before.number, o.number):
            text = f"{o.name}的执法证号在卷内不一致：{before.number}、{o.number}"
            faults = bad if no_slip([p, its], before.number, o.number) else doubtful
            faults.add(o.name, f"{p.name}{o.number}", text, before.place, o.place)


@predicate("执法人员资格有效", version=5)
def officers_qualified(ctx: Context) -> Verdict:
    """单位提供了执法人员名册时，本卷执法人员（笔录、当场处罚决定书载明的）应当在册、证号相符、
    行为日证件有效、身份不是聘用借用辅助人员。
    """
    roster = ctx.case.unit.officers
    if roster is None:
        return na("单位未提供执法人员名册")
    listed = {row.get(NAME, ""): row for row in roster}
    bad = Faults()
    acted = ctx.case.readable(*RECORDS, RECHECK, ON_THE_SPOT)
    named = [(p, o) for p in acted for o in officers(p)]
    for p, o in named:
        _check(ctx, p, o, listed.get(o.name), bad)
    for p, name, place in _who_signed(ctx):
        if name not in listed:
            bad.add(name, "不在册", f"{p.name}的{name}不在单位提供的执法人员名册中", place)
    if bad.found:
        return bad.verdict()
    if ctx.unreadable(*RECORDS) or not _all_known(named, listed):
        return review("没有读到全部执法人员，无法与名册核对")
    return passed("本卷执法人员均在册且证件有效")


def _all_known(named: list[tuple[Paper, Officer]], listed: Mapping[str, Row]) -> bool:
    """False where nobody was read, or a recognised name is not on the list."""
    return bool(named) and all(o.name in listed or not p.recognised for p, o in named)


def _check(ctx: Context, p: Paper, o: Officer, row: Row | None, bad: Faults) -> None:
    """One officer of a record against his row of the list; a name that was recognised and is not
    on the list may be misread.
    """
    if row is None:
        if not p.recognised:
            bad.add(
                o.name, "不在册", f"{p.name}的执法人员{o.name}不在单位提供的执法人员名册中", o.place
            )
        return
    number = row.get(NUMBER, "")
    if o.number and number and not same_number(o.number, number) and not p.recognised:
        text = f"{o.name}的执法证号与名册不符：卷内 {o.number}，名册 {number}"
        bad.add(o.name, "证号", text, o.place)
    day = day_of(_when(ctx, p))
    if day and not in_force(row, day):
        span = f"{row.get('有效期起', '')} 至 {row.get('有效期止', '')}"
        text = f"{o.name}的执法证有效期为 {span}，行为日 {day.isoformat()} 不在有效期内"
        bad.add(o.name, f"有效期{day}", text, o.place)
    if is_hired(row):
        text = f"{o.name}在名册中的身份是“{row['身份']}”，不是执法人员"
        bad.add(o.name, "身份", text, o.place)


def _when(ctx: Context, p: Paper) -> Fact | None:
    """The day on which the officers of a record acted."""
    facts = ctx.case.facts_of(p)
    told = facts.get("开始时间") or facts.get("复查日期") or facts.get("作出日期")
    return told or (None if is_doubted(p, ctx.case.misread) else last_date(p))


def _who_signed(ctx: Context) -> Iterator[tuple[Paper, str, Place]]:
    """Officers whose names stand surely where they sign for the filing or the service."""
    for kind, group in ((FILING, FILING_OFFICERS), (RECEIPT, SERVING_OFFICERS)):
        for p in ctx.case.readable(kind):
            for sign in signed_at(p, group):
                for name in sign.names if sign.sure else ():
                    yield p, name, sign.place
