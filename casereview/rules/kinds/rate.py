"""比率."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from casereview.model import FAIL, PASS, REVIEW, Place, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.unit_context import UnitContext
from casereview.rules.verdicts import fail, na, passed, review


@dataclass(frozen=True)
class Rate(Kind):
    """比率：适用所列项目的案卷中，各项都合格的占比不低于参数（百分数）。有待定案卷时可能待复核。"""

    items: tuple[str, ...] = key("项目", Of.TEXTS, needed=True, says="检查项编号")
    at_least: str = key("不低于", Of.PARAMETER, needed=True)
    only_major: bool = key(
        "仅重大", Of.FLAG, default=False, says="只算应当法制审核或者集体讨论的案卷"
    )

    def judge(self, ctx: UnitContext) -> Verdict:  # type: ignore[override]
        good, bad, open_ = [], [], []
        for case in ctx.cases:
            by = {f["check"]: f for f in case["findings"]}
            if self.only_major and not any(
                by.get(i, {}).get("status") in (PASS, FAIL)
                for i in ("deliberation.present", "legal-review.present")
            ):
                continue
            words = [by[i]["status"] for i in self.items if i in by]
            if FAIL in words:
                bad.append(
                    (case, next(by[i] for i in self.items if i in by and by[i]["status"] == FAIL))
                )
            elif REVIEW in words:
                open_.append(case)
            elif PASS in words:
                good.append(case)
        n = len(good) + len(bad)
        if not n and not open_:
            return na("本批案卷没有适用的")
        need = ctx.limit(self.at_least)
        rate = Decimal(100 * len(good)) / n if n else Decimal(0)
        text = (
            f"适用 {n + len(open_)} 卷，合格 {len(good)} 卷，不合格 {len(bad)} 卷，待定"
            f" {len(open_)} 卷"
        )
        best = Decimal(100 * (len(good) + len(open_))) / (n + len(open_))
        if best < need:
            places = [
                Place(c["case"], e.page, None, e.quote) for c, f in bad for e in f["evidence"][:1]
            ]
            return fail(
                f"{text}，比率 {rate:.1f}%，低于 {need}%",
                places or [Place(bad[0][0]["case"], 1, None, "")],
                *(f"{c['case']}：{f['message']}" for c, f in bad),
            )
        if open_ and rate < need or open_ and not n:
            return review(f"{text}，有待定案卷，不能算定")
        if open_:
            return review(f"{text}，已判定的均合格，待定案卷请先复核")
        return passed(f"{text}，比率 {rate:.1f}%", [Place(good[0]["case"], 1, None, "")])

    def rule(self) -> str:
        return f"{listed(self.items)}合格的案卷占比应当不低于参数“{self.at_least}”"
