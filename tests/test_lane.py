"""Short cuts of the digital lane give what the long way gives: lines ruled out by their words,
labels by the colons, days and forms remembered, characters in columns, prints by one addition.
"""

from __future__ import annotations

import gc
import hashlib
import re
import unicodedata
import weakref

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview.chinese.characters import _ALIKE, each_replaced, key
from casereview.chinese.dates import _all_dates, find_dates
from casereview.chinese.numbers import DOC_NUMBER, find_numbers
from casereview.chinese.wording import Wording, wording
from casereview.facts.readers import registry_of
from casereview.model import Document, Line, Page
from casereview.papers.asked import Asked
from casereview.papers.catalogue import CATALOGUE
from casereview.papers.label_patterns import label_pattern
from casereview.papers.once import once_by
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.reading import pdf_objects
from casereview.reading.char import Char, Letters
from casereview.reading.door import read_source
from casereview.reading.intake import find_cases
from casereview.reading.stamps import redness
from casereview.record.identity import _simhash
from casereview.rules.rulebook import load_rules
from casereview.run.work import read_case

VOCABULARY = load_rules().vocabulary
FILES = sorted(SAMPLES.rglob("*.pdf"))[:12]
TEXTS = [
    RunningText(f.name, read_source(f.name, f.read_bytes()).pages).without_spaces for f in FILES
]


def _lines() -> list[str]:
    """Every wording of the registry of facts and of the kinds of paper."""
    registry = registry_of(VOCABULARY)
    specs = [s for kind in VOCABULARY.kinds for s in registry.of(kind).values()]
    facts = {line for s in specs for step in s.steps for line in step.lines}
    content = {x for k in VOCABULARY.kinds.values() for group in k.content for x in group}
    return sorted(facts | content)


def test_no_line_is_ruled_out_that_a_text_says():
    """With the words that it must have, a line is found exactly where its pattern alone finds
    it.
    """
    lines, found = _lines(), 0
    assert len(lines) > 500
    for line in lines:
        short = wording(line)
        long = Wording(short.line, short.in_order, short.names, short.apart, short.but)
        for text in TEXTS:
            hits = list(long.all(text))
            assert list(short.all(text)) == hits
            found += len(hits)
    assert found > 50


@pytest.mark.parametrize("text", ["责令\n改正。", "责\n令改正", "责令改正", "责令即改正", ""])
def test_words_may_be_parted_by_the_end_of_a_line(text):
    """What is ruled out is what no line end explains."""
    assert bool(wording("责令改正").find(text)) is bool(re.search("责\n?令\n?改\n?正", text))


LABEL = st.sampled_from(["检查人员", "检查（勘验）人员", "当事人", "送达 地点", "a:b"])
PIECE = st.sampled_from(
    ["检查", "人员", "（勘验）", "（ 甲 ）", "当事人", "送达", "地点", "（注：二）", "：", ":", " "]
    + ["\n", "（", "）", "未", "李四", "a:b"]
)


@given(LABEL, st.lists(PIECE, max_size=12))
@settings(max_examples=400, deadline=None)
def test_no_label_is_ruled_out_that_stands_before_a_colon(label, pieces):
    """A label that its pattern finds stands before a colon in what is looked through first."""
    page = Page(1, 595, 842, tuple(Line(x, None) for x in "".join(pieces).split("\n")))
    text = RunningText("甲.pdf", (page,))
    paper = Paper(Document("其他", "甲.pdf", 1, 1), text, VOCABULARY)
    tight = "".join(label.split())
    said = any(label_pattern(label, anchored).search(text.text) for anchored in (True, False))
    assert paper._has_colon(label, tight) or not said


def test_what_was_asked_is_gone_through_again():
    """The search goes on only where nobody came before; what broke breaks again."""
    did = []

    def search():
        for n in range(3):
            did.append(n)
            yield n
        raise ValueError("broken")

    asked = Asked(search())
    assert next(iter(asked)) == 0 and did == [0]
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            list(asked)
    assert did == [0, 1, 2]
    again = Asked(iter("甲乙"))
    assert [list(again), list(again)] == [["甲", "乙"]] * 2


def test_an_answer_lies_beside_what_it_is_about():
    """One answer for each thing it is asked by, and for each page."""
    asked = []

    @once_by
    def find(page: Page, by: str) -> str:
        asked.append(by)
        return f"{page.number}{by}"

    one, two = Page(1, 1, 1), Page(2, 1, 1)
    assert [find(p, b) for p in (one, two) for b in "甲乙甲"] == "1甲 1乙 1甲 2甲 2乙 2甲".split()
    assert asked == ["甲", "乙", "甲", "乙"]


@pytest.mark.parametrize("text", [*TEXTS, "2025.6.39时15分，二〇二五年六月三日", "25.5.10", "无"])
def test_days_are_those_of_the_text(text):
    """Remembered or not."""
    assert list(find_dates(text)) == list(find_dates(text)) == list(_all_dates(text))


def test_characters_in_columns_are_the_characters():
    """With their turns and boxes, put together and parted."""
    chars = [Char(c, n, 2 * n, n + 10, 2 * n + 12, n % 4) for n, c in enumerate("行政处罚决定书")]
    letters = Letters.of(chars)
    assert list(letters) == chars and len(letters) == 7
    assert list(letters + Letters.of(chars[:2])) == chars + chars[:2]
    odd = letters.where(np.arange(7) % 2 == 1)
    assert [c[:5] for c in odd] == [c[:5] for c in chars[1::2]]
    assert list(Letters.of(())) == [] and Letters.of(()).boxes.shape == (0, 4)


@pytest.mark.parametrize("text", [*TEXTS[:4], "〔2025〕（甲）《乙》[丙]○◯〇 王·强 2.5 A.B 甲.乙"])
def test_forms_of_characters_are_made_equal(text):
    """One form after the other as all at once; and keys as before."""
    table = str.maketrans(_ALIKE)
    assert each_replaced(text, _ALIKE) == text.translate(table)
    assert key(text) == key(unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("text", [t for t in TEXTS if len(t) > 20][:4])
def test_the_print_of_a_text_counts_its_pairs(text):
    """Each of the 64 bits is the one that most pairs of neighbouring characters have."""
    pairs = [text[n : n + 2] for n in range(len(text) - 1)]
    hashes = [
        int.from_bytes(hashlib.blake2b(p.encode(), digest_size=8).digest(), "big") for p in pairs
    ]
    bits = (sum(h >> i & 1 for h in hashes) > len(pairs) / 2 for i in range(64))
    assert _simhash(text) == sum(1 << i for i, bit in enumerate(bits) if bit)


def test_a_seal_is_known_by_what_is_stored_of_it():
    """As red as its pixels are; the same picture is looked at once."""
    looked = 0
    for file in FILES:
        doc = pdfium.PdfDocument(file.read_bytes())
        for page in doc:
            for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)):
                red = redness(picture.get_bitmap(render=False).to_pil())
                assert pdf_objects._red_of(picture, page) == red
                looked += 1
        doc.close()
    assert looked


@pytest.mark.parametrize(
    "text", [*TEXTS, "农罚〔2025〕3号，农（二〇二五）第三号，（2025）号，(一二三四)"]
)
def test_a_number_bears_a_year_in_brackets(text):
    """A text without one has no number; the pattern says the same."""
    assert len(list(find_numbers(text))) == len(list(DOC_NUMBER.finditer(text)))


def test_papers_go_with_their_case():
    """What they were asked for keeps none of them, though nobody looks for rubbish."""
    (ref, *_) = find_cases(SAMPLES)
    gc.disable()
    try:
        case = read_case(ref, load_rules())
        paper = case.papers[0]
        asked = next(iter(paper.fields("案由", "当事人")), None)
        assert asked == next(iter(paper.fields("案由", "当事人")), None)
        left = [weakref.ref(p) for p in case.papers if p.doc.kind != CATALOGUE]
        del case, paper, asked
        assert len(left) > 5 and not any(p() for p in left)
    finally:
        gc.enable()
