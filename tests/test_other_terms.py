"""A value is called wrong only where the right one stands nowhere else; titles of laws tell nothing
of the case.
"""

from __future__ import annotations

import pytest

from casereview.authoring.fixtures import page_of
from casereview.facts.doubt import Doubt, unknown
from casereview.facts.other_terms import other_term
from casereview.facts.readers import read_fact, specs_of
from casereview.model import Document
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.settings import rules_folder

VOCABULARY = Vocabulary.load(rules_folder() / "文书")


def decision(*rows: str) -> Paper:
    """A penalty decision of one page."""
    page = page_of("\n".join(["行政处罚决定书", *rows]))
    document = Document("处罚决定书", "甲.docx", 1, 1, "行政处罚决定书")
    return Paper(document, RunningText("甲.docx", [page]), VOCABULARY)


@pytest.mark.parametrize(
    "rows",
    [
        (
            "七、复议和诉讼",
            "一是行政复议，向甲县人民政府提出，期限是六十日；"
            "二是行政诉讼，向甲县人民法院提出，期限是六个月。",
        ),
        ("自收到决定书之日起六十日内向甲县人民政府申请复议，或者六个月内向甲县人民法院起诉。",),
        ("起诉期限：六个月。", "复议期限：六十日。"),
    ],
)
def test_each_right_has_the_term_beside_it(rows):
    """A heading that names both rights lends the term of one to neither."""
    p = decision(*rows)
    read = {n: read_fact(p, specs_of(p)[n]) for n in ("复议期限", "诉讼期限")}
    assert {n: f.text for n, f in read.items() if f} == {"复议期限": "六十日", "诉讼期限": "六个月"}


def test_the_right_term_is_looked_for_before_another_is_called_wrong():
    """Found in a sentence on the matter, whatever the order of its words; not in one on another."""
    told = decision("对本决定的诉讼，法定期间乃六个月。", "复议须在六十日内。")
    apart = decision("可以在三十日内提起诉讼。", "法定期间为六个月。")
    only_other = decision("可以在三十日内提起诉讼。", "复议须在六个月内。")
    papers = (told, apart, only_other)
    found = [other_term(p, specs_of(p)["诉讼期限"], "六个月".__eq__) for p in papers]
    assert "六个月" in found[0].quote
    assert "六个月" in found[1].quote
    assert found[2] is None


def test_the_title_of_a_law_is_no_address():
    """营业场所 within 《…》 is a word of the law; in a sentence it may be the address."""
    of_law = decision(
        "你违反了《互联网上网服务营业场所管理条例》第二十一条。", "罚款人民币伍佰元。"
    )
    of_case = decision("你在营业场所内违反了《互联网上网服务管理条例》第二十一条。")
    assert unknown(of_law, specs_of(of_law)["地址"]).why is Doubt.NOT_STATED
    assert unknown(of_case, specs_of(of_case)["地址"]).why is Doubt.CANDIDATE
