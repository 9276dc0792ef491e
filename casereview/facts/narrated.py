"""叙述: a sentence that tells what the party did, in whatever words (who, when or where, and what).
The words are data: ``用语/叙述.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.chinese import without_spaces
from casereview.chinese.wording import SLOTS
from casereview.chinese.wordlists import either, word_lists
from casereview.facts import party_head
from casereview.facts.main_text import own_words
from casereview.model import Fact
from casereview.papers.paper import Paper

FILE = "叙述.yaml"
TOLD = 24  # characters from which a sentence tells more than that something happened
_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE = re.compile(r"[^，,：:]+[，,：:]?")
_LABEL = re.compile(r"^[\u4e00-\u9fff（）]{2,12}[：:](?=[^：:]{0,12}$)")


def narrated(paper: Paper) -> Fact | None:
    """The first clauses of one sentence outside of quotations that name the party and a day or a
    place and go on for ``TOLD`` characters without a word on a step of the procedure; None where
    there are none.
    """
    words = word_lists(FILE)
    who = "|".join([*map(re.escape, _party(paper)), either(words["泛称"])])
    place = rf"{either(words['地点'])}|在[^，。；]{{1,30}}?(?:{either(words['地点结尾'])})"
    when_or_where = rf"{SLOTS['日期']}|{place}"
    asked = [re.compile(who), re.compile(when_or_where)]
    other = re.compile(either(words["程序用词"]))
    text = own_words(paper)
    for m in _SENTENCE.finditer(text):
        for start, said in _without(other, m[0]):
            told = len(said) >= TOLD and all(p.search(said) for p in asked)
            if told and not _LABEL.match(said):
                begin = m.start() + start
                return Fact(said, said, paper.running_text.place(begin, begin + len(said)))
    return None


def _without(procedure: re.Pattern[str], sentence: str) -> Iterator[tuple[int, str]]:
    """Where clauses of a sentence begin that follow each other without a word on the procedure,
    and what they say.
    """
    start, run = 0, ""
    for clause in _CLAUSE.finditer(sentence):
        if not procedure.search(clause[0]):
            start = start if run else clause.start()
            run += clause[0]
        elif run:
            yield start, run
            run = ""
    if run:
        yield start, run


def _party(paper: Paper) -> Iterator[str]:
    """The names of the party, as the paper itself gives them."""
    parties = party_head.parties(paper)
    names = parties.value if parties else []
    yield from (without_spaces(str(n)) for n in (names if isinstance(names, list) else [names]))
    if who := party_head.addressee(paper):
        yield without_spaces(who[0])
