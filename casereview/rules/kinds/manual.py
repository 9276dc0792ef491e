"""人工判断."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.chinese.wording import says
from casereview.model import MANUAL, Fact, Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key
from casereview.rules.verdicts import Context

FINDING = ("经查", "查明")


@dataclass(frozen=True)
class Manual(Kind):
    """人工判断：把需要的内容并排列出，由人回答一个问题。"""

    question: str = key("提问", Of.TEXT, needed=True)
    look_at: tuple[str, ...] = key("参看", Of.MIXED, needed=True)

    def judge(self, ctx: Context) -> Verdict:
        places: list[Place] = []
        working: list[str] = []
        for name in self.look_at:
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
        return Verdict(MANUAL, self.question, tuple(places[:12]), tuple(working[:20]))

    def rule(self) -> str:
        return self.question


def _show(f: Fact) -> str:
    if isinstance(f.value, list) and f.value and isinstance(f.value[0], dict):
        return "；".join(f"《{v['law']}》{v['article']}" for v in f.value)
    return "、".join(f.value) if isinstance(f.value, list) else str(f.value)


def _gist(p: Paper) -> str:
    text = p.running_text.without_spaces
    hit = says(text, FINDING)
    return text[hit.start : hit.start + 160] if hit else text.replace("\n", " ")[:80]
