"""证据种数."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.model import Place, Verdict
from casereview.papers.vocabulary import UNKNOWN
from casereview.rules.kinds.kind import Groups, Kind, Of, key, listed
from casereview.rules.verdicts import Context, fail, passed, review

SHOWN = 4  # papers that a finding shows


@dataclass(frozen=True)
class Variety(Kind):
    """证据种数：所列各种（每种是几类文书）里，卷内有的不少于规定的种数。

    有文件未能读取、有文书认不出是什么的，待复核。
    """

    groups: Groups = key("各种", Of.PAPER_GROUPS, needed=True, says="名称: [文书]")
    at_least: int = key("不少于", Of.INTEGER, needed=True)
    recordings: str = key("音像文件算作", Of.TEXT, default="", says="音像文件算哪一种")

    def judge(self, ctx: Context) -> Verdict:
        have = tuple(name for name, papers in self.groups if self._has(ctx, name, papers))
        kinds = [p for _, papers in self.groups for p in papers]
        places = [p.top() for p in ctx.case.readable(*kinds)[:SHOWN]]
        if len(have) >= self.at_least:
            return passed(f"有{listed(have)}", places)
        return self._too_few(ctx, have, kinds, places or list(ctx.case.anchor(*ctx.decisions)))

    def _too_few(
        self, ctx: Context, have: tuple[str, ...], kinds: list[str], places: list[Place]
    ) -> Verdict:
        if ctx.case.unread or any(p.doc.kind == UNKNOWN for p in ctx.case.papers):
            text = f"可读文书中只有{listed(have) or '零种'}，有文件未能读取或者未能归类"
            return review(text, places)
        names = tuple(name for name, _ in self.groups)
        if not have:
            return ctx.missing(kinds, f"卷内没有{listed(names)}中的任何一种", *ctx.decisions)
        return fail(f"卷内只有{listed(have)}", places, subject=have[0])

    def _has(self, ctx: Context, name: str, papers: tuple[str, ...]) -> bool:
        media = name == self.recordings and any(s.format == "media" for s in ctx.case.sources)
        return media or bool(ctx.case.readable(*papers))

    def rule(self) -> str:
        names = tuple(name for name, _ in self.groups)
        return f"卷内应当有{listed(names)}中的 {self.at_least} 种以上"
