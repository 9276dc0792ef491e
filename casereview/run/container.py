"""Whether what was scored is one case at all (DESIGN, promise 12): a zip of several cases, or a
lone receipt, ends in a question and not in a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casereview.chinese import number_key
from casereview.facts.casefile import CaseFile
from casereview.facts.procedures import procedures
from casereview.facts.several_cases import several_cases
from casereview.model import FAIL, PASS, REVIEW, Finding

FILING, COVER, NUMBER = "立案审批表", "卷宗封面", "文号"
_DECISION = "决定书"  # so end the names of papers that conclude a case
FEW = 3  # papers: more make a case, though its core ones were not recognised


def no_single_case(case: CaseFile) -> str:
    """'' for a case; else why it is none, or several, as a sentence."""
    return _several(case) or _part_of_one(case)


def _several(case: CaseFile) -> str:
    """Why it is several cases; '' for one."""
    numbers = {
        number_key(str(fact.value)): str(fact.value)
        for kind in _numbered()
        if kind.endswith(_DECISION)
        for _, fact in case.each(kind, NUMBER)
    }
    begun = max(len(case.readable(FILING)), len(case.readable(COVER)))
    if len(numbers) < 2 or begun < 2:
        return ""
    named = "、".join(sorted(numbers.values())[:4])
    said = f"这里有 {len(numbers)} 个文号不同的决定（{named}），像是几个案卷放在一起，"
    return said + (_apart(case) or "请分开再评")


def _part_of_one(case: CaseFile) -> str:
    """Why it is but a part of a case; '' for a whole one."""
    papers = case.readable(*(p.doc.kind for p in case.papers))
    if papers and len(papers) <= FEW and not case.readable(*_numbered()) and not case.unread:
        kinds = "、".join(dict.fromkeys(p.doc.kind for p in papers))
        return f"只有{kinds}，没有立案、决定等文书，像是案卷的一部分，请核对送来的是不是整卷"
    return ""


def _apart(case: CaseFile) -> str:
    """Which pages are which case, how sure, and the command that says so; '' where nobody can
    tell.
    """
    found = several_cases(case)
    if found is None:
        return ""
    tree = "；".join(part.sentence for part in found.parts)
    command = " ".join(f'--part "{part.pages}"' for part in found.parts)
    return f"看来是：{tree}（把握 {found.sure:.0%}）。分开评查：casereview fix 案卷名 {command}"


def _numbered() -> tuple[str, ...]:
    """Papers whose number is that of a file, of whatever procedure."""
    return tuple(dict.fromkeys(k for p in procedures().values() for k in p.numbered))


def asked(findings: Sequence[Finding], why: str) -> list[Finding]:
    """The findings of what is no single case: whatever was decided becomes a question."""
    return [_asked(f, why) if f.verdict.status in (PASS, FAIL) else f for f in findings]


def _asked(f: Finding, why: str) -> Finding:
    message = f"{why}（原来的判断：{f.verdict.message}）"
    return replace(f, verdict=replace(f.verdict, status=REVIEW, message=message))
