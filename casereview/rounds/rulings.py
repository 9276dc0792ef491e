"""What a person says of a finding, and what it amounts to. Rulings stand beside findings, never in
them; here is the only place where both meet.

A ruling holds while identity and evidence hold; when the evidence changed it waits:
「依据已变，请重新确认」. Two people who differ settle nothing: the
finding stays as the tool left it until somebody rules with 裁定 (settle). The outcome does not
depend on the order in which rulings were stored.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from casereview.errors import UsageError
from casereview.model import FAIL, NA, PASS, Place
from casereview.record.journal import Event
from casereview.record.result import RulingShown, to_data

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


@dataclass(frozen=True)
class Ruling:
    """One opinion. ``points``: what is taken off (adjust); ``until``, ``signer``: of a waiver;
    ``place``: file, page and quote of a fault that only the
    person saw; ``settle``: it decides between differing opinions. The rest says on which finding,
    as it was then.
    """

    at: str
    by: str
    uid: str
    action: str
    why: str
    run: int
    unit: str
    case: str
    case_key: str
    check: str
    identity: str
    evidence: str
    status: str
    points: str = ""
    until: str = ""
    signer: str = ""
    settle: bool = False
    place: Place | None = None

    def as_dict(self) -> dict[str, Any]:
        """For the export, without what it repeats of the finding."""
        shown = to_data(shown_as(self, ""))
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


def ruling_of(e: Event) -> Ruling:
    """The ruling in a journal entry."""
    where = e.body.get("place")
    place = Place(where["file"], where["page"], None, where["quote"]) if where else None
    return Ruling(at=e.at, by=e.actor, uid=e.uid, **{**e.body, "place": place})


def shown_as(r: Ruling, state: str) -> RulingShown:
    """An opinion as it stands beside a finding, without what it repeats of it."""
    names = (f.name for f in fields(RulingShown) if f.name != "state")
    return RulingShown(state=state, **{n: getattr(r, n) for n in names})


def shown_of(s: Standing) -> RulingShown:
    """What is shown of a standing: of a sealed one only that it is."""
    return RulingShown(state=SEALED) if s.state == SEALED else shown_as(s.ruling, s.state)


def body_of(
    finding: dict[str, Any], result: dict[str, Any], run: int, action: str, why: str, **more: Any
) -> dict[str, Any]:
    """The content of a ruling on a finding. Raises UsageError when the action does not fit the
    finding.
    """
    status = finding["status"]
    if action not in ACTIONS:
        raise UsageError(
            f"没有“{action}”，可以写 {'、'.join(f'{k}（{v}）' for k, v in ACTIONS.items())}"
        )
    if action in ("overrule", "adjust", "waive") and status != FAIL:
        raise UsageError(
            f"{finding['check']} 的结论不是不合格，不能{ACTIONS[action]}；待复核、待人工的项目请用"
            " pass、fail 或 na。"
        )
    if action == "adjust":
        points = (
            Decimal(str(more["points"])) if more.get("points") not in (None, "") else Decimal(-1)
        )
        if not 0 <= points <= Decimal(finding["points"]):
            raise UsageError(f"改分要写 --points，扣 0 到 {finding['points']} 分")
        more["points"] = f"{points.normalize():f}"
    if action == "waive" and not (more.get("until") and more.get("signer")):
        raise UsageError("免予整改要写 --until 到期日 和 --signer 批准人")
    if action == "fail" and not more.get("place") and not any(e.quote for e in finding["evidence"]):
        raise UsageError("认定不合格要写明在哪里：--at 文件:页；没有位置的问题不能写进清单。")
    kept = {k: v for k, v in more.items() if v not in ("", None, False)}
    return {
        "action": action,
        "why": why,
        "run": run,
        "unit": result["unit"],
        "case": result["case"],
        "case_key": result["case_key"],
        "check": finding["check"],
        "identity": finding["identity"],
        "evidence": finding["evidence_digest"],
        "status": status,
        **kept,
    }


def decided(r: Ruling, status: str) -> tuple[str, Decimal | None]:
    """The effective status and points of one ruling on a finding of this status."""
    if r.action == "confirm":
        return status, None
    if r.action == "adjust":
        return FAIL, Decimal(r.points)
    return {"overrule": PASS, "pass": PASS, "fail": FAIL, "na": NA, "waive": WAIVED}[r.action], None


def _latest(rulings: list[Ruling]) -> dict[str, Ruling]:
    """The last word of each person; a withdrawn one is none."""
    out: dict[str, Ruling] = {}
    for r in sorted(rulings, key=lambda r: (r.at, r.uid)):
        out[r.by] = r
    return {by: r for by, r in out.items() if r.action != "withdraw"}


def standing(
    finding: dict[str, Any],
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
    status = finding["status"]
    last = _latest(rulings)
    if not last:
        return None
    newest = max(last.values(), key=lambda r: (r.at, r.uid))
    if sealed and not any(r.settle for r in last.values()):
        return Standing(SEALED, newest, status)
    now = [r for r in last.values() if r.evidence == finding["evidence_digest"]]
    if not now:
        return Standing(CHANGED, newest, status)
    settled = [r for r in now if r.settle]
    if settled:
        return _held(max(settled, key=lambda r: (r.at, r.uid)), status, as_of, audit)
    voices = {decided(r, status) for r in now}
    if (
        panel
        and any(name not in {r.by for r in now} for name in panel)
        and status in (PASS, FAIL, NA)
    ):
        voices.add((status, None))
    newest = max(now, key=lambda r: (r.at, r.uid))
    if len(voices) > 1:
        return Standing(SPLIT, newest, status)
    return _held(newest, status, as_of, audit)


def _held(r: Ruling, status: str, as_of: str, audit: bool) -> Standing:
    if r.action == "waive" and (audit or as_of > r.until):
        return Standing(LAPSED if as_of > r.until else "审计方式，不计免予整改", r, status)
    effective, points = decided(r, status)
    return Standing(HOLDS, r, effective, points)
