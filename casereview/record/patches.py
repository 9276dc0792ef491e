"""What a result says otherwise than an earlier one of the same case. Where one item of a checklist
changed, or a unit is looked over, a store keeps the few findings that moved, their lines of the
ledger and what they add up to, and the row by which the rest goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import msgspec

from casereview.record.canonical_json import canonical
from casereview.record.result import CaseResult, ChecklistUsed, FindingResult, to_data

LineOf = tuple[str, str, bool]  # points, points taken off, veto
# what is said anew as a whole
_ANEW = "checklist score score_low score_high grade vetoed vetoes working".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """``findings``: those that are others; ``lines``: by item, the lines of those that are the same
    but for their line of the ledger; the rest under the names of a result.
    """

    checklist: ChecklistUsed
    score: float | None
    score_low: float | None
    score_high: float | None
    grade: str
    vetoed: bool
    vetoes: tuple[str, ...] = ()
    working: tuple[str, ...] = ()
    findings: tuple[FindingResult, ...] = ()
    lines: dict[str, LineOf] = field(default_factory=dict)

    def then(self, later: Patch) -> Patch:
        """This one and then another, as one."""
        whole = {f.check: f for f in self.findings} | {f.check: f for f in later.findings}
        for check in later.lines.keys() & whole.keys():
            whole[check] = with_line(whole[check], later.lines[check])
        lines = {c: line for c, line in (self.lines | later.lines).items() if c not in whole}
        return replace(later, findings=tuple(whole.values()), lines=lines)


def line_of(f: FindingResult) -> LineOf:
    """The line of the ledger of a finding."""
    return f.points, f.deducted, f.veto


def with_line(f: FindingResult, line: LineOf) -> FindingResult:
    """A finding with another line of the ledger."""
    points, deducted, veto = line
    return replace(f, points=points, deducted=deducted, veto=veto)


def patch_of(before: CaseResult, after: CaseResult) -> Patch | None:
    """What ``after`` says otherwise; None where they differ in more than a patch can say."""
    if [f.check for f in before.findings] != [f.check for f in after.findings]:
        return None
    findings, lines = [], {}
    for old, new in zip(before.findings, after.findings, strict=True):
        if new is old or new == old:
            continue
        if with_line(old, line_of(new)) == new:
            lines[new.check] = line_of(new)
        else:
            findings.append(new)
    said = {name: getattr(after, name) for name in _ANEW}
    patch = Patch(findings=tuple(findings), lines=lines, **said)
    return patch if patched(before, patch) == after else None


def over(
    findings: Iterable[FindingResult],
    others: Iterable[FindingResult],
    lines: Mapping[str, LineOf],
) -> tuple[FindingResult, ...]:
    """Findings with those that are others, and with other lines of the ledger, by item."""
    whole = {f.check: f for f in others}
    moved = lines.keys() | whole.keys()
    return tuple([_moved(f, whole, lines) if f.check in moved else f for f in findings])


def _moved(
    f: FindingResult, whole: Mapping[str, FindingResult], lines: Mapping[str, LineOf]
) -> FindingResult:
    """A finding of which a patch says something."""
    return with_line(f, lines[f.check]) if f.check in lines else whole[f.check]


def patched(result: CaseResult, patch: Patch) -> CaseResult:
    """A result with what a patch says."""
    said = {name: getattr(patch, name) for name in _ANEW}
    return replace(result, findings=over(result.findings, patch.findings, patch.lines), **said)


def to_json(patch: Patch) -> str:
    """As it is kept."""
    data = msgspec.to_builtins(patch)
    data["findings"] = [to_data(f) for f in patch.findings]
    for row in data["findings"]:
        row.pop("effective", None)
    return canonical(data)


def from_json(text: str) -> Patch:
    """What was kept. Raises msgspec.ValidationError."""
    return msgspec.json.decode(text, type=Patch)
