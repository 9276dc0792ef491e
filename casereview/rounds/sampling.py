"""Drawing case files by lot: strata, quotas, files pulled on purpose, exclusions with reasons; the
same seed gives the same list anywhere.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casereview.errors import UsageError
from casereview.rounds.panel import rank

UNIT, NUMBER = "单位", "案号"
LINE = "台账行"  # the row of the list in which a file stands, as Excel numbers it
STRATA = ("领域", "程序", "年度")
HOW, WHY, PLACE = "抽取方式", "理由", "序号"
PULLED, QUOTA, DRAWN = "主动调取", "配额", "随机抽取"


Row = dict[str, str]  # a line of the list: column -> what stands there


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
    drawn: tuple[Row, ...]
    excluded: tuple[Row, ...]
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
    left_out = excluded or {}
    every = sorted(map(_clean, rows), key=_named)
    _refuse(every, seed, pulled, left_out)
    drawn: list[Row] = []
    short: list[str] = []
    for unit in dict.fromkeys(r[UNIT] for r in every):
        own = [r for r in every if r[UNIT] == unit]
        pool = _by_lot(seed, [r for r in own if r[NUMBER] not in left_out])
        taken = [{**r, HOW: PULLED} for r in pool if r[NUMBER] in pulled]
        for q in quotas:
            short += _quota(q, unit, pool, taken, own)
        _fill(pool, taken, per_unit)
        if len(taken) < per_unit:
            short.append(f"{unit}：应抽 {per_unit} 卷，只有 {len(taken)} 卷可抽")
        drawn += taken
    return Draw(seed, _numbered(drawn), _with_reasons(every, left_out), tuple(short))


def _with_reasons(rows: list[Row], left_out: dict[str, str]) -> tuple[Row, ...]:
    """The rows that were excluded, each with why."""
    return tuple({**r, WHY: left_out[r[NUMBER]]} for r in rows if r[NUMBER] in left_out)


def _named(r: Row) -> tuple[str, str]:
    return r.get(UNIT, ""), r.get(NUMBER, "")


def _by_lot(seed: str, rows: list[Row]) -> list[Row]:
    """Rows in the order in which they are drawn."""
    return sorted(rows, key=lambda r: rank(seed, r[UNIT], r[NUMBER]))


def _numbered(rows: list[Row]) -> tuple[Row, ...]:
    return tuple({PLACE: "", **r} | {PLACE: str(i)} for i, r in enumerate(rows, 1))


def _refuse(rows: list[Row], seed: str, pulled: tuple[str, ...], excluded: dict[str, str]) -> None:
    """Raises UsageError with everything that stands in the way of a draw."""
    bad = [] if seed else ["没有种子：请写 --seed，并在抽取时当众宣布"]
    bad += _bad_rows(rows)
    bad += _mistaken({r.get(NUMBER, "") for r in rows}, pulled, excluded)
    if bad or not rows:
        raise UsageError("案卷台账不能用来抽取：\n" + "\n".join(bad or ["台账是空的"]))


def _bad_rows(rows: list[Row]) -> Iterator[str]:
    """What is wrong with the list itself."""
    for i, r in enumerate(rows, 1):
        lacks = [k for k in (UNIT, NUMBER) if not r.get(k)]
        if lacks:
            yield f"第 {r.get(LINE, i)} 行缺{'、'.join(lacks)}"
    named = Counter((r[UNIT], r[NUMBER]) for r in rows if r.get(UNIT) and r.get(NUMBER))
    for (unit, number), n in named.items():
        if n > 1:
            yield f"{unit} {number} 重复 {n} 次{_where(rows, unit, number)}"


def _where(rows: list[Row], unit: str, number: str) -> str:
    """The rows in which a file stands, in brackets; '' where the list has no numbers of rows."""
    own = [r[LINE] for r in rows if _named(r) == (unit, number) and LINE in r]
    return f"（第 {'、'.join(own)} 行）" if own else ""


def _mistaken(known: set[str], pulled: tuple[str, ...], excluded: dict[str, str]) -> Iterator[str]:
    """What is wrong with the files that were named."""
    for number in (*pulled, *excluded):
        if number not in known:
            yield f"台账里没有案号“{number}”"
    for number, why in excluded.items():
        if not why:
            yield f"排除“{number}”要写理由"
        if number in pulled:
            yield f"“{number}”既要调取又要排除"


def _quota(
    q: Quota,
    unit: str,
    pool: list[Row],
    taken: list[Row],
    own: list[Row],
) -> list[str]:
    have = {r[NUMBER] for r in taken}
    need = q.n - sum(r.get(q.column) == q.value for r in taken)
    more = [r for r in pool if r.get(q.column) == q.value and r[NUMBER] not in have][: max(need, 0)]
    taken += [{**r, HOW: f"{QUOTA}（{q.column}：{q.value}）"} for r in more]
    if need > len(more):
        whole = sum(r.get(q.column) == q.value for r in own)
        return [f"{unit}：{q.column}为{q.value}的应抽 {q.n} 卷，台账里只有 {whole} 卷"]
    return []


def _fill(pool: list[Row], taken: list[Row], per_unit: int) -> None:
    """Take turns between the strata, least drawn first."""

    def stratum(r: dict[str, str]) -> tuple[str, ...]:
        return tuple(r.get(k, "") for k in STRATA)

    have = {r[NUMBER] for r in taken}
    rest = [r for r in pool if r[NUMBER] not in have]
    while rest and len(taken) < per_unit:
        drawn = Counter(stratum(r) for r in taken)
        i = min(range(len(rest)), key=lambda i: (drawn[stratum(rest[i])], i))
        taken.append({**rest.pop(i), HOW: DRAWN})
