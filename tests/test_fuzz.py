"""Whatever a text or a file holds: readers come back with a word, searchers with what is there, and
what is hidden stays hidden. Short here; ``benchmarks/fuzz.py`` goes on for as long as one likes.
"""

from __future__ import annotations

import sys

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview.chinese import (
    cn_money,
    find_dates,
    find_money,
    find_numbers,
    find_span,
    id_check,
    number_key,
)
from casereview.errors import RulesRefused
from casereview.privacy.mask import mask_numbers, masker
from casereview.reading import ocr
from casereview.record.identity import fold, same_text, text_print
from casereview.reports.inert import clean
from casereview.yamlfile import parse_yaml

sys.path.insert(0, str(ROOT / "benchmarks"))

import fuzz  # noqa: E402

# what texts of administration are made of, and what they are not
WORDS = (
    "年 月 日 时 分 元 角 万 亿 第 号 条 款 〔 〕 （ ） ： 、 。 至 二〇二五 2025 3 12 18 0 零 壹"
    " 佰 罚 决 某县水务局 当事人 身份证号 13800000000 -- \x00 \u202e \ud83d\ude00 ￥ , ."
)
PIECES = st.sampled_from(WORDS.split(" "))
TEXT = st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join)
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ROUNDS = 60


@QUICK
@given(TEXT)
def test_searchers_come_back_with_what_is_there(text):
    """Any text: places lie inside it and in order, values can be written again."""
    for finder in (find_dates, find_numbers):
        ends = [(a, b) for _, a, b in finder(text)]
        assert all(0 <= a < b <= len(text) for a, b in ends) and ends == sorted(ends)
    for value, _, a, b in find_money(text):
        assert value >= 0 and 0 <= a < b <= len(text)
    start, end = find_span(text)
    assert start is None or 1900 <= start.year < 2100
    assert end is None or 1900 <= end.year < 2100
    assert cn_money(text) is None or cn_money(text) >= 0
    assert id_check(text) in (None, True, False)


@QUICK
@given(TEXT)
def test_what_is_hidden_stays_hidden(text):
    """Masking twice is masking once, and what goes out carries no control characters."""
    once = mask_numbers(text)
    assert mask_numbers(once) == once
    masker([])(text)
    assert not any(c in clean(text) for c in "\x00\x1b\u202e\u2066")


@QUICK
@given(TEXT, TEXT)
def test_identities_do_not_depend_on_width_and_blanks(a, b):
    """Keys of numbers and prints tell the same whatever the blanks."""
    for number, *_ in find_numbers(a):
        assert number_key(number.replace("〔", " 〔")) == number_key(number)
    assert fold(fold(a)) == fold(a)
    assert same_text(text_print(a, False), text_print(b, False)) in (
        text_print(a, False) != "" and text_print(a, False) == text_print(b, False),
        True,
    )
    spaced = " ".join(a)
    assert text_print(spaced, False) == text_print(a, False)


@QUICK
@given(TEXT | st.text(max_size=60))
def test_rules_are_taken_or_refused(text):
    """Strict YAML of any text: a value, or complaints with the file; nothing else."""
    try:
        parse_yaml(text, "a.yaml")
    except RulesRefused as e:
        assert e.complaints and all("a.yaml" in c for c in e.complaints)


@pytest.mark.parametrize("kind", sorted(fuzz.seeds()))
def test_no_reader_raises_over_changed_bytes(kind, monkeypatch):
    """Sixty accidents of each format: an outcome each, never an empty success."""
    monkeypatch.setattr(ocr, "available", lambda: "")
    seen, wrong = fuzz.run(ROUNDS, 20261127, [kind])
    assert not wrong and sum(seen.values()) == ROUNDS
