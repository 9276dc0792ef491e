"""Drawing case files by lot: strata, quotas, files pulled on purpose, exclusions with reasons; the
same seed gives the same list anywhere.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

from casereview.errors import UsageError
from casereview.rounds.panel import rank

UNIT, NUMBER = "单位", "案号"
STRATA = ("领域", "程序", "年度")
PULLED, QUOTA, DRAWN = "主动调取", "配额", "随机抽取"


@dataclass(frozen=True)
class Quota:
    """At least ``n`` files a unit whose ``column`` says ``value``."""

    column: str
    value: str
    n: int


@dataclass(frozen=True)
class Draw:
    """The frozen list: rows drawn (with 抽取方式), rows excluded (with 理由), and what could not be
    met.
    """

    seed: str
    drawn: tuple[dict[str, str], ...]
    excluded: tuple[dict[str, str], ...]
    short: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For the journal and the export."""
        return {
            "seed": self.seed,
            "drawn": list(self.drawn),
            "excluded": list(self.excluded),
            "short": list(self.short),
        }


def _clean(row: dict[str, Any]) -> dict[str, str]:
    return {
        unicodedata.normalize("NFC", str(k).strip()): unicodedata.normalize(
            "NFC", str(v if v is not None else "").strip()
        )
        for k, v in row.items()
        if k
    }


def draw(
    rows: list[dict[str, Any]],
    seed: str,
    per_unit: int,
    quotas: tuple[Quota, ...] = (),
    pulled: tuple[str, ...] = (),
    excluded: dict[str, str] | None = None,
) -> Draw:
    """Draw ``per_unit`` files of every unit from a list with 单位 and 案号 (and 领域, 程序, 年度
    where known). Raises UsageError.

    First what is pulled on purpose, then the quotas, then by lot in turn from every kind of file
    that the unit has, so that none is left out by chance.
    """
    every = sorted((_clean(r) for r in rows), key=lambda r: (r.get(UNIT, ""), r.get(NUMBER, "")))
    _refuse(every, seed, pulled, excluded or {})
    out, left, short = [], [], []
    for unit in dict.fromkeys(r[UNIT] for r in every):
        own = [r for r in every if r[UNIT] == unit]
        left += [
            {**r, "理由": (excluded or {})[r[NUMBER]]} for r in own if r[NUMBER] in (excluded or {})
        ]
        pool = sorted(
            (r for r in own if r[NUMBER] not in (excluded or {})),
            key=lambda r: rank(seed, unit, r[NUMBER]),
        )
        taken = [{**r, "抽取方式": PULLED} for r in pool if r[NUMBER] in pulled]
        for q in quotas:
            short += _quota(q, unit, pool, taken, own)
        _fill(pool, taken, per_unit)
        if len(taken) < per_unit:
            short.append(f"{unit}：应抽 {per_unit} 卷，只有 {len(taken)} 卷可抽")
        out += [{"序号": "", **r} for r in taken]
    return Draw(
        seed, tuple({**r, "序号": str(i)} for i, r in enumerate(out, 1)), tuple(left), tuple(short)
    )


def _refuse(
    rows: list[dict[str, str]], seed: str, pulled: tuple[str, ...], excluded: dict[str, str]
) -> None:
    bad = []
    if not seed:
        bad.append("没有种子：请写 --seed，并在抽取时当众宣布")
    bad += [
        f"第 {i} 行缺{'、'.join(k for k in (UNIT, NUMBER) if not r.get(k))}"
        for i, r in enumerate(rows, 1)
        if not (r.get(UNIT) and r.get(NUMBER))
    ]
    bad += [
        f"{u} {n} 重复 {k} 次"
        for (u, n), k in Counter((r.get(UNIT, ""), r.get(NUMBER, "")) for r in rows).items()
        if k > 1 and u and n
    ]
    known = {r.get(NUMBER) for r in rows}
    bad += [f"台账里没有案号“{n}”" for n in (*pulled, *excluded) if n not in known]
    bad += [f"排除“{n}”要写理由" for n, why in excluded.items() if not why]
    bad += [f"“{n}”既要调取又要排除" for n in pulled if n in excluded]
    if bad or not rows:
        raise UsageError("案卷台账不能用来抽取：\n" + "\n".join(bad or ["台账是空的"]))


def _quota(
    q: Quota,
    unit: str,
    pool: list[dict[str, str]],
    taken: list[dict[str, str]],
    own: list[dict[str, str]],
) -> list[str]:
    have = {r[NUMBER] for r in taken}
    need = q.n - sum(r.get(q.column) == q.value for r in taken)
    more = [r for r in pool if r.get(q.column) == q.value and r[NUMBER] not in have][: max(need, 0)]
    taken += [{**r, "抽取方式": f"{QUOTA}（{q.column}：{q.value}）"} for r in more]
    if need > len(more):
        whole = sum(r.get(q.column) == q.value for r in own)
        return [f"{unit}：{q.column}为{q.value}的应抽 {q.n} 卷，台账里只有 {whole} 卷"]
    return []


def _fill(pool: list[dict[str, str]], taken: list[dict[str, str]], per_unit: int) -> None:
    """Take turns between the strata, least drawn first."""

    def stratum(r: dict[str, str]) -> tuple[str, ...]:
        return tuple(r.get(k, "") for k in STRATA)

    have = {r[NUMBER] for r in taken}
    rest = [r for r in pool if r[NUMBER] not in have]
    while rest and len(taken) < per_unit:
        drawn = Counter(stratum(r) for r in taken)
        i = min(range(len(rest)), key=lambda i: (drawn[stratum(rest[i])], i))
        taken.append({**rest.pop(i), "抽取方式": DRAWN})
