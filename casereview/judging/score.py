"""Findings -> ledger and grade. Decimal only; every line shown so that a reviewer re-adds it by
hand (promise 7).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from casereview.model import ERROR, FAIL, MANUAL, PASS, REVIEW, Finding
from casereview.rules.schemes import Scoring

OPEN = (REVIEW, MANUAL, ERROR)
EXCELLENT, QUALIFIED, UNQUALIFIED, UNDECIDED = "优秀", "合格", "不合格", "待定"
GRAVE = "严重"
ZERO = Decimal(0)


class Item(Protocol):
    """What adding up asks of an item."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def stage(self) -> str:
        """Its section; caps of deductions are by section."""

    @property
    def points(self) -> Decimal:
        """Its full points."""

    @property
    def veto(self) -> bool:
        """True when failing it vetoes the case."""

    @property
    def bonus(self) -> bool:
        """True when it adds points instead of taking them."""

    @property
    def gravity(self) -> str:
        """How grave a fault is, where grades go by the worst one."""


class Book(Protocol):
    """What adding up asks of a checklist, be it the file or its kept edition."""

    @property
    def scoring(self) -> Scoring:
        """The scheme."""

    @property
    def checks(self) -> Sequence[Item]:
        """The items."""


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
class _Line:
    """An item with its row of the ledger."""

    item: Item
    row: Row

    def under(self, reading: str) -> _Line | None:
        """The line when an open item is read as ``reading`` ('' leaves it out); None when it is out
        of the sum.
        """
        status = self.row.status
        if status in OPEN:
            status = reading
        if status not in (PASS, FAIL):
            return None
        lost = self.item.points if self.row.status in OPEN else self.row.deducted
        taken = lost if status == FAIL else ZERO
        return _Line(self.item, replace(self.row, status=status, deducted=taken))


@dataclass(frozen=True)
class _Sum:
    """What the rows add up to under one reading of the open items."""

    score: Decimal | None
    line: str = ""


def ledger_of(
    book: Book, findings: Sequence[Finding], adjusted: dict[str, Decimal] | None = None
) -> Ledger:
    """Add up. Items not applicable leave the denominator; order of items does not matter.
    ``adjusted``: points that a person takes off for a failed item.
    """
    return add_up(book, {f.check: f.verdict.status for f in findings}, adjusted)


def add_up(
    book: Book, statuses: dict[str, str], adjusted: dict[str, Decimal] | None = None
) -> Ledger:
    """The ledger of statuses by item id."""
    items = {c.id: c for c in book.checks}
    lines = [_line(items[i], status, adjusted or {}) for i, status in statuses.items()]
    rows = tuple(x.row for x in lines)
    plain = [x.row for x in lines if not x.item.bonus]
    decided, opened = _points(plain, PASS, FAIL), _points(plain, *OPEN)
    now, low, high = (_total(book.scoring, lines, reading) for reading in ("", FAIL, PASS))
    vetoes = _vetoes(book.scoring, rows)
    score, note = _after_veto(book.scoring, now.score, vetoes)
    says = ["全部项目待复核或待人工，尚无得分"]
    if score is not None:
        says = [
            f"适用项目合计 {decided + opened} 分，其中已判定 {decided} 分，待定 {opened} 分",
            now.line,
            *([note] if note else []),
            f"待定项目全部不合格时 {low.score}，全部合格时 {high.score}",
        ]
    settled = score if decided * 2 >= decided + opened else None
    return Ledger(
        rows,
        decided + opened,
        decided,
        sum((r.deducted for r in plain), ZERO),
        opened,
        score,
        low.score,
        high.score,
        vetoes,
        _grade(book.scoring, settled, vetoes, lines),
        tuple(says),
    )


def _points(rows: Sequence[Row], *statuses: str) -> Decimal:
    """The full points of items with one of these statuses."""
    return sum((r.points for r in rows if r.status in statuses), ZERO)


def _line(item: Item, status: str, adjusted: dict[str, Decimal]) -> _Line:
    taken = ZERO
    if item.bonus and status == PASS:
        taken = -item.points
    elif not item.bonus and status == FAIL:
        taken = adjusted.get(item.id, item.points)
    return _Line(item, Row(item.id, status, item.points, taken, item.veto))


def _vetoes(s: Scoring, rows: Sequence[Row]) -> tuple[str, ...]:
    """Failed items that veto the case, where the scheme knows vetoes."""
    if s.veto_effect == "无":
        return ()
    return tuple(r.check for r in rows if r.status == FAIL and r.veto)


def _round(s: Scoring, v: Decimal) -> Decimal:
    return v.quantize(Decimal(1).scaleb(-s.decimals), ROUND_HALF_UP)


def _total(s: Scoring, lines: Sequence[_Line], reading: str) -> _Sum:
    """The score when open items are left out (''), all fail, or all pass."""
    seen = [x for line in lines if (x := line.under(reading))]
    counted = [x for x in seen if not x.item.bonus]
    if not counted:
        return _Sum(None)
    added = sum((x.item.points for x in seen if x.item.bonus and x.row.status == PASS), ZERO)
    return _SCHEMES[s.method](s, counted, min(added, s.bonus_cap))


def _lost(lines: Sequence[_Line], section: str | None = None) -> Decimal:
    """Points taken off, of all lines or of those of a section."""
    return sum((x.row.deducted for x in lines if section in (None, x.item.stage)), ZERO)


def _capped(s: Scoring, lines: Sequence[_Line], section: str) -> Decimal:
    """Points taken off in a section, at most its cap."""
    lost = _lost(lines, section)
    return min(lost, dict(s.caps).get(section, lost))


def _extra(bonus: Decimal) -> str:
    return f" + 加分 {bonus}" if bonus else ""


def _by_deduction(s: Scoring, lines: Sequence[_Line], bonus: Decimal) -> _Sum:
    """扣分: full points minus deductions, each section at most its cap."""
    total, parts = ZERO, []
    for section in dict.fromkeys(x.item.stage for x in lines):
        lost, kept = _lost(lines, section), _capped(s, lines, section)
        total += kept
        if lost:
            parts.append(f"{section} {lost}" + (f"（扣完 {kept} 为止）" if kept != lost else ""))
    score = _round(s, max(s.full - total, ZERO) + bonus)
    of_which = f"，其中扣分：{'、'.join(parts)}" if parts else ""
    return _Sum(score, f"得分 = {s.full} − {total}{_extra(bonus)} = {score}{of_which}")


def _by_ratio(s: Scoring, lines: Sequence[_Line], bonus: Decimal) -> _Sum:
    """比例: points got over points decided, times the full points."""
    main = [x for x in lines if x.item.stage not in s.deduct_sections]
    of = sum((x.item.points for x in main), ZERO)
    if not of:
        return _Sum(None)
    got = of - _lost(main)
    score = _round(s, got * s.full / of + bonus)
    how = f"÷ {of} × {s.full}{_extra(bonus)}"
    return _Sum(score, f"得分 =（{of} − {of - got}）{how} = {got} {how} = {score}")


def _by_base_and_ratio(s: Scoring, lines: Sequence[_Line], bonus: Decimal) -> _Sum:
    """基础加比例: the base, the rest by the ratio, minus the deductions of some sections (生态环境
    2024).
    """
    main = [x for x in lines if x.item.stage not in s.deduct_sections]
    of = sum((x.item.points for x in main), ZERO)
    got = of - _lost(main)
    lost = sum((_capped(s, lines, section) for section in s.deduct_sections), ZERO)
    span = s.full - s.base
    rest = span * got / of if of else span
    score = _round(s, max(s.base + rest - lost, ZERO) + bonus)
    return _Sum(
        score,
        f"得分 = {s.base} +（{span} × {got} ÷ {of} − 要素扣分 {lost}）{_extra(bonus)} = {score}",
    )


_SCHEMES: dict[str, Callable[[Scoring, Sequence[_Line], Decimal], _Sum]] = {
    "扣分": _by_deduction,
    "比例": _by_ratio,
    "基础加比例": _by_base_and_ratio,
}


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
    s: Scoring, score: Decimal | None, vetoes: tuple[str, ...], lines: Sequence[_Line]
) -> str:
    """The grade. ``score``: None while half or less of the points is decided."""
    if score is None:
        return UNDECIDED
    if vetoes and s.veto_effect in ("不合格", "零分"):
        return UNQUALIFIED
    if s.grade_by == "最重问题":
        return _by_worst_fault(vetoes, lines)
    if score >= s.excellent:
        return QUALIFIED if vetoes and s.veto_effect == "不得优秀" else EXCELLENT
    return QUALIFIED if score >= s.passing else UNQUALIFIED


def _by_worst_fault(vetoes: tuple[str, ...], lines: Sequence[_Line]) -> str:
    """优秀 without a fault, 不合格 with a grave one."""
    faults = [x for x in lines if x.row.status == FAIL]
    if any(x.item.gravity == GRAVE for x in faults):
        return UNQUALIFIED
    return QUALIFIED if faults or vetoes else EXCELLENT


__all__ = ["Book", "Item", "Ledger", "Row", "add_up", "ledger_of"]
