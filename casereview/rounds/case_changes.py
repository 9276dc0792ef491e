"""What became of every finding of one case between two runs (RELIABILITY 4.2, 4.3).

``已整改`` is only said when the rule is the same, the papers changed, and the papers that carried
the fault are there to be read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from casereview.judging.score import OPEN
from casereview.model import FAIL, NA, PASS, STATUS_WORDS
from casereview.record.briefs import outspoken, papers_of
from casereview.record.identity import fold
from casereview.record.result import FindingResult
from casereview.rounds.cases import Looked
from casereview.rounds.change import (
    AGAIN,
    FAULTS,
    FIXED,
    NEW,
    NOT_APPLICABLE,
    RULE,
    STILL,
    UNCLAIMED,
    UNTOLD,
    Change,
    Sight,
    change_of,
    is_fault,
)
from casereview.rounds.rule_change import engine_moved, rule_moved, untouched
from casereview.rounds.rulings import CHANGED, LAPSED, WAIVED

ALIKE = 70  # of 100: quotes of one fault before and after (RELIABILITY 4.2, rung 3)
SAME_PAPERS = "案卷没有变化，结论因程序版本、单位用语、划分更正或者名册而变"
OTHER_PROCEDURE = "本案适用的程序已变"


def same_papers(a: Looked, b: Looked) -> bool:
    """True when two readings of a case are of the same files, whatever their names, and of the same
    lists of the unit.
    """
    return papers_of(a) == papers_of(b)


def evidence_kinds(r: Looked, f: FindingResult) -> set[str]:
    """Kinds of the papers on which the places of a finding stand."""
    return {
        d.kind
        for file, page in {(p.file, p.page) for p in f.evidence}
        for d in r.documents
        if d.page_from <= page <= d.page_to and d.file == file
    }


def _papers_of(kind: str, r: Looked) -> int:
    """How many readable papers of a kind a case has."""
    return sum([d.readable for d in r.documents if d.kind == kind or kind in d.also])


def word_of(f: FindingResult) -> str:
    """The effective status as people say it."""
    return STATUS_WORDS.get(f.effective, f.effective)


class CaseChanges:
    """One case in both runs. ``earlier``: reads the case in runs before, oldest first; ``middle``:
    the papers of ``before`` judged by the rules of ``after``.
    """

    def __init__(
        self,
        before: Sight,
        after: Sight,
        earlier: Callable[[], Sequence[Looked]] = lambda: (),
        middle: Looked | None = None,
    ):
        self.before, self.after, self.earlier = before, after, earlier
        self.renamed: Mapping[str, str] = after.edition.renamed if after.edition else {}
        self.mid = {f.check: f for f in middle.findings} if middle else {}
        self.same = same_papers(before.result, after.result)

    @cached_property
    def new(self) -> dict[str, FindingResult]:
        """The findings of the later run by their items."""
        return {f.check: f for f in self.after.result.findings}

    @cached_property
    def old(self) -> dict[str, FindingResult]:
        """Those of the earlier one, by what their items are called now."""
        if self.before.result.findings is self.after.result.findings and not self.renamed:
            return self.new
        return self._called_now(self.before.result.findings)

    def _called_now(self, findings: Iterable[FindingResult]) -> dict[str, FindingResult]:
        if not self.renamed:
            return {f.check: f for f in findings}
        return {self.renamed.get(f.check, f.check): f for f in findings}

    @cached_property
    def outspoken(self) -> tuple[dict[str, FindingResult], dict[str, FindingResult]]:
        """Of either side what failed or is open, and perhaps more."""
        now = {f.check: f for f in outspoken(self.after.result)}
        return self._called_now(outspoken(self.before.result)), now

    def changes(self) -> list[Change]:
        """Every finding that is a fault on either side, with its end."""
        old, new = self.outspoken
        faults = (c for of in (old, new) for c, f in of.items() if f.effective in FAULTS)
        return [
            change
            for c in dict.fromkeys(faults)
            for change in self._end(c, old.get(c) or self.old.get(c), new.get(c) or self.new.get(c))
        ]

    @cached_property
    def unmoved(self) -> bool:
        """True where one edition judged both, by one version of the program: no item was judged
        otherwise.
        """
        a, b = self.before, self.after
        return a.edition is not None and a.edition is b.edition and a.tool == b.tool

    def moved(self, old: FindingResult, new: FindingResult) -> str:
        """Why the item may have been judged otherwise than before; '' when it was not."""
        if self.unmoved and old.check == new.check:
            return ""
        return rule_moved(self.before, self.after, old, new) or engine_moved(
            self.before, self.after, old, new
        )

    def _say(
        self, old: FindingResult | None, new: FindingResult | None, change: str, why: str = ""
    ) -> Change:
        return change_of(self.before, self.after, old, new, change, why)

    def _end(
        self, check: str, old: FindingResult | None, new: FindingResult | None
    ) -> list[Change]:
        if old is None or new is None:
            return [self._one_sided(old, new)]
        if check in self.mid:
            if is_fault(self.mid[check]) != is_fault(old):
                return [self._say(old, new, RULE, "同样的案卷按现行标准评查，结论不同")]
            return self._judged_alike(check, old, new, "")
        judged_alike = self.unmoved and old.check == new.check
        moved = "" if judged_alike else rule_moved(self.before, self.after, old, new)
        if moved:
            still = is_fault(old) and is_fault(new)
            word = "仍不合格" if still else f"上一轮{word_of(old)}"
            return [self._say(old, new, RULE, f"{moved}；{word}")]
        engine = "" if judged_alike else engine_moved(self.before, self.after, old, new)
        return self._judged_alike(check, old, new, engine)

    def _one_sided(self, old: FindingResult | None, new: FindingResult | None) -> Change:
        """An item that only one of the runs has."""
        other = self.before.result.procedure != self.after.result.procedure
        if new is None:
            if other:
                return self._say(old, None, NOT_APPLICABLE, OTHER_PROCEDURE)
            return self._say(old, None, RULE, "现行标准没有该项")
        if other:
            return self._say(None, new, NEW, OTHER_PROCEDURE)
        return self._say(None, new, RULE, "上一轮标准没有该项")

    def _judged_alike(
        self, check: str, old: FindingResult, new: FindingResult, engine: str
    ) -> list[Change]:
        """The item asks for the same in both runs. ``engine``: why it may be judged otherwise."""
        if is_fault(old) and is_fault(new):
            return self._both_faults(old, new)
        if is_fault(old):
            return [self._gone(old, new, engine)]
        return [self._came(check, old, new, engine)]

    def _both_faults(self, old: FindingResult, new: FindingResult) -> list[Change]:
        if self._one_fault(old, new):
            return [self._say(old, new, STILL, _waiver(new))]
        return [
            self._say(old, new, UNTOLD, "同一项目另有文书不合格，原来的问题是否已改请核对"),
            self._say(replace(old, effective=PASS), new, NEW, "同一项目，另一处"),
        ]

    def _gone(self, old: FindingResult, new: FindingResult, engine: str) -> Change:
        """A fault that is none any more."""
        if new.effective in OPEN:
            return self._say(old, new, UNTOLD, new.message)
        if new.status == FAIL and new.ruling:
            return self._say(old, new, NOT_APPLICABLE, "复核认为不是问题")
        if self.same:
            return self._say(old, new, RULE, SAME_PAPERS)
        if engine:
            return self._say(old, new, RULE, f"{engine}；上一轮{word_of(old)}")
        if new.effective == NA:
            return self._say(old, new, NOT_APPLICABLE, self.after.message(new))
        if new.check not in self.mid and (why := untouched(self.before, self.after, old)):
            return self._say(old, new, RULE, why)
        lost = self._lost_papers(old)
        if lost:
            return self._say(old, new, UNTOLD, lost)
        return self._say(old, new, FIXED, self.after.message(new))

    def _came(self, check: str, old: FindingResult, new: FindingResult, engine: str) -> Change:
        """A fault that was none before."""
        if new.state == CHANGED or old.status == FAIL:
            return self._say(old, new, UNCLAIMED, "人工已经否定过，依据已变，请重新确认")
        if self.same:
            return self._say(old, new, RULE, SAME_PAPERS)
        if engine:
            return self._say(old, new, RULE, f"{engine}；上一轮{word_of(old)}")
        decided = self._decided(check, old)
        if FAIL not in decided:
            why = "" if old.effective == PASS else f"上一轮{word_of(old)}"
            return self._say(old, new, NEW, why)
        if decided[-1] == FAIL:
            return self._say(old, new, STILL, "更早一轮即不合格，其间没有改正过的记录")
        return self._say(old, new, AGAIN, "更早一轮不合格，改正后再次出现")

    def _decided(self, check: str, old: FindingResult) -> list[str]:
        """What the runs so far came to on an item, oldest first, open ones left out."""
        past = [f for r in self.earlier() if (f := r.finding(check))]
        return [f.effective for f in [*past, old] if f.effective not in OPEN]

    def _one_fault(self, old: FindingResult, new: FindingResult) -> bool:
        """Two failing verdicts on one item are one fault unless they name different papers."""
        if not old.subject or not new.subject or old.about & new.about:
            return True
        kinds = evidence_kinds(self.before.result, old)
        if kinds & evidence_kinds(self.after.result, new):
            return True
        from rapidfuzz import fuzz

        return any(
            fuzz.ratio(fold(p.quote), fold(q.quote)) >= ALIKE
            for p in old.evidence
            for q in new.evidence
            if p.quote and q.quote
        )

    def _lost_papers(self, old: FindingResult) -> str:
        """Why a fault that is no longer found may only be out of sight: the papers that carried it
        are fewer, or cannot be read.
        """
        item = self.before.item(old.check)
        if old.absent or (item and item.by_removal):
            return ""
        for kind in sorted(evidence_kinds(self.before.result, old) - {"其他", "卷内目录"}):
            had, has = (_papers_of(kind, s.result) for s in (self.before, self.after))
            if has < had:
                return f"原来有{kind} {had} 份，现在读到 {has} 份，不能断定已经改正"
        return ""


def _waiver(f: FindingResult) -> str:
    """What is said of a fault that was or is waived."""
    if f.ruling and f.effective == WAIVED:
        return f"免予整改，{f.ruling.signer}批准，至 {f.ruling.until}"
    return f"免予整改已于 {f.ruling.until} 到期" if f.ruling and f.state == LAPSED else ""
