"""有音像."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.chinese.wording import says as text_says
from casereview.facts.readers import day_of
from casereview.facts.recordings import listed_recordings, recordings
from casereview.model import Place, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, fail, passed, review, says

LIST = "音像资料清单"


@dataclass(frozen=True)
class Recorded(Kind):
    """有音像：卷内有音像文件或者音像资料清单；写了“提到”的，文件名、
    清单或者“见于”的文书要提到这一环节，
    或者有音像文件生成于“当日”。

    清单没有读到、音像文件没有中文名称又没有清单的，待复核。
    """

    version = 2
    mentions: tuple[str, ...] = key("提到", Of.WORDINGS, says="这一环节的词")
    same_day: tuple[str, ...] = key("当日", Of.FACTS, says="生成于这一天的音像也算")
    or_said: tuple[str, ...] = key("或载明", Of.WORDINGS, says="有这样的记载也算")
    said_in: tuple[str, ...] = key("见于", Of.PAPERS, says="不写时，各份文书都可以")
    near: tuple[str, ...] = key("应邻近", Of.PAPERS, says="缺少时指向卷内哪些文书")

    def judge(self, ctx: Context) -> Verdict:
        found = self._found(ctx)
        if found is not None:
            return found
        anchor = list(ctx.case.anchor(*(self.near or ctx.decisions)))
        files = recordings(ctx.case)
        lists = ctx.case.readable(LIST)
        what = "、".join(self.mentions) or "全程"
        if not lists:
            gone = ctx.absent(LIST)
            if gone and gone.status == "review":
                return review(f"没有读到{what}的音像记录；{gone.message}", anchor[:1])
        maybe = ctx.case.stand_ins(LIST)
        if maybe:
            text = f"没有读到{what}的音像记录；但{maybe[0].name}可能就是{LIST}，请核对"
            return review(text, [maybe[0].top()])
        if files and not lists and not any(f.named for f in files):
            return review(f"有音像文件而没有清单，不能判断是否包括{what}", anchor[:1])
        text = f"{what}没有音像文件，也没有音像资料清单记载"
        return fail(text, anchor, subject=what)

    def _found(self, ctx: Context) -> Verdict | None:
        """The recording, list or statement that shows it."""
        shown = self._mentioned(ctx) if self.mentions else self._any(ctx)
        return shown or self._made_that_day(ctx) or self._said(ctx)

    def _any(self, ctx: Context) -> Verdict | None:
        """Any recording, or a list of recordings."""
        files, lists = recordings(ctx.case), ctx.case.readable(LIST)
        if not files and not lists:
            return None
        text = f"有音像文件 {len(files)} 个" if files else f"有{LIST}"
        return passed(text, [p.top() for p in lists[:1]])

    def _mentioned(self, ctx: Context) -> Verdict | None:
        """A recording, a row of a list or a list that mentions what is asked."""
        for file in recordings(ctx.case):
            if text_says(file.name, self.mentions):
                return passed(f"有音像文件 {file.name}", [_place(file.path)])
        for row in listed_recordings(ctx.case):
            if text_says(row.text, self.mentions):
                return passed(f"{LIST}列有{row.name}", [row.place])
        p = next((p for p in ctx.case.readable(LIST) if says(p, self.mentions)), None)
        return passed(f"{p.name}有相应记载", [p.top()]) if p else None

    def _made_that_day(self, ctx: Context) -> Verdict | None:
        """A recording made on one of the days that are asked."""
        days = {day_of(f) for name in self.same_day if (f := ctx.fact(name))} - {None}
        file = next((f for f in recordings(ctx.case) if f.made in days), None)
        return passed(f"{file.name} 生成于当日", [_place(file.path)]) if file else None

    def _said(self, ctx: Context) -> Verdict | None:
        if not self.or_said:
            return None
        named = ctx.case.readable(*ctx.named(self.said_in)) if self.said_in else ctx.case.papers
        for paper in named:
            if paper.doc.readable and says(paper, self.or_said):
                return passed(f"{paper.name}有音像记录的记载", [paper.top()])
        return None

    def rule(self) -> str:
        text = f"卷内应当有{LIST}或者音像文件"
        if self.mentions:
            text = f"{listed(self.mentions)}应当有音像文件，或者{LIST}记载"
        if self.same_day:
            text += "，或者有当日生成的音像文件"
        if self.or_said:
            text += f"，或者载明“{listed(self.or_said, '”“')}”"
        return text


def _place(path: str) -> Place:
    return Place(path, 1, None, path.rsplit("/", 1)[-1])
