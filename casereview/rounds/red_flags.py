"""Fixes that look wrong, shown and never judged: a person asks the unit (issue of the list, not a
verdict).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from casereview.record.identity import NEAR, apart, same_text
from casereview.rounds.compare import Change, evidence_kinds
from casereview.rounds.pairing import Result

_DAY = re.compile(r"^\d{4}-\d\d-\d\d")
_LISTS = (
    "卷内目录",
    "卷宗封面",
    "备考表",
    "现场照片",
    "音像资料清单",
    "其他",
    "证据材料",
)  # change as a matter of course when a file is put right


@dataclass(frozen=True)
class RedFlag:
    """Something to ask about: case, file, page and a sentence."""

    case: str
    file: str
    page: int
    text: str


def red_flags(a: Result, b: Result, changes: tuple[Change, ...], reviewed: str) -> list[RedFlag]:
    """What a reviewer should look at twice in the papers that came back. ``reviewed``: the day of
    the earlier review (ISO).
    """
    due = _due(a, changes)
    return sorted(
        {*_late(a, b, reviewed), *_rewritten(a, b, due), *_swapped(a, b)},
        key=lambda h: (h.file, h.page, h.text),
    )


def _due(a: Result, changes: tuple[Change, ...]) -> set[str]:
    """Kinds of paper that the unit was asked to touch in this case."""
    asked = {c.check for c in changes if c.case_from == a["case"] and c.status_from == "fail"}
    out: set[str] = set()
    for f in a["findings"]:
        if f["check"] in asked:
            out |= evidence_kinds(a, f) | set(re.split(r"[：、]", f.get("subject", "")))
    return out


def _docs(r: Result) -> list[dict[str, Any]]:
    return [d for d in r["documents"] if d["readable"] and d.get("print")]


def _same(x: dict[str, Any], y: dict[str, Any]) -> bool:
    return same_text(x["print"], y["print"])


def _late(a: Result, b: Result, reviewed: str) -> list[RedFlag]:
    """Papers that were not in the earlier file: dated after the review, or dated before it by a
    file that was made after it.
    """
    made = {f["file"]: f.get("made") or f["created"][:10] for f in b["files"]}
    scanned = {f["file"] for f in b["files"] if any(p.endswith(".o") for p in f.get("prints", []))}
    out = []
    for d in _docs(b):
        if any(_same(d, x) for x in _docs(a)):
            continue
        days = {
            f["value"]: n
            for n, f in b["facts"].items()
            if f["file"] == d["file"]
            and d["page_from"] <= f["page"] <= d["page_to"]
            and isinstance(f["value"], str)
            and _DAY.match(f["value"])
            and n.rpartition(".")[2].endswith(("日期", "时间"))
        }
        if not days:
            continue
        last = max(days)[:10]
        if last > reviewed:
            out.append(
                RedFlag(
                    b["case"],
                    d["file"],
                    d["page_from"],
                    f"{d['kind']}的{days[max(days)].rpartition('.')[2]} {last}"
                    f" 晚于上一轮评查（{reviewed}），是事后制作的文书",
                )
            )
        elif d["file"] not in scanned and made.get(d["file"], "") > reviewed:
            out.append(
                RedFlag(
                    b["case"],
                    d["file"],
                    d["page_from"],
                    f"{d['kind']}写着 {last}，文件却生成于 {made[d['file']]}，"
                    f"晚于上一轮评查（{reviewed}）；补做的文书应当注明补做日期",
                )
            )
    return out


def _rewritten(a: Result, b: Result, due: set[str]) -> list[RedFlag]:
    """A paper whose words changed though nothing was asked of it. Recognised pages are left out:
    two readings of one page differ by themselves.
    """
    out = []
    for d in _docs(b):
        if d["kind"] in due or d["kind"] in _LISTS or d["print"].endswith(".o"):
            continue
        before = [x for x in _docs(a) if x["kind"] == d["kind"] and not x["print"].endswith(".o")]
        if (
            before
            and not any(_same(d, x) for x in before)
            and min(apart(d["print"], x["print"]) for x in before) <= 2 * NEAR
        ):
            out.append(
                RedFlag(
                    b["case"],
                    d["file"],
                    d["page_from"],
                    f"{d['kind']}的文字有改动，上一轮没有要求改这份文书",
                )
            )
    return out


def _swapped(a: Result, b: Result) -> list[RedFlag]:
    """A paper of several pages of which only the last, where people sign, is another page than
    before.
    """
    prints = {
        (side, f["file"]): f.get("prints", [])
        for side, r in (("a", a), ("b", b))
        for f in r["files"]
    }
    out = []
    for d in _docs(b):
        new = prints["b", d["file"]][d["page_from"] - 1 : d["page_to"]]
        if len(new) < 2 or not new[-1]:
            continue
        for x in _docs(a):
            old = prints["a", x["file"]][x["page_from"] - 1 : x["page_to"]]
            if (
                x["kind"] == d["kind"]
                and len(old) == len(new)
                and old[-1]
                and all(same_text(p, q) or p == q for p, q in zip(old[:-1], new[:-1], strict=True))
                and not same_text(old[-1], new[-1])
            ):
                out.append(
                    RedFlag(
                        b["case"],
                        d["file"],
                        d["page_to"],
                        f"{d['kind']}前面各页与上一轮相同，只有末页换过",
                    )
                )
    return out
