"""Findings -> ledger and grade. Decimal only; every line shown so that a reviewer re-adds it by
hand (promise 7).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, Protocol

from casereview.judging.ledger_line import OPEN, ZERO, Item, Line, Points, Row, line_of
from casereview.model import FAIL, NA, PASS, Finding
from casereview.rules.points import plain
from casereview.rules.schemes import (
    CAPPED,
    NO_EXCELLENT,
    NO_VETO,
    UNQUALIFIED,
    ZERO_SCORE,
    ZERO_STAGE,
    Scoring,
)

UNDECIDED = "待定"
GRAVE, SLIGHT = "严重", "轻微"


class Book(Protocol):
    """What adding up asks of a checklist, be it the file or its kept edition."""

    @property
    def scoring(self) -> Scoring:
        """The scheme."""

    @property
    def checks(self) -> Sequence[Item]:
        """The items."""


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
    line: str = ""


def ledger_of(book: Book, findings: Sequence[Finding], adjusted: Points | None = None) -> Ledger:
    """Add up. Items not applicable leave the denominator; order of items does not matter.
    ``adjusted``: points that a person takes off for a failed item.
    """
    items = {c.id: c for c in book.checks}
    statuses = {f.check: f.verdict.status for f in findings}
    found = {
        f.check: items[f.check].deduction.taken(items[f.check].points, f.verdict)
        for f in findings
        if f.verdict.status == FAIL
    }
    mild = {f.check for f in findings if f.verdict.mild}
    return add_up(book, statuses, adjusted, found, mild)


def add_up(
    book: Book,
    statuses: Mapping[str, str],
    adjusted: Points | None = None,
    found: Points | None = None,
    mild: Collection[str] = (),
) -> Ledger:
    """The ledger of statuses by item id. ``adjusted``: points that a person takes off for a failed
    item; ``found``: those that the program took for the faults that it found; ``mild``: items whose
    fault vetoes nothing.
    """
    every = _lines(book, statuses, adjusted or {}, found or {})
    lines = _without_vetoes(every, mild)
    rows = tuple(x.row for x in lines)
    plain_rows = [x.row for x in lines if not x.item.bonus]
    decided, opened = _points(plain_rows, PASS, FAIL), _points(plain_rows, *OPEN)
    apart = _apart(book.scoring, _applicable(lines))
    now, low, high = (_total(book.scoring, apart, reading) for reading in ("", FAIL, PASS))
    vetoes = _vetoes(book.scoring, lines)
    score, note = _after_veto(book.scoring, now.score, vetoes)
    says = [
        f"适用项目合计 {decided + opened} 分，其中已判定 {decided} 分，待定 {opened} 分",
        now.line,
        *([note] if note else []),
        f"待定项目全部不合格时 {low.score}，全部合格时 {high.score}",
        *_workings(lines),
    ]
    settled = score if decided * 2 >= decided + opened else None
    return Ledger(
        rows,
        decided + opened,
        decided,
        sum((r.deducted for r in plain_rows), ZERO),
        opened,
        score,
        low.score,
        high.score,
        tuple(x.item.id for x in vetoes),
        _grade(book.scoring, settled, vetoes, lines),
        tuple(says) if score is not None else ("全部项目待复核或待人工，尚无得分",),
    )


def score_of(
    book: Book, statuses: Mapping[str, str], adjusted: Points, mild: Collection[str]
) -> Decimal | None:
    """The score alone, as ``add_up`` comes to it."""
    lines = _without_vetoes(_lines(book, statuses, adjusted, {}), mild)
    now = _total(book.scoring, _apart(book.scoring, lines), "")
    return _after_veto(book.scoring, now.score, _vetoes(book.scoring, lines))[0]


def _workings(lines: Sequence[Line]) -> list[str]:
    """How the points of faults come about that do not simply cost all of theirs."""
    out = []
    for x in (line for line in lines if line.row.status == FAIL):
        how = x.item.deduction.working(x.item.points, x.row.deducted)
        if how:
            left = "" if x.settled else "；扣几分还没有人定，暂按最少的计"
            out.append(f"“{x.item.name}”{how}{left}")
    return out


def _points(rows: Sequence[Row], *statuses: str) -> Decimal:
    """The full points of items with one of these statuses."""
    return sum((r.points for r in rows if r.status in statuses), ZERO)


def _applicable(lines: Sequence[Line]) -> list[Line]:
    """The lines of the items that apply."""
    return [x for x in lines if x.row.status != NA]


def _lines(book: Book, statuses: Mapping[str, str], adjusted: Points, found: Points) -> list[Line]:
    items = {c.id: c for c in book.checks}
    return [line_of(items[i], status, adjusted, found) for i, status in statuses.items()]


def _without_vetoes(lines: Sequence[Line], mild: Collection[str]) -> list[Line]:
    """The lines; those of faults that veto nothing say so."""
    if not mild:
        return [*lines]
    return [replace(x, row=replace(x.row, veto=False)) if x.item.id in mild else x for x in lines]


def _effect(s: Scoring, x: Line) -> str:
    """What failing an item does to the case."""
    return x.item.veto_effect or s.veto_effect


def _vetoes(s: Scoring, lines: Sequence[Line]) -> list[Line]:
    """Failed items that veto the case, where the scheme knows vetoes."""
    failed = (x for x in lines if x.row.status == FAIL and x.row.veto)
    return [x for x in failed if _effect(s, x) != NO_VETO]


def _round(s: Scoring, v: Decimal) -> Decimal:
    return v.quantize(Decimal(1).scaleb(-s.decimals), ROUND_HALF_UP)


class _Counted(NamedTuple):
    """What a scheme counts: the points of the items by whose share it scores, and the lines of
    those that take points.
    """

    points: Decimal
    losing: list[Line]


class _Apart(NamedTuple):
    """The lines that apply, in their order; those of them that read the same however open items are
    read; the others; and the points of the former by whose share a scheme scores.
    """

    lines: Sequence[Line]
    plain: list[Line]
    others: list[Line]
    points: Decimal


def _apart(s: Scoring, lines: Sequence[Line]) -> _Apart:
    plain = [x for x in lines if x.plain]
    return _Apart(lines, plain, [x for x in lines if not x.plain], _shared(s, plain))


def _shared(s: Scoring, lines: Iterable[Line]) -> Decimal:
    """The points of the items by whose share a scheme scores."""
    return sum((x.item.points for x in lines if x.item.stage not in s.deduct_sections), ZERO)


def _total(s: Scoring, apart: _Apart, reading: str) -> _Sum:
    """The score when open items are left out (''), all fail, or all pass."""
    read = _read(apart.others, reading)
    counted = _without_bonus(read)
    if not (counted or apart.plain):
        return _Sum(None)
    points = apart.points + _shared(s, counted)
    if zeroed := {x.item.stage for x in _vetoes(s, read) if _effect(s, x) == ZERO_STAGE}:
        counted = _without_bonus(_zeroed(_read(apart.lines, reading), zeroed))
    losing = [x for x in counted if x.row.deducted]
    return _SCHEMES[s.method](s, _Counted(points, losing), min(_added(read), s.bonus_cap))


def _read(lines: Sequence[Line], reading: str) -> list[Line]:
    """The lines that are in the sum under one reading of the open items."""
    return [x for line in lines if (x := line if line.plain else line.under(reading))]


def _without_bonus(lines: Sequence[Line]) -> list[Line]:
    """The lines of items that take points."""
    return [x for x in lines if not x.item.bonus]


def _added(lines: Sequence[Line]) -> Decimal:
    """The points of bonus items that were gained."""
    return sum((x.item.points for x in lines if x.item.bonus and x.row.status == PASS), ZERO)


def _zeroed(lines: Sequence[Line], zeroed: Collection[str]) -> list[Line]:
    """The lines with nothing left of some sections."""
    return [
        replace(x, row=replace(x.row, deducted=x.item.points))
        if x.item.stage in zeroed and not x.item.bonus
        else x
        for x in lines
    ]


def _lost(lines: Sequence[Line], section: str) -> Decimal:
    """Points taken off in a section."""
    return sum((x.row.deducted for x in lines if x.row.deducted and x.item.stage == section), ZERO)


def _capped(s: Scoring, lines: Sequence[Line], section: str) -> Decimal:
    """Points taken off in a section, at most its cap."""
    lost = _lost(lines, section)
    return min(lost, dict(s.caps).get(section, lost))


def _all_capped(s: Scoring, losing: Sequence[Line]) -> Decimal:
    """Points taken off, in each section at most its cap, but for sections that only deduct."""
    shared = (section for section in _sections(losing) if section not in s.deduct_sections)
    return sum((_capped(s, losing, section) for section in shared), ZERO)


def _sections(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(x.item.stage for x in lines))


def _extra(bonus: Decimal) -> str:
    return f" + 加分 {bonus}" if bonus else ""


def _by_deduction(s: Scoring, counted: _Counted, bonus: Decimal) -> _Sum:
    """扣分: full points minus deductions, each section at most its cap."""
    total, parts = ZERO, []
    for section in _sections(counted.losing):
        lost, kept = _lost(counted.losing, section), _capped(s, counted.losing, section)
        total += kept
        if lost:
            parts.append(f"{section} {lost}" + (f"（扣完 {kept} 为止）" if kept != lost else ""))
    score = _round(s, max(s.full - total, s.floor) + bonus)
    of_which = f"，其中扣分：{'、'.join(parts)}" if parts else ""
    floor = f"，不低于 {plain(s.floor)}" if s.full - total < s.floor else ""
    return _Sum(score, f"得分 = {s.full} − {total}{_extra(bonus)} = {score}{floor}{of_which}")


def _by_ratio(s: Scoring, counted: _Counted, bonus: Decimal) -> _Sum:
    """比例: points got over points decided, times the full points."""
    of = counted.points
    if not of:
        return _Sum(None)
    got = of - _all_capped(s, counted.losing)
    score = _round(s, max(got * s.full / of, s.floor) + bonus)
    how = f"÷ {of} × {s.full}{_extra(bonus)}"
    return _Sum(score, f"得分 =（{of} − {of - got}）{how} = {got} {how} = {score}")


def _by_base_and_ratio(s: Scoring, counted: _Counted, bonus: Decimal) -> _Sum:
    """基础加比例: the base, the rest by the ratio, minus the deductions of some sections (生态环境
    2024).
    """
    of = counted.points
    got = of - _all_capped(s, counted.losing)
    lost = sum((_capped(s, counted.losing, section) for section in s.deduct_sections), ZERO)
    span = s.full - s.base
    rest = span * got / of if of else span
    score = _round(s, max(s.base + rest - lost, s.floor) + bonus)
    return _Sum(
        score,
        f"得分 = {s.base} +（{span} × {got} ÷ {of} − 要素扣分 {lost}）{_extra(bonus)} = {score}",
    )


_SCHEMES: dict[str, Callable[[Scoring, _Counted, Decimal], _Sum]] = {
    "扣分": _by_deduction,
    "比例": _by_ratio,
    "基础加比例": _by_base_and_ratio,
}


def _after_veto(
    s: Scoring, score: Decimal | None, vetoes: Sequence[Line]
) -> tuple[Decimal | None, str]:
    if not vetoes or score is None:
        return score, ""
    effects = {_effect(s, x) for x in vetoes}
    if ZERO_SCORE in effects:
        return _round(s, ZERO), "否决项不合格，得分为零"
    if CAPPED in effects and score > s.veto_cap:
        return _round(s, s.veto_cap), f"否决项不合格，得分最高 {s.veto_cap}"
    zeroed = [f"“{x.item.stage}”" for x in vetoes if _effect(s, x) == ZERO_STAGE]
    return score, f"否决项不合格，{'、'.join(dict.fromkeys(zeroed))}不得分" if zeroed else ""


def _grade(s: Scoring, score: Decimal | None, vetoes: Sequence[Line], lines: Sequence[Line]) -> str:
    """The grade. ``score``: None while half or less of the points is decided."""
    if score is None:
        return UNDECIDED
    effects = {_effect(s, x) for x in vetoes}
    if effects & {UNQUALIFIED, ZERO_SCORE}:
        return s.lowest
    rung = _by_worst_fault(s, lines) if s.grade_by == "最重问题" else _by_score(s, score)
    return s.names[max(rung, 1) if NO_EXCELLENT in effects else rung]


def _by_score(s: Scoring, score: Decimal) -> int:
    """The first rung of the ladder whose line the score reaches."""
    reached = (n for n, (_, line) in enumerate(s.ladder) if score >= line)
    return next(reached, len(s.ladder))


def _by_worst_fault(s: Scoring, lines: Sequence[Line]) -> int:
    """The best rung without a fault, the lowest with a grave one; slight faults cost one rung."""
    gravities = {x.item.gravity for x in lines if x.row.status == FAIL}
    if not gravities:
        return 0
    if GRAVE in gravities:
        return len(s.ladder)
    return 1 if gravities == {SLIGHT} else len(s.ladder) - 1


__all__ = ["OPEN", "Book", "Item", "Ledger", "Row", "add_up", "ledger_of"]
