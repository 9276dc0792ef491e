"""What a person wrote that nobody knows, in words that help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rapidfuzz import process

from casereview.rules.kinds.kind import Of
from casereview.rules.table import PREDICATES


def not_known(of: Of, value: str) -> str:
    """A complaint about what is no day, or no judgement; '' when there is none."""
    if of is Of.DAY and not _is_day(value):
        return f"“{value}”不是日期，写成 2021-07-15"
    if of is Of.JUDGEMENT and value not in PREDICATES:
        return f"没有判定“{value}”，相近的有 {near(value, PREDICATES)}"
    return ""


def _is_day(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def near(name: str, known: Iterable[str]) -> str:
    """The five names most like ``name``, for a person who mistyped."""
    return "、".join(m[0] for m in process.extract(name, sorted(known), limit=5))
