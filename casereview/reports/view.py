"""Everything a report says about results, once, as plain data."""

from __future__ import annotations

from typing import Any

from casereview.model import STATUS_WORDS, Place
from casereview.reports.words import clean
from casereview.rounds.rulings import ACTIONS
from casereview.rules.checklist import Checklist


def ledger(
    result: dict[str, Any], checklist: Checklist, only: str = "", every: bool = False
) -> list[dict[str, Any]]:
    """Rows of a case: stage, item, status word, points, deduction, message, places, advice. Passed
    and inapplicable ones on request.
    """
    rows = []
    for f in result["findings"]:
        c = checklist.get(f["check"])
        if only and f["check"] != only:
            continue
        if (
            not only
            and not every
            and f["status"] in ("pass", "na")
            and f.get("effective", f["status"]) in ("pass", "na")
            and not f.get("ruling")
        ):
            continue
        rows.append(
            {
                "check": f["check"],
                "name": c.name if c else f["check"],
                "stage": c.stage if c else "",
                "system": c.system if c else "",
                "status": f["status"],
                "word": STATUS_WORDS[f["status"]],
                "effective": f.get("effective", f["status"]),
                "ruling": ruling_line(f),
                "identity": f.get("identity", "")[:8],
                "points": f["points"],
                "deducted": f["deducted"],
                "veto": bool(f.get("veto")) and f["status"] == "fail",
                "message": clean(f["message"]),
                "working": [clean(w) for w in f["working"]],
                "places": [place(e) for e in f["evidence"]],
                "quotes": [clean(e.quote) for e in f["evidence"]],
                "basis": list(c.basis) if c else [],
                "advice": c.advice if c and f["status"] == "fail" else "",
                "curable": bool(c and c.curable),
            }
        )
    return rows


def ruling_line(f: dict[str, Any]) -> str:
    """What people said of a finding, in one line; '' when nobody did."""
    u = f.get("ruling")
    if not u:
        return ""
    if "action" not in u:
        return str(u["state"])
    more = (
        f"，扣 {u['points']} 分"
        if u.get("points")
        else f"，{u['signer']}批准至 {u['until']}"
        if u.get("until")
        else ""
    )
    return clean(
        f"{ACTIONS[u['action']]}{more}（{u['by']}，{u['at'][:10]}：{u['why']}）·{u['state']}"
    )


def place(e: Place) -> str:
    """'文件 第3页'."""
    return f"{clean(e.file)} 第{e.page}页"
