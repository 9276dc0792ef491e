"""前后一致."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from casereview.chinese import without_spaces
from casereview.facts.doubt import Unknown
from casereview.facts.party import same_party_in
from casereview.facts.sameness import (
    COMPARISONS,
    Likeness,
    compare,
    head_lost,
    one_slip,
    unrelated,
    values_of,
)
from casereview.facts.serving import OF_RECEIPT, RECEIPT, serves_of
from casereview.model import Fact, Place, Verdict
from casereview.model.nouns import noun
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import (
    DECIDING,
    DECISION,
    Context,
    contradictory,
    fail,
    na,
    passed,
    review,
)

WHOLE_NAME = 5  # characters from which a name is not part of another word by chance
NUMBER = "文号"  # a receipt of several papers may name the number of any of them
BY_TYPE = {
    "名称": "名称",
    "人名": "名称",
    "号码": "证照号码",
    "文号": "文号",
    "金额": "金额",
    "日期": "日期",
    "时间": "日期",
    "机关": "机关",
    "条文": "条文",
}


@noun(frozen=True)
class Read:
    """One fact as one paper states it."""

    name: str
    paper: str
    fact: Fact

    def shown(self, how: str) -> str:
        """The value as a finding quotes it."""
        return "、".join(COMPARISONS[how].shown(v) for v in values_of(self.fact))


@dataclass(frozen=True)
class Same(Kind):
    """前后一致：所列要素在每一份文书里凡能读到的，都与最先列出的那一项相同。

    “比对”说怎样算相同：名称（括号、全半角、备注、遮蔽不算不同，经营者和字号是同一当事人）、
    证照号码（校验位也要对，遮蔽的不比）、文号、金额、日期、机关（带上级地名、带内设机构不算不同）、
    条文（同法同条）、文字。不写的，按要素的类型。送达回证只看送达所列文书的。
    扫描识别的两个值相近的是同一个值的两种读法，待复核；机关名称只差一个字、不是省市县乡那个字的，
    是同一机关；读出全然不同的名称、而那份文书自己也写着这个名称的，
    不算不同；先列的那一份自己也写着后一个名称的，待复核。读到的不足两项，待复核，
    没有别的文书可比的、别的文书都没有写的不适用。
    """

    version: ClassVar[int] = 8
    facts: tuple[str, ...] = key("要素", Of.FACTS, needed=True, says="与第一项相同")
    how: str = key("比对", Of.CHOICE, default="", choices=tuple(COMPARISONS))
    if_read: bool = key("有则比对", Of.FLAG, default=False, says="读到的不足两项时不适用，不待复核")

    def judge(self, ctx: Context) -> Verdict:
        how = self.how or self._by_type(ctx)
        every = list(self._read(ctx))
        wrong = self._wrong(ctx, how, every)
        if wrong is not None:
            return wrong
        if not every or (len(every) < 2 and not COMPARISONS[how].alone):
            return self._too_few(ctx, every)
        return self._compared(ctx, how, every)

    def _by_type(self, ctx: Context) -> str:
        spec = ctx.case.registry.get(self.facts[0])
        return BY_TYPE.get(spec.type if spec else "", "文字")

    def _read(self, ctx: Context) -> Iterator[Read]:
        """Every listed fact of every readable paper; one receipt for each paper that it serves."""
        kinds = set(self._kinds(ctx))
        for name in self.facts:
            kind, _, field = name.partition(".")
            for paper, fact in self._facts(ctx, kind, field, kinds):
                yield Read(name, paper.doc.kind, fact)

    def _facts(
        self, ctx: Context, kind: str, field: str, kinds: set[str]
    ) -> list[tuple[Paper, Fact]]:
        if kind == RECEIPT:
            return self._of_receipts(ctx, field, kinds)
        decision = ctx.decision
        if ctx.kinds(kind) == ctx.decisions:
            fact = ctx.case.facts_of(decision).get(field) if decision else None
            return [(decision, fact)] if decision and fact else []
        return ctx.every(f"{kind}.{field}")

    def _of_receipts(self, ctx: Context, field: str, kinds: set[str]) -> list[tuple[Paper, Fact]]:
        """A fact of the receipts that serve one of the other kinds; of any where none is asked."""
        decided = ctx.decisions if kinds & {DECISION[0], DECIDING} else ()
        named = dict.fromkeys((*sorted(kinds - {RECEIPT, DECIDING}), *decided))
        served = [r for k in named for r in ctx.every(f"{k}{OF_RECEIPT}.{field}")]
        if field == NUMBER:
            served = [(r, f) for r, f in served if len(serves_of(r)) < 2]
        return served or (ctx.every(f"{RECEIPT}.{field}") if len(kinds) == 1 else [])

    def _wrong(self, ctx: Context, how: str, every: list[Read]) -> Verdict | None:
        """A value that is wrong by itself, whatever the others say."""
        for read in every:
            for value in values_of(read.fact):
                why = COMPARISONS[how].wrong(value)
                if not why:
                    continue
                text = f"{read.name} {COMPARISONS[how].shown(value)} {why}"
                if ctx.scanned(read.fact.place):
                    return review(f"{text}，可能是识别误差，请核对原件", [read.fact.place])
                return fail(text, [read.fact.place], subject=read.paper)
        return None

    def _too_few(self, ctx: Context, every: list[Read]) -> Verdict:
        kinds = self._kinds(ctx)
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        others = ctx.case.all(*kinds) if kinds else []
        nothing_else = every and (len(others) < 2 or self._others_silent(ctx))
        if (self.if_read and not self._unread(ctx)) or nothing_else:
            return na(f"{listed(self.facts)}没有可以比对的两项")
        places = [read.fact.place for read in every]
        return review(f"没有读到{listed(self.facts)}中的两项", places)

    def _others_silent(self, ctx: Context) -> bool:
        """True where both nets find nothing on the papers that were read, and all could be read."""
        if self._unread(ctx) or ctx.case.could_hide(*self._kinds(ctx)):
            return False
        pairs = [(kind, field) for kind, _, field in (n.partition(".") for n in self.facts)]
        asked = [
            ctx.case.last_look(paper, field)
            for kind, field in pairs
            for paper in ctx.case.readable(*ctx.kinds(kind))
        ]
        return all(answer.missing for answer in asked if isinstance(answer, Unknown))

    def _unread(self, ctx: Context) -> list[Paper]:
        return ctx.unreadable(*self._kinds(ctx))

    def _kinds(self, ctx: Context) -> tuple[str, ...]:
        """Every kind of paper that is asked."""
        named = dict.fromkeys(name.partition(".")[0] for name in self.facts)
        return tuple(dict.fromkeys(k for kind in named for k in ctx.kinds(kind)))

    def _compared(self, ctx: Context, how: str, every: list[Read]) -> Verdict:
        first = every[0]
        bad: list[Read] = []
        doubtful: list[Read] = []
        for read in every[1:]:
            likeness = compare(how, first.fact, read.fact)
            if not self._same(ctx, how, likeness, first, read):
                doubt = self._doubted(ctx, how, likeness, first, read)
                (doubtful if doubt else bad).append(read)
        base = f"{first.name}为“{first.shown(how)}”"
        if bad:
            text = "；".join(f"{r.name}为“{r.shown(how)}”" for r in bad)
            places = _places(bad, first)
            return fail(f"{text}，{base}", places, subject=_papers_of(bad), count=len(bad))
        if doubtful:
            text = "；".join(f"{r.name}读作“{r.shown(how)}”" for r in doubtful)
            return review(f"{text}，{base}，请核对原件", _places(doubtful, first))
        unread = self._unread(ctx)
        if unread:
            return review(f"{unread[0].name}未能识别文字，无法核对", [unread[0].top()])
        return passed(f"均为“{first.shown(how)}”", [first.fact.place])

    def _same(self, ctx: Context, how: str, likeness: Likeness, first: Read, read: Read) -> bool:
        if likeness in (Likeness.SAME, Likeness.UNLIKE_KIND):
            return True
        if ctx.scanned(first.fact.place, read.fact.place) and one_slip(how, first.fact, read.fact):
            return True
        if how != "名称":
            return False
        if self._one_party(ctx, first.fact, read.fact):
            return True
        # quite another name is somebody else, or no name, where its paper writes the first as well;
        # one letter wrong is a slip of who wrote it, whatever stands elsewhere
        return likeness is Likeness.DIFFERENT and _written_on(ctx, read, first)

    def _doubted(self, ctx: Context, how: str, likeness: Likeness, first: Read, read: Read) -> bool:
        """True for two readings of one value, for a receipt that may be of another case, and where
        the first paper writes the other name as well: its own may have been read wrongly.
        """
        misread = ctx.scanned(read.fact.place, first.fact.place)
        if how == "名称" and likeness is Likeness.DIFFERENT and _written_on(ctx, first, read):
            return True
        if likeness is Likeness.ALIKE and misread or contradictory(first.fact, read.fact):
            return True
        if misread and how == "机关" and head_lost(first.fact, read.fact):
            return True
        return read.paper == RECEIPT and unrelated(how, first.fact, read.fact)

    def _one_party(self, ctx: Context, a: Fact, b: Fact) -> bool:
        """Names that some paper of the case joins as owner and trade name of a sole trader."""
        return any(same_party_in(ctx.case, x, y) for x in values_of(a) for y in values_of(b))

    def rule(self) -> str:
        how = f"（按{self.how}比对）" if self.how else ""
        return f"{listed(self.facts)}应当一致{how}"


def _written_on(ctx: Context, at: Read, other: Read) -> bool:
    """True where the paper from which ``at`` was read writes a whole name of ``other``."""
    papers = (p for p in ctx.case.readable(at.paper) if _holds(p, at.fact.place))
    texts = [without_spaces(p.running_text.without_spaces) for p in papers]
    names = [without_spaces(name) for name in values_of(other.fact)]
    return any(len(name) >= WHOLE_NAME and name in text for name in names for text in texts)


def _holds(paper: Paper, place: Place) -> bool:
    """True for the paper on which a place lies."""
    doc = paper.doc
    return doc.file == place.file and doc.page_from <= place.page <= doc.page_to


def _places(reads: list[Read], first: Read) -> list[Place]:
    return [*(r.fact.place for r in reads), first.fact.place]


def _papers_of(reads: list[Read]) -> str:
    return "、".join(sorted({r.paper for r in reads}))
