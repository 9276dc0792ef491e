"""What two checklists say differently: which items changed meaning, by whom and why, and which
numbers of the law from when.
"""

from __future__ import annotations

from dataclasses import dataclass

from casereview.law.parameters import Parameter
from casereview.rules.rulebook import Rules

_SHOWN = {
    "points": "分值",
    "veto": "否决",
    "curable": "可补正",
    "name": "名称",
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
_MEANING = {"points", "veto", "kind", "kind_name", "when", "since", "until", "bonus", "gravity"}


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
    a = {c.id: c for c in old.checklist.checks}
    b = {c.id: c for c in new.checklist.checks}
    reasons = {i: why for i, (why, _) in new.layers.changed.items()} | dict(new.checklist.off)
    out = [
        Difference(i, c.name, "停用", f"{c.points} 分", "", reasons.get(i, ""), True)
        for i, c in a.items()
        if i not in b
    ]
    out += [
        Difference(i, c.name, "增加", "", f"{c.points} 分", "", True)
        for i, c in b.items()
        if i not in a
    ]
    for i, c in b.items():
        if i in a:
            out += [
                Difference(
                    i,
                    c.name,
                    word,
                    _say(getattr(a[i], f)),
                    _say(getattr(c, f)),
                    reasons.get(i, ""),
                    f in _MEANING,
                )
                for f, word in _SHOWN.items()
                if getattr(a[i], f) != getattr(c, f)
            ]
    out += _numbers(old, new)
    for f in old.checklist.scoring.__dataclass_fields__:
        x, y = getattr(old.checklist.scoring, f), getattr(new.checklist.scoring, f)
        if x != y:
            out.append(Difference("计分", "计分方式", f, _say(x), _say(y), "", True))
    return out


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
    return "；".join(map(str, v)) if isinstance(v, tuple) else str(v)
