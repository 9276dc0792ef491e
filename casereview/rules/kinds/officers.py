"""执法人员人数."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.facts.officers import officers
from casereview.facts.readers import label_names
from casereview.facts.signing import signing_places
from casereview.model import Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, fail, kinds_of, passed, review


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
        gone = ctx.absent(*ctx.named(self.papers))
        if gone:
            return gone
        bad, open_ = [], ctx.unreadable(*ctx.named(self.papers))
        for p in ctx.case.readable(*ctx.named(self.papers)):
            named = {o.name for o in officers(p)}
            slots = [s for s in signing_places(p, label_names(p, self.places)) if s.signed]
            n = max([len(named), *(s.count for s in slots)])
            if n == 0 or (n < self.at_least and not all(s.sure for s in slots)):
                open_.append(p)
            elif n < self.at_least:
                bad.append((p, n, slots[-1].place if slots else next(o.place for o in officers(p))))
        if bad:
            return fail(
                "；".join(f"{p.name}只有 {n} 名执法（工作）人员" for p, n, _ in bad),
                [b[2] for b in bad],
                subject=kinds_of(b[0] for b in bad),
            )
        if open_:
            return review(
                f"{open_[0].name}没有读到执法（工作）人员，请人工核对人数", [open_[0].top()]
            )
        return passed(
            f"均不少于 {self.at_least} 人",
            [p.top() for p in ctx.case.readable(*ctx.named(self.papers))[:3]],
        )

    def rule(self) -> str:
        return f"{listed(self.papers)}上的执法（工作）人员应当不少于 {self.at_least} 人"
