"""An option that nobody ticked says nothing; a scan may have lost the tick."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.whole import _standing_in
from casereview.rules.verdicts import says


@pytest.mark.parametrize(
    ("line", "recognised", "said"),
    [
        ("处理情况：□责令立即改正 □立案", False, False),
        ("处理情况：☑责令立即改正 □立案", False, True),
        ("处理情况：□责令立即改正 □立案", True, True),
    ],
)
def test_an_open_option_says_nothing_where_it_was_surely_read(line, recognised, said, paper_of):
    """What was recognised is not called missing for the tick that it may have lost."""
    paper = paper_of("现场检查笔录", line)
    page = replace(paper.running_text.pages[0], ocr=recognised)
    read = Paper(paper.doc, RunningText("甲.pdf", [page]), paper.vocab)
    assert says(read, ("责令…改正",)) is said


@pytest.mark.parametrize(
    ("beside", "fixed", "kind"),
    [
        ((), (), "现场检查笔录"),
        (("现场检查笔录",), (), "检查事项表"),
        ((), ("甲.pdf",), "检查事项表"),
    ],
)
def test_a_list_stands_in_for_a_record_that_is_not_there(beside, fixed, kind, paper_of, rules):
    """A list of what was checked is the record of the check where there is none, unless a reviewer
    said what it is.
    """
    papers = [paper_of("检查事项表", "检查内容"), *(paper_of(k, k) for k in beside)]
    assert _standing_in(papers, rules.vocabulary, fixed)[0].doc.kind == kind
