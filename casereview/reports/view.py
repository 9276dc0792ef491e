"""Everything a report says about results, once, as plain data."""

from __future__ import annotations

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from casereview.checklist import Checklist
from casereview.model import STATUS_WORDS


def clean(text: str) -> str:
    """Foreign text made inert for a terminal: no control characters, no direction marks (promise 10)."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "␀", str(text)).replace("\n", " ")


def ledger(result: dict[str, Any], checklist: Checklist, only: str = "", every: bool = False) -> list[dict[str, Any]]:
    """Rows of a case: stage, item, status word, points, deduction, message, places, advice. Passed and inapplicable ones on request."""
    rows = []
    for f in result["findings"]:
        c = checklist.get(f["check"])
        if only and f["check"] != only:
            continue
        if not only and not every and f["status"] in ("pass", "na"):
            continue
        rows.append({
            "check": f["check"], "name": c.name if c else f["check"], "stage": c.stage if c else "", "system": c.system if c else "", "status": f["status"], "word": STATUS_WORDS[f["status"]],
            "points": f["points"], "deducted": f["deducted"], "veto": bool(f.get("veto")) and f["status"] == "fail", "message": clean(f["message"]), "working": [clean(w) for w in f["working"]],
            "places": [place(e) for e in f["evidence"]], "quotes": [clean(e["quote"]) for e in f["evidence"]], "basis": list(c.basis) if c else [], "advice": c.advice if c and f["status"] == "fail" else "",
            "curable": bool(c and c.curable)})
    return rows


def place(e: dict[str, Any]) -> str:
    """'文件 第3页'."""
    return f"{clean(e['file'])} 第{e['page']}页"


def counts(result: dict[str, Any]) -> Counter[str]:
    """How many items have which status."""
    return Counter(f["status"] for f in result["findings"])


def units(results: list[dict[str, Any]], of_units: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """Units by mean score of their decided cases, best first; cases without a score are counted but not averaged."""
    systems = {(u["batch"], u["unit"]): u["score"] for u in of_units or []}
    by: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for r in results:
        by.setdefault((r["batch"], r["unit"]), []).append(r)
    rows = []
    for (batch, unit), cases in by.items():
        scores = [Decimal(str(c["score"])) for c in cases if c["score"] is not None and c["grade"] != "待定"]
        mean = (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP) if scores else None
        grades = Counter(c["grade"] for c in cases)
        rows.append({"batch": batch, "unit": unit, "cases": len(cases), "mean": None if mean is None else float(mean), "grades": dict(sorted(grades.items())),
                     "fails": sum(counts(c)["fail"] for c in cases), "open": sum(counts(c)["review"] for c in cases), "vetoed": sum(bool(c["vetoed"]) for c in cases),
                     "unread": sum(len(c["unread"]) for c in cases), "systems": systems.get((batch, unit))})
    rows.sort(key=lambda r: (-(r["mean"] if r["mean"] is not None else -1), r["batch"], r["unit"]))
    rank = 0
    for i, r in enumerate(rows, 1):
        rank = i if i == 1 or r["mean"] != rows[i - 2]["mean"] else rank
        r["rank"] = rank if r["mean"] is not None else None
    return rows
