"""What two checklists say differently: which items changed meaning, by whom and why, and which
numbers of the law from when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casereview.authoring.declaration import declaration_of, value_of
from casereview.law.parameters import Parameter
from casereview.rules.checklist import Check
from casereview.rules.kinds.kind import Declared
from casereview.rules.rulebook import Rules

_SHOWN = {
    "points": "分值",
    "deduction": "扣分办法",
    "veto": "否决",
    "veto_effect": "否决后果",
    "curable": "可补正",
    "name": "名称",
    "fault": "问题",
    "stage": "环节",
    "kind_name": "种类",
    "kind": "判断方法",
    "when": "适用条件",
    "since": "适用自",
    "until": "适用至",
    "fails_when": "不合格情形",
    "note": "不适用或待复核",
    "basis": "依据",
    "advice": "整改建议",
    "bonus": "加分",
    "gravity": "问题等级",
}
# what people read and that decides nothing
_PEOPLE = {"name", "fault", "stage", "curable", "fails_when", "note", "basis", "advice"}


@dataclass(frozen=True)
class Difference:
    """One change: ``meaning`` is True when the same case may be judged or scored differently."""

    what: str
    name: str
    change: str
    before: str
    after: str
    reason: str
    meaning: bool


def differences(old: Rules, new: Rules) -> list[Difference]:
    """Every difference from ``old`` to ``new``, items first, then numbers, then the scheme."""
    return [*_items(old, new), *_numbers(old, new), *_scheme(old, new)]


def _items(old: Rules, new: Rules) -> Iterator[Difference]:
    """Items switched off, added and changed, with the reasons their layers give."""
    before = {c.id: c for c in old.checklist.checks}
    after = {c.id: c for c in new.checklist.checks}
    reasons = {i: why for i, (why, _) in new.layers.changed.items()} | dict(new.checklist.off)
    for i, c in before.items():
        if i not in after:
            yield Difference(i, c.name, "停用", f"{c.points} 分", "", reasons.get(i, ""), True)
    for i, c in after.items():
        if i not in before:
            yield Difference(i, c.name, "增加", "", f"{c.points} 分", "", True)
    for i in [i for i in after if i in before]:
        yield from _changes(before[i], after[i], reasons.get(i, ""))


def _changes(before: Check, after: Check, reason: str) -> Iterator[Difference]:
    for name, word in _SHOWN.items():
        x, y = getattr(before, name), getattr(after, name)
        if x != y:
            meaning = name not in _PEOPLE
            yield Difference(after.id, after.name, word, _say(x), _say(y), reason, meaning)


def _scheme(old: Rules, new: Rules) -> Iterator[Difference]:
    for name, f in old.checklist.scoring.keys().items():
        x, y = getattr(old.checklist.scoring, f.name), getattr(new.checklist.scoring, f.name)
        if x != y:
            before, after = (
                value_of(f.metadata["of"], v) if v not in (None, ()) else "—" for v in (x, y)
            )
            yield Difference("计分", "计分方式", name, before, after, "", True)


def _numbers(old: Rules, new: Rules) -> list[Difference]:
    out = []
    for name in sorted(set(old.parameters) | set(new.parameters)):
        x, y = old.parameters.get(name), new.parameters.get(name)
        if x != y:
            since = y.values[-1].since.isoformat() if y else ""
            out.append(
                Difference(
                    "参数",
                    name,
                    f"自 {since} 起" if since else "去掉",
                    _history(x),
                    _history(y),
                    y.values[-1].source if y else "",
                    True,
                )
            )
    return out


def _history(p: Parameter | None) -> str:
    return (
        "；".join(
            f"{v.since} 起 {v.value}{v.unit}{v.day_kind}{'' if v.verified else '（待核实）'}"
            for v in p.values
        )
        if p
        else ""
    )


def _say(v: object) -> str:
    if v is True or v is False:
        return "是" if v else "否"
    if v is None:
        return "—"
    if isinstance(v, Declared):
        return declaration_of(v)
    return "；".join(map(str, v)) if isinstance(v, tuple) else str(v)
