"""What the party did is told where a sentence tells it, in whatever words; the steps of the
procedure tell nothing of it.
"""

from __future__ import annotations

import pytest

from casereview.facts.narrated import narrated

HEAD = ("行政处罚决定书", "当事人：芦汀县青禾饮食店", "地址：芦汀县柳溪镇学府路5号")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "芦汀县青禾饮食店自2025年3月1日起在学府路5号门前摆放桌椅占道经营，至检查之日仍未收回",
            True,
        ),
        ("当事人位于柳溪镇的厨房没有安装油烟净化设施，油烟直接排向居民楼的通道", True),
        ("本局2025年3月1日发现线索，2025年3月5日立案，由甲乙二人负责调查，现已调查终结", False),
        ("芦汀县青禾饮食店在收到告知书后没有提出陈述、申辩，视为放弃上述权利", False),
        ("关于芦汀县青禾饮食店2025年3月1日占道经营一案，本局决定如下并予以说明", False),
        ("当事人于2025年3月1日", False),
    ],
)
def test_a_sentence_that_tells_the_act(paper_of, sentence, told):
    """Who, when or where, and what; not 立案, 送达 or the rights that were not used."""
    found = narrated(paper_of("处罚决定书", *HEAD, f"{sentence}。"))
    assert (found is not None) is told
    assert found is None or found.text in sentence
