"""How a standard turns points into a score and a grade, as data: the schemes found in the wild
(STANDARDS 3.1, 3.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from casereview.yamlfile import LineDict

METHODS = ("比例", "扣分", "基础加比例")
VETO_EFFECTS = ("不合格", "零分", "不得优秀", "封顶", "无")
GRADE_BY = ("分数", "最重问题")
_KEYS = {
    "方式",
    "满分",
    "优秀",
    "合格",
    "等次依据",
    "否决后果",
    "封顶分",
    "候选否决",
    "小数位",
    "环节扣分上限",
    "基础分",
    "扣分环节",
    "加分上限",
}


@dataclass(frozen=True)
class Scoring:
    """A scheme.

    ``method`` 比例: points got over points decided, times ``full``. 扣分: ``full`` minus
    deductions, at most ``caps[section]`` a section.
    基础加比例: ``base`` plus (``full`` - ``base``) times the ratio, minus the deductions of
    ``deduct_sections`` (生态环境 2024: 50 + 50 x ratio - elements).
    ``veto_effect``: 不合格, 零分, 不得优秀, 封顶 (at most ``veto_cap``), 无. ``grade_by`` 最重问题:
    the worst failed item decides the grade.
    """

    excellent: Decimal = Decimal(90)
    passing: Decimal = Decimal(60)
    veto_effect: str = "不合格"
    decimals: int = 1
    method: str = "比例"
    full: Decimal = Decimal(100)
    caps: tuple[tuple[str, Decimal], ...] = ()
    base: Decimal = Decimal(0)
    deduct_sections: tuple[str, ...] = ()
    bonus_cap: Decimal = Decimal(0)
    veto_cap: Decimal = Decimal(59)
    grade_by: str = "分数"


def read_scoring(path: Path, data: LineDict, bad: list[str]) -> Scoring:
    """The 计分 block of a checklist; complaints go to ``bad``."""
    given = data.get("计分")
    row = given if isinstance(given, LineDict) else LineDict(data.start)

    def number(key: str, default: int) -> Decimal:
        try:
            return Decimal(str(row[key])) if row.get(key) is not None else Decimal(default)
        except InvalidOperation:
            bad.append(f"{path}：第 {row.line(key)} 行：{key}“{row[key]}”不是数")
            return Decimal(default)

    def word(key: str, allowed: tuple[str, ...]) -> str:
        v = row.get(key) or allowed[0]
        if v not in allowed:
            bad.append(f"{path}：第 {row.line(key)} 行：{key}只能是 {'、'.join(allowed)}")
        return str(v)

    bad += [
        f"{path}：第 {row.line(k)} 行：不认识的键“{k}”，可以写 {'、'.join(sorted(_KEYS))}"
        for k in row
        if k not in _KEYS
    ]
    caps = row.get("环节扣分上限") or {}
    sections = row.get("扣分环节") or []
    return Scoring(
        number("优秀", 90),
        number("合格", 60),
        word("否决后果", VETO_EFFECTS),
        int(number("小数位", 1)),
        word("方式", METHODS),
        number("满分", 100),
        tuple((str(k), Decimal(str(v))) for k, v in caps.items()),
        number("基础分", 0),
        tuple(str(s) for s in sections),
        number("加分上限", 0),
        number("封顶分", 59),
        word("等次依据", GRADE_BY),
    )
