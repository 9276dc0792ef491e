"""Learning which value is which fact (``benchmarks/houses/learn_values.py``)."""

from __future__ import annotations

import sys

import pytest
from conftest import ROOT

pytest.importorskip("sklearn", reason="what is learned is learned with the extra learn")
pytest.importorskip("reportlab", reason="houses are drawn with the extra samples")

sys.path.insert(0, str(ROOT / "benchmarks" / "houses"))

import learn_values as lv  # noqa: E402

DAY = lv.Target(("送达回证",), "送达日期", "日期")
RIGHT, WRONG = ("L=交付", "Lt", "at"), ("L=制作", "Lz", "at")


def paper(part, wanted, *, lone=True, found=None, read=None):
    """A receipt with a day at each of two labels."""
    days = found or [("2025-01-02", WRONG), ("2025-03-04", RIGHT)]
    told = {"送达日期": [wanted]} if wanted else {}
    return lv.Sample(part, "ordinary", "送达回证", lone, told, {"日期": days}, read or {})


def papers(part, n=40):
    """Papers of one vocabulary that tell the day at the same label."""
    return [paper(part, "2025-03-04") for _ in range(n)]


def test_the_value_at_the_label_that_was_taught_is_the_likeliest():
    """And the same papers teach the same whole numbers."""
    model = lv.learn(papers("a"), DAY)
    assert model.score(RIGHT, "送达回证") > 0 > model.score(WRONG, "送达回证")
    assert all(isinstance(w, int) for w in model.weights.values())
    assert lv.learn(papers("a"), DAY) == model


def test_too_few_papers_teach_nothing():
    """A fact that was hardly ever seen is left to the rules."""
    assert lv.learn(papers("a", lv.LEAST - 1), DAY) is None


def test_nobody_knows_of_a_procedure_that_does_not_label_the_fact():
    """Its papers are neither right nor wrong; one of several of a kind may be another's."""
    unlabelled = lv.asked([paper("a", None) for _ in range(9)], DAY)
    assert [a.right for a in unlabelled] == [None] * 9
    other = lv.asked([*papers("a"), paper("a", "2024-12-31", lone=False)], DAY)[-1]
    assert other.right is None
    alone = lv.asked([*papers("a"), paper("a", "2024-12-31")], DAY)[-1]
    assert alone.right == [False, False]


def test_a_value_is_sure_above_every_wrong_one_held_out():
    """What misleads in one vocabulary raises the mark for all."""
    plain = [*papers("a"), *papers("b")]
    low = lv.sure_from(lv.held_out(plain, DAY))
    assert low == lv.LEAST_SURE
    odd = [paper("b", "2025-01-02") for _ in range(3)]
    high = lv.sure_from(lv.held_out([*papers("a"), *papers("b"), *odd], DAY))
    assert high == 0 or high > low


def test_what_the_rules_read_alike_is_not_called_wrong():
    """A label may lack what the paper says."""
    model = lv.learn(papers("a"), DAY)
    missing = [*papers("b"), paper("b", None, read={"送达日期": "2025-03-04"})]
    answers = list(lv.answers(model, lv.asked(missing, DAY)))
    assert answers[-1].right is None
    assert answers[0].right
