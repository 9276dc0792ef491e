"""签章齐全."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casereview.chinese import times_in, without_spaces
from casereview.facts.loose_ink import covered, is_blank
from casereview.facts.readers import label_names, label_shapes
from casereview.facts.seals import sealed
from casereview.facts.signature import REFUSED, Signature
from casereview.facts.signers import places_of, side_of_role
from casereview.facts.signing import signing_places
from casereview.facts.strangers import lone_names, strange_signature
from casereview.model import PICTURE, Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Groups, Kind, Of, key, listed
from casereview.rules.lacks import Lack, verdict_on
from casereview.rules.verdicts import Context, passed, says

SPAN = 2  # clock times that make a span
FOOT = 60  # characters at the end of a paper in which a day may be drawn


@dataclass(frozen=True)
class Signed(Kind):
    """签章齐全：每份文书有各角色的签名（或者注明拒签等情形）、机关印章、日期、起止时间。

    印章看不清、签名处没有读到、扫描页上的空栏有笔画的，名称不认识的栏里有签名的，待复核。
    """

    version = 9
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
        if self.dated:
            yield from _undated(p, ctx.case.facts_of(p))
        if self.timed:
            yield from _untimed(p, ctx.case.facts_of(p))
        if self.sealed:
            yield from self._unsealed(ctx, p)

    def _unsealed(self, ctx: Context, p: Paper) -> Iterator[Lack]:
        """The seal that is surely not there only where seals of other papers are seen."""
        if sealed(p) is True:
            return
        others = any(_shows_seals(p, q) for q in ctx.case.papers)
        sure = sealed(p) is False and others
        what = "没有机关印章" if sure else "的印章无法辨认，请核对原件"
        yield Lack(p, what, p.running_text.tail(), sure)

    def _unsigned(
        self, ctx: Context, p: Paper, role: str, labels: tuple[str, ...]
    ) -> Iterator[Lack]:
        names = label_names(p, labels)
        slots = signing_places(p, names, label_shapes(p, labels)) or _of_role(p, role)
        refused = role != "执法人员" and REFUSED.search(p.running_text.without_spaces)
        noted = self.or_noted and (refused or says(p, self.or_noted))
        if noted or any(s.signed for s in slots):
            return
        if slots and _are_empty(p, slots) and not strange_signature(p):
            yield Lack(p, f"没有{role}签名", slots[-1].place, _surely_empty(p, slots, names))
        else:
            yield Lack(p, f"没有读到{role}的签名处", p.running_text.tail(), False)

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


def _undated(p: Paper, facts: Mapping[str, Fact]) -> Iterator[Lack]:
    """The day that a paper lacks, surely where nobody can have drawn it at the foot."""
    if not any(n in facts for n in ("日期", "作出日期", "开始时间")):
        drawn = PICTURE in p.running_text.text[-FOOT:]
        yield Lack(p, "没有日期", p.running_text.tail(), not p.recognised and not drawn)


def _untimed(p: Paper, facts: Mapping[str, Fact]) -> Iterator[Lack]:
    """The begin or end of a record that is missing, on a picture surely where its field is blank
    behind the begin.
    """
    start = facts.get("开始时间")
    if start and facts.get("结束时间"):
        return
    place = start.place if start else p.top()
    written = not p.recognised or (start is not None and is_blank(p, place))
    sure = written and times_in(p.running_text.text) < SPAN
    yield Lack(p, "没有完整的起止时间", place, sure)


def _of_role(p: Paper, role: str) -> list[Signature]:
    """Places where the side of a role signs at labels that no list knows."""
    side = side_of_role(role)
    return places_of(p, side) if side else []


def _shows_seals(p: Paper, other: Paper) -> bool:
    """True when another paper shows its seal; of a picture only another picture tells that seals
    are seen.
    """
    alike = bool(other.recognised) or not p.recognised
    return other is not p and alike and other.doc.readable and sealed(other) is True


def _are_empty(p: Paper, slots: list[Signature]) -> bool:
    """True when nothing but a day stands at the places for signing, no seal hides the last, and
    nobody signed elsewhere.
    """
    empty = all(_holds_a_day_alone(p, s) for s in slots)
    return empty and not lone_names(p) and not covered(p, slots[-1].place)


def _surely_empty(p: Paper, slots: list[Signature], labels: tuple[str, ...]) -> bool:
    """True on a digital page; on a picture only where no stroke stands at the places themselves:
    one whose label was not found again on the page, and that asks for no signature in words of its
    own, may be anywhere.
    """
    if not p.recognised:
        return True
    heads = ("签名", "签字", "签章", *{label[:2] for label in labels})
    there = all(any(h in without_spaces(s.place.quote) for h in heads) for s in slots)
    return there and all(is_blank(p, s.place) for s in slots)


def _holds_a_day_alone(p: Paper, slot: Signature) -> bool:
    """True for a place with nothing but a day; words before its label that nobody knows may be a
    name that no gap parts from it.
    """
    bare = without_spaces(slot.text)
    label = re.match(r"([\u4e00-\u9fff]+)[：:]", bare)
    return not bare or (slot.date is not None and not (label and not p.vocab.is_label(label[1])))
