"""当: when an item applies. Every answer is yes, no, or cannot be told, with its reason.

A condition is a mapping of words (``WORDS``); all of them must hold. What it asks for is the truth
of a registered fact, never the presence of a word. Conditions that several items share are named
situations (情形) in ``checklists/情形/*.yaml``; a checklist may replace one as it replaces a
parameter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from casereview.chinese import PartyKind
from casereview.facts.casefile import CaseFile
from casereview.facts.doubt import Unknown
from casereview.facts.party import kind_in
from casereview.facts.readers import day_of, specs_of
from casereview.facts.recordings import recordings
from casereview.facts.unit_lists import listed_matter
from casereview.model import Fact, Place
from casereview.papers.once import once, once_by
from casereview.papers.paper import Paper
from casereview.rules.condition_sums import reaches
from casereview.rules.kinds.kind import Of
from casereview.rules.truth import NO, OR, Condition, Situation, Test, Truth, named, of_paper
from casereview.rules.verdicts import Context, Law, absent_in, cn_day

CAUSES = ("立案审批表.案由", "卷宗封面.案由", "许可申请书.案由", "查封扣押审批表.案由")

Ask = Callable[[Context, Test], Truth]


def holds(ctx: Context, condition: Condition) -> Truth:
    """Whether every test of a condition holds; the reason of the first that does not decides."""
    return _all(WORDS[test.word].ask(ctx, test) for test in condition)


def situations_in(condition: Condition) -> list[str]:
    """The names of the situations that a condition asks for itself."""
    own = [test.situation.name for test in condition if test.situation]
    return own + [n for test in condition for b in test.branches for n in situations_in(b)]


def _all(answers: Iterable[Truth]) -> Truth:
    got = list(answers)
    no = next((t for t in got if t.holds is False), None)
    if no is not None:
        return no
    open_ = [t for t in got if t.holds is None]
    return _joined(None, open_) if open_ else _joined(True, got)


def _any(answers: Iterable[Truth]) -> Truth:
    got = list(answers)
    yes = next((t for t in got if t.holds), None)
    if yes is not None:
        return yes
    open_ = [t for t in got if t.holds is None]
    return _joined(None, open_) if open_ else _joined(False, got)


def _joined(answer: bool | None, got: list[Truth]) -> Truth:
    why = "；".join(dict.fromkeys(t.why for t in got if t.why))
    return Truth(answer, why, tuple(p for t in got for p in t.places))


def _each(test: Test, ask: Callable[[str], Truth]) -> Truth:
    """Every name must be answered with yes; names joined by ／ are alternatives."""
    return _all(_any(ask(one) for one in name.split(OR)) for name in test.names)


def _papers(ctx: Context, test: Test) -> Truth:
    """有文书."""
    return _all(_paper(ctx, tuple(name.split(OR))) for name in test.names)


def _paper(ctx: Context, kinds: tuple[str, ...]) -> Truth:
    return _there(ctx.case, (kinds[0], ctx.named(kinds)))


@once_by
def _there(case: CaseFile, asked: tuple[str, tuple[str, ...]]) -> Truth:
    """Whether a case has a paper of some kinds: item after item asks for the same. ``asked``: what
    they are called, and the kinds.
    """
    called, kinds = asked
    gone = absent_in(case, kinds)
    if gone is None:
        paper = case.one(*kinds)
        name = paper.doc.kind if paper else called
        return Truth(True, f"卷内有{name}", (paper.top(),) if paper else ())
    return Truth(None if gone.status == "review" else False, gone.message, gone.places)


def _no_papers(ctx: Context, test: Test) -> Truth:
    """无文书: none of the named papers is there."""
    return _all(~_paper(ctx, tuple(name.split(OR))) for name in test.names)


def _files(ctx: Context, test: Test) -> Truth:
    """有文件: recordings are files of the case without being papers."""
    found = recordings(ctx.case)
    return Truth(bool(found), f"卷内有音像文件 {len(found)} 个" if found else "卷内没有音像文件")


def _stated(ctx: Context, test: Test) -> Truth:
    """有要素."""
    return _each(test, lambda name: _fact(ctx, name))


def _not_stated(ctx: Context, test: Test) -> Truth:
    """无要素."""
    return _all(~_any(_fact(ctx, one) for one in name.split(OR)) for name in test.names)


def _true(ctx: Context, test: Test) -> Truth:
    """属实."""
    return _each(test, lambda name: _affirmed(ctx, name))


def _untrue(ctx: Context, test: Test) -> Truth:
    """不属实."""
    return _all(~_any(_affirmed(ctx, one) for one in name.split(OR)) for name in test.names)


def _asked(ctx: Context, name: str) -> tuple[list[Fact], list[Unknown], Truth | None]:
    """The answers of every readable paper, those that leave it open, and the answer where there is
    no such paper.
    """
    kinds, fact = of_paper(ctx, name)
    gone = _paper(ctx, kinds)
    if not gone.holds:
        return [], [], gone
    answers = [ctx.case.ask(p, fact) for p in ctx.case.readable(*kinds) if _has(p, fact)]
    known = [a for a in answers if isinstance(a, Fact)]
    open_ = [a for a in answers if isinstance(a, Unknown) and not a.missing]
    return known, open_, None


def _has(paper: Paper, fact: str) -> bool:
    """True when facts of this name are registered for the paper (a form may serve as another)."""
    return fact in specs_of(paper)


def _fact(ctx: Context, name: str) -> Truth:
    """Whether a fact is stated."""
    known, open_, gone = _asked(ctx, name)
    if gone is not None:
        return gone
    if known:
        return Truth(True, f"载明{name.replace('.', '的')}", (known[0].place,))
    return _silent(ctx, name, open_)


def _affirmed(ctx: Context, name: str) -> Truth:
    """Whether a 是非 fact is so. A paper that says nothing of it in either net says no; papers that
    contradict each other leave it open.
    """
    known, open_, gone = _asked(ctx, name)
    if gone is not None:
        return gone
    words = name.replace(".", "载明")
    yes = next((f for f in known if f.value != NO), None)
    no = next((f for f in known if f.value == NO), None)
    if yes is not None and no is not None:
        return Truth(None, f"{words}，几处记载不一致", (yes.place, no.place))
    if yes is not None:
        return Truth(True, words, (yes.place,))
    return _silent(ctx, name, open_)


def _silent(ctx: Context, name: str, open_: list[Unknown]) -> Truth:
    """No paper states it: no, unless one of them leaves it open or was not read."""
    kinds, fact = of_paper(ctx, name)
    if open_:
        places = tuple(u.place for u in open_ if u.place)
        return Truth(None, f"{kinds[0]}：{open_[0].sentence()}", places)
    unread = ctx.unreadable(*kinds)
    if unread:
        return Truth(None, f"{unread[0].name}未能识别文字", (unread[0].top(),))
    return Truth(False, f"{kinds[0]}没有{fact}的记载")


class _Known(NamedTuple):
    """A situation that was asked before, by which law, its answer, and what was noted meanwhile:
    numbers of the law that were used, days that other papers told.
    """

    situation: Situation
    law: Law
    answer: Truth
    used: dict[str, str]
    told: dict[Place, str]


@once
def _known_of(case: CaseFile) -> dict[tuple[int, int], _Known]:
    """The situations that were asked of a case, by situation and law: they hold both, whose ids
    are nobody else's meanwhile.
    """
    return {}


def _situation(ctx: Context, test: Test) -> Truth:
    """情形: worked out once a case, and noted as if it were anew."""
    found = test.situation
    if found is None:
        raise TypeError(f"情形“{test.names}”没有载入")
    known, asked = _known_of(ctx.case), (id(found), id(ctx.law))
    if asked not in known:
        known[asked] = _observed(ctx, found)
    ctx.used |= known[asked].used
    ctx.case.told |= known[asked].told
    return known[asked].answer


def _observed(ctx: Context, found: Situation) -> _Known:
    """The answer of a situation, and what is noted for it."""
    case = ctx.case
    apart, told = Context(case, ctx.law), case.told
    case.told = {}
    try:
        return _Known(found, ctx.law, _holds(apart, found), apart.used, case.told)
    except Exception:  # an unknown year of the calendar: what was noted until then stands
        ctx.used |= apart.used
        told |= case.told
        raise
    finally:
        case.told = told


def _holds(ctx: Context, found: Situation) -> Truth:
    parts = [_all(holds(ctx, c) for c in found.all_of)] if found.all_of else []
    parts += [_any(holds(ctx, c) for c in found.any_of)] if found.any_of else []
    answer = _all(parts)
    return answer if answer.holds is None else _against(ctx, found, answer)


def _against(ctx: Context, found: Situation, answer: Truth) -> Truth:
    """The answer of a situation, open where something speaks against it."""
    told = [holds(ctx, c) for c in (found.doubtful if answer.holds else found.possible)]
    doubts = [t for t in told if t.holds or (t.holds is None and not answer.holds)]
    return _joined(None, doubts) if doubts else answer


def _no_situation(ctx: Context, test: Test) -> Truth:
    """非情形."""
    return ~_situation(ctx, test)


def _one_of(ctx: Context, test: Test) -> Truth:
    """任一."""
    return _any(holds(ctx, branch) for branch in test.branches)


def _penalty(ctx: Context, test: Test) -> Truth:
    """名目有."""
    facts = named(ctx, test.option("要素"))
    for fact in facts:
        kinds = fact.value if isinstance(fact.value, list) else [fact.value]
        hit = next((v for v in kinds if v in test.option("之一")), None)
        if hit is not None:
            return Truth(True, f"处罚包括“{hit}”", (fact.place,))
    return Truth(False) if facts else Truth(None, "没有读到处罚种类")


def _penalty_only(ctx: Context, test: Test) -> Truth:
    """名目只有: every kind of penalty is one of these."""
    facts = named(ctx, test.option("要素"))
    kinds = [str(v) for f in facts for v in f.value]
    if not kinds:
        return Truth(None, "没有读到处罚种类")
    other = next((v for v in kinds if v not in test.option("之一")), None)
    if other is not None:
        return Truth(False, f"处罚包括“{other}”")
    return Truth(True, f"处罚只有“{'、'.join(dict.fromkeys(kinds))}”", (facts[0].place,))


def _has_value(ctx: Context, test: Test) -> Truth:
    """有取值: the number stands on the day of the law; where nobody wrote it there is no rule."""
    day = ctx.law_day()
    if day is None:
        return Truth(None, "没有读到决定适用哪一时期法律的日期")
    lacking = next((n for n in test.names if ctx.law.parameters[n].on(day) is None), None)
    if lacking is None:
        return Truth(True)
    return Truth(False, f"{cn_day(day)}没有规定“{lacking}”")


def _law_day(ctx: Context, test: Test) -> Truth:
    """定律日: the day that chooses the law lies within these days."""
    day = ctx.law_day()
    if day is None:
        return Truth(None, "没有读到决定适用哪一时期法律的日期")
    since, until = (next(iter(test.option(k)), "") for k in ("自", "至"))
    within = (not since or day >= dt.date.fromisoformat(since)) and (
        not until or day <= dt.date.fromisoformat(until)
    )
    return Truth(within, f"本案定律日为 {cn_day(day)}")


def _on_list(ctx: Context, test: Test) -> Truth:
    """列入清单: the unit handed in such a list and the case is one of its matters; a matter that
    the list does not show may stand in it in other words.
    """
    cause = next((f for name in CAUSES if (f := ctx.fact(name))), None)
    for name in test.names:
        rows = ctx.case.unit.lists.get(name)
        hit = listed_matter(rows, str(cause.value)) if rows and cause else ""
        if hit and cause:
            return Truth(True, f"本单位{name}列有“{hit}”", (cause.place,))
    return Truth(False, f"没有提供{'、'.join(test.names)}，或者本案没有列入")


def _carries(ctx: Context, test: Test) -> Truth:
    """值含."""
    facts = named(ctx, test.option("要素"))
    for fact in facts:
        hit = next((w for w in test.option("之一") if w in str(fact.value)), None)
        if hit is not None:
            return Truth(True, f"记载“{fact.text}”", (fact.place,))
    name = test.option("要素")[0].replace(".", "的")
    return Truth(False, f"{name}不是这样") if facts else Truth(None, f"没有读到{name}")


def _carries_not(ctx: Context, test: Test) -> Truth:
    """值不含: an exception, so it must be known to stand."""
    answer = _carries(ctx, test)
    return Truth(not answer.holds, answer.why, answer.places)


def _party_is(ctx: Context, test: Test) -> Truth:
    """当事人是."""
    party = next(iter(named(ctx, test.option("要素"))), None)
    if party is None:
        return Truth(None, "没有读到当事人")
    name = str(party.value[0] if isinstance(party.value, list) else party.value)
    kind = kind_in(ctx.case, name)
    if kind is PartyKind.UNKNOWN:
        return Truth(None, f"不能判断“{name}”是公民还是单位", (party.place,))
    return Truth(kind.value in test.option("之一"), f"“{name}”是{kind.value}", (party.place,))


def _late(ctx: Context, test: Test) -> Truth:
    """逾期."""
    start, end = (next(_days(ctx, test.option(k)), None) for k in ("从", "到"))
    limit = ctx.limit(test.option("期限")[0])
    if start is None or end is None or limit is None:
        return Truth(None, "没有读到期限的起止日期")
    first, last = day_of(start), day_of(end)
    if first is None or last is None:
        return Truth(None, "没有读到期限的起止日期")
    due = ctx.calendar.last_day(first, int(limit.value), working=limit.working)
    why = f"{cn_day(last)} 在 {cn_day(due)} 期满以后" if last > due else f"期限至 {cn_day(due)}"
    return Truth(last > due, why, (end.place,))


def _before(ctx: Context, test: Test) -> Truth:
    """先于."""
    first, second = (next(_days(ctx, test.option(k)), None) for k in ("先", "后"))
    start, end = day_of(first), day_of(second)
    if second is None or start is None or end is None:
        return Truth(None, "没有读到先后的日期")
    why = f"{'、'.join(test.option('后'))} {cn_day(end)} 在 {cn_day(start)} 以后"
    return Truth(True, why, (second.place,)) if start < end else Truth(False)


def _days(ctx: Context, names: tuple[str, ...]) -> Iterator[Fact]:
    return (f for n in names if (f := ctx.fact(n)) and day_of(f))


@dataclass(frozen=True)
class Word:
    """A word of 当: how it is asked, what may be named behind it or at its keys, and how it is said
    in a sentence (〈〉 stands for the names). ``optional``: keys that may be left out.
    """

    ask: Ask
    of: Of
    says: str
    keys: tuple[tuple[str, Of], ...] = ()
    optional: tuple[str, ...] = ()


WORDS: Mapping[str, Word] = {
    "有文书": Word(_papers, Of.PAPERS, "卷内有〈〉"),
    "无文书": Word(_no_papers, Of.PAPERS, "卷内没有〈〉"),
    "有文件": Word(_files, Of.TEXTS, "卷内有〈〉文件"),
    "有要素": Word(_stated, Of.FACTS, "写明了〈〉"),
    "无要素": Word(_not_stated, Of.FACTS, "没有写明〈〉"),
    "属实": Word(_true, Of.FACTS, "〈〉属实"),
    "不属实": Word(_untrue, Of.FACTS, "〈〉不属实"),
    "情形": Word(_situation, Of.SITUATION, "〈〉"),
    "非情形": Word(_no_situation, Of.SITUATION, "不属于“〈〉”的情形"),
    "任一": Word(_one_of, Of.CONDITIONS, "〈〉"),
    "名目有": Word(
        _penalty, Of.OPTIONS, "〈要素〉包括〈之一〉之一", (("要素", Of.FACTS), ("之一", Of.TEXTS))
    ),
    "名目只有": Word(
        _penalty_only,
        Of.OPTIONS,
        "〈要素〉只有〈之一〉",
        (("要素", Of.FACTS), ("之一", Of.TEXTS)),
    ),
    "有取值": Word(_has_value, Of.PARAMETER, "该日规定了〈〉"),
    "列入清单": Word(_on_list, Of.TEXTS, "本案列入本单位的〈〉"),
    "定律日": Word(
        _law_day,
        Of.OPTIONS,
        "定律日在〈自〉以后、〈至〉以前",
        (("自", Of.DAY), ("至", Of.DAY)),
        ("自", "至"),
    ),
    "值含": Word(
        _carries, Of.OPTIONS, "〈要素〉含有〈之一〉之一", (("要素", Of.FACTS), ("之一", Of.TEXTS))
    ),
    "值不含": Word(
        _carries_not,
        Of.OPTIONS,
        "〈要素〉没有记载〈之一〉之一",
        (("要素", Of.FACTS), ("之一", Of.TEXTS)),
    ),
    "当事人是": Word(
        _party_is, Of.OPTIONS, "〈要素〉是〈之一〉", (("要素", Of.FACTS), ("之一", Of.TEXTS))
    ),
    "数额达到": Word(
        reaches,
        Of.OPTIONS,
        "〈要素〉达到参数“〈公民〉”或者“〈单位〉”",
        (
            ("要素", Of.FACTS),
            ("种类", Of.FACTS),
            ("当事人", Of.FACTS),
            ("公民", Of.PARAMETER),
            ("单位", Of.PARAMETER),
            ("确定公民", Of.PARAMETER),
            ("确定单位", Of.PARAMETER),
        ),
        ("确定公民", "确定单位"),
    ),
    "先于": Word(_before, Of.OPTIONS, "〈先〉早于〈后〉", (("先", Of.FACTS), ("后", Of.FACTS))),
    "逾期": Word(
        _late,
        Of.OPTIONS,
        "〈到〉在〈从〉起参数“〈期限〉”届满以后",
        (("从", Of.FACTS), ("到", Of.FACTS), ("期限", Of.PARAMETER)),
    ),
}
