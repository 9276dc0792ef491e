"""专门判定."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.model import Verdict
from casereview.rules.kinds.kind import Kind, Of, key
from casereview.rules.verdicts import PREDICATES, Context


@dataclass(frozen=True)
class Special(Kind):
    """专门判定：其他种类说不清的，由程序里一个有名称的判断来判。全程序不超过三十个。"""

    judgement: str = key("判定", Of.JUDGEMENT, needed=True)

    def judge(self, ctx: Context) -> Verdict:
        return PREDICATES[self.judgement](ctx)

    def rule(self) -> str:
        return " ".join((PREDICATES[self.judgement].__doc__ or "").split())
