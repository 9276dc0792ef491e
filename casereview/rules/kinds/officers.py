"""执法人员人数."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from casereview.facts.loose_ink import is_blank
from casereview.facts.officers import Officer, officers
from casereview.facts.readers import label_names, label_shapes
from casereview.facts.recordings import recordings
from casereview.facts.signature import Signature
from casereview.facts.signers import Side, places_of
from casereview.facts.signing import signing_places
from casereview.model import Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.lacks import Lack, verdict_on
from casereview.rules.verdicts import Context, passed, says


@dataclass(frozen=True)
class Officers(Kind):
    """执法人员人数：每份文书载明或者签名的执法（工作）人员不少于规定人数。

    没有读到人员、手写签名数不清时待复核。少于规定人数，载明“或载明”的话（全程录音录像）的，
    卷内有音像文件而写着“或有音像”的，合格。
    """

    version: ClassVar[int] = 6

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    at_least: int = key("不少于", Of.INTEGER, needed=True)
    places: tuple[str, ...] = key(
        "签名", Of.TEXTS, says="签名栏的名称", default=("执法人员签名栏",)
    )

    or_said: tuple[str, ...] = key("或载明", Of.WORDINGS, says="少于规定人数而载明这些话的合格")
    or_recorded: bool = key(
        "或有音像", Of.FLAG, default=False, says="少于规定人数而卷内有音像文件的合格"
    )

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        papers = ctx.case.readable(*kinds)
        recorded = self.or_recorded and bool(recordings(ctx.case))
        asked = [p for p in papers if not (recorded or says(p, self.or_said))]
        lacks = [lack for p in asked for lack in self._lacks(p)]
        good = passed(f"均不少于 {self.at_least} 人", [p.top() for p in papers[:3]])
        return ctx.absent(*kinds) or verdict_on(lacks, ctx.unreadable(*kinds), good)

    def _lacks(self, p: Paper) -> Iterator[Lack]:
        """What one paper lacks of people who are named or signed."""
        named = officers(p)
        labels, shapes = label_names(p, self.places), label_shapes(p, self.places)
        places = signing_places(p, labels, shapes) or places_of(p, Side.ACTING)
        slots = [s for s in places if s.signed]
        n = max([len({o.name for o in named}), *(s.count for s in slots)])
        if n == 0 or (n < self.at_least and not _surely_alone(p, named, slots)):
            yield Lack(p, "没有读到执法（工作）人员，请人工核对人数", p.top(), sure=False)
        elif n < self.at_least:
            yield _few(p, n, named, slots)

    def rule(self) -> str:
        text = f"{listed(self.papers)}上的执法（工作）人员应当不少于 {self.at_least} 人"
        if self.or_said:
            text += f"，或者载明“{listed(self.or_said, '”“')}”"
        return f"{text}，或者有音像文件" if self.or_recorded else text


def _few(p: Paper, n: int, named: list[Officer], slots: list[Signature]) -> Lack:
    """So many people alone are named or signed."""
    place = slots[-1].place if slots else named[0].place
    return Lack(p, f"只有 {n} 名执法（工作）人员", place, plain=bool(named and slots))


def _surely_alone(p: Paper, named: list[Officer], slots: list[Signature]) -> bool:
    """True when nobody else can have signed: on a recognised page the one who is named signed, and
    no stroke that was not read stands beside.
    """
    if all(s.sure for s in slots):
        return True
    names = {o.name for o in named}
    same = len(names) == 1 and all(set(s.names) == names for s in slots)
    return same and all(is_blank(p, place) for place in _places(named, slots))


def _places(named: list[Officer], slots: list[Signature]) -> list[Place]:
    """Where people are named and where they sign."""
    return [*(o.place for o in named), *(s.place for s in slots)]
