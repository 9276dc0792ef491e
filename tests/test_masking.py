"""Personal data hidden in any text, and nothing else hidden that a reader needs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from types import SimpleNamespace

import pytest
from planted import KEPT, planted

from casereview.privacy.mask import is_person, mask_numbers, masker
from casereview.record.result import FactResult


def bare(text: str) -> str:
    """Text as a search would see it: width folded, no blanks or joints."""
    return re.sub(r"[\s\-·]", "", unicodedata.normalize("NFKC", text)).lower()


def test_three_hundred_planted_values_are_hidden():
    """At least 99 of 100 in every kind together; what slipped through is named."""
    mask = masker([])
    rows = planted()
    through = [
        (kind, text, mask(text)) for kind, text, secret in rows if bare(secret) in bare(mask(text))
    ]
    assert len(rows) >= 300 and len(through) <= len(rows) // 100, (
        Counter(k for k, *_ in through),
        through,
    )


@pytest.mark.parametrize("text", KEPT)
def test_what_a_reader_needs_stays(text):
    """Numbers of papers, codes of firms, officers, dates, sums, laws, business premises."""
    assert masker([])(text) == text


def test_twice_is_once():
    """Hiding what is hidden changes nothing."""
    for _, text, _ in planted():
        once = mask_numbers(text)
        assert mask_numbers(once) == once


def test_names_are_learned_from_the_facts_and_officers_keep_theirs():
    """The party of a case is hidden in every sentence, an officer in none; two of one surname are
    told apart; a firm keeps its name.
    """
    facts = {
        "处罚决定书.当事人": FactResult(value=["魏亚承"]),
        "现场检查笔录.执法人员": FactResult(value=["魏青山", "丁玲"]),
        "送达回证.受送达人": FactResult(value="魏明"),
    }
    mask = masker([SimpleNamespace(facts=facts, findings=[])])
    assert mask("魏亚承与魏明，执法人员魏青山、丁玲") == "魏某与魏某2，执法人员魏青山、丁玲"
    assert (
        mask("华兴（双桥沟）商贸有限公司") == "华兴（双桥沟）商贸有限公司"
        and not is_person("云岫酒店")
        and is_person("买买提·艾山")
    )
