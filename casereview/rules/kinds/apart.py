"""人员不同."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rapidfuzz import fuzz

from casereview.model import Fact, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed, short
from casereview.rules.verdicts import Context, fail, passed, review

SURE = 0.9  # a name less sure than this was written by hand on a scanned page
ALIKE = 50  # likeness from which a name written by hand may be another misread
WHOLE = 3  # characters of a name that nobody reads by mistake
SHOWN = 3  # names that are printed for a person to compare


@dataclass(frozen=True)
class Apart(Kind):
    """人员不同：前一要素里的人，不得是后一要素里的人（主持人不是调查人员，审核人不是承办人）。

    姓名没有读到时待复核，并列出应当核对的姓名；文书不在卷时不适用。扫描页上手写的姓名，
    与后一要素的人没有一个相近的合格，三个字以上完全相同的是同一个人，其余待复核。
    “按审核名单”的，没有读出姓名而单位审核名单中没有一个是后一要素的人，合格。
    """

    version: ClassVar[int] = 2
    persons: tuple[str, ...] = key("要素", Of.FACTS, needed=True, says="取最先读到的")
    others: tuple[str, ...] = key("不得是", Of.FACTS, needed=True)
    by_roster: bool = key(
        "按审核名单", Of.FLAG, default=False, says="签名是图片的，看单位提供的审核人员名单"
    )

    def judge(self, ctx: Context) -> Verdict:
        kinds = tuple(dict.fromkeys(name.partition(".")[0] for name in self.persons))
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        named = next(_facts(ctx, self.persons), None)
        others = {who: f for f in _facts(ctx, self.others) for who in people(f)}
        if (
            named is None
            or not others
            or (named.confidence < SURE and misread_perhaps(named, others))
        ):
            return self._unclear(ctx, kinds, named, others)
        same = next((who for who in people(named) if who in others), None)
        if same is not None:
            text = f"{short(self.persons[:1])}{same}也是本案的{self._role(ctx, same)}"
            return fail(text, [named.place, others[same].place], subject=same)
        return passed(f"{'、'.join(people(named))}不是{self._roles()}", [named.place])

    def _unclear(
        self, ctx: Context, kinds: tuple[str, ...], named: Fact | None, others: dict[str, Fact]
    ) -> Verdict:
        """For a person: who is not known, and whom it must not be. A drawn signature is that of one
        of the unit's own reviewers, where the unit names them.
        """
        paper = ctx.case.one(*kinds)
        roster = {row.get("姓名", "") for row in ctx.case.unit.reviewers or ()} - {""}
        if self.by_roster and named is None and roster and not roster & set(others):
            text = (
                f"{short(self.persons[:1])}的签名没有读出；单位审核名单中的人都不是{self._roles()}"
            )
            return passed(text, [paper.running_text.tail()] if paper else [])
        places = [named.place] if named else [paper.running_text.tail()] if paper else []
        shown = "、".join(list(others)[:SHOWN]) or self._roles()
        return review(f"没有读清{short(self.persons[:1])}，请人工核对不是{shown}", places)

    def _role(self, ctx: Context, who: str) -> str:
        """The fact that names ``who`` among the others."""
        return next(
            name.partition(".")[2]
            for name in self.others
            for f in _facts(ctx, (name,))
            if who in people(f)
        )

    def _roles(self) -> str:
        return listed(tuple(dict.fromkeys(name.partition(".")[2] for name in self.others)))

    def rule(self) -> str:
        return f"{short(self.persons)}不得是{listed(self.others).replace('.', '的')}"


def misread_perhaps(named: Fact, others: Iterable[str]) -> bool:
    """True where a name that was read by hand may be one of the others misread. A whole name of
    three characters that is one of them is no misreading.
    """
    pairs = [(name, other) for name in people(named) for other in others]
    if any(name == other and len(name) >= WHOLE for name, other in pairs):
        return False
    return any(fuzz.ratio(name, other) >= ALIKE for name, other in pairs)


def _facts(ctx: Context, names: tuple[str, ...]) -> Iterator[Fact]:
    """These facts in every readable paper."""
    return (fact for name in names for _, fact in ctx.every(name))


def people(fact: Fact) -> list[str]:
    """The names that a fact holds."""
    return [str(v) for v in fact.value] if isinstance(fact.value, list) else [str(fact.value)]
