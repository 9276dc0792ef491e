"""A sentence that surely states something else is no candidate of a fact, and never a value: a term
of a remedy is missing though one of payment is told (DESIGN, promise 11).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from casereview.authoring.fixtures import page_of
from casereview.chinese.likeness import learned
from casereview.errors import RulesRefused
from casereview.facts import statements
from casereview.facts.doubt import looked, unknown
from casereview.facts.readers import specs_of
from casereview.facts.statements import (
    MODEL,
    STATED,
    pieces_of,
    sentence_around,
    state_others,
    stated_table,
    states_another,
)
from casereview.model import Document
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.settings import rules_folder

FOLDER = rules_folder() / "文书"
VOCABULARY = Vocabulary.load(FOLDER)
PAYMENT = (
    "罚款应于收到本决定书之日起十五日内缴入云岭县财政局非税收入专户，开户银行：农业银行云岭支行"
)
REMEDY = "如不服本决定，可以自收到本决定书之日起六十日内向云岭县人民政府申请行政复议"


def test_a_term_of_payment_is_no_term_of_a_remedy():
    term = "复议期限"
    assert states_another(FOLDER, PAYMENT, term)
    assert not states_another(FOLDER, REMEDY, term)


def test_one_sentence_that_may_be_it_leaves_the_whole_open():
    term = "复议期限"
    assert state_others(FOLDER, f"{PAYMENT}。", term)
    assert not state_others(FOLDER, f"{PAYMENT}。{REMEDY}。", term)
    assert not state_others(FOLDER, f"{PAYMENT}，{REMEDY}", term)


def test_short_texts_and_facts_that_no_sentence_states_are_left_open():
    term = "复议期限"
    assert not states_another(FOLDER, "十五日内", term)
    assert not states_another(FOLDER, PAYMENT, "检查地点")


@pytest.mark.parametrize(
    ("said", "missing"), [(PAYMENT, True), ("有意见的，在60日内找县里商量", False)]
)
def test_what_was_not_read_is_missing_where_the_passage_is_another_statement(said, missing):
    """In words of its own a sentence is like nothing."""
    page = page_of(f"处罚决定书\n当事人：云岭县甲店\n{said}。")
    document = Document("处罚决定书", "甲.docx", 1, 1)
    paper = Paper(document, RunningText("甲.docx", [page]), VOCABULARY)
    wanted = replace(specs_of(paper)["复议期限"], steps=(), clues=("日内",))
    assert looked(paper, wanted, unknown(paper, wanted)).missing is missing


def test_nothing_is_told_without_the_model_and_a_damaged_one_is_named(tmp_path, monkeypatch):
    term = "复议期限"
    assert not states_another(tmp_path, PAYMENT, term)
    (tmp_path / STATED).write_text(stated_table({"复议期限": ["b", "a"]}), "utf-8")
    (tmp_path / MODEL).write_bytes(b"no model")
    statements._stated.cache_clear()
    learned.cache_clear()
    with pytest.raises(RulesRefused, match=MODEL):
        states_another(tmp_path, PAYMENT, term)


def test_a_damaged_table_is_named(tmp_path):
    (tmp_path / STATED).write_text("复议期限\n", "utf-8")
    statements._stated.cache_clear()
    with pytest.raises(RulesRefused, match=STATED):
        states_another(tmp_path, PAYMENT, "复议期限")


def test_sentences_and_their_clauses():
    text = "甲。乙丙丁戊己庚辛壬，子丑寅卯辰巳午未。末"
    at = text.index("子")
    assert sentence_around(text, at, at + 1) == "乙丙丁戊己庚辛壬，子丑寅卯辰巳午未"
    assert list(pieces_of("乙丙丁戊己庚辛壬，子丑寅卯辰巳午未"))[1:] == [
        "乙丙丁戊己庚辛壬",
        "子丑寅卯辰巳午未",
    ]
    assert list(pieces_of("短，句")) == ["短，句"]
