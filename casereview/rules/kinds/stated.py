"""载明: the kind that most items of a standard are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casereview.facts.doubt import Unknown
from casereview.facts.loose_ink import covered
from casereview.facts.other_terms import other_term
from casereview.facts.readers import day_of, specs_of
from casereview.law.parameters import Value
from casereview.model import FAIL, Fact, Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.asked import asked, asked_rule
from casereview.rules.kinds.kind import Groups, Kind, Of, Pairs, key, listed
from casereview.rules.lacks import hardly_understood, wordless
from casereview.rules.special_terms import fitting, meant, told_generally, told_otherwise
from casereview.rules.verdicts import Context, fail, kinds_of, na, passed, review

TELLING = 3  # characters of the name of a file that tell it from others
_NUMBERING = re.compile(r"^[\d.、\-_\s（）()]+")  # before the name of a file
NEAR_SEAL = 40.0  # points above and below a fact within which a seal may hide its neighbours


Lacks = list[tuple[Paper, list[Unknown]]]


@dataclass(frozen=True)
class Stated(Kind):
    """载明：所列文书写明每一个要素；“应为”的要素与当日的参数相同；“只能有”的要素只有所列的几种。

    “应为”按定律日的参数，或者该文书自己日期的参数。
    一个要素，窄网没有读到、宽网也没有线索，才是没有写明；宽网有线索、该栏是手写、被印章遮挡、
    扫描不清的，待复核，并指出可能的地方。与参数不同而有“例外”的记载，或者写着“不符待复核”的，
    待复核。所引法律另有期限的（特别期限.csv），照写的合格，可能适用的待复核。
    """

    version = 7
    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    facts: tuple[str, ...] = key("要素", Of.PAPER_FACTS, needed=True, says="都要写明")
    expected: Pairs = key("应为", Of.FACT_LIMITS)
    except_for: tuple[str, ...] = key("例外", Of.PAPER_FACTS, says="有这些记载的，不同也待复核")
    mildly: bool = key("不符待复核", Of.FLAG, default=False)
    only: Groups = key("只能有", Of.GROUPS, says="要素: [可以有的几种]")
    together: bool = key("合并", Of.FLAG, default=False, says="几份文书合在一起写明即可")
    any_of: bool = key("任一", Of.FLAG, default=False, says="写明其中一个要素即可")
    only_with: tuple[str, ...] = key("限于", Of.PAPER_FACTS, says="只问写有其中一个要素的文书")
    may_lack: int = key("可以缺", Of.INTEGER, default=0, says="缺几项以内仍然合格")
    openly: bool = key("缺则待复核", Of.FLAG, default=False, says="没有写明的由人判断，不算不合格")
    told_in: tuple[str, ...] = key(
        "或见于", Of.PAPERS, says="没有文字的图片，由在卷的这些文书、由写有它文件名的一份说明也可以"
    )

    def judge(self, ctx: Context) -> Verdict:
        gone = ctx.absent(*ctx.named(self.papers))
        if gone:
            return gone
        papers = self._asked(ctx)
        if not papers:
            return self._unread(ctx) or na(f"{listed(self.papers)}不需要说明")
        lacks = self._lacks(ctx, papers)
        if lacks:
            return self._hidden(ctx) or self._lacking(ctx, lacks)
        return (
            self._unread(ctx)
            or self._wrong(ctx, papers)
            or self._beyond(ctx, papers)
            or passed(f"载明{listed(self.facts)}", self._places(ctx, papers))
        )

    def _lacks(self, ctx: Context, papers: list[Paper]) -> Lacks:
        """Papers, or all together by their first, with what is not known of them."""
        groups = [papers] if self.together else [[p] for p in papers]
        every = [(group[0], self._unknown(ctx, group)) for group in groups]
        return [(paper, unknown) for paper, unknown in every if unknown]

    def _asked(self, ctx: Context) -> list[Paper]:
        """The papers that must state the facts."""
        papers = asked(ctx, ctx.papers(self.papers), self.only_with, ())
        if not self.told_in:
            return papers
        written = [p for p in papers if p.running_text.lines]
        listed = bool(ctx.case.readable(*self.told_in))
        return [p for p in papers if p in written or not (listed or told_on(p.doc.file, written))]

    def _unknown(self, ctx: Context, papers: list[Paper]) -> list[Unknown]:
        out = []
        for name in self.facts:
            answers = [ctx.case.last_look(p, name) for p in papers]
            if not any(isinstance(a, Fact) for a in answers):
                unknown = [a for a in answers if isinstance(a, Unknown)]
                out.append(next((a for a in unknown if not a.missing), unknown[0]))
        if self.any_of and len(out) < len(self.facts):
            return []
        return out if len(out) > self.may_lack else []

    def _lacking(self, ctx: Context, lacks: Lacks) -> Verdict:
        missing = [(p, sure) for p, every in lacks if (sure := self._surely(ctx, p, every))]
        if missing:
            text = "；".join(f"{p.name}没有写明{_names(us)}" for p, us in missing)
            places = [_look(p, u) for p, us in missing for u in us]
            if self.openly:
                return review(f"{text}，请人工判断", places)
            if self._hardly_understood(missing):
                return review(f"{text}；缺这样多，多半是写法没有读懂，请看原文", places)
            subject = kinds_of(p for p, _ in missing)
            looked = list(dict.fromkeys(places))
            count = sum(len(us) for _, us in missing)
            plain = _plainly(missing)
            return fail(text, looked, subject=subject, silent=True, count=count, plain=plain)
        return self._doubtful(*lacks[0])

    def _hardly_understood(self, missing: Lacks) -> bool:
        """True when most of what is asked is silent, with no empty field to show for it, and not
        for want of the words without which nobody states it.
        """
        if any(u.blank for _, unknown in missing for u in unknown):
            return False
        most = max(sum(not _wordless(p, u.name) for u in unknown) for p, unknown in missing)
        return hardly_understood(most, len(self.facts))

    def _doubtful(self, paper: Paper, every: list[Unknown]) -> Verdict:
        """What leaves a paper open."""
        doubts = [u for u in every if not u.missing]
        if not doubts:
            text = f"没有读到{_names(every)}，有文字可能被印章遮挡"
            return review(f"{paper.name}{text}，请核对原件", [_look(paper, u) for u in every])
        text = "；".join(u.sentence() for u in doubts)
        return review(f"{paper.name}：{text}，请人工查看", [_look(paper, u) for u in doubts])

    def _hidden(self, ctx: Context) -> Verdict | None:
        """Papers that speak together may speak in a file that nobody read."""
        hiding = ctx.case.could_hide(*ctx.named(self.papers)) if self.together else []
        if not hiding:
            return None
        text = f"可读的{listed(self.papers)}没有写明{listed(self.facts)}"
        where = f"有 {len(hiding)} 个文件未能完整读取（{hiding[0].path} 等）"
        return review(f"{text}；但{where}，不能断定没有", [Place(hiding[0].path, 1)])

    def _surely(self, ctx: Context, paper: Paper, every: list[Unknown]) -> list[Unknown]:
        if self.any_of and not all(u.missing for u in every):
            return []
        found = [ctx.case.ask(paper, name) for name in self.facts]
        near = [f.place for f in found if isinstance(f, Fact)]
        if any(covered(paper, place, NEAR_SEAL) for place in near):
            return []
        sure = [u for u in every if u.missing]
        return sure if len(sure) > self.may_lack else []

    def _unread(self, ctx: Context) -> Verdict | None:
        unread = ctx.unread(self.papers)
        if not unread:
            return None
        return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])

    def _wrong(self, ctx: Context, papers: list[Paper]) -> Verdict | None:
        """What is wrong with a number, before what is only open."""
        found = [
            v
            for name, parameter in self.expected
            for p in papers
            if isinstance(fact := ctx.case.ask(p, name), Fact)
            if (v := self._against(ctx, p, name, parameter, fact))
        ]
        return next((v for v in found if v.status == FAIL), found[0] if found else None)

    def _against(
        self, ctx: Context, paper: Paper, name: str, parameter: str, fact: Fact
    ) -> Verdict | None:
        """A number that a paper states, against that of the law of the day."""
        own = self._of_its_day(ctx, paper, parameter)
        limit, day = ctx.limit(parameter), ctx.law_day()
        if limit is None or day is None:
            return review(f"没有该日有效的参数“{parameter}”", [fact.place])
        special = meant(ctx, paper, parameter)
        if any(v.equals(str(fact.value)) for v in (limit, own) if v):
            return told_generally(special, day, name, fact)
        if so := fitting(special, fact):
            return told_otherwise(so, day, name, fact, limit.sentence())
        text = f"{paper.name}{name}写为“{fact.text}”，应为{limit.sentence()}"
        rights = [value for value in (limit, own) if value]
        spec = specs_of(paper)[name]
        if other := other_term(paper, spec, lambda told: any(v.equals(told) for v in rights)):
            text = f"{text}；另有一处可能就是：“{other.quote[:60]}”，请看原文"
            return review(text, [fact.place, other])
        return self._differs(ctx, paper, name, fact, text, limit.verified)

    def _of_its_day(self, ctx: Context, paper: Paper, parameter: str) -> Value | None:
        """The number on the day of the paper itself: a notice follows the law of its own day."""
        facts = ctx.case.facts_of(paper)
        day = day_of(facts.get("作出日期") or facts.get("日期"))
        return ctx.limit(parameter, day) if day else None

    def _differs(
        self, ctx: Context, paper: Paper, name: str, fact: Fact, text: str, verified: bool
    ) -> Verdict:
        """What follows from a number that is not the parameter."""
        told = [a for n in self.except_for if isinstance(a := ctx.case.ask(paper, n), Fact)]
        if told:
            text = f"{text}；有“{told[0].text[:40]}”，请人工判断"
            return review(text, [fact.place, told[0].place])
        if self.mildly or not verified:
            return review(text, [fact.place])
        return fail(text, [fact.place], subject=name)

    def _beyond(self, ctx: Context, papers: list[Paper]) -> Verdict | None:
        for name, allowed in self.only:
            for p in papers:
                fact = ctx.case.ask(p, name)
                values = fact.value if isinstance(fact, Fact) else []
                other = [v for v in values if v not in allowed]
                if other and isinstance(fact, Fact):
                    text = f"{p.name}的{name}有{listed(tuple(other))}，只能是{listed(allowed)}"
                    return fail(text, [fact.place], subject=str(other[0]))
        return None

    def _places(self, ctx: Context, papers: list[Paper]) -> list[Place]:
        found = [ctx.case.ask(p, n) for p in papers[:3] for n in self.facts]
        return [f.place for f in found if isinstance(f, Fact)][:6]

    def rule(self) -> str:
        joint = "之一" if self.any_of else ""
        which = asked_rule(self.only_with, ())
        text = f"{which}{listed(self.papers)}应当写明{listed(self.facts)}{joint}"
        if self.may_lack:
            text += f"，可以缺 {self.may_lack} 项"
        if self.openly:
            text += "，没有写明的待复核"
        for name, parameter in self.expected:
            text += f"；{name}应为参数“{parameter}”"
        for name, allowed in self.only:
            text += f"；{name}只能是{listed(allowed)}"
        return text


def _names(every: list[Unknown]) -> str:
    return listed(tuple(u.name for u in every))


def _plainly(missing: Lacks) -> bool:
    """True where of all that is missing no word stands without which nobody states it."""
    return all(_wordless(p, u.name) for p, unknown in missing for u in unknown)


def _wordless(paper: Paper, name: str) -> bool:
    """True where a typed paper has none of the words of which whoever states the fact uses one."""
    spec = specs_of(paper).get(name)
    return spec is not None and wordless(paper, spec.always)


def _look(paper: Paper, unknown: Unknown) -> Place:
    return unknown.place or paper.top()


def told_on(file: str, sheets: list[Paper]) -> bool:
    """True where a sheet writes the name of a picture's file elsewhere than in its title; a number
    (1.jpg) or a word (照片.jpg) names none.
    """
    name = _NUMBERING.sub("", file.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    texts = (s.running_text.without_spaces.replace(s.doc.title, "") for s in sheets)
    return len(name) >= TELLING and any(name in text for text in texts)
