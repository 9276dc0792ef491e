"""Units by the mean of their cases."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


def counts(result: dict[str, Any]) -> Counter[str]:
    """How many items have which status, after rulings."""
    return Counter(f.get("effective", f["status"]) for f in result["findings"])


def units(
    results: list[dict[str, Any]], of_units: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """Units by mean score of their decided cases, best first; cases without a score are counted but
    not averaged.
    """
    systems = {(u["batch"], u["unit"]): u["score"] for u in of_units or []}
    by: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for r in results:
        by.setdefault((r["batch"], r["unit"]), []).append(r)
    rows = []
    for (batch, unit), cases in by.items():
        scores = [
            Decimal(str(c["score"]))
            for c in cases
            if c["score"] is not None and c["grade"] != "待定"
        ]
        mean = (
            (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP)
            if scores
            else None
        )
        grades = Counter(c["grade"] for c in cases)
        rows.append(
            {
                "batch": batch,
                "unit": unit,
                "cases": len(cases),
                "mean": None if mean is None else float(mean),
                "grades": dict(sorted(grades.items())),
                "fails": sum(counts(c)["fail"] for c in cases),
                "open": sum(counts(c)["review"] for c in cases),
                "vetoed": sum(bool(c["vetoed"]) for c in cases),
                "unread": sum(len(c["unread"]) for c in cases),
                "systems": systems.get((batch, unit)),
            }
        )
    rows.sort(key=lambda r: (-(r["mean"] if r["mean"] is not None else -1), r["batch"], r["unit"]))
    rank = 0
    for i, r in enumerate(rows, 1):
        rank = i if i == 1 or r["mean"] != rows[i - 2]["mean"] else rank
        r["rank"] = rank if r["mean"] is not None else None
    return rows
