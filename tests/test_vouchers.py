"""Vouchers of a payment: instalments are added up, two proofs of one payment are not."""

from __future__ import annotations

import pytest

from casereview.facts.readers import registry_of
from casereview.facts.serving import together
from casereview.model import Fact, Place


@pytest.mark.parametrize(
    ("titles", "sums", "paid", "sure"),
    [
        (("非税收入票据", "非税收入票据"), ("150", "150"), "300", True),
        (("非税收入票据", "罚款上缴登记单"), ("150", "150"), "150", False),
        (("非税收入票据", "银行回单"), ("100", "50"), "150", True),
        (("票据", "票据", "银行回单"), ("100", "50", "150"), "150", False),
    ],
)
def test_papers_of_two_titles_with_one_sum_prove_one_payment(paper_of, titles, sums, paid, sure):
    """A receipt and the slip of the bank are one payment, but not surely; three instalments are
    three.
    """
    papers = [paper_of("缴款凭证", title, title=title) for title in titles]
    spec = registry_of(papers[0].vocab).of("缴款凭证")["金额合计"]
    told = [(p, Fact(s, s, Place("甲.pdf", 1))) for p, s in zip(papers, sums, strict=True)]
    got = together(told, spec)
    assert (got.value, got.confidence == 1.0) == (paid, sure)
