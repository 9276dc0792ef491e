"""Terms that a law sets otherwise than the general ones (行政诉讼法 46: 法律另有规定的除外):
``特别期限.csv`` of the rules folder, one row a law, article and number of the law it departs from.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from casereview.chinese.laws import title_key
from casereview.errors import RulesRefused
from casereview.law.parameters import Parameter, SpecialTerm

COLUMNS = ("法律", "条", "参数", "期限", "单位", "自", "至", "限于", "优先于一般期限", "依据")
_YES = {"是": True, "否": False}


@dataclass(frozen=True)
class _Row:
    """One row of the sheet with the place where it stands."""

    cells: Mapping[str, str]
    where: str

    def complaints(self) -> list[str]:
        """What is wrong with it."""
        c = self.cells
        bad = [f"{self.where} {n} 列：没有填写" for n in ("法律", "参数", "依据") if not c.get(n)]
        bad += [
            f"{self.where} {n} 列：“{c.get(n)}”不是整数"
            for n in ("条", "期限")
            if not (c.get(n) or "").isdigit()
        ]
        bad += [
            f"{self.where} {n} 列：“{c[n]}”不是日期，请写成 2026-03-20"
            for n in ("自", "至")
            if c.get(n) and _day(c[n]) is None
        ]
        if c.get("优先于一般期限") not in _YES:
            bad.append(f"{self.where} 优先于一般期限 列：写 是 或者 否")
        return bad

    def term(self) -> SpecialTerm:
        """The row, typed."""
        c = self.cells
        return SpecialTerm(
            c["法律"],
            title_key(c["法律"]),
            int(c["条"]),
            Decimal(c["期限"]),
            c["单位"],
            _day(c["自"]),
            _day(c["至"]),
            tuple(c["限于"].split()),
            _YES[c["优先于一般期限"]],
            c["依据"],
        )


def load_special_terms(path: Path) -> dict[str, list[SpecialTerm]]:
    """Parameter -> the terms that laws set otherwise; none where the folder has no such file.
    Raises RulesRefused with every bad row.
    """
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as f:
        rows = [_Row(r, f"{path}：第 {n} 行") for n, r in enumerate(csv.DictReader(f), 2)]
    bad = [c for row in rows for c in row.complaints()]
    if bad:
        raise RulesRefused(bad)
    out: dict[str, list[SpecialTerm]] = {}
    for row in rows:
        out.setdefault(row.cells["参数"], []).append(row.term())
    return out


def with_special_terms(
    parameters: Mapping[str, Parameter], terms: Mapping[str, list[SpecialTerm]], path: Path
) -> dict[str, Parameter]:
    """The parameters with the terms that depart from them. Raises RulesRefused for terms of a
    parameter that does not exist.
    """
    unknown = [f"{path}：没有参数“{name}”" for name in terms if name not in parameters]
    if unknown:
        raise RulesRefused(unknown)
    return {n: replace(p, special=tuple(terms.get(n, ()))) for n, p in parameters.items()}


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
