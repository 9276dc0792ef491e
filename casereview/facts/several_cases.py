"""Several cases in one file: where each begins and ends, by its own cover (or filing) and its own
decision, and how sure that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from casereview.chinese import number_key
from casereview.facts.casefile import CaseFile
from casereview.papers.paper import Paper

COVER, FILING, NUMBER = "卷宗封面", "立案审批表", "文号"
PARTIES = ("当事人", "被许可人", "申请人")
_DECISION = "决定书"  # so end the names of papers that conclude a case
SURE = 0.95  # every part has a cover and a decision of its own
LIKELY = 0.6  # parts begin with a filing, or share or lack a decision


@dataclass(frozen=True)
class CasePart:
    """One of the cases in a file: its pages, the number of its decision and its party ('' where
    they were not read).
    """

    file: str
    page_from: int
    page_to: int
    number: str = ""
    party: str = ""

    @property
    def pages(self) -> str:
        """The pages as people type them: 全卷.pdf:1-12."""
        return f"{self.file}:{self.page_from}-{self.page_to}"

    @property
    def sentence(self) -> str:
        """What it is, for people."""
        named = " ".join(filter(None, (self.number, self.party))) or "没有读到文号"
        return f"第{self.page_from}-{self.page_to}页 {named}"


@dataclass(frozen=True)
class Several:
    """The cases in one file, in their order, and how sure (0..1)."""

    parts: tuple[CasePart, ...]
    sure: float


def several_cases(case: CaseFile) -> Several | None:
    """The cases that lie one behind the other in one of the files; None where there is but one."""
    for source in case.sources:
        papers = [p for p in case.papers if p.doc.file == source.path]
        for kind, sure in ((COVER, SURE), (FILING, LIKELY)):
            starts = [p.doc.page_from for p in papers if p.doc.kind == kind]
            if len(starts) > 1:
                parts = tuple(_parts(case, papers, starts, len(source.pages)))
                numbers = {number_key(part.number) for part in parts if part.number}
                if len(numbers) > 1:
                    own = len(numbers) == len(parts)
                    return Several(parts, sure if own else LIKELY)
    return None


def _parts(
    case: CaseFile, papers: list[Paper], starts: list[int], pages: int
) -> Iterator[CasePart]:
    """From each start to the page before the next; what stands before the first belongs to it."""
    for first, after in pairwise([1, *starts[1:], pages + 1]):
        own = [p for p in papers if first <= p.doc.page_from < after]
        deciding = [p for p in own if p.doc.kind.endswith(_DECISION)]
        number = next((str(f.value) for p in deciding if (f := case.facts_of(p).get(NUMBER))), "")
        yield CasePart(papers[0].doc.file, first, after - 1, number, _party(case, own))


def _party(case: CaseFile, papers: list[Paper]) -> str:
    """The party whom the first of the papers that names one names."""
    for paper in papers:
        for name in PARTIES:
            if fact := case.facts_of(paper).get(name):
                return str(fact.value[0] if isinstance(fact.value, list) else fact.value)
    return ""
