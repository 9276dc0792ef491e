"""A form only asks for what its label says: answers are no labels."""

from __future__ import annotations

import pytest

from casereview.facts.only_asked import only_asked
from casereview.model import PICTURE
from casereview.rules.verdicts import says


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("受送达人拒收事由：不涉及", True),
        ("拒收事由：／", True),
        ("拒收事由：无 见证人：无", True),
        ("拒收事由：", True),
        ("拒收事由：受送达人看过以后拒绝签收", False),
        ("拒收事由：没有问题", False),
        ("是否拒收：☑否□是", True),
        ("是否申请回避、拒收文书：否", False),
        (f"拒收事由：{PICTURE}", False),
        ("当事人拒收，留置送达，见证人：无", False),
    ],
)
def test_a_label_that_is_answered_no_says_nothing(paper_of, line, asked):
    """Struck through, left empty or answered no; a sentence and a picture are answers."""
    p = paper_of("送达回证", "送达回证", line)
    text = p.running_text.without_spaces
    at = text.index("拒收")
    assert only_asked(p, text, at, at + 2) is asked
    assert says(p, ("拒收",)) is not asked


def test_another_place_may_say_it(paper_of):
    """Where one field denies it, what is said elsewhere counts."""
    p = paper_of("送达回证", "送达回证", "拒收事由：无", "备注：当事人当场拒收，全程录像。")
    assert says(p, ("拒收",))
