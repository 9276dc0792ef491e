"""按清单."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from casereview.facts.unit_lists import listed_matter
from casereview.model import Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.kinds.present import Present
from casereview.rules.verdicts import Context, na, review


@dataclass(frozen=True)
class Listed(Kind):
    """按清单：单位交来清单、本案列入清单的，所列文书应当在卷；没有清单的不适用，对不上的待复核。"""

    version: ClassVar[int] = 2

    rows: str = key("清单", Of.TEXT, needed=True, says="单位材料里 CSV 的名称")
    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    also: tuple[str, ...] = key("也是", Of.TEXTS, says="清单里写着这些事项的，这种案卷都列入")

    def judge(self, ctx: Context) -> Verdict:
        handed = ctx.case.unit.lists.get(self.rows)
        if handed is None:
            return na(f"单位未提供{self.rows}")
        cause = next(
            (
                f.value
                for kind in ("立案审批表", "卷宗封面", "许可申请书", "查封扣押审批表")
                if (f := ctx.case.fact(kind, "案由"))
            ),
            "",
        )
        hit = listed_matter(handed, str(cause), self.also)
        if not hit:
            return review(
                f"{self.rows}共 {len(handed)} 项，请人工核对本案是否列入",
                ctx.case.anchor(*ctx.decisions),
            )
        return Present(self.papers).judge(ctx)

    def rule(self) -> str:
        return f"列入{self.rows}的事项，卷内应当有{listed(self.papers)}"
