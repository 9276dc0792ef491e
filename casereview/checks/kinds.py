"""The kinds of check a lawyer can write without a programmer, one class each, and the literal table of kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from casereview.checks.base import DECISION, PREDICATES, Context, cn_day, each, fail, na, passed, review
from casereview.chinese import key
from casereview.facts.readers import day_of
from casereview.model import MANUAL, Fact, Place, Verdict
from casereview.workdays import UnknownYear, workdays_after


@dataclass(frozen=True)
class Kind:
    """Common to all: ``keys`` may follow the kind in YAML, ``needs`` must."""

    keys: ClassVar[tuple[str, ...]] = ()
    needs: ClassVar[tuple[str, ...]] = ()

    def judge(self, ctx: Context) -> Verdict:
        """Answer for one case."""
        raise TypeError("a kind must answer")


@dataclass(frozen=True)
class Present(Kind):
    """文书在卷: at least one of ``文书`` is in the file."""

    文书: tuple[str, ...]
    keys = ("文书",)
    needs = ("文书",)

    def judge(self, ctx: Context) -> Verdict:
        papers = ctx.case.readable(*self.文书)
        if papers:
            return passed(f"有{papers[0].name}", [papers[0].top()])
        return ctx.missing(self.文书, f"没有{'、'.join(self.文书)}", *DECISION, "立案审批表")


@dataclass(frozen=True)
class Elements(Kind):
    """要素齐全: each paper of ``文书`` says at least one of the words of each element (words, no patterns)."""

    文书: tuple[str, ...]
    要素: tuple[tuple[str, tuple[str, ...]], ...]
    keys = ("文书", "要素")
    needs = ("文书", "要素")

    def judge(self, ctx: Context) -> Verdict:
        gone = ctx.absent(*self.文书)
        if gone:
            return gone

        def lacks(p) -> str:
            text = key(p.flow.tight)
            out = [name for name, words in self.要素 if not any(key(w) in text for w in words)]
            return "缺" + "、".join(out) if out else ""

        return each(ctx.case.readable(*self.文书), lacks, "要素齐全", ctx.unreadable(*self.文书))


def _fact(ctx: Context, name: str) -> Fact | None:
    kind, _, field = name.partition(".")
    if kind == "处罚决定书":
        return ctx.dfact(field)
    return ctx.case.fact(kind, field)


def _dates(ctx: Context, first: str, second: str) -> tuple[Fact, Fact] | Verdict:
    for name in (first, second):
        if day_of(_fact(ctx, name)) is None:
            gone = ctx.absent(name.partition(".")[0])
            return gone or review(f"没有读到{name}")
    return _fact(ctx, first), _fact(ctx, second)


@dataclass(frozen=True)
class Order(Kind):
    """先后顺序: the date ``先`` is not later than the date ``后``."""

    先: str
    后: str
    keys = ("先", "后")
    needs = ("先", "后")

    def judge(self, ctx: Context) -> Verdict:
        got = _dates(ctx, self.先, self.后)
        if isinstance(got, Verdict):
            return got
        a, b = got
        if day_of(a) > day_of(b):
            return fail(f"{self.先} {cn_day(day_of(a))} 晚于{self.后} {cn_day(day_of(b))}", [a.place, b.place])
        return passed(f"{self.先} {cn_day(day_of(a))}，{self.后} {cn_day(day_of(b))}", [a.place, b.place])


@dataclass(frozen=True)
class Deadline(Kind):
    """期限: from ``从`` to ``到`` not more than the parameter ``不超过``, counted as the parameter says."""

    从: str
    到: str
    不超过: str
    keys = ("从", "到", "不超过")
    needs = ("从", "到", "不超过")

    def judge(self, ctx: Context) -> Verdict:
        got = _dates(ctx, self.从, self.到)
        if isinstance(got, Verdict):
            return got
        a, b = got
        start, end = day_of(a), day_of(b)
        limit = ctx.limit(self.不超过, start)
        if limit is None:
            return review(f"{cn_day(start)} 没有有效的参数“{self.不超过}”", [a.place])
        n = workdays_after(start, end) if limit.working else (end - start).days
        unit = "个工作日" if limit.working else "日"
        text = f"{self.从} {cn_day(start)}，{self.到} {cn_day(end)}，间隔 {n} {unit}"
        if n > limit.value:
            return fail(f"{text}，超过{limit.sentence()}", [b.place, a.place])
        return passed(text, [b.place])


@dataclass(frozen=True)
class Same(Kind):
    """前后一致: the facts of ``要素`` that can be read are equal after folding width, brackets and spaces."""

    要素: tuple[str, ...]
    keys = ("要素",)
    needs = ("要素",)

    def judge(self, ctx: Context) -> Verdict:
        got = [(n, f) for n in self.要素 if (f := _fact(ctx, n))]
        if len(got) < 2:
            return review(f"没有读到{'、'.join(self.要素)}中的两项")
        first = got[0]
        for n, f in got[1:]:
            if key(str(f.value)) != key(str(first[1].value)):
                return fail(f"{n}为“{f.value}”，{first[0]}为“{first[1].value}”", [f.place, first[1].place], subject=n)
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
                f = _fact(ctx, name)
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
    m = re.search(r"(?:经查|查明)[^\n]{0,160}", p.flow.tight)
    return m.group(0) if m else p.flow.tight.replace("\n", " ")[:80]


KINDS: dict[str, type[Kind]] = {
    "文书在卷": Present, "要素齐全": Elements, "先后顺序": Order, "期限": Deadline, "前后一致": Same, "专门判定": Special, "人工判断": Manual,
}


def holds(ctx: Context, condition: tuple[tuple[str, str], ...]) -> bool | None:
    """当: every (word, name) must hold. 有文书/无文书 name a kind, 有要素 a fact. None when it cannot be told."""
    answers: list[bool | None] = []
    for word, name in condition:
        if word == "有要素":
            f = _fact(ctx, name)
            gone = ctx.absent(name.partition(".")[0])
            answers.append(True if f else (None if gone is None or gone.status == "review" else False))
        else:
            gone = ctx.absent(name)
            have = True if gone is None else None if gone.status == "review" else False
            answers.append(have if word == "有文书" or have is None else not have)
    if False in answers:
        return False
    return None if None in answers else True


def judge_safely(kind: Kind, ctx: Context, condition: tuple[tuple[str, str], ...] = ()) -> Verdict:
    """Judge with the condition before it; an unknown year of the calendar opens the item instead of guessing."""
    met = holds(ctx, condition) if condition else True
    if met is False:
        return na("条件不具备")
    if met is None:
        return review("适用条件不能判断")
    try:
        return kind.judge(ctx)
    except UnknownYear as e:
        return review(f"{e}，请人工核算期限")


__all__ = ["KINDS", "Kind", "judge_safely"]
