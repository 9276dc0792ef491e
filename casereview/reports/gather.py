"""One view of a run that feeds every medium: whatever Word, Excel and the page say is said here,
once, with personal data already hidden.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from casereview.judging.score import OPEN
from casereview.model import FAIL, PASS, STATUS_WORDS
from casereview.privacy.mask import Mask, masker
from casereview.reports.timeline import Limit, Step, limits, matrix, steps
from casereview.reports.view import clean, place, ruling_line
from casereview.rounds.compare import Comparison
from casereview.rounds.history import History
from casereview.rounds.ranking import ranking
from casereview.rounds.rulings import SEALED
from casereview.rules.checklist import PROCEDURES

GRADES = ("优秀", "合格", "不合格", "待定")
SYSTEMS = {
    "公示": "行政执法公示",
    "记录": "执法全过程记录",
    "审核": "重大执法决定法制审核",
}  # as checklists write them, as notices do


@dataclass(frozen=True)
class Row:
    """One item of a case as people read it."""

    check: str
    stage: str
    name: str
    system: str
    status: str
    word: str
    points: Decimal
    deducted: Decimal
    message: str
    places: tuple[str, ...]
    quotes: tuple[str, ...]
    basis: str
    advice: str
    curable: bool
    veto: bool
    ruling: str
    identity: str

    @property
    def where(self) -> str:
        """Places with what stands there, a line each."""
        return "\n".join(
            p + (f"「{q}」" if q else "")
            for p, q in zip(self.places[:3], self.quotes, strict=False)
        )


@dataclass(frozen=True)
class Case:
    """One case file."""

    unit: str
    batch: str
    path: str
    name: str
    number: str
    party: str
    procedure: str
    standard: str
    filed: str
    decided: str
    closed: str
    score: Decimal | None
    low: Decimal | None
    high: Decimal | None
    grade: str
    vetoes: tuple[str, ...]
    reviewers: tuple[str, ...]
    working: tuple[str, ...]
    rows: tuple[Row, ...]
    unread: tuple[str, ...]
    notes: tuple[str, ...]
    steps: tuple[Step, ...]
    limits: tuple[Limit, ...]
    matrix: tuple[tuple[str, str, str, str], ...]
    outcomes: tuple[str, ...] = ()

    @property
    def faults(self) -> list[Row]:
        """Items that fail after the rulings."""
        return [r for r in self.rows if r.status == FAIL]

    @property
    def open(self) -> list[Row]:
        """Items that nobody has decided yet."""
        return [r for r in self.rows if r.status in OPEN]

    @property
    def good(self) -> list[str]:
        """Stages in which every decided item is in order, with how many."""
        by: dict[str, list[str]] = defaultdict(list)
        for r in self.rows:
            if r.status in (PASS, FAIL):
                by[r.stage].append(r.status)
        return [
            f"{stage}环节已判定的 {len(words)} 项均合格"
            for stage, words in by.items()
            if len(words) >= 3 and FAIL not in words
        ]


@dataclass(frozen=True)
class Unit:
    """One unit with its cases and its list of the three systems."""

    name: str
    batch: str
    rank: int | None
    mean: Decimal | None
    grades: dict[str, int]
    cases: tuple[Case, ...]
    systems_score: Decimal | None = None
    systems_rows: tuple[Row, ...] = ()

    @property
    def faults(self) -> list[tuple[Case, Row]]:
        """Everything the unit must be told."""
        return [(c, r) for c in self.cases for r in c.faults]


@dataclass(frozen=True)
class Fault:
    """One item over the campaign: how many cases and units fail it, and where to see it."""

    check: str
    name: str
    stage: str
    system: str
    cases: int
    units: int
    veto: bool
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Campaign:
    """A run as a whole. Every figure is counted here and nowhere else."""

    title: str
    run: int
    as_of: str
    head: str
    standards: tuple[str, ...]
    units: tuple[Unit, ...]
    faults: tuple[Fault, ...]
    before: Comparison | None = None
    masked: bool = True

    @property
    def cases(self) -> list[Case]:
        """All cases, by unit in the order of the ranking."""
        return [c for u in self.units for c in u.cases]

    @property
    def grades(self) -> dict[str, int]:
        """How many cases have which grade."""
        n = Counter(c.grade for c in self.cases)
        return {g: n[g] for g in GRADES}

    @property
    def mean(self) -> Decimal | None:
        """The mean of the cases that have a score and a grade."""
        scores = [c.score for c in self.cases if c.score is not None and c.grade != "待定"]
        return rounded(sum(scores, Decimal(0)) / len(scores)) if scores else None

    @property
    def stages(self) -> dict[str, int]:
        """Faults by stage, most first."""
        n = Counter(r.stage for c in self.cases for r in c.faults)
        return dict(sorted(n.items(), key=lambda x: (-x[1], x[0])))

    @property
    def fault_count(self) -> int:
        """All faults of all cases."""
        return sum(len(c.faults) for c in self.cases)

    def systems(self) -> list[dict[str, Any]]:
        """The three systems one by one: items, verdicts, share in order of what was decided, and
        what fails most.
        """
        out = []
        for word, name in SYSTEMS.items():
            rows = [(c, r) for c in self.cases for r in c.rows if word in r.system]
            n = Counter(r.status for _, r in rows)
            decided = n[PASS] + n[FAIL]
            worst = [f for f in self.faults if word in f.system][:3]
            out.append(
                {
                    "name": name,
                    "items": len({r.check for _, r in rows}),
                    "pass": n[PASS],
                    "fail": n[FAIL],
                    "open": sum(n[s] for s in OPEN),
                    "rate": rounded(Decimal(100 * n[PASS]) / decided) if decided else None,
                    "cases": len({c.path for c, r in rows if r.status == FAIL}),
                    "worst": [f"{f.name}（{f.cases} 卷）" for f in worst],
                }
            )
        return out

    def heat(self) -> tuple[list[str], list[tuple[str, list[int]]]]:
        """Units by stage: the stages, and for each unit how many faults in each."""
        heads = list(self.stages)
        return heads, [
            (u.name, [sum(r.stage == s for _, r in u.faults) for s in heads]) for u in self.units
        ]


def rounded(v: Decimal, digits: str = "0.1") -> Decimal:
    """To one place, halves up."""
    return v.quantize(Decimal(digits), ROUND_HALF_UP)


def share(n: int, of: int) -> str:
    """'12.5%', '—' of nothing."""
    return f"{rounded(Decimal(100 * n) / of)}%" if of else "—"


def gather(rounds: History, run: int, unit: str = "", masked: bool = True) -> Campaign:
    """Everything that is said about a run. ``unit``: only units whose name contains it; ``masked``
    False leaves personal data in.
    """
    results = [r for r in rounds.results(run) if unit in r["unit"]]
    earlier = None if unit else rounds.earlier(run)
    mask: Mask = (
        lru_cache(maxsize=100_000)(
            masker([*results, *(rounds.results(earlier) if earlier else [])])
        )
        if masked
        else str
    )
    hide: Mask = lambda text: clean(mask(str(text)))  # noqa: E731
    cards = rounds.editions
    names = {id(r): _reviewers(rounds, run, r) for r in results}
    ends: dict[str, list[str]] = defaultdict(list)
    for e in rounds.events("outcome"):
        ends[e.body["case_key"]].append(
            f"{e.body['date']} {e.body['forum']}{e.body['outcome']}"
            + (f"（{hide(e.body['why'])}）" if e.body["why"] else "")
        )
    cases = {
        r["case"]: _case(
            r,
            cards.get(r["checklist"].get("card", "")),
            hide,
            names[id(r)],
            tuple(ends[r["case_key"]]),
        )
        for r in results
    }
    of_units = rounds.units(run)
    systems = {(u["batch"], u["unit"]): u for u in of_units}
    out = []
    for row in ranking(results, of_units):
        u = systems.get((row["batch"], row["unit"]))
        out.append(
            Unit(
                row["unit"],
                row["batch"],
                row["rank"],
                None if row["mean"] is None else Decimal(str(row["mean"])),
                {g: row["grades"].get(g, 0) for g in GRADES},
                tuple(
                    cases[r["case"]]
                    for r in results
                    if (r["batch"], r["unit"]) == (row["batch"], row["unit"])
                ),
                None if u is None or u["score"] is None else Decimal(str(u["score"])),
                _rows(u, cards.get(u["checklist"].get("card", "")), hide) if u else (),
            )
        )
    batches = sorted({r["batch"] for r in results if r["batch"]})
    standards = tuple(
        sorted({cards[d].name for r in results if (d := r["checklist"].get("card", "")) in cards})
    )
    title = (
        "、".join(batches)
        or rounds.store.run_row(run).root.replace("\\", "/").rstrip("/").rpartition("/")[2]
    )
    return Campaign(
        hide(title),
        run,
        rounds.as_of(run),
        rounds.journal.head(),
        standards,
        tuple(out),
        _faults(out),
        _compared(rounds, earlier, run, hide) if earlier else None,
        masked,
    )


def _compared(rounds: History, earlier: int, run: int, hide: Mask) -> Comparison:
    c = rounds.compare(earlier, run)
    return replace(
        c,
        changes=tuple(
            replace(
                x,
                case_from=hide(x.case_from),
                case_to=hide(x.case_to),
                why=hide(x.why),
                message=hide(x.message),
            )
            for x in c.changes
        ),
    )


def _reviewers(rounds: History, run: int, r: dict[str, Any]) -> tuple[str, ...]:
    pair = rounds.panel_state(run).reviewers.get(r["case"], ())
    spoke = {
        f["ruling"]["by"]
        for f in r["findings"]
        if f.get("ruling") and f["ruling"]["state"] != SEALED and "by" in f["ruling"]
    }
    return tuple(pair) or tuple(sorted(spoke))


def _rows(r: dict[str, Any], card: dict[str, Any] | None, hide: Mask) -> tuple[Row, ...]:
    items = card.by_id if card else {}
    out = []
    for f in r["findings"]:
        c = items.get(f["check"], {})
        status = f.get("effective", f["status"])
        out.append(
            Row(
                f["check"],
                c.get("stage", ""),
                c.get("name", f["check"]),
                c.get("system", ""),
                status,
                "免予整改" if status == "waived" else STATUS_WORDS[status],
                Decimal(f["points"]),
                Decimal(f["deducted"]),
                hide(f["message"]),
                tuple(hide(place(e)) for e in f["evidence"]),
                tuple(hide(e.quote) for e in f["evidence"]),
                "；".join(c.get("basis", [])),
                c.get("advice", "") if status == FAIL else "",
                bool(c.get("curable")),
                bool(c.get("veto")) and status == FAIL,
                hide(ruling_line(f)),
                f.get("identity", ""),
            )
        )
    return tuple(out)


def _case(
    r: dict[str, Any],
    card: dict[str, Any] | None,
    hide: Mask,
    reviewers: tuple[str, ...],
    outcomes: tuple[str, ...],
) -> Case:
    def fact(*names: str) -> str:
        f = next((r["facts"][n] for n in names if n in r["facts"]), None)
        v = f["value"] if f else ""
        return hide("、".join(map(str, v)) if isinstance(v, list) else v)

    items = card.by_id if card else {}
    number = [
        None if r[k] is None else Decimal(str(r[k])) for k in ("score", "score_low", "score_high")
    ]
    return Case(
        r["unit"],
        r["batch"],
        r["case"],
        hide(r["title"]),
        fact(
            "处罚决定书.文号",
            "不予处罚决定书.文号",
            "当场处罚决定书.文号",
            "许可决定书.文号",
            "不予许可决定书.文号",
            "强制执行决定书.文号",
            "查封扣押决定书.文号",
            "立案审批表.文号",
        ),
        fact(
            "处罚决定书.当事人",
            "不予处罚决定书.当事人",
            "当场处罚决定书.当事人",
            "立案审批表.当事人",
            "许可申请书.申请人",
        ),
        PROCEDURES.get(r["procedure"], r["procedure"]),
        card.name if card else r["checklist"]["id"],
        fact("立案审批表.立案日期"),
        fact("处罚决定书.作出日期", "不予处罚决定书.作出日期", "当场处罚决定书.作出日期"),
        fact("结案审批表.结案日期"),
        number[0],
        number[1],
        number[2],
        r["grade"],
        tuple(items.get(i, {}).get("name", i) for i in r["vetoes"]),
        reviewers,
        tuple(map(hide, r["working"])),
        _rows(r, card, hide),
        tuple(hide(f"{u['file']}：{u['reason']}") for u in r["unread"]),
        tuple(hide(f"{n['file']} 第 {n['page']} 页{n['note']}") for n in r.get("page_notes", [])),
        tuple(steps(r)),
        tuple(limits(r)),
        tuple(matrix(r)),
        outcomes,
    )


def _faults(every: list[Unit]) -> tuple[Fault, ...]:
    seen: dict[str, list[tuple[Case, Row]]] = defaultdict(list)
    for u in every:
        for c, r in u.faults:
            seen[r.check].append((c, r))
    out = [
        Fault(
            check,
            rows[0][1].name,
            rows[0][1].stage,
            rows[0][1].system,
            len({c.path for c, _ in rows}),
            len({c.unit for c, _ in rows}),
            any(r.veto for _, r in rows),
            tuple(f"{c.unit}“{c.name}”：{r.message}" for c, r in rows[:2]),
        )
        for check, rows in seen.items()
    ]
    return tuple(sorted(out, key=lambda f: (-f.cases, -f.units, f.check)))


def means(c: Campaign) -> list[tuple[str, Decimal, Decimal]]:
    """Means of the units over the cases that both runs scored: name, before, after."""
    if c.before is None:
        return []
    by: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for _, b, _ in c.before.pairing.pairs:
        m = c.before.cases.get(b["case"])
        if m:
            by[b["unit"]].append((m.start, m.to))
    return [
        (
            u.name,
            *(
                rounded(sum((x[i] for x in by[u.name]), Decimal(0)) / len(by[u.name]))
                for i in (0, 1)
            ),
        )
        for u in c.units
        if by[u.name]
    ]  # type: ignore[misc]
