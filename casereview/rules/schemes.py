"""How a standard turns points into a score and a grade, as data: the schemes found in the wild
(STANDARDS 3.1, 3.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from casereview.rules.kinds.kind import Declared, Of, key
from casereview.rules.points import plain, read_declared
from casereview.yamlfile import LineDict

METHODS = ("比例", "扣分", "基础加比例")
ZERO_SCORE, NO_EXCELLENT, CAPPED, ZERO_STAGE = "零分", "不得优秀", "封顶", "环节零分"
UNQUALIFIED, NO_VETO = "不合格", "无"
VETO_EFFECTS = (UNQUALIFIED, ZERO_SCORE, NO_EXCELLENT, CAPPED, ZERO_STAGE, NO_VETO)
GRADE_BY = ("分数", "最重问题")
EXCELLENT, GOOD, QUALIFIED = "优秀", "良好", "合格"


@dataclass(frozen=True)
class Scoring(Declared):
    """A scheme.

    ``method`` 比例: points got over points decided, times ``full``. 扣分: ``full`` minus
    deductions. 基础加比例: ``base`` plus (``full`` - ``base``) times the ratio, minus the
    deductions of ``deduct_sections`` (生态环境 2024: 50 + 50 x ratio - elements). At most
    ``caps[section]`` is lost in a section, and no score is below ``floor``.
    ``veto_effect``: 不合格, 零分, 不得优秀, 封顶 (at most ``veto_cap``), 环节零分 (the section
    of the item loses all its points), 无; an item may have its own. Items of ``base_sections`` are
    vetoes. ``grades``: names and lines from the best down, instead of 优秀, 良好, 合格; a grade
    with the line 0 names the lowest. ``grade_by`` 最重问题: the worst failed item decides it.
    """

    excellent: Decimal = key("优秀", Of.POINTS, default=Decimal(90))
    passing: Decimal = key("合格", Of.POINTS, default=Decimal(60))
    veto_effect: str = key("否决后果", Of.CHOICE, default=UNQUALIFIED, choices=VETO_EFFECTS)
    decimals: int = key("小数位", Of.INTEGER, default=1)
    method: str = key("方式", Of.CHOICE, default="比例", choices=METHODS)
    full: Decimal = key("满分", Of.POINTS, default=Decimal(100))
    caps: tuple[tuple[str, Decimal], ...] = key("环节扣分上限", Of.NUMBERS)
    base: Decimal = key("基础分", Of.POINTS, default=Decimal(0))
    deduct_sections: tuple[str, ...] = key("扣分环节", Of.TEXTS)
    bonus_cap: Decimal = key("加分上限", Of.POINTS, default=Decimal(0))
    veto_cap: Decimal = key("封顶分", Of.POINTS, default=Decimal(59))
    grade_by: str = key("等次依据", Of.CHOICE, default="分数", choices=GRADE_BY)
    good: Decimal | None = key("良好", Of.POINTS, default=None)
    grades: tuple[tuple[str, Decimal], ...] = key(
        "等次", Of.NUMBERS, says="从高到低写 名称: 分数线，代替 优秀、良好、合格"
    )
    floor: Decimal = key("最低分", Of.POINTS, default=Decimal(0))
    base_sections: tuple[str, ...] = key(
        "基础环节", Of.TEXTS, says="这些环节的每一项都是基础项，不合格的得零分"
    )
    candidates: bool = key("候选否决", Of.FLAG, default=True)

    @property
    def ladder(self) -> tuple[tuple[str, Decimal], ...]:
        """Grades with their lines, the best first; below the last line lies ``lowest``."""
        if self.grades:
            return tuple((name, line) for name, line in self.grades if line)
        good = ((GOOD, self.good),) if self.good is not None else ()
        return ((EXCELLENT, self.excellent), *good, (QUALIFIED, self.passing))

    @property
    def lowest(self) -> str:
        """The name of the lowest grade."""
        return next((name for name, line in self.grades if not line), UNQUALIFIED)

    @property
    def names(self) -> tuple[str, ...]:
        """All grades, the best first."""
        return (*(name for name, _ in self.ladder), self.lowest)


def read_scoring(path: Path, data: LineDict, bad: list[str]) -> Scoring:
    """The 计分 block of a checklist; complaints go to ``bad``."""
    given = data.get("计分")
    row = given if isinstance(given, LineDict) else LineDict(data.start)

    def complain(row: LineDict, key: str, text: str) -> None:
        bad.append(f"{path}：第 {row.line(key)} 行：{text}")

    for k in row:
        if k not in Scoring.keys():
            known = "、".join(sorted(Scoring.keys()))
            complain(row, k, f"不认识的键“{k}”，可以写 {known}")
    scoring = read_declared(Scoring, row, complain)
    lines = [line for _, line in scoring.ladder]
    if any(a <= b for a, b in zip(lines, lines[1:], strict=False)):
        written = "、".join(f"{name} {plain(line)}" for name, line in scoring.ladder)
        complain(row, "等次", f"等次的分数线要从高到低，现在是 {written}")
    return scoring


def unknown_sections(scoring: Scoring, stages: Iterable[str]) -> list[tuple[str, str]]:
    """(key, name) of sections that the scheme names and no item belongs to."""
    named = {
        "环节扣分上限": [name for name, _ in scoring.caps],
        "扣分环节": scoring.deduct_sections,
        "基础环节": scoring.base_sections,
    }
    known = set(stages)
    return [(k, name) for k, names in named.items() for name in names if name not in known]
