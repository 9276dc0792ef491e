"""比率."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from casereview.model import FAIL, PASS, REVIEW, CaseSeen, FindingSeen, Place, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.unit_context import UnitContext
from casereview.rules.verdicts import fail, na, passed, review

MAJOR = ("deliberation.present", "legal-review.present")  # apply to cases of weight only


@dataclass
class _Tally:
    """Cases that passed, that failed (with the finding), and that are open."""

    good: list[CaseSeen] = field(default_factory=list)
    bad: list[tuple[CaseSeen, FindingSeen]] = field(default_factory=list)
    open: list[CaseSeen] = field(default_factory=list)

    def add(self, case: CaseSeen, own: list[FindingSeen]) -> None:
        """One case with its findings on the items; one to which none applies does not count."""
        failed = next((f for f in own if f.status == FAIL), None)
        if failed:
            self.bad.append((case, failed))
        elif any(f.status == REVIEW for f in own):
            self.open.append(case)
        elif any(f.status == PASS for f in own):
            self.good.append(case)

    def places(self) -> list[Place]:
        """The first place of each that failed; the case stands for the file."""
        quoted = [(case, p) for case, f in self.bad for p in f.evidence[:1]]
        found = [Place(case.case, p.page, None, p.quote) for case, p in quoted]
        return found or [Place(self.bad[0][0].case, 1, None, "")]


@dataclass(frozen=True)
class Rate(Kind):
    """比率：适用所列项目的案卷中，各项都合格的占比不低于参数（百分数）。有待定案卷时可能待复核。"""

    items: tuple[str, ...] = key("项目", Of.TEXTS, needed=True, says="检查项编号")
    at_least: str = key("不低于", Of.PARAMETER, needed=True)
    only_major: bool = key(
        "仅重大", Of.FLAG, default=False, says="只算应当法制审核或者集体讨论的案卷"
    )

    def judge(self, ctx: UnitContext) -> Verdict:  # type: ignore[override]
        tally = self._tally(ctx.cases)
        n = len(tally.good) + len(tally.bad)
        waiting = len(tally.open)
        if not n and not waiting:
            return na("本批案卷没有适用的")
        need = ctx.limit(self.at_least)
        rate = Decimal(100 * len(tally.good)) / n if n else Decimal(0)
        text = (
            f"适用 {n + waiting} 卷，合格 {len(tally.good)} 卷，不合格 {len(tally.bad)} 卷，待定"
            f" {waiting} 卷"
        )
        if Decimal(100 * (len(tally.good) + waiting)) / (n + waiting) < need:
            return fail(
                f"{text}，比率 {rate:.1f}%，低于 {need}%",
                tally.places(),
                *(f"{case.case}：{f.message}" for case, f in tally.bad),
            )
        if waiting and (rate < need or not n):
            return review(f"{text}，有待定案卷，不能算定")
        if waiting:
            return review(f"{text}，已判定的均合格，待定案卷请先复核")
        return passed(f"{text}，比率 {rate:.1f}%", [Place(tally.good[0].case, 1, None, "")])

    def _tally(self, cases: Iterable[CaseSeen]) -> _Tally:
        """The cases to which one of the items applies, by what they came to."""
        tally = _Tally()
        for case in cases:
            by = {f.check: f for f in case.findings}
            decided = [i for i in MAJOR if i in by and by[i].status in (PASS, FAIL)]
            if decided or not self.only_major:
                tally.add(case, [by[i] for i in self.items if i in by])
        return tally

    def rule(self) -> str:
        return f"{listed(self.items)}合格的案卷占比应当不低于参数“{self.at_least}”"
