"""Mutated structure: a lawful case stays lawful however its house prints it. One slip of the split
must never become many accusations.
"""

from __future__ import annotations

from functools import cache

import pytest
from houses import CASES, HOUSES, write
from press import FORM, Look, printed

from casereview.facts.casefile import CaseFile, assemble
from casereview.judging.review import review
from casereview.model import SourceFile
from casereview.reading.intake import find_cases
from casereview.run.work import read_case

TWO_LANGUAGES = ("行政执法文书  ADMINISTRATIVE LAW ENFORCEMENT DOCUMENT · " + FORM,)
LOOKS = {
    "plain": Look(),
    "a head in two languages with the number of the form": Look(heads=TWO_LANGUAGES),
    "three heads and two feet": Look(
        heads=("芦汀县行政执法文书格式文本", "样式{n}", "二〇二五年版"),
        feet=("本文书一式两份，一份送达，一份存档", "监制：芦汀县司法行政机关"),
    ),
    "heads, and papers numbered each from one": Look(heads=TWO_LANGUAGES, own_numbers=True),
    "a head that names a volume": Look(heads=("行政处罚案卷",)),
    "titles over two lines": Look(title=lambda t: [t[: len(t) // 2], t[len(t) // 2 :]]),
    "titles in spaced characters": Look(title=lambda t: ["  ".join(t)]),
    "titles in two languages": Look(title=lambda t: [t, "OFFICIAL PAPER OF LAW ENFORCEMENT"]),
    "titles and foreign words on one line": Look(title=lambda t: [f"{t} LAW PAPER No.7"]),
    "number in brackets under the title": Look(under_title=True, agency_first=False),
    "titles in the first row of the form": Look(in_table=True, agency_first=False),
    "catalogue over two pages": Look(rows_a_page=9),
    "catalogue over three pages without a head": Look(rows_a_page=7, head_row=False),
    "catalogue with columns of other names": Look(
        columns=("顺号", "案卷材料", "字号", "形成时间", "起止张号"), rows_a_page=11
    ),
    "catalogue without lines": Look(ruled=False, rows_a_page=12),
    "seals over the titles of the main papers": Look(
        stamped=("行政处罚决定书", "立案审批报告", "结案审批表", "行政处罚告知书")
    ),
    "the last paper first": Look(order=lambda papers: papers[::-1]),
    "the decision first": Look(
        order=lambda papers: sorted(papers, key=lambda p: "决定书" not in p.title)
    ),
    "no page numbers": Look(numbered=False),
    "catalogue last": Look(catalogue_last=True),
    "catalogue without a title": Look(untitled=("卷内目录",)),
    "a cover whose title is not seen": Look(untitled=("封面", "案卷封面")),
    "main papers whose titles are not seen": Look(
        untitled=("行政处罚决定书", "立案审批报告", "立案审批表", "行政处罚事先告知书")
    ),
    "heads on the first pages of papers only": Look(heads=TWO_LANGUAGES, first_only=True),
    "the title again on every page": Look(repeated=True),
    "blank backs": Look(blank_backs=True),
    "a file for each paper, named by a copier": Look(files=True, heads=TWO_LANGUAGES),
    "some pages turned": Look(wide=("现场照片", "当事人身份证明")),
    "all at once": Look(
        heads=TWO_LANGUAGES,
        feet=("监制：芦汀县司法行政机关",),
        own_numbers=True,
        rows_a_page=9,
        columns=("顺号", "案卷材料", "字号", "形成时间", "起止张号"),
        title=lambda t: ["  ".join(t)],
    ),
}
ORDER = {"archive.order", "archive.catalogue-matches"}  # what another order may rightly break


@pytest.fixture(scope="module")
def read(tmp_path_factory, rules):
    """A lawful case of each unit in each house, read once from Word: house -> [(papers, case)]."""

    @cache
    def lawful(house: str):
        make = HOUSES[house]
        of_unit = {c.unit: c for c in reversed(CASES) if not c.faults}
        stories = {c.folder: c for c in of_unit.values()}
        root = write(make, tmp_path_factory.mktemp("house"), tuple(stories.values()))
        return [(make(stories[r.title]), read_case(r, rules)) for r in find_cases(root)]

    return lawful


def accused(case: CaseFile, printed: list[SourceFile], rules) -> list[tuple[str, str]]:
    """What the case is accused of, when its papers are the pages of ``printed``."""
    others = [s for s in case.sources if s.format != "docx"]
    again = assemble(case.ref, [*printed, *others], rules.vocabulary, case.unit)
    findings = review(again, rules.checklist, rules.law)
    return [(f.check, f.verdict.message) for f in findings if f.verdict.status == "fail"]


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("look", LOOKS)
def test_a_lawful_case_is_lawful_in_every_look(look, house, read, rules):
    """Whatever is printed on its pages, nobody is accused."""
    for papers, case in read(house):
        found = accused(case, printed(papers, LOOKS[look]), rules)
        assert [f for f in found if f[0] not in ORDER or "first" not in look] == []
