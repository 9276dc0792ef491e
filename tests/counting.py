"""An independent count over the database: plain SQL and JSON, nothing of the rooms that the program
itself counts with.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

DECIDED = {"overrule": "pass", "pass": "pass", "fail": "fail", "na": "na", "waive": "waived"}
OPEN = ("review", "manual", "error")


class Count:
    """A store, counted by hand."""

    def __init__(self, path: Path):
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.runs = {i: root for i, root in db.execute("SELECT id, root FROM runs")}
        self.rows: dict[int, dict[str, Any]] = defaultdict(dict)
        for run, key, result in db.execute("SELECT run, key, result FROM cases ORDER BY revision"):
            text = result if isinstance(result, str) else zlib.decompress(result)
            self.rows[run][key] = json.loads(text)
        self.units: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for run, result in db.execute("SELECT run, result FROM unit_results"):
            self.units[run].append(json.loads(result))
        self.events = [
            (kind, by, json.loads(body))
            for kind, by, body in db.execute(
                "SELECT kind, actor, body FROM events ORDER BY at, seq"
            )
        ]
        self.items = {
            (digest, item["id"]): item
            for digest, body in db.execute("SELECT digest, body FROM cards")
            for item in json.loads(body)["items"]
        }
        self.numbers = [n for (n,) in db.execute("SELECT number FROM numbers")]
        db.close()

    def said(self, kind: str) -> list[dict[str, Any]]:
        """The bodies of the entries of a kind, oldest first."""
        return [body for k, _, body in self.events if k == kind]

    def cases(self, *runs: int) -> dict[str, dict[str, Any]]:
        """The cases of a round: by number, the newest run that holds each."""
        return {r["case_key"]: r for run in runs for r in self.rows[run].values()}

    def status(self, f: dict[str, Any]) -> str:
        """The status of a finding after what people said last, each of them; the chief settles."""
        last: dict[str, dict[str, Any]] = {}
        for kind, by, body in self.events:
            if kind == "ruling" and body["identity"] == f["identity"]:
                last[by] = body
        now = [b for b in last.values() if b["evidence"] == f["evidence_digest"]]
        settled = [b for b in now if b.get("settle")]
        words = {DECIDED.get(b["action"], f["status"]) for b in settled[-1:] or now}
        return words.pop() if len(words) == 1 else f["status"]

    def statuses(self, *runs: int) -> Counter[str]:
        """How many findings of a round have which status."""
        rows = self.cases(*runs).values()
        return Counter(self.status(f) for r in rows for f in r["findings"])

    def unit_statuses(self, *runs: int) -> Counter[str]:
        """How many items of the units themselves have which status, of a round of one run."""
        rows = [u for run in runs for u in self.units[run]]
        return Counter(self.status(f) for u in rows for f in u["findings"])

    def rate(self, before: tuple[int, ...], after: tuple[int, ...]) -> dict[str, int]:
        """What became of the faults of a round, counted fault by fault."""
        later = self.cases(*after)
        taken = {b["identity"]: b["outcome"] for b in self.said("rectify.explained")}
        out: Counter[str] = Counter()
        for key, r in self.cases(*before).items():
            now = {f["check"]: self.status(f) for f in later.get(key, {"findings": []})["findings"]}
            for f in r["findings"]:
                was, then = self.status(f), now.get(f["check"], "")
                item = self.items[r["checklist"]["card"], f["check"]]
                if was == "waived" or then == "waived":
                    out["waived"] += was in ("fail", "waived")
                elif was == "fail" and taken.get(f["identity"]) == "接受":
                    out["explained"] += 1
                elif was == "fail" and then == "fail":
                    out["still"] += 1
                elif was == "fail" and then == "pass":
                    out["fixed" if item["curable"] else "check"] += 1
                elif was == "fail":
                    out["untold"] += 1
        upheld = {b["identity"]: b["outcome"] for b in self.said("rectify.decision")}
        out["upheld"] += sum(o == "采纳" for o in upheld.values())
        return dict(out)


def tenth(n: int, of: int) -> str:
    """A share in percent to one place, as people round."""
    return str((Decimal(100 * n) / of).quantize(Decimal("0.1"), ROUND_HALF_UP))
