"""What an item weighs: its points, how it costs them, and what failing it does to the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from casereview.rules.deduction import Deduction
from casereview.rules.kinds.table import Kind, Several
from casereview.rules.points import Complain, Price, points_of, read_declared
from casereview.rules.schemes import VETO_EFFECTS, ZERO_SCORE, Scoring
from casereview.yamlfile import LineDict

WEIGHT_KEYS = ("分值", "加分", "否决", "否决后果", "基础项", *Deduction.keys())
# key, what may stand there, the same in words
_MAY = (
    ("否决", (True, False, "候选"), "true、false 或 候选"),
    ("基础项", (True, False), "true 或 false"),
    ("否决后果", VETO_EFFECTS, "、".join(VETO_EFFECTS)),
)


@dataclass(frozen=True)
class Weight:
    """The weight of an item. ``veto_effect``: '' for what the scheme says."""

    points: Decimal
    deduction: Deduction
    veto: bool
    veto_effect: str


def weight_of(row: LineDict, kind: Kind | None, scoring: Scoring, complain: Complain) -> Weight:
    """The weight that a row declares; what cannot be meant is complained of."""
    points = _points(row, complain)
    veto, effect = _veto(row, scoring, complain)
    return Weight(points, _deduction(row, points, kind, complain), veto, effect)


def _points(row: LineDict, complain: Complain) -> Decimal:
    try:
        return points_of(row.get("分值") or 0)
    except ValueError as e:
        complain(row, "分值", f"分值{e}")
        return Decimal(0)


def _deduction(row: LineDict, points: Decimal, kind: Kind | None, complain: Complain) -> Deduction:
    """How it costs points; a 逐项 item may say it of its parts."""
    said = read_declared(Deduction, row, complain)
    ways = said.declared().keys() - {"最多扣"}
    parts = kind.parts if isinstance(kind, Several) else ()
    priced = tuple(Price(p.rule(), p.costs) for p in parts if p.costs is not None)
    if priced and len(priced) < len(parts):
        complain(row, "各项", "各项要么每一项都写“扣”，要么都不写")
    if priced and ways:
        complain(row, "各项", "各项写了“扣”，这一项就不能再写别的扣分办法")
    if row.get("加分") is True and (ways or priced):
        complain(row, "加分", "加分项不扣分，不能写扣分办法")
    deduction = replace(said, parts=priced)
    for text in deduction.misfits(points):
        complain(row, next(iter(said.declared()), "分值"), text)
    return deduction


def _veto(row: LineDict, scoring: Scoring, complain: Complain) -> tuple[bool, str]:
    """Whether failing it decides the case, and what it then does."""
    said, effect = row.get("否决"), row.get("否决后果") or ""
    for key, may, words in _MAY:
        if row.get(key) not in (None, *may):
            complain(row, key, f"{key}只能写 {words}")
    base = _is_base(row, scoring)
    if effect and not (said or base):
        complain(row, "否决后果", "写了否决后果，也要写 否决: true 或者 基础项: true")
    veto = base or said is True or (said == "候选" and scoring.candidates)
    return veto, str(effect or (ZERO_SCORE if base else ""))


def _is_base(row: LineDict, scoring: Scoring) -> bool:
    """True for an item of the base, without which nothing counts."""
    return row.get("基础项") is True or row.get("环节") in scoring.base_sections
