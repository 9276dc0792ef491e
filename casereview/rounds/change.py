"""What may become of a finding between two runs, in one word each, and a case on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from casereview.model import FAIL
from casereview.record.briefs import said_of
from casereview.record.edition import Edition, EditionItem
from casereview.record.result import CaseResult, FindingResult
from casereview.rounds.cases import Cases, Given, Looked
from casereview.rounds.rulings import WAIVED

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
FAULTS = (FAIL, WAIVED)  # what a finding is that fails after the rulings, waived or not
CHECK = "请核实"  # gone, though it cannot be put right
STATES = (FIXED, STILL, NEW, AGAIN, NOT_APPLICABLE, RULE, UNTOLD, UNCLAIMED)


@dataclass(frozen=True)
class Side:
    """One run as people see it: its number, its results with rulings (read, or to be read), the
    editions it used, and the version of the program ('' when it is not known); ``tools``: of cases
    that another version judged.
    """

    run: int
    results: Sequence[CaseResult] | Cases
    editions: dict[str, Edition] = field(default_factory=dict)
    tool: str = ""
    tools: dict[str, str] = field(default_factory=dict)

    @cached_property
    def cases(self) -> Cases:
        """Its cases."""
        return Given(self.results) if isinstance(self.results, Sequence) else self.results

    def sight(self, result: Looked) -> Sight:
        """A case of this run with what it was judged by."""
        edition = self.editions.get(result.checklist.card)
        tool = self.tools.get(result.case, self.tool)
        return Sight(result, edition, tool)


@dataclass(frozen=True)
class Sight:
    """A case in one run: its result, the edition it was judged by (None when none was kept), and
    the version of the program.
    """

    result: Looked
    edition: Edition | None
    tool: str = ""

    def message(self, f: FindingResult) -> str:
        """What the tool said of one of its findings."""
        return f.message or said_of(self.result, f.check)

    def item(self, check: str) -> EditionItem | None:
        """An item of its edition."""
        return self.edition.get(check) if self.edition else None


@dataclass(frozen=True)
class Change:
    """One finding across two runs. ``why``: what the word rests on; ``points``: what it cost before
    (or costs now when it is new); ``curable``, ``incurable``: neither where no
    edition was kept.
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
    incurable: bool = False

    @property
    def word(self) -> str:
        """The change as people are told: what cannot be put right and is gone is to be asked of."""
        return CHECK if self.change == FIXED and self.incurable else self.change


def is_fault(f: FindingResult | None) -> bool:
    """True for what fails after the rulings, waived or not."""
    return f is not None and f.effective in FAULTS


def change_of(
    before: Sight | None,
    after: Sight | None,
    old: FindingResult | None,
    new: FindingResult | None,
    change: str,
    why: str = "",
) -> Change:
    """The change of a finding that is on one side or on both."""
    shown = old if is_fault(old) else new or old
    side = after or before
    assert shown is not None and side is not None
    item = _item(before, after, old, new)
    return Change(
        side.result.unit,
        before.result.case if before else "",
        after.result.case if after else "",
        shown.check,
        item.name if item else shown.check,
        shown.identity,
        change,
        old.effective if old else "",
        new.effective if new else "",
        why,
        shown.points,
        bool(item and item.curable),
        shown.message,
        bool(item and not item.curable),
    )


def _item(
    before: Sight | None, after: Sight | None, old: FindingResult | None, new: FindingResult | None
) -> EditionItem | None:
    """The item as the later edition has it, else as the earlier."""
    later = after.item(new.check) if after and new else None
    earlier = before.item(old.check) if before and old else None
    return later or earlier
