"""Compares what the program says of drawn cases with their labels.

In: labels (labels.jsonl) and the export of the program (casereview.case/1). Out: counts overall,
per item, per format and per house, and every false accusation with the passage it was based on.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
SEVERE = {"fail": 4, "review": 3, "error": 3, "pass": 2, "na": 1, "manual": 0}
DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
STRIP = re.compile(r"[\s〔〕\[\]()（）【】《》,，、;；。第]")


def flat(text: object) -> str:
    """Text without width, brackets, spaces and marks."""
    return STRIP.sub("", unicodedata.normalize("NFKC", str(text))).lower()


def as_date(text: object) -> str:
    """ISO date of 2025年3月5日 or 2025-03-05; empty for anything else."""
    found = re.match(
        r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})", unicodedata.normalize("NFKC", str(text))
    )
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else ""


def same(name: str, want: Any, got: Any) -> bool:
    """A fact agrees after normalisation."""
    if got in (None, "", []):
        return False
    if isinstance(want, list):
        parts = got if isinstance(got, list) else re.split(r"[、,，;；\s]+|或者|或", str(got))
        return {flat(x) for x in want} == {flat(x) for x in parts if flat(x)}
    if isinstance(got, list):
        got = got[0] if len(got) == 1 else "、".join(map(str, got))
    if isinstance(want, int | float):
        number = re.search(r"\d+(?:\.\d+)?", str(got).replace(",", ""))
        return number is not None and abs(float(number[0]) - want) < 0.01
    if re.match(r"\d{4}-\d\d-\d\d", want):
        return as_date(got) == want[:10] and (len(want) == 10 or as_clock(got) == want[11:])
    a, b = flat(want), flat(got)
    if name.endswith(("条款", "依据")):
        return a in b or (b in a and len(b) > 0.8 * len(a))
    return a == b


def as_clock(text: object) -> str:
    """10:05 out of a date with a time."""
    found = re.search(r"(\d{1,2})\D(\d{1,2})", str(text)[10:])
    return f"{int(found[1]):02d}:{int(found[2]):02d}" if found else ""


def statuses(result: Row | None) -> dict[str, Row]:
    """The most severe finding of each item."""
    out: dict[str, Row] = {}
    for finding in (result or {}).get("findings", []):
        held = out.get(finding["check"])
        rank = SEVERE.get(finding["status"], 0)
        if held is None or rank > SEVERE.get(held["status"], 0):
            out[finding["check"]] = finding
    return out


def _passage(finding: Row) -> str:
    """Where a finding points and what it quotes."""
    marks = finding.get("evidence") or []
    places = [
        f"{m.get('file')} p.{m.get('page')}: {str(m.get('quote') or '')[:80]}" for m in marks[:2]
    ]
    return f"{finding.get('message', '')[:160]} | {' / '.join(places)}"


def _listed(label: Row, what: str, passage: str) -> Row:
    """One line of a list: an item or fact of a case, and what the program says of it."""
    return {
        "house": label["style"],
        "format": label["format"],
        "case": label["case"],
        "check": what,
        "passage": passage,
    }


def _verdicts(
    label: Row,
    result: Row | None,
    sums: list[Counter[str]],
    items: dict[str, Counter[str]],
    lists: dict[str, list[Row]],
) -> bool:
    """Counts the verdicts of one case and lists the false, the missed and the open ones; returns
    whether the case was accused falsely.
    """
    must, may = set(label["must_fail"]), set(label["may_fail"])
    found = statuses(result)
    before = len(lists["false"])
    for check in sorted(must):
        finding = found.get(check)
        word = {"fail": "found", "review": "asked"}.get(finding["status"] if finding else "", "")
        for sum_ in sums:
            sum_.update({"must": 1, word or "missed": 1})
        items.setdefault(check, Counter()).update({"must": 1, word or "missed": 1})
        if word != "found":
            said = f"{finding['status']}: {_passage(finding)}" if finding else "no finding"
            lists["misses"].append(_listed(label, check, said))
    for check, finding in found.items():
        status = finding["status"]
        if status in ("na", "manual"):
            continue
        counts = {"decided": 1, "review": int(status in ("review", "error"))}
        if status == "fail" and check not in must | may:
            counts["false"] = 1
            lists["false"].append(_listed(label, check, _passage(finding)))
        if counts["review"] and check not in must:
            lists["open"].append(_listed(label, check, _passage(finding)))
        for sum_ in sums:
            sum_.update(counts)
        items.setdefault(check, Counter()).update(counts)
    return len(lists["false"]) > before


def _kinds(documents: list[Row]) -> dict[tuple[str, int], set[str]]:
    """Reported kinds by file and page."""
    kinds: dict[tuple[str, int], set[str]] = {}
    for d in documents:
        first = int(d.get("page_from") or 1)
        for page in range(first, int(d.get("page_to") or first) + 1):
            kinds.setdefault((d["file"], page), set()).update([d["kind"], *(d.get("also") or [])])
    return kinds


def _papers(
    label: Row, result: Row | None, sums: list[Counter[str]], wrong: Counter[tuple[str, str]]
) -> None:
    """Kinds on the first page of each paper, and boundaries in PDF files."""
    got = (result or {}).get("documents", [])
    kinds = _kinds(got)
    for d in label["documents"]:
        here = kinds.get((d["file"], d["page_from"]), set())
        if not d["file"].lower().endswith(".pdf"):
            here = {k for (file, _), x in kinds.items() if file == d["file"] for k in x}
        right = bool(here & {d["kind"], *d.get("also", [])})
        if not right:
            wrong[(d["kind"], "、".join(sorted(here)) or "-")] += 1
        for sum_ in sums:
            sum_.update({"papers": 1, "papers_right": int(right)})
    pdfs = {d["file"] for d in label["documents"] if d["file"].lower().endswith(".pdf")}
    want = {(d["file"], d["page_from"]) for d in label["documents"] if d["file"] in pdfs}
    have = {(d["file"], int(d.get("page_from") or 1)) for d in got if d["file"] in pdfs}
    for sum_ in sums:
        sum_.update(
            {"starts": len(want), "starts_got": len(have), "starts_right": len(want & have)}
        )


def _facts(
    label: Row,
    result: Row | None,
    sums: list[Counter[str]],
    facts: dict[str, Counter[str]],
    lists: dict[str, list[Row]],
) -> None:
    """Facts that agree; lists those that do not."""
    got = (result or {}).get("facts") or {}
    for name, want in label["facts"].items():
        value = got.get(name)
        value = value.get("value") if isinstance(value, dict) else value
        right = same(name, want, value)
        if not right:
            lists["facts_wrong"].append(_listed(label, name, f"want {want} | got {value}"))
        counts = {
            "facts": 1,
            "facts_right": int(right),
            "facts_absent": int(value in (None, "", [])),
        }
        for sum_ in sums:
            sum_.update(counts)
        facts.setdefault(name, Counter()).update(counts)


def compare(labels: Iterable[Row], results: Iterable[Row]) -> Row:
    """All counts of a set."""
    by_case = {r["case"]: r for r in results}
    groups: dict[str, dict[str, Counter[str]]] = {"format": {}, "house": {}, "procedure": {}}
    total: Counter[str] = Counter()
    items: dict[str, Counter[str]] = {}
    facts: dict[str, Counter[str]] = {}
    wrong: Counter[tuple[str, str]] = Counter()
    lists: dict[str, list[Row]] = {"false": [], "misses": [], "open": [], "facts_wrong": []}
    without = []
    seen = set()
    for label in labels:
        result = by_case.get(label["case"])
        seen.add(label["case"])
        if result is None:
            without.append(label["case"])
        sums = [total]
        for group, key in (("format", "medium"), ("house", "style"), ("procedure", "procedure")):
            sums.append(groups[group].setdefault(label[key], Counter()))
        accused = _verdicts(label, result, sums, items, lists)
        _papers(label, result, sums, wrong)
        _facts(label, result, sums, facts, lists)
        lawful = not label["must_fail"]
        for sum_ in sums:
            sum_.update(
                {"cases": 1, "lawful": int(lawful), "lawful_accused": int(lawful and accused)}
            )
    return {
        "total": ratios(total),
        "without_result": without,
        "results_that_are_no_case": sorted(set(by_case) - seen),
        **{f"by_{g}": {k: ratios(c) for k, c in sorted(x.items())} for g, x in groups.items()},
        "items": {k: dict(c) for k, c in sorted(items.items())},
        "facts": {k: dict(c) for k, c in sorted(facts.items())},
        "wrong_kinds": [[*k, n] for k, n in wrong.most_common()],
        **{
            name: sorted(rows, key=lambda x: (x["check"], x["house"], x["case"]))
            for name, rows in lists.items()
        },
    }


def ratios(c: Counter[str]) -> Row:
    """Counts with the shares that matter."""

    def share(a: float, b: float) -> float | None:
        return round(a / b, 4) if b else None

    precision, recall = (
        share(c["starts_right"], c["starts_got"]),
        share(c["starts_right"], c["starts"]),
    )
    f1 = round(2 * precision * recall / (precision + recall), 4) if precision and recall else None
    return {
        "cases": c["cases"],
        "lawful": c["lawful"],
        "lawful_accused": c["lawful_accused"],
        "must": c["must"],
        "found": c["found"],
        "asked": c["asked"],
        "missed": c["missed"],
        "found_share": share(c["found"], c["must"]),
        "false": c["false"],
        "false_a_case": share(c["false"], c["cases"]),
        "review_share": share(c["review"], c["decided"]),
        "kinds": share(c["papers_right"], c["papers"]),
        "boundary_f1": f1,
        "facts": share(c["facts_right"], c["facts"]),
    }
