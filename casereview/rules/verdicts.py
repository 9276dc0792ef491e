"""What every check may know and say: the case, the law of a day, and verdicts that never accuse
without a place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from casereview.facts.casefile import CaseFile
from casereview.facts.form_fields import leader_approval, signatures
from casereview.facts.readers import day_of, labels_of
from casereview.law.parameters import Parameter, Value
from casereview.law.statutes import Statutes
from casereview.model import FAIL, NA, PASS, REVIEW, Box, Fact, Place, Verdict, absence
from casereview.papers.paper import Paper

DECISION = ("处罚决定书", "当场处罚决定书", "不予处罚决定书")
NOTICE = ("事先告知书", "听证告知书")
RECORDS = ("现场检查笔录", "询问笔录")


@dataclass(frozen=True)
class Law:
    """Parameters and statutes; ``law_day`` names the fact that chooses the law (定律日),
    ``decisions`` the papers that conclude this procedure.
    """

    parameters: dict[str, Parameter]
    statutes: Statutes
    law_day: str = "处罚决定书.作出日期"
    decisions: tuple[str, ...] = DECISION


@dataclass
class Context:
    """One case before the law."""

    case: CaseFile
    law: Law
    used: dict[str, str] = field(default_factory=dict)

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
        f = self.case.facts_of(d) if d else {}
        return day_of(f.get("作出日期") or f.get("日期"))

    def dfact(self, name: str) -> Fact | None:
        """A fact of the decision."""
        d = self.decision
        return self.case.facts_of(d).get(name) if d else None

    def limit(self, name: str, day: dt.date | None = None) -> Value | None:
        """A parameter on the day that chooses the law (the decision's day unless given)."""
        day = day or self.law_day()
        value = self.law.parameters[name].on(day) if day else None
        self.used[name] = value.amount() if value else ""
        return value

    def fact(self, name: str) -> Fact | None:
        """'文书.要素' of this case. The decision speaks for 处罚决定书 whatever its kind; 送达日期
        of a paper comes from its receipt or its own signing place.
        """
        kind, _, field = name.partition(".")
        if kind == "处罚决定书" and kind in self.decisions:
            return self.dfact(field)
        if field == "送达日期" and kind != "送达回证":
            return next(
                (Fact(d.isoformat(), d.isoformat(), place) for d, place in served_days(self, kind)),
                None,
            )
        return self.case.fact(kind, field)

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
                f"{message}；但有 {len(hiding)} 个文件未能完整读取（{hiding[0].path} 等），不能断定缺失",
                [Place(hiding[0].path, 1)],
            )
        maybe = self.case.stand_ins(*kinds)
        if maybe:
            return review(
                f"{message}；但“{maybe[0].doc.title or maybe[0].doc.file}”不是已知的文书名称，可能就是，请核对",
                [maybe[0].top()],
            )
        return fail(
            message,
            self.case.anchor(*near),
            "已查看全部可读文件，没有发现 " + "、".join(kinds),
            subject=absence(kinds),
        )

    def absent(self, *kinds: str) -> Verdict | None:
        """A verdict when none of ``kinds`` is readable: na when it is surely not in the file,
        review when it may be hidden.
        """
        if self.case.readable(*kinds):
            return None
        unread = [p for p in self.case.all(*kinds) if not p.doc.readable]
        if unread:
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        hiding = self.case.could_hide(*kinds)
        if hiding:
            return review(
                f"没有读到{'、'.join(kinds)}，但有文件未能完整读取（{hiding[0].path} 等）",
                [Place(hiding[0].path, 1)],
            )
        return na(f"卷内没有{'、'.join(kinds)}")

    def scanned(self, *places: Place) -> bool:
        """True when one of the places stands on a page recognised from an image."""
        pages = {(s.path, p.number) for s in self.case.sources for p in s.pages if p.ocr}
        return any((p.file, p.page) in pages for p in places)

    def covered(self, *places: Place, margin: float = 12.0) -> bool:
        """True when a seal lies at the height of one of the places on a recognised page: what it
        hides is not missing.
        """
        for s in self.case.sources:
            for p in s.pages:
                for pic in p.pictures if p.ocr else ():
                    for q in places:
                        if (
                            q.file == s.path
                            and q.page == p.number
                            and pic.red
                            and pic.box
                            and (q.box is None or _touch(q.box, pic.box, margin))
                        ):
                            return True
        return False

    def unreadable(self, *kinds: str) -> list[Paper]:
        """Papers of these kinds that could not be read."""
        return [p for p in self.case.all(*kinds) if not p.doc.readable]


def _touch(a: Box, b: Box, margin: float) -> bool:
    """Same height on the page: what a seal hid is no longer part of the line's own box."""
    return a[1] - margin < b[3] and b[1] < a[3] + margin


Judge = Callable[[Context], Verdict]


def passed(message: str = "", places: Iterable[Place] = (), *working: str) -> Verdict:
    """合格."""
    return Verdict(PASS, message, tuple(places), working)


def fail(message: str, places: Iterable[Place], *working: str, subject: str = "") -> Verdict:
    """不合格; without a place it becomes 待复核 (promise 1: place or silence)."""
    places = tuple(p for p in places if p is not None)
    return Verdict(FAIL if places else REVIEW, message, places, working, subject)


def review(message: str, places: Iterable[Place] = (), *working: str) -> Verdict:
    """待复核."""
    return Verdict(REVIEW, message, tuple(places), working)


def na(message: str) -> Verdict:
    """不适用."""
    return Verdict(NA, message)


def cn_day(day: dt.date) -> str:
    """'2024年1月10日'."""
    return f"{day.year}年{day.month}月{day.day}日"


def approved(ctx: Context, p: Paper, good: str) -> Verdict:
    """The head of the agency gave an opinion, signed and dated it on form ``p``; ``good`` may use
    {day}.
    """
    a = leader_approval(p)
    if a is None:
        return review(f"{p.name}没有读到负责人意见栏", [p.top()])
    lacks = a.lacks()
    if lacks and ctx.covered(a.place):
        return review(f"{p.name}的“{a.label}”栏被印章遮挡，请核对原件", [a.place])
    if lacks:
        return fail(f"{p.name}的“{a.label}”栏缺{'、'.join(lacks)}", [a.place], subject=p.doc.kind)
    return passed(good.format(day=cn_day(a.sign.date) if a.sign.date else ""), [a.place])


def served_days(ctx: Context, *kinds: str) -> list[tuple[dt.date, Place]]:
    """Days on which papers of ``kinds`` were served: receipts, else the recipient's own signature
    on the paper.
    """
    out = []
    for r in ctx.case.receipts(*kinds):
        f = ctx.case.facts_of(r).get("送达日期")
        if f and day_of(f):
            out.append((day_of(f), f.place))
    if not out:
        for p in ctx.case.readable(*kinds):
            for s in signatures(
                p,
                *labels_of(p, "受送达人签收").names,
                "签收人",
                "被告知人",
                "当事人签收",
                "受告知人",
                "当事人签名",
                "当事人（签名）",
            ):
                if s.signed and s.date:
                    out.append((s.date, s.place))
    return sorted(out, key=lambda x: x[0])


def sealed(p: Paper) -> bool | None:
    """True: a red seal is on the paper; False: no picture at all; None: pictures that may be a
    seal, or a note '（印章）'.
    """
    if any(pic.red is not None and pic.red > 0.03 for _, pic in p.running_text.pictures):
        return True
    big = [
        pic
        for _, pic in p.running_text.pictures
        if pic.red is not None or pic.box is None or pic.box[3] - pic.box[1] > 45
    ]
    if big or p.has(r"[（(](?:印章|公章|盖章|此处盖章|章)[)）]"):
        return None
    return (
        None if p.recognised else False
    )  # on a copy a seal may be grey or faded: not seen is not absent


PREDICATES: dict[str, Judge] = {}


def predicate(name: str) -> Callable[[Judge], Judge]:
    """Register a named judgement; its docstring is what ``checklist show`` prints."""

    def keep(f: Judge) -> Judge:
        if name in PREDICATES:
            raise ValueError(f"two predicates are named {name}")
        PREDICATES[name] = f
        return f

    return keep


def kinds_of(papers: Iterable[Paper]) -> str:
    """The subject of a finding on several papers: their kinds, whatever their order in the file."""
    return "、".join(sorted({p.doc.kind for p in papers}))


def each(
    papers: list[Paper], lacks: Callable[[Paper], str], good: str, unread: list[Paper]
) -> Verdict:
    """Ask every paper; the first words of complaint of each make the finding. Unread papers leave
    it open when no other fails.
    """
    bad = [(p, why) for p in papers if (why := lacks(p))]
    if bad:
        return fail(
            "；".join(f"{p.name}{why}" for p, why in bad),
            [p.top() for p, _ in bad],
            subject=kinds_of(p for p, _ in bad),
        )
    if unread:
        return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
    return passed(good, [p.top() for p in papers[:3]])
