"""前后一致."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.chinese import key as folded
from casereview.model import Fact, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, fail, passed, review


@dataclass(frozen=True)
class Same(Kind):
    """前后一致：所列要素凡能读到的都相同；全半角、括号形式、空格不算不同。

    读到的不足两项时待复核；扫描识别的两个值只差一两个字时待复核。
    """

    facts: tuple[str, ...] = key("要素", Of.FACTS, needed=True)

    def judge(self, ctx: Context) -> Verdict:
        got = [(name, fact) for name in self.facts if (fact := ctx.fact(name))]
        if len(got) < 2:
            return review(f"没有读到{listed(self.facts)}中的两项")
        first_name, first = got[0]
        for name, fact in got[1:]:
            if folded(_text(fact)) != folded(_text(first)):
                text = f"{name}为“{_text(fact)}”，{first_name}为“{_text(first)}”"
                return fail(text, [fact.place, first.place], subject=name)
        return passed(f"均为“{_text(first)}”", [first.place])

    def rule(self) -> str:
        return f"{listed(self.facts)}应当一致"


def _text(fact: Fact) -> str:
    return "、".join(map(str, fact.value)) if isinstance(fact.value, list) else str(fact.value)
