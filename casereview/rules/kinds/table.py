"""The kinds of check a lawyer can write without a programmer, one class each, and the literal table
of kinds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from casereview.chinese import key
from casereview.law.workdays import UnknownYear
from casereview.model import FAIL, MANUAL, NA, PASS, REVIEW, Fact, Place, Verdict
from casereview.rules.kinds.paper import Elements, Kind, Listed, Officers, Present, Signed, says
from casereview.rules.kinds.time import Deadline, Order
from casereview.rules.kinds.unit import Handed, Rate
from casereview.rules.verdicts import PREDICATES, Context, fail, na, passed, review


@dataclass(frozen=True)
class Same(Kind):
    """前后一致: the facts of ``要素`` that can be read are equal after folding width, brackets and
    spaces.
    """

    要素: tuple[str, ...]
    keys = ("要素",)
    needs = ("要素",)

    def judge(self, ctx: Context) -> Verdict:
        got = [(n, f) for n in self.要素 if (f := ctx.fact(n))]
        if len(got) < 2:
            return review(f"没有读到{'、'.join(self.要素)}中的两项")
        first = got[0]
        for n, f in got[1:]:
            if key(str(f.value)) != key(str(first[1].value)):
                return fail(
                    f"{n}为“{f.value}”，{first[0]}为“{first[1].value}”",
                    [f.place, first[1].place],
                    subject=n,
                )
        return passed(f"均为“{first[1].value}”", [first[1].place])


@dataclass(frozen=True)
class Special(Kind):
    """专门判定: a named judgement written in Python."""

    判定: str
    keys = ("判定",)
    needs = ("判定",)

    def judge(self, ctx: Context) -> Verdict:
        return PREDICATES[self.判定](ctx)


@dataclass(frozen=True)
class Manual(Kind):
    """人工判断: shows side by side what a person needs."""

    提问: str
    参看: tuple[str, ...]
    keys = ("提问", "参看")
    needs = ("提问", "参看")

    def judge(self, ctx: Context) -> Verdict:
        places: list[Place] = []
        working: list[str] = []
        for name in self.参看:
            kind, _, field = name.partition(".")
            if field:
                f = ctx.fact(name)
                if f:
                    places.append(f.place)
                    working.append(f"{name}：{_show(f)}")
            else:
                for p in ctx.case.all(kind):
                    places.append(p.top())
                    working.append(f"{p.name}：{_gist(p)}")
        return Verdict(MANUAL, self.提问, tuple(places[:12]), tuple(working[:20]))


def _show(f: Fact) -> str:
    if isinstance(f.value, list) and f.value and isinstance(f.value[0], dict):
        return "；".join(f"《{v['law']}》{v['article']}" for v in f.value)
    return "、".join(f.value) if isinstance(f.value, list) else str(f.value)


def _gist(p) -> str:
    m = re.search(r"(?:经查|查明)[^\n]{0,160}", p.running_text.without_spaces)
    return m.group(0) if m else p.running_text.without_spaces.replace("\n", " ")[:80]


@dataclass(frozen=True)
class Part:
    """One requirement of a 逐项 item, with its own condition."""

    kind: Kind
    when: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Several(Kind):
    """逐项: several requirements of one item; it fails with the first that fails, stays open while
    one is open, and applies while one applies.
    """

    各项: tuple[Part, ...]
    keys = ("各项",)
    needs = ("各项",)

    def judge(self, ctx: Context) -> Verdict:
        got = [judge_safely(p.kind, ctx, p.when) for p in self.各项]
        bad = [v for v in got if v.status == FAIL]
        if bad:
            return fail(
                "；".join(v.message for v in bad),
                [p for v in bad for p in v.places],
                *(w for v in bad for w in v.working),
                subject=bad[0].subject,
            )
        open_ = next((v for v in got if v.status == REVIEW), None)
        if open_:
            return open_
        good = [v for v in got if v.status == PASS]
        if not good:
            return next((v for v in got if v.status == NA), na("条件不具备"))
        return passed(
            "；".join(v.message for v in good if v.message), [p for v in good for p in v.places[:1]]
        )


KINDS: dict[str, type[Kind]] = {
    "文书在卷": Present,
    "要素齐全": Elements,
    "签章齐全": Signed,
    "执法人员人数": Officers,
    "先后顺序": Order,
    "期限": Deadline,
    "前后一致": Same,
    "按清单": Listed,
    "专门判定": Special,
    "逐项": Several,
    "人工判断": Manual,
    "单位材料": Handed,
    "比率": Rate,
    "单位判定": Special,
}


def holds(ctx: Context, condition: tuple[tuple[str, str], ...]) -> bool | None:
    """当: every (word, name) must hold. 有文书/无文书 name a kind (several with ／ between them:
    any of them), 有要素 a fact, 载明 a kind and a wording
    (处罚决定书：没收). None when it cannot be told.
    """
    answers: list[bool | None] = []
    for word, name in condition:
        if word == "载明":
            kind, _, words = name.partition("：")
            gone = ctx.absent(kind)
            hit = any(says(p, tuple(words.split("／"))) for p in ctx.case.readable(kind))
            answers.append(
                True
                if hit
                else None
                if (gone and gone.status == "review") or ctx.unreadable(kind)
                else False
            )
        elif word == "有要素":
            f = ctx.fact(name)
            gone = ctx.absent(name.partition(".")[0])
            answers.append(
                True if f else (None if gone is None or gone.status == "review" else False)
            )
        else:
            gone = ctx.absent(*name.split("／"))
            have = True if gone is None else None if gone.status == "review" else False
            answers.append(have if word == "有文书" or have is None else not have)
    if False in answers:
        return False
    return None if None in answers else True


def judge_safely(kind: Kind, ctx: Context, condition: tuple[tuple[str, str], ...] = ()) -> Verdict:
    """Judge with the condition before it; an unknown year of the calendar opens the item instead of
    guessing.
    """
    met = holds(ctx, condition) if condition else True
    if met is False:
        return na("条件不具备")
    if met is None:
        return review("适用条件不能判断")
    try:
        return kind.judge(ctx)
    except UnknownYear as e:
        return review(f"{e}，请人工核算期限")


__all__ = ["KINDS", "Kind", "Part", "Several", "judge_safely"]
