"""What a person says of a finding, and what it amounts to. Rulings stand beside findings, never in
them; here is the only place where both meet.

A ruling holds while identity and evidence hold; when the evidence changed it waits:
「依据已变，请重新确认」. Two people who differ settle nothing: the
finding stays as the tool left it until somebody rules with 裁定 (settle). The outcome does not
depend on the order in which rulings were stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields, replace
from decimal import Decimal
from typing import Any

from casereview.errors import UsageError
from casereview.model import FAIL, NA, PASS, Place
from casereview.record.edition import EditionItem
from casereview.record.entries import RulingGiven
from casereview.record.identity import is_unit_key
from casereview.record.journal import Event, entry_of
from casereview.record.result import FindingResult, Result, RulingShown, to_data
from casereview.rules.deduction import Deduction
from casereview.rules.points import plain

BY_PERSON = "评查人员认定不符合“{}”的要求"  # a fault for which nobody wrote a sentence
ACTIONS = {
    "confirm": "确认",
    "overrule": "否定",
    "adjust": "改分",
    "pass": "认定合格",
    "fail": "认定不合格",
    "na": "认定不适用",
    "waive": "免予整改",
    "withdraw": "撤回",
}
WAIVED = "waived"
HOLDS, CHANGED, SPLIT, LAPSED, SEALED = (
    "有效",
    "依据已变，请重新确认",
    "意见不一，待裁定",
    "免予整改已到期",
    "双人评查未提交",
)
UNSETTLED = (CHANGED, SPLIT, SEALED)  # an opinion that stands so decides nothing


@dataclass(frozen=True, kw_only=True)
class Ruling(RulingGiven):
    """One opinion: what was said, by whom and when; ``order``: its place among others."""

    at: str
    by: str
    uid: str
    order: tuple[str, str]

    @property
    def of_unit(self) -> bool:
        """True when it speaks of the list of a unit, not of a case."""
        return is_unit_key(self.case_key)

    def shown(self, state: str) -> RulingShown:
        """As it stands beside a finding, without what it repeats of it."""
        return RulingShown(
            state=state,
            at=self.at,
            by=self.by,
            uid=self.uid,
            action=self.action,
            why=self.why,
            points=self.points,
            until=self.until,
            signer=self.signer,
            settle=self.settle,
            place=self.place,
            says=self.says,
        )

    def as_dict(self) -> dict[str, Any]:
        """For the export, without what it repeats of the finding."""
        shown: dict[str, Any] = to_data(self.shown(""))
        return {k: v for k, v in shown.items() if v not in ("", None, False)}


@dataclass(frozen=True)
class Standing:
    """What the rulings on a finding amount to: how they stand, the one that speaks, the effective
    status, and points taken off when they were adjusted.
    """

    state: str
    ruling: Ruling
    status: str
    points: Decimal | None = None

    @property
    def shown(self) -> RulingShown:
        """What people see of it: while it is sealed, only that it is."""
        return RulingShown(state=SEALED) if self.state == SEALED else self.ruling.shown(self.state)


def ruling_of(e: Event) -> Ruling:
    """The ruling in a journal entry. Raises UsageError."""
    entry = entry_of(e, RulingGiven)
    said = {f.name: getattr(entry.body, f.name) for f in fields(RulingGiven)}
    return Ruling(**said, at=entry.at, by=entry.by, uid=entry.uid, order=e.order)


def body_of(
    finding: FindingResult,
    result: Result,
    run: int,
    action: str,
    why: str,
    *,
    item: EditionItem | None = None,
    points: str = "",
    until: str = "",
    signer: str = "",
    settle: bool = False,
    place: Place | None = None,
    says: str = "",
) -> dict[str, Any]:
    """The content of a ruling on a finding; what was not said is left out. ``item``: how the
    finding costs points (None: all of them). Raises UsageError when the action does not fit the
    finding, or the points do not fit the item.
    """
    given = RulingGiven(
        action=action,
        why=why,
        run=run,
        unit=result.unit,
        case=result.case,
        case_key=result.case_key,
        check=finding.check,
        identity=finding.identity,
        evidence=finding.evidence_digest,
        status=finding.status,
        points=points,
        until=until,
        signer=signer,
        settle=settle,
        place=place,
        says=says,
    )
    _refuse(given, finding, item.deduction if item else Deduction())
    return _without_the_unsaid(given)


def said_again(r: Ruling) -> dict[str, Any]:
    """The content of an opinion, to be said once more as it was, on the evidence of then."""
    said = {f.name: getattr(r, f.name) for f in fields(RulingGiven)}
    return _without_the_unsaid(RulingGiven(**said))


def _without_the_unsaid(given: RulingGiven) -> dict[str, Any]:
    """A ruling as the journal keeps it."""
    if given.points:
        given = replace(given, points=plain(Decimal(given.points)))
    body: dict[str, Any] = to_data(given)
    kept = {f.name for f in fields(RulingGiven) if f.default is MISSING}
    return {k: v for k, v in body.items() if k in kept or v not in ("", None, False)}


def _refuse(r: RulingGiven, finding: FindingResult, deduction: Deduction) -> None:
    """Raises UsageError when the action does not fit the finding or lacks what it needs."""
    if r.action not in ACTIONS:
        raise UsageError(
            f"没有“{r.action}”，可以写 {'、'.join(f'{v}（{k}）' for k, v in ACTIONS.items())}"
        )
    if r.action in ("overrule", "adjust", "waive") and r.status != FAIL:
        raise UsageError(
            f"{r.check} 的结论不是不合格，不能{ACTIONS[r.action]}；待复核、待人工的项目请用"
            " 合格、不合格或者不适用。"
        )
    lacks = _LACKS.get(r.action, _nothing)(r, finding) or _points(r, finding, deduction)
    if lacks:
        raise UsageError(lacks)


def _points(r: RulingGiven, finding: FindingResult, deduction: Deduction) -> str:
    """What is wrong with the points of a ruling, as a sentence."""
    if r.action not in ("adjust", "fail"):
        return "--points 只能和改分、不合格一起写" if r.points else ""
    full = Decimal(finding.points)
    way = deduction.sentence(full)
    if not r.points:
        needed = r.action == "adjust" or deduction.chosen
        bounds = f"这一项{way}" if way else f"扣 0 到 {plain(deduction.most_of(full))} 分"
        return f"{ACTIONS[r.action]}要写 --points 扣几分；{bounds}" if needed else ""
    refused = deduction.cannot_take(full, Decimal(r.points))
    return f"这一项{way or '的分值有限'}，不能扣 {r.points} 分，{refused}" if refused else ""


def _waiver(r: RulingGiven, finding: FindingResult) -> str:
    return "" if r.until and r.signer else "免予整改要写 --until 到期日 和 --signer 批准人"


def _place(r: RulingGiven, finding: FindingResult) -> str:
    if r.place or any(p.quote for p in finding.evidence):
        return ""
    return "认定不合格要写明在哪里：--at 文件:页；没有位置的问题不能写进清单。"


def _nothing(r: RulingGiven, finding: FindingResult) -> str:
    return ""


# action -> what it lacks, as a sentence; '' when it has all
_LACKS = {"waive": _waiver, "fail": _place}


def decided(r: Ruling, status: str) -> tuple[str, Decimal | None]:
    """The effective status and points of one ruling on a finding of this status."""
    if r.action == "confirm":
        return status, None
    if r.action in ("adjust", "fail"):
        return FAIL, Decimal(r.points) if r.points else None
    return {"overrule": PASS, "pass": PASS, "na": NA, "waive": WAIVED}[r.action], None


def counted_as(status: str) -> str:
    """What an effective status counts as when points are added up: a waived fault as passed."""
    return PASS if status == WAIVED else status


def _latest(rulings: list[Ruling]) -> dict[str, Ruling]:
    """The last word of each person; a withdrawn one is none."""
    out: dict[str, Ruling] = {}
    for r in sorted(rulings, key=lambda r: r.order):
        out[r.by] = r
    return {by: r for by, r in out.items() if r.action != "withdraw"}


def standing(
    finding: FindingResult,
    rulings: list[Ruling],
    as_of: str,
    *,
    audit: bool = False,
    sealed: bool = False,
    panel: tuple[str, ...] = (),
) -> Standing | None:
    """What ``rulings`` (all on this finding) amount to on the day ``as_of``. ``audit``: waivers do
    not count.

    ``sealed``: two reviewers are at work and have not both handed in. ``panel``: their names once
    they have; one who said nothing agrees with the tool.
    """
    status = finding.status
    last = list(_latest(rulings).values())
    if not last:
        return None
    if sealed and not any(r.settle for r in last):
        return Standing(SEALED, _newest(last), status)
    now = [r for r in last if r.evidence == finding.evidence_digest]
    if not now:
        return Standing(CHANGED, _newest(last), status)
    settled = [r for r in now if r.settle]
    if settled:
        return _held(_newest(settled), status, as_of, audit)
    if len(_voices(now, status, panel)) > 1:
        return Standing(SPLIT, _newest(now), status)
    return _held(_newest(now), status, as_of, audit)


def _newest(rulings: Sequence[Ruling]) -> Ruling:
    return max(rulings, key=lambda r: r.order)


def _voices(
    rulings: Sequence[Ruling], status: str, panel: tuple[str, ...]
) -> set[tuple[str, Decimal | None]]:
    """What people hold of a finding; one of the panel who said nothing agrees with the tool."""
    voices = {decided(r, status) for r in rulings}
    silent = set(panel) - {r.by for r in rulings}
    if silent and status in (PASS, FAIL, NA):
        voices.add((status, None))
    return voices


def _held(r: Ruling, status: str, as_of: str, audit: bool) -> Standing:
    if r.action == "waive" and (audit or as_of > r.until):
        return Standing(LAPSED if as_of > r.until else "审计方式，不计免予整改", r, status)
    effective, points = decided(r, status)
    return Standing(HOLDS, r, effective, points)
