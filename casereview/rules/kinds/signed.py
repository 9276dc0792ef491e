"""签章齐全."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casereview.chinese import times_in, without_spaces
from casereview.facts.doubt import SURE_PAGE, covered
from casereview.facts.readers import label_names
from casereview.facts.seals import sealed
from casereview.facts.signature import REFUSED, Signature
from casereview.facts.signing import signing_places
from casereview.facts.strangers import lone_names
from casereview.model import PICTURE, Line, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Groups, Kind, Of, key, listed
from casereview.rules.lacks import Lack, verdict_on
from casereview.rules.verdicts import Context, passed, says

SPAN = 2  # clock times that make a span


@dataclass(frozen=True)
class Signed(Kind):
    """签章齐全：每份文书有各角色的签名（或者注明拒签等情形）、机关印章、日期、起止时间。

    印章看不清、签名处没有读到、扫描页上的空栏，待复核；扫描页清楚、同页别人的签名看得见、没有多余笔迹的，
    空栏就是没有签名。
    """

    version = 3
    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    roles: Groups = key("签名", Of.GROUPS, says="角色: [栏目名]")
    or_noted: tuple[str, ...] = key("可以注明", Of.WORDINGS, says="注明这些情形的不要求签名")
    sealed: bool = key("印章", Of.FLAG, default=False)
    dated: bool = key("日期", Of.FLAG, default=False)
    timed: bool = key("起止时间", Of.FLAG, default=False)

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        papers = ctx.case.readable(*kinds)
        lacks = [lack for p in papers for lack in self._lacks(ctx, p)]
        good = passed("签章齐全", [p.top() for p in papers[:3]])
        return verdict_on(lacks, ctx.unreadable(*kinds), good)

    def _lacks(self, ctx: Context, p: Paper) -> Iterator[Lack]:
        for role, labels in self.roles:
            yield from self._unsigned(ctx, p, role, labels)
        facts = ctx.case.facts_of(p)
        if self.dated and not any(n in facts for n in ("日期", "作出日期", "开始时间")):
            yield Lack(p, "没有日期", p.running_text.tail(), not p.recognised)
        start = facts.get("开始时间")
        if self.timed and not (start and facts.get("结束时间")):
            place = start.place if start else p.top()
            sure = not p.recognised and times_in(p.running_text.text) < SPAN
            yield Lack(p, "没有完整的起止时间", place, sure)
        if self.sealed:
            yield from self._unsealed(ctx, p)

    def _unsealed(self, ctx: Context, p: Paper) -> Iterator[Lack]:
        """The seal that is surely not there only where seals of other papers are seen."""
        if sealed(p) is True:
            return
        others = any(q is not p and q.doc.readable and sealed(q) for q in ctx.case.papers)
        sure = sealed(p) is False and others
        what = "没有机关印章" if sure else "的印章无法辨认，请核对原件"
        yield Lack(p, what, p.running_text.tail(), sure)

    def _unsigned(
        self, ctx: Context, p: Paper, role: str, labels: tuple[str, ...]
    ) -> Iterator[Lack]:
        slots = signing_places(p, label_names(p, labels))
        refused = role != "执法人员" and REFUSED.search(p.running_text.without_spaces)
        noted = self.or_noted and (refused or says(p, self.or_noted))
        if noted or any(s.signed for s in slots):
            return
        if slots and _are_empty(p, slots):
            sure = not p.recognised or self._seen_clearly(p, role, slots[-1])
            yield Lack(p, f"没有{role}签名", slots[-1].place, sure)
        else:
            yield Lack(p, f"没有读到{role}的签名处", p.running_text.tail(), False)

    def _seen_clearly(self, p: Paper, role: str, slot: Signature) -> bool:
        """True where a scanned page is so clear that the signature of another role was seen on it
        and no ink was left over: a place that is empty there is empty.
        """
        page = next((q for q in p.running_text.pages if q.number == slot.place.page), None)
        if page is None or page.confidence < SURE_PAGE or any(map(_is_ink, page.lines)):
            return False
        others = [labels for other, labels in self.roles if other != role]
        seen = [s for labels in others for s in signing_places(p, label_names(p, labels))]
        return any(s.signed and s.place.page == page.number for s in seen)

    def rule(self) -> str:
        wants = [f"{role}签名" for role, _ in self.roles]
        for asked, word in (
            (self.sealed, "机关印章"),
            (self.dated, "日期"),
            (self.timed, "起止时间"),
        ):
            if asked:
                wants.append(word)
        return f"{listed(self.papers)}应当有{listed(tuple(wants))}"


def _is_ink(line: Line) -> bool:
    """True for handwriting that stands in no field and in no line of print."""
    return line.cell is None and not without_spaces(line.text).replace(PICTURE, "")


def _are_empty(p: Paper, slots: list[Signature]) -> bool:
    """True when nothing but a day stands at the places for signing, no seal hides the last, and
    nobody signed elsewhere.
    """
    empty = all(s.date or not without_spaces(s.text) for s in slots)
    return empty and not lone_names(p) and not covered(p, slots[-1].place)
