"""What every check may know and say: the case, the law of a day, and verdicts that never accuse
without a place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from casereview.chinese import wording
from casereview.chinese.answers import is_unticked
from casereview.facts.approvals import (
    Approval,
    dated_elsewhere,
    leader_approval,
    only_read,
    signed_twice_elsewhere,
)
from casereview.facts.casefile import CaseFile
from casereview.facts.doubt import Answer
from casereview.facts.loose_ink import covered
from casereview.facts.only_asked import only_asked
from casereview.facts.readers import day_of
from casereview.facts.serving import OF_RECEIPT, RECEIPT
from casereview.law.parameters import Parameter, Value
from casereview.law.statutes import Statutes
from casereview.law.workdays import Calendar
from casereview.model import FAIL, NA, PASS, REVIEW, Fact, Place, SourceFile, Verdict, absence
from casereview.papers.paper import Paper

DECISION = ("处罚决定书", "当场处罚决定书", "不予处罚决定书")
NOTICE = ("事先告知书", "听证告知书")
RECORDS = ("现场检查笔录", "询问笔录")
DECIDING = "决定文书"  # in a checklist: the papers that conclude the procedure


@dataclass(frozen=True)
class Law:
    """Parameters, statutes and calendar; ``law_day`` names the fact that chooses the law (定律日),
    ``decisions`` the papers that conclude this procedure.
    """

    parameters: dict[str, Parameter]
    statutes: Statutes
    law_day: str = "处罚决定书.作出日期"
    decisions: tuple[str, ...] = DECISION
    calendar: Calendar = field(default_factory=Calendar)


@dataclass
class Context:
    """One case before the law."""

    case: CaseFile
    law: Law
    used: dict[str, str] = field(default_factory=dict)

    @property
    def calendar(self) -> Calendar:
        """The days that count."""
        return self.law.calendar

    def day(self, kind: str, name: str) -> dt.date | None:
        """A date fact of the first such paper."""
        return day_of(self.case.fact(kind, name))

    @property
    def decisions(self) -> tuple[str, ...]:
        """Kinds of paper that conclude this procedure."""
        return self.law.decisions

    @property
    def decision(self) -> Paper | None:
        """The readable decision."""
        return self.case.one(*self.decisions)

    @property
    def decided(self) -> dt.date | None:
        """The day of the decision."""
        d = self.decision
        return day_of(self.dfact("作出日期") or self.dfact("日期")) if d else None

    def dfact(self, name: str) -> Fact | None:
        """A fact of the decision."""
        d = self.decision
        if d is None:
            return None
        return self.case.facts_of(d).get(name) or self.case.told_elsewhere(d, name)

    def limit(self, name: str, day: dt.date | None = None) -> Value | None:
        """A parameter on the day that chooses the law (the decision's day unless given)."""
        day = day or self.law_day()
        value = self.law.parameters[name].on(day) if day else None
        self.used[name] = value.amount() if value else ""
        return value

    def kinds(self, kind: str) -> tuple[str, ...]:
        """The kinds of paper that a fact of ``kind`` may be read from: whatever decides speaks for
        处罚决定书 and 决定文书.
        """
        return self.decisions if self._means_decision(kind) else self.named((kind,))

    def answer(self, name: str) -> Answer:
        """'文书.要素' of this case: its value, or why it is not known. The decision speaks for
        处罚决定书 whatever its kind.
        """
        kind, _, fact = name.partition(".")
        if self._means_decision(kind):
            kind = self.decision.doc.kind if self.decision else self.decisions[0]
        every = [self.case.answer(k, fact) for k in self.named((kind,))]
        return next((a for a in every if isinstance(a, Fact)), every[0])

    def every(self, name: str) -> list[tuple[Paper, Fact]]:
        """'文书.要素' of every readable paper of that kind that has it."""
        kind, _, fact = name.partition(".")
        return [hit for k in self.named((kind,)) for hit in self.case.each(k, fact)]

    def has_one(self, names: tuple[str, ...]) -> bool:
        """True when one of these papers is readable in the file, or one of these facts is known."""
        return any(
            self.fact(name) if "." in name else self.case.readable(*self.named((name,)))
            for name in names
        )

    def _means_decision(self, kind: str) -> bool:
        return kind == DECIDING or (kind == "处罚决定书" and kind in self.decisions)

    def fact(self, name: str) -> Fact | None:
        """'文书.要素' of this case where it is known."""
        kind, _, fact = name.partition(".")
        if self._means_decision(kind):
            return self.dfact(fact)
        return next((f for k in self.named((kind,)) if (f := self.case.fact(k, fact))), None)

    def law_day(self) -> dt.date | None:
        """The day that chooses the law: the fact named by the checklist, else the decision, else
        the filing.
        """
        return (
            day_of(self.fact(self.law.law_day))
            or self.decided
            or self.day("立案审批表", "立案日期")
        )

    def missing(self, kinds: Iterable[str], message: str, *near: str) -> Verdict:
        """Absence as a claim: fail only when no unread file or page could hold the paper."""
        kinds = tuple(kinds)
        unread = [p for p in self.case.all(*kinds) if not p.doc.readable]
        if unread:
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        hiding = self.case.could_hide(*kinds)
        if hiding:
            return review(
                f"{message}；但有 {len(hiding)} "
                f"个文件未能完整读取（{hiding[0].path} 等），不能断定缺失",
                [Place(hiding[0].path, 1)],
            )
        maybe = self.case.stand_ins(*kinds)
        of_receipts = any(k.endswith(OF_RECEIPT) for k in kinds)
        if maybe and of_receipts and maybe[0].doc.kind == RECEIPT:
            text = f"{message}；但{maybe[0].name}没有读到所送达的文书名称，请核对"
            return review(text, [maybe[0].top()])
        if maybe:
            return review(
                f"{message}；"
                f"但“{maybe[0].doc.title or maybe[0].doc.file}”不是已知的文书名称，"
                f"可能就是，请核对",
                [maybe[0].top()],
            )
        doubts = self.case.doubts_about(*kinds)
        if doubts:
            place = Place(doubts[0].file, doubts[0].page_from)
            return review(f"{message}；但{doubts[0].reason}，不能断定缺失", [place])
        return fail(
            message,
            self.case.anchor(*near),
            "已查看全部可读文件，没有发现 " + "、".join(kinds),
            subject=absence(kinds),
        )

    def named(self, papers: tuple[str, ...]) -> tuple[str, ...]:
        """Kinds of paper as a checklist names them: 决定文书 stands for what concludes this
        procedure, 决定文书的送达回证 for its receipts.
        """
        return _named(papers, self.decisions)

    def papers(self, names: tuple[str, ...]) -> list[Paper]:
        """The readable papers that a checklist names. 决定文书 is one paper: further copies of the
        decision are not judged.
        """
        found = self.case.readable(*self.named(names))
        decision = self.decision if DECIDING in names else None
        return [p for p in found if p is decision or not self._is_copy(p, names)]

    def unread(self, names: tuple[str, ...]) -> list[Paper]:
        """The papers that a checklist names and that could not be read; copies of the decision
        beside one that was read do not count.
        """
        found = self.unreadable(*self.named(names))
        return [p for p in found if self.decision is None or not self._is_copy(p, names)]

    def _is_copy(self, paper: Paper, names: tuple[str, ...]) -> bool:
        return DECIDING in names and paper.doc.is_kind(*self.decisions)

    def absent_or_unread(self, *kinds: str) -> Verdict:
        """The verdict on an item whose paper is not there to be judged."""
        return self.absent(*kinds) or review(f"没有读到{'、'.join(kinds)}")

    def absent(self, *kinds: str) -> Verdict | None:
        """A verdict when none of ``kinds`` is readable: na when it is surely not in the file,
        review when it may be hidden.
        """
        return absent_in(self.case, kinds)

    def scanned(self, *places: Place) -> bool:
        """True when one of the places stands on a page recognised from an image."""
        pages = {(s.path, p.number) for s in self.case.sources for p in s.pages if p.ocr}
        return any((p.file, p.page) in pages for p in places)

    def unreadable(self, *kinds: str) -> list[Paper]:
        """Papers of these kinds that could not be read."""
        return [p for p in self.case.all(*kinds) if not p.doc.readable]


@lru_cache(maxsize=4000)
def _named(papers: tuple[str, ...], decisions: tuple[str, ...]) -> tuple[str, ...]:
    """The same of any procedure: every case is asked for the same papers."""
    out: list[str] = []
    for name in papers:
        if name.startswith(DECIDING):
            out += [k + name.removeprefix(DECIDING) for k in decisions]
        else:
            out.append(name)
    return tuple(dict.fromkeys(out))


def absent_in(case: CaseFile, kinds: tuple[str, ...]) -> Verdict | None:
    """``Context.absent`` of a case, whatever the law."""
    if case.readable(*kinds):
        return None
    unread = [p for p in case.all(*kinds) if not p.doc.readable]
    if unread:
        return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
    hiding = case.could_hide(*kinds)
    if hiding:
        return review(
            f"没有读到{'、'.join(kinds)}，但有文件未能完整读取（{hiding[0].path} 等）",
            [Place(hiding[0].path, 1)],
        )
    doubts = case.doubts_about(*kinds)
    if doubts:
        place = Place(doubts[0].file, doubts[0].page_from)
        return review(f"没有读到{'、'.join(kinds)}，但{doubts[0].reason}", [place])
    return na(f"卷内没有{'、'.join(kinds)}")


TWO_SUMS = "同一文书的金额有两种写法，以哪一种为准请人工判断"
_TORN = 0.6  # less sure than this is a value that its own paper contradicts


def contradictory(*facts: Fact) -> bool:
    """True where the paper of one of some facts says itself two things: what differs from one of
    them is no second fault.
    """
    return any(f.confidence < _TORN for f in facts)


Judge = Callable[[Any], Verdict]  # of a case (Context) or of a unit (UnitContext)


def plainly_read(*facts: Fact) -> bool:
    """True for values that were read in their own words, none by likeness or of a torn field."""
    return all(f.confidence >= 1 and not f.origin for f in facts)


def passed(message: str = "", places: Iterable[Place] = (), *working: str) -> Verdict:
    """合格."""
    return Verdict(PASS, message, tuple(places), working)


def fail(
    message: str,
    places: Iterable[Place],
    *working: str,
    subject: str = "",
    silent: bool = False,
    count: int = 1,
    plain: bool = False,
) -> Verdict:
    """不合格; without a place it becomes 待复核 (promise 1: place or silence). ``silent``: it rests
    on what a paper does not say; ``count``: how many faults it speaks of; ``plain``: what is wrong
    is plain to see (``model.Verdict``).
    """
    places = tuple(p for p in places if p is not None)
    status = FAIL if places else REVIEW
    return Verdict(status, message, places, working, subject, silent, count, plain=plain)


def review(message: str, places: Iterable[Place] = (), *working: str) -> Verdict:
    """待复核."""
    return Verdict(REVIEW, message, tuple(places), working)


def na(message: str) -> Verdict:
    """不适用."""
    return Verdict(NA, message)


def unread_papers(case: CaseFile) -> list[SourceFile]:
    """Files not fully read that may hold papers: a recording holds none."""
    return [s for s in case.unread if s.format != "media"]


def says(p: Paper, lines: tuple[str, ...]) -> bool:
    """True when the paper carries one of the wordings (chinese/wording), across line breaks: not
    where a field only asks for it and is answered no, struck through or empty, nor in an option
    that is not ticked (a scan may lose the tick).
    """
    text = p.running_text.without_spaces
    if wording.says(text, lines) is None:
        return False
    hits = (hit for line in lines for hit in wording.wording(line).all(text))
    return any(
        not (is_unticked(text, hit.start) and not p.recognised)
        and not only_asked(p, text, hit.start, hit.end)
        for hit in hits
    )


def cn_day(day: dt.date) -> str:
    """'2024年1月10日'."""
    return f"{day.year}年{day.month}月{day.day}日"


def approved(ctx: Context, p: Paper, good: str) -> Verdict:
    """The head of the agency gave an opinion, signed and dated it on form ``p``; ``good`` may use
    {day}. Two pictures are a signature and a day where another box of the file shows two.
    """
    a = leader_approval(p)
    if a is None:
        return review(f"{p.name}没有读到负责人意见栏", [p.top()])
    lacks = a.lacks()
    if lacks and covered(p, a.place):
        return review(f"{p.name}的“{a.label}”栏被印章遮挡，请核对原件", [a.place])
    if lacks == ["日期"] and a.sign.marks > 1 and signed_twice_elsewhere(_others(ctx, p)):
        drawn = good.replace("于{day}", "")
        return passed(f"{drawn}（日期是手写的，没有读出）", [a.place])
    if lacks:
        return _incomplete(ctx, p, a)
    if only_read(p, a):
        text = f"{p.name}的“{a.label}”栏只写明看过（“{a.opinion[:READ]}”），没有表示是否同意"
        return fail(text, [a.place], subject=p.doc.kind)
    return passed(good.format(day=cn_day(a.sign.date) if a.sign.date else ""), [a.place])


def _others(ctx: Context, p: Paper) -> Iterator[Paper]:
    """The other papers of the case."""
    return (q for q in ctx.case.papers if q is not p)


def _incomplete(ctx: Context, p: Paper, a: Approval) -> Verdict:
    """A box that shows not all of opinion, signature and day: what it surely lacks fails."""
    lacks = a.lacks()
    habit = dated_elsewhere(_others(ctx, p))
    if lacks == ["日期"] and "日期" not in a.near and a.drawn and habit:
        text = f"{p.name}的“{a.label}”栏只有一处签署，签名、日期缺一（其他审批表的这一栏都有两项）"
        return fail(text, [a.place], subject=p.doc.kind)
    sure = [word for word in lacks if not a.maybe(word)]
    if sure:
        return fail(f"{p.name}的“{a.label}”栏缺{'、'.join(sure)}", [a.place], subject=p.doc.kind)
    text = f"{p.name}的“{a.label}”栏没有读出{'、'.join(lacks)}，栏内或者邻近有可能就是的内容"
    return review(f"{text}，请看原文", [a.place])


READ = 12  # characters of an opinion that a finding quotes
PREDICATES: dict[str, Judge] = {}
VERSIONS: dict[str, int] = {}  # of the named judgements


def predicate(name: str, version: int = 1) -> Callable[[Judge], Judge]:
    """Register a named judgement; its docstring is what ``checklist show`` prints. ``version`` is
    raised when it answers otherwise than before: what it judged then counts as 规则已变.
    """

    def keep(f: Judge) -> Judge:
        if name in PREDICATES:
            raise ValueError(f"two predicates are named {name}")
        PREDICATES[name] = f
        VERSIONS[name] = version
        return f

    return keep


def kinds_of(papers: Iterable[Paper]) -> str:
    """The subject of a finding on several papers: their kinds, whatever their order in the file."""
    return "、".join(sorted({p.doc.kind for p in papers}))
