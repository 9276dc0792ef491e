"""Whether what was scored is one case at all (DESIGN, promise 12): a zip of several cases, or a
lone receipt, ends in a question and not in a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casereview.chinese import number_key
from casereview.facts.casefile import CaseFile
from casereview.facts.procedures import procedures
from casereview.model import FAIL, PASS, REVIEW, Finding

FILING, COVER, NUMBER = "立案审批表", "卷宗封面", "文号"
_DECISION = "决定书"  # so end the names of papers that conclude a case
FEW = 3  # papers: more make a case, though its core ones were not recognised


def no_single_case(case: CaseFile) -> str:
    """'' for a case; else why it is none, or several, as a sentence."""
    numbered = _numbered()
    numbers = {
        number_key(str(fact.value)): str(fact.value)
        for kind in numbered
        if kind.endswith(_DECISION)
        for _, fact in case.each(kind, NUMBER)
    }
    begun = max(len(case.readable(FILING)), len(case.readable(COVER)))
    if len(numbers) > 1 and begun > 1:
        named = "、".join(sorted(numbers.values())[:4])
        return (
            f"这里有 {len(numbers)} 个文号不同的决定（{named}），像是几个案卷放在一起，请分开再评"
        )
    papers = case.readable(*(p.doc.kind for p in case.papers))
    if papers and len(papers) <= FEW and not case.readable(*numbered) and not case.unread:
        kinds = "、".join(dict.fromkeys(p.doc.kind for p in papers))
        return f"只有{kinds}，没有立案、决定等文书，像是案卷的一部分，请核对送来的是不是整卷"
    return ""


def _numbered() -> tuple[str, ...]:
    """Papers whose number is that of a file, of whatever procedure."""
    return tuple(dict.fromkeys(k for p in procedures().values() for k in p.numbered))


def asked(findings: Sequence[Finding], why: str) -> list[Finding]:
    """The findings of what is no single case: whatever was decided becomes a question."""
    return [_asked(f, why) if f.verdict.status in (PASS, FAIL) else f for f in findings]


def _asked(f: Finding, why: str) -> Finding:
    message = f"{why}（原来的判断：{f.verdict.message}）"
    return replace(f, verdict=replace(f.verdict, status=REVIEW, message=message))
