"""执法人员人数."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casereview.facts.officers import officers
from casereview.facts.readers import label_names
from casereview.facts.signing import signing_places
from casereview.model import Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.lacks import Lack, verdict_on
from casereview.rules.verdicts import Context, passed


@dataclass(frozen=True)
class Officers(Kind):
    """执法人员人数：每份文书载明或者签名的执法（工作）人员不少于规定人数。

    没有读到人员、手写签名数不清时待复核。
    """

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    at_least: int = key("不少于", Of.INTEGER, needed=True)
    places: tuple[str, ...] = key(
        "签名", Of.TEXTS, says="签名栏的名称", default=("执法人员签名栏",)
    )

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        papers = ctx.case.readable(*kinds)
        lacks = [lack for p in papers for lack in self._lacks(p)]
        good = passed(f"均不少于 {self.at_least} 人", [p.top() for p in papers[:3]])
        return ctx.absent(*kinds) or verdict_on(lacks, ctx.unreadable(*kinds), good)

    def _lacks(self, p: Paper) -> Iterator[Lack]:
        """What one paper lacks of people who are named or signed."""
        named = officers(p)
        slots = [s for s in signing_places(p, label_names(p, self.places)) if s.signed]
        n = max([len({o.name for o in named}), *(s.count for s in slots)])
        if n == 0 or (n < self.at_least and not all(s.sure for s in slots)):
            yield Lack(p, "没有读到执法（工作）人员，请人工核对人数", p.top(), sure=False)
        elif n < self.at_least:
            place = slots[-1].place if slots else named[0].place
            yield Lack(p, f"只有 {n} 名执法（工作）人员", place)

    def rule(self) -> str:
        return f"{listed(self.papers)}上的执法（工作）人员应当不少于 {self.at_least} 人"
