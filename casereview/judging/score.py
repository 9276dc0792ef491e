"""Findings -> ledger and grade. Decimal only; every line shown so that a reviewer re-adds it by
hand (promise 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from casereview.model import FAIL, NA, PASS, Finding
from casereview.rules.checklist import Check, Checklist
from casereview.rules.schemes import Scoring

OPEN = ("review", "manual", "error")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Row:
    """One line of the ledger: item, status, full points, points taken off (below zero for points
    added).
    """

    check: str
    status: str
    points: Decimal
    deducted: Decimal
    veto: bool


@dataclass(frozen=True)
class Ledger:
    """The arithmetic of one case. ``score`` is over decided items; ``low``/``high`` take all open
    items as failed/passed.
    """

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
    lines: tuple[str, ...] = ()

    def working(self) -> list[str]:
        """The arithmetic in words."""
        return list(self.lines)


@dataclass(frozen=True)
class _Sum:
    """What the rows add up to under one reading of the open items."""

    score: Decimal | None
    line: str


def ledger_of(
    checklist: Checklist, findings: list[Finding], adjusted: dict[str, Decimal] | None = None
) -> Ledger:
    """Add up. Items not applicable leave the denominator; order of items does not matter.
    ``adjusted``: points that a person takes off for a failed item.
    """
    return add_up(checklist, {f.check: f.verdict.status for f in findings}, adjusted)


def add_up(
    checklist: Checklist, statuses: dict[str, str], adjusted: dict[str, Decimal] | None = None
) -> Ledger:
    """The ledger of statuses by item id."""
    items = {c.id: c for c in checklist.checks}
    rows = []
    for check, status in statuses.items():
        c = items[check]
        lost = (adjusted or {}).get(check, c.points)
        taken = (
            -c.points
            if c.bonus and status == PASS
            else lost
            if status == FAIL and not c.bonus
            else ZERO
        )
        rows.append(Row(check, status, c.points, taken, c.veto))
    plain = [r for r in rows if not items[r.check].bonus]
    decided = sum((r.points for r in plain if r.status in (PASS, FAIL)), ZERO)
    opened = sum((r.points for r in plain if r.status in OPEN), ZERO)
    deducted = sum((r.deducted for r in plain), ZERO)
    s = checklist.scoring
    now, low, high = (_total(s, items, rows, reading) for reading in ("", FAIL, PASS))
    vetoes = (
        tuple(r.check for r in rows if r.status == FAIL and r.veto) if s.veto_effect != "无" else ()
    )
    lines = [f"适用项目合计 {decided + opened} 分，其中已判定 {decided} 分，待定 {opened} 分"]
    score, note = _after_veto(s, now.score, vetoes)
    if score is None:
        lines = ["全部项目待复核或待人工，尚无得分"]
    else:
        lines += [
            now.line,
            *([note] if note else []),
            f"待定项目全部不合格时 {low.score}，全部合格时 {high.score}",
        ]
    return Ledger(
        tuple(rows),
        decided + opened,
        decided,
        deducted,
        opened,
        score,
        low.score,
        high.score,
        vetoes,
        _grade(checklist, items, score, vetoes, decided, decided + opened, rows),
        tuple(lines),
    )


def _round(s: Scoring, v: Decimal) -> Decimal:
    return v.quantize(Decimal(1).scaleb(-s.decimals), ROUND_HALF_UP)


def _total(s: Scoring, items: dict[str, Check], rows: list[Row], reading: str) -> _Sum:
    """The score when open items are left out ('' ), all fail, or all pass."""
    seen = [
        (items[r.check], r, (reading or r.status) if r.status in OPEN else r.status)
        for r in rows
        if r.status != NA
    ]
    counted = [
        (c, ZERO if st == PASS else r.deducted if r.status == FAIL else c.points)
        for c, r, st in seen
        if st in (PASS, FAIL) and not c.bonus
    ]
    bonus = min(sum((c.points for c, _, st in seen if c.bonus and st == PASS), ZERO), s.bonus_cap)
    extra = f" + 加分 {bonus}" if bonus else ""
    if not counted:
        return _Sum(None, "")
    if s.method == "扣分":
        parts, total = [], ZERO
        for section in dict.fromkeys(c.stage for c, _ in counted):
            lost = sum((n for c, n in counted if c.stage == section), ZERO)
            cap = dict(s.caps).get(section)
            kept = lost if cap is None else min(lost, cap)
            total += kept
            if lost:
                parts.append(f"{section} {lost}" + (f"（扣完 {cap} 为止）" if kept != lost else ""))
        score = max(s.full - total, ZERO) + bonus
        return _Sum(
            _round(s, score),
            f"得分 = {s.full} − {total}{extra} = {_round(s, score)}"
            + (f"，其中扣分：{'、'.join(parts)}" if parts else ""),
        )
    main = [(c, n) for c, n in counted if c.stage not in s.deduct_sections]
    of = sum((c.points for c, _ in main), ZERO)
    got = of - sum((n for _, n in main), ZERO)
    if s.method == "比例":
        if not of:
            return _Sum(None, "")
        score = got * s.full / of + bonus
        return _Sum(
            _round(s, score),
            f"得分 =（{of} − {of - got}）÷ {of} × {s.full}{extra} = {got} ÷ {of} × {s.full}{extra}"
            f" = {_round(s, score)}",
        )
    lost = ZERO
    for section in s.deduct_sections:
        own = sum((n for c, n in counted if c.stage == section), ZERO)
        cap = dict(s.caps).get(section)
        lost += own if cap is None else min(own, cap)
    rest = (s.full - s.base) * got / of if of else s.full - s.base
    score = max(s.base + rest - lost, ZERO) + bonus
    return _Sum(
        _round(s, score),
        f"得分 = {s.base} +（{s.full - s.base} × {got} ÷ {of} − 要素扣分 {lost}）{extra} ="
        f" {_round(s, score)}",
    )


def _after_veto(
    s: Scoring, score: Decimal | None, vetoes: tuple[str, ...]
) -> tuple[Decimal | None, str]:
    if not vetoes or score is None:
        return score, ""
    if s.veto_effect == "零分":
        return _round(s, ZERO), "否决项不合格，得分为零"
    if s.veto_effect == "封顶" and score > s.veto_cap:
        return _round(s, s.veto_cap), f"否决项不合格，得分最高 {s.veto_cap}"
    return score, ""


def _grade(
    checklist: Checklist,
    items: dict[str, Check],
    score: Decimal | None,
    vetoes: tuple[str, ...],
    decided: Decimal,
    whole: Decimal,
    rows: list[Row],
) -> str:
    s = checklist.scoring
    if score is None or decided * 2 < whole:
        return "待定"
    if vetoes and s.veto_effect in ("不合格", "零分"):
        return "不合格"
    if s.grade_by == "最重问题":
        worst = {items[r.check].gravity or "轻微" for r in rows if r.status == FAIL}
        return (
            "不合格"
            if "严重" in worst
            else "合格"
            if worst & {"一般", "轻微"} or vetoes
            else "优秀"
        )
    if score >= s.excellent:
        return "合格" if vetoes and s.veto_effect == "不得优秀" else "优秀"
    return "合格" if score >= s.passing else "不合格"


__all__ = ["Ledger", "Row", "add_up", "ledger_of"]
