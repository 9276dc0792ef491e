"""Findings -> ledger and grade. Decimal only; every line shown so that a reviewer re-adds it by hand (promise 7)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from casereview.checklist import Checklist
from casereview.model import FAIL, PASS, Finding

OPEN = ("review", "manual", "error")


@dataclass(frozen=True)
class Row:
    """One line of the ledger: item, status, full points, points taken off."""

    check: str
    status: str
    points: Decimal
    deducted: Decimal
    veto: bool


@dataclass(frozen=True)
class Ledger:
    """The arithmetic of one case. ``score`` is over decided items; ``low``/``high`` take all open items as failed/passed."""

    rows: tuple[Row, ...]
    applicable: Decimal
    decided: Decimal
    deducted: Decimal
    open: Decimal
    score: Decimal | None
    low: Decimal | None
    high: Decimal | None
    vetoes: tuple[str, ...]
    grade: str

    def working(self) -> list[str]:
        """The arithmetic in words."""
        if self.score is None:
            return ["全部项目待复核或待人工，尚无得分"]
        got = self.decided - self.deducted
        return [f"适用项目合计 {self.applicable} 分，其中已判定 {self.decided} 分，待定 {self.open} 分",
                f"得分 =（{self.decided} − {self.deducted}）÷ {self.decided} × 100 = {got} ÷ {self.decided} × 100 = {self.score}",
                f"待定项目全部不合格时 {self.low}，全部合格时 {self.high}"]


def ledger_of(checklist: Checklist, findings: list[Finding]) -> Ledger:
    """Add up. Items not applicable leave the denominator; order of items does not matter."""
    points = {c.id: c for c in checklist.checks}
    rows, zero = [], Decimal(0)
    for f in findings:
        c = points[f.check]
        rows.append(Row(f.check, f.verdict.status, c.points, c.points if f.verdict.status == FAIL else zero, c.veto))
    decided = sum((r.points for r in rows if r.status in (PASS, FAIL)), zero)
    opened = sum((r.points for r in rows if r.status in OPEN), zero)
    deducted = sum((r.deducted for r in rows), zero)
    whole = decided + opened
    unit = Decimal(1).scaleb(-checklist.scoring.decimals)

    def share(part: Decimal, of: Decimal) -> Decimal | None:
        return (part * 100 / of).quantize(unit, ROUND_HALF_UP) if of else None

    score = share(decided - deducted, decided)
    vetoes = tuple(r.check for r in rows if r.status == FAIL and r.veto) if checklist.scoring.veto_effect != "无" else ()
    if vetoes and checklist.scoring.veto_effect == "零分" and score is not None:
        score = zero.quantize(unit)
    return Ledger(tuple(rows), whole, decided, deducted, opened, score, share(decided - deducted, whole), share(decided - deducted + opened, whole), vetoes,
                  _grade(checklist, score, vetoes, decided, whole))


def _grade(checklist: Checklist, score: Decimal | None, vetoes: tuple[str, ...], decided: Decimal, whole: Decimal) -> str:
    s = checklist.scoring
    if score is None or decided * 2 < whole:
        return "待定"
    if vetoes and s.veto_effect in ("不合格", "零分"):
        return "不合格"
    if score >= s.excellent:
        return "合格" if vetoes and s.veto_effect == "不得优秀" else "优秀"
    return "合格" if score >= s.passing else "不合格"


__all__ = ["Ledger", "Row", "ledger_of"]
