"""What became of every finding between two runs, and why the score moved (RELIABILITY 4.2, 4.3).

``已整改`` is only said when the rule is the same, the papers changed, and the papers that carried
the fault are there to be read again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rapidfuzz import fuzz

from casereview.judging.score import OPEN, add_up
from casereview.model import FAIL, NA, PASS, STATUS_WORDS
from casereview.record.edition import Card, checklist_of, items_by_id
from casereview.record.identity import fold
from casereview.rounds.pairing import Pairing, Result, pair_cases
from casereview.rounds.rulings import CHANGED, LAPSED, WAIVED
from casereview.rules.verdicts import ABSENT

FIXED, STILL, NEW, AGAIN, NOT_APPLICABLE, RULE, UNTOLD, UNCLAIMED = (
    "已整改",
    "未整改",
    "新出现",
    "再次出现",
    "不再适用",
    "规则已变",
    "转为无法判定",
    "待认领",
)
STATES = (FIXED, STILL, NEW, AGAIN, NOT_APPLICABLE, RULE, UNTOLD, UNCLAIMED)
SCHEMA = "casereview.compare/1"
ALIKE = 70  # of 100: quotes of one fault before and after (RELIABILITY 4.2, rung 3)
FILING = "结案归档"  # a paper that does not belong in the file is put right by taking it out


@dataclass(frozen=True)
class Side:
    """One run as people see it: its number, its results with rulings, the checklists it used."""

    run: int
    results: list[Result]
    editions: dict[str, Card]

    def card(self, r: Result) -> Card | None:
        """The checklist a case was judged by."""
        return self.editions.get(r["checklist"].get("card", ""))


@dataclass(frozen=True)
class Change:
    """One finding across two runs. ``why``: what the word rests on; ``points``: what it cost before
    (or costs now when it is new).
    """

    unit: str
    case_from: str
    case_to: str
    check: str
    name: str
    identity: str
    change: str
    status_from: str
    status_to: str
    why: str = ""
    points: str = "0"
    curable: bool = False
    message: str = ""


@dataclass(frozen=True)
class Movement:
    """Why a score moved: what the unit did, what the rule did, what legibility did. ``to - start``
    is their sum.
    """

    start: Decimal
    to: Decimal
    by_unit: Decimal
    by_rule: Decimal
    by_legibility: Decimal


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side. ``score``: means over the cases that both runs scored; ``cases``: the
    movement of each of them.
    """

    before: int
    after: int
    changes: tuple[Change, ...]
    pairing: Pairing
    cases: dict[str, Movement] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings came to which end."""
        n = Counter(c.change for c in self.changes)
        return {s: n[s] for s in STATES}

    @property
    def score(self) -> Movement | None:
        """The means over all cases that both runs scored."""
        rows = list(self.cases.values())
        if not rows:
            return None
        start, to, rule, legibility = (
            _mean([getattr(m, n) for m in rows])
            for n in ("start", "to", "by_rule", "by_legibility")
        )
        return Movement(start, to, to - start - rule - legibility, rule, legibility)

    def as_dict(self) -> dict[str, Any]:
        """The agreed JSON (DESIGN 3.3)."""
        s = self.score
        keys = (
            "unit",
            "case_from",
            "case_to",
            "check",
            "identity",
            "change",
            "status_from",
            "status_to",
            "why",
        )
        return {
            "schema": SCHEMA,
            "from": self.before,
            "to": self.after,
            "counts": self.counts,
            "changes": [{k: v for k, v in asdict(c).items() if k in keys} for c in self.changes],
            "score": (
                {"from": None, "to": None, "by_unit": None, "by_rule": None, "by_legibility": None}
                if s is None
                else {
                    "from": float(s.start),
                    "to": float(s.to),
                    "by_unit": float(s.by_unit),
                    "by_rule": float(s.by_rule),
                    "by_legibility": float(s.by_legibility),
                }
            ),
            "cases": [
                {"case_from": a["case"], "case_to": b["case"], "matched": how}
                for a, b, how in self.pairing.pairs
            ],
            "gone": [r["case"] for r in self.pairing.gone],
            "added": [r["case"] for r in self.pairing.added],
            "unclaimed": [
                {"case": r["case"], "may_be": list(names)} for r, names in self.pairing.unclaimed
            ],
        }


def _mean(values: list[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def compare(
    before: Side, after: Side, past: list[Side] | None = None, via: Side | None = None
) -> Comparison:
    """What became of every finding of ``before``, and what is new in ``after``.

    ``past``: runs before ``before``, newest last, to tell 再次出现 from 新出现. ``via``: a run over
    the papers of ``before`` by the rules of ``after``; what
    already differs there is the rule's doing.
    """
    pairing = pair_cases(before.results, after.results)
    changes: list[Change] = []
    movement: dict[str, Movement] = {}
    for a, b, _ in pairing.pairs:
        middle = _again(a, via)
        earlier = [
            (s, r) for s in past or [] for r in [pair_cases(s.results, [b]).before(b["case"])] if r
        ]
        case = _Case(a, b, before.card(a), after.card(b), earlier, middle)
        changes += case.changes()
        m = case.movement()
        if m:
            movement[b["case"]] = m
    for r in pairing.gone:
        changes += [
            _change(r, None, f, None, UNTOLD, "这一轮没有提交该案卷", before.card(r))
            for f in r["findings"]
            if _bad(f)
        ]
    for r, names in pairing.unclaimed:
        changes += [
            _change(
                r,
                None,
                f,
                None,
                UNCLAIMED,
                f"可能是 {'、'.join(names)}，请人工认领",
                before.card(r),
            )
            for f in r["findings"]
            if _bad(f)
        ]
    for r in pairing.added:
        changes += [
            _change(None, r, None, f, NEW, "上一轮没有该案卷", after.card(r))
            for f in r["findings"]
            if _bad(f)
        ]
    order = {s: i for i, s in enumerate(STATES)}
    return Comparison(
        before.run,
        after.run,
        tuple(
            sorted(
                changes,
                key=lambda c: (
                    c.unit,
                    c.case_to or c.case_from,
                    order[c.change],
                    c.check,
                    c.identity,
                ),
            )
        ),
        pairing,
        movement,
    )


def _again(a: Result, via: Side | None) -> Result | None:
    """The same papers judged by the newer rules; None when that run does not hold the same bytes."""
    r = pair_cases([a], via.results).after(a["case"]) if via else None
    return r if r and same_papers(a, r) else None


def same_papers(a: Result, b: Result) -> bool:
    """True when two readings of a case are of the same files, whatever their names, and of the same
    lists of the unit.
    """
    return sorted(f["sha256"] for f in a["files"]) == sorted(
        f["sha256"] for f in b["files"]
    ) and a.get("unit_lists") == b.get("unit_lists")


def effective(f: dict[str, Any]) -> str:
    """The status after rulings."""
    return str(f.get("effective", f["status"]))


def _bad(f: dict[str, Any]) -> bool:
    return effective(f) in (FAIL, WAIVED)


def _change(
    a: Result | None,
    b: Result | None,
    fa: dict[str, Any] | None,
    fb: dict[str, Any] | None,
    change: str,
    why: str,
    card: Card | None,
) -> Change:
    f = fa if fa is not None and _bad(fa) else fb if fb is not None else fa
    assert f is not None
    item = items_by_id(card).get(f["check"], {}) if card else {}
    r = b or a
    assert r is not None
    return Change(
        r["unit"],
        a["case"] if a else "",
        b["case"] if b else "",
        f["check"],
        item.get("name", f["check"]),
        f["identity"],
        change,
        effective(fa) if fa else "",
        effective(fb) if fb else "",
        why,
        f["points"],
        bool(item.get("curable")),
        f["message"],
    )


def evidence_kinds(r: Result, f: dict[str, Any]) -> set[str]:
    """Kinds of the papers on which the places of a finding stand."""
    return {d["kind"] for e in f["evidence"] for d in r["documents"] if d.holds(e)}


class _Case:
    """One case in both runs."""

    def __init__(
        self,
        a: Result,
        b: Result,
        card_a: Card | None,
        card_b: Card | None,
        earlier: list[tuple[Side, Result]],
        middle: Result | None,
    ):
        self.a, self.b, self.card_a, self.card_b, self.earlier, self.middle = (
            a,
            b,
            card_a,
            card_b,
            earlier,
            middle,
        )
        self.items_a, self.items_b = (
            items_by_id(card_a) if card_a else {},
            (items_by_id(card_b) if card_b else {}),
        )
        former = {old: new for new, x in self.items_b.items() for old in x["former"]}
        self.old = {
            former.get(f["check"], f["check"]) if f["check"] not in self.items_b else f["check"]: f
            for f in a["findings"]
        }
        self.new = {f["check"]: f for f in b["findings"]}
        self.mid = {f["check"]: f for f in middle["findings"]} if middle else {}
        self.same = same_papers(a, b)

    def changes(self) -> list[Change]:
        """Every finding that failed on either side, with its end."""
        out = []
        for check in dict.fromkeys([*self.old, *self.new]):
            fa, fb = self.old.get(check), self.new.get(check)
            if (fa and _bad(fa)) or (fb and _bad(fb)):
                out += self._judge(check, fa, fb)
        return out

    def _say(
        self, fa: dict[str, Any] | None, fb: dict[str, Any] | None, change: str, why: str = ""
    ) -> Change:
        card = self.card_b if fb is not None and fb["check"] in self.items_b else self.card_a
        return _change(self.a, self.b, fa, fb, change, why, card)

    def _rule_moved(self, check: str, fa: dict[str, Any], fb: dict[str, Any]) -> str:
        """'' when the item means the same in both runs, else what differs."""
        x, y = self.items_a.get(fa["check"]), self.items_b.get(check)
        if self.card_a is None or self.card_b is None:
            return (
                ""
                if self.a["checklist"]["sha256"] == self.b["checklist"]["sha256"]
                else "有一轮没有留存所用的标准，无从核对该项是否修改"
            )
        if x is None or y is None:
            return ""
        if x["rule"] != y["rule"]:
            return "该项的判断标准或者分值已修改"
        used = {**fa.get("parameters", {}), **fb.get("parameters", {})}
        moved = [
            n for n in used if self.card_a["parameters"].get(n) != self.card_b["parameters"].get(n)
        ]
        return f"参数{'、'.join(moved)}已修改" if moved else ""

    def _judge(
        self, check: str, fa: dict[str, Any] | None, fb: dict[str, Any] | None
    ) -> list[Change]:
        if fb is None:
            assert fa is not None
            if self.a["procedure"] != self.b["procedure"]:
                return [self._say(fa, None, NOT_APPLICABLE, "本案适用的程序已变")]
            return [self._say(fa, None, RULE, "现行标准没有该项")]
        if fa is None:
            return [
                (
                    self._say(None, fb, NEW, "本案适用的程序已变")
                    if self.a["procedure"] != self.b["procedure"]
                    else self._say(None, fb, RULE, "上一轮标准没有该项")
                )
            ]
        moved = self._rule_moved(check, fa, fb)
        if check in self.mid:
            if _bad(self.mid[check]) != _bad(fa):
                return [self._say(fa, fb, RULE, "同样的案卷按现行标准评查，结论不同")]
            moved = ""
        if moved:
            word = (
                "仍不合格"
                if _bad(fb) and _bad(fa)
                else f"上一轮{STATUS_WORDS.get(effective(fa), effective(fa))}"
            )
            return [self._say(fa, fb, RULE, f"{moved}；{word}")]
        return self._still_or_gone(fa, fb) if _bad(fa) else [self._came(check, fa, fb)]

    def _still_or_gone(self, fa: dict[str, Any], fb: dict[str, Any]) -> list[Change]:
        now = effective(fb)
        if _bad(fb):
            if self._one_fault(fa, fb):
                return [self._say(fa, fb, STILL, _waiver(fb))]
            return [
                self._say(fa, fb, UNTOLD, "同一项目另有文书不合格，原来的问题是否已改请核对"),
                self._say(replace(fa, effective=PASS), fb, NEW, "同一项目，另一处"),
            ]
        if now in OPEN:
            return [self._say(fa, fb, UNTOLD, fb["message"])]
        if fb["status"] == FAIL:
            return [
                self._say(
                    fa,
                    fb,
                    NOT_APPLICABLE,
                    f"{fb['ruling']['by']}认为不是问题：{fb['ruling']['why']}",
                )
            ]
        if self.same:
            return [self._say(fa, fb, RULE, "案卷没有变化，结论因程序版本、划分更正或者名册而变")]
        if now == NA:
            return [self._say(fa, fb, NOT_APPLICABLE, fb["message"])]
        lost = self._lost_papers(fa)
        return [
            self._say(fa, fb, UNTOLD, lost) if lost else self._say(fa, fb, FIXED, fb["message"])
        ]

    def _came(self, check: str, fa: dict[str, Any], fb: dict[str, Any]) -> Change:
        if (fb.get("ruling") or {}).get("state") == CHANGED or fa["status"] == FAIL:
            return self._say(fa, fb, UNCLAIMED, "人工已经否定过，依据已变，请重新确认")
        if self.same:
            return self._say(fa, fb, RULE, "案卷没有变化，结论因程序版本、划分更正或者名册而变")
        words = [
            effective(f) for _, r in self.earlier for f in r["findings"] if f["check"] == check
        ]
        before = [w for w in [*words, effective(fa)] if w not in OPEN]
        if FAIL in before:
            return (
                self._say(fa, fb, STILL, "更早一轮即不合格，其间没有改正过的记录")
                if before[-1] == FAIL
                else self._say(fa, fb, AGAIN, "更早一轮不合格，改正后再次出现")
            )
        return self._say(
            fa,
            fb,
            NEW,
            (
                ""
                if effective(fa) == PASS
                else f"上一轮{STATUS_WORDS.get(effective(fa), effective(fa))}"
            ),
        )

    def _one_fault(self, fa: dict[str, Any], fb: dict[str, Any]) -> bool:
        """Two failing verdicts on one item are one fault unless they name different papers."""
        x, y = fa.get("subject", ""), fb.get("subject", "")
        if (
            x == y
            or not x
            or not y
            or set(x.removeprefix(ABSENT).split("、")) & set(y.removeprefix(ABSENT).split("、"))
        ):
            return True
        if evidence_kinds(self.a, fa) & evidence_kinds(self.b, fb):
            return True
        return any(
            fuzz.ratio(fold(p.quote), fold(q.quote)) >= ALIKE
            for p in fa["evidence"]
            for q in fb["evidence"]
            if p.quote and q.quote
        )

    def _lost_papers(self, fa: dict[str, Any]) -> str:
        """Why a fault that is no longer found may only be out of sight: the papers that carried it
        are fewer, or cannot be read.
        """
        item = self.items_a.get(fa["check"], {})
        if fa.get("subject", "").startswith(ABSENT) or item.get("stage") == FILING:
            return ""
        for kind in sorted(evidence_kinds(self.a, fa) - {"其他", "卷内目录"}):
            had, has = (
                sum(d["kind"] == kind or kind in d["also"] for d in r["documents"] if d["readable"])
                for r in (self.a, self.b)
            )
            if has < had:
                return f"原来有{kind} {had} 份，现在读到 {has} 份，不能断定已经改正"
        return ""

    def movement(self) -> Movement | None:
        """The score of the case in steps that add up: first the rule, then legibility, the rest is
        the unit's doing.
        """
        start, to = self.a["score"], self.b["score"]
        if start is None or to is None or self.card_a is None or self.card_b is None:
            return None
        s0, s3 = Decimal(str(start)), Decimal(str(to))
        if self.same:
            return Movement(s0, s3, Decimal(0), s3 - s0, Decimal(0))
        book = checklist_of(self.card_b)
        base = self.mid or self.old
        now = {i: _plain(f) for i, f in self.new.items()}
        kept = {
            i: (
                now[i]
                if i not in base or (not self.mid and self._rule_moved(i, base[i], self.new[i]))
                else _plain(base[i])
            )
            for i in self.new
        }
        seen = {i: now[i] if now[i] in OPEN or kept[i] in OPEN else kept[i] for i in self.new}
        points = {i: Decimal(f["deducted"]) for i, f in self.new.items() if now[i] == FAIL}
        s1, s2 = (add_up(book, x, points).score for x in (kept, seen))
        s1 = s0 if s1 is None else s1
        s2 = s1 if s2 is None else s2
        return Movement(s0, s3, s3 - s2, s1 - s0, s2 - s1)


def _plain(f: dict[str, Any]) -> str:
    return PASS if effective(f) == WAIVED else effective(f)


def _waiver(fb: dict[str, Any]) -> str:
    ruling = fb.get("ruling") or {}
    if effective(fb) == WAIVED:
        return f"免予整改，{ruling['signer']}批准，至 {ruling['until']}"
    return f"免予整改已于 {ruling['until']} 到期" if ruling.get("state") == LAPSED else ""
