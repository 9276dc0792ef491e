"""Pages laid out together are the pages laid out alone, and what is not searched could not have
been found: the digital lane's second set of short cuts, each against the long way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from casereview.chinese.characters import (
    _ALIKE,
    _OF_A_DAY,
    DOTS,
    HAN,
    _key,
    each_replaced,
    has_gaps,
)
from casereview.chinese.wording import wording
from casereview.facts.readers import registry_of
from casereview.model import Page
from casereview.papers.label_patterns import (
    AT_HEAD,
    by_stems,
    has_shape,
    label_pattern,
    may_be_label,
)
from casereview.papers.plain_forms import _BEFORE_LABELS
from casereview.papers.running_heads import _says
from casereview.reading import pdf
from casereview.reading.char import Char, Letters
from casereview.reading.layout import Sheet, _in_columns, read_sheet, read_sheets
from casereview.reading.pdf_letters import _NOT_SHOWN, _visible
from casereview.reading.picture import _COLOURFUL, _bright_and_grey
from casereview.reading.trust import _FOREIGN, _FREQUENT, is_mute
from casereview.rules.rulebook import load_rules

FILES = sorted(SAMPLES.rglob("*.pdf"), key=lambda f: -f.stat().st_size)[:8]
VOCABULARY = load_rules().vocabulary
TEXT = st.text(
    st.sampled_from(
        "甲乙负责人被检查单位年、月日：:；，。（）()[]〔 .．·\n\t\u3000\u00a0\u3007㈠éA1b9-_【】"
        "\u0301"
    )
)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_pages_in_one_sweep_are_the_pages_one_by_one(file, monkeypatch):
    """To the last number, whatever lies beside them."""
    together = pdf.read_pdf(file.read_bytes())
    monkeypatch.setattr(pdf, "_TOGETHER", 1)
    assert repr(pdf.read_pdf(file.read_bytes())) == repr(together)


def _sheet(text: str, ink: bool = False) -> Sheet:
    boxes = np.array([[50.0 + 12 * i, 100.0, 62.0 + 12 * i, 112.0] for i in range(len(text))])
    marks = [(300.0, 95.0, 360.0, 115.0)] if ink else []
    edges = [(40.0, y, 400.0, y + 0.5) for y in (90.0, 120.0)]
    edges += [(x, 90.0, x + 0.5, 120.0) for x in (40.0, 200.0, 399.5)]
    return Sheet(595, 842, Letters(list(text), boxes.reshape(-1, 4)), edges, [], ink=marks)


def test_forms_marks_and_empty_pages_keep_to_themselves():
    """Cells and signatures of one page are not those of the next."""
    sheets = [(1, _sheet("检查人员")), (2, Sheet(595, 842)), (3, _sheet("负责人签名", ink=True))]
    assert read_sheets(sheets) == [read_sheet(*s) for s in sheets]
    assert "\ufffc" in "".join(line.text for line in read_sheets(sheets)[2].lines)
    assert read_sheets([]) == []


def test_a_page_that_cannot_be_laid_out_ends_only_itself():
    """Crafted strokes on one of three pages that are laid out together."""
    bad = replace(_sheet("甲"), edges=[(1.0, 2.0)])
    first, second, third = pdf._laid_out([(1, _sheet("甲乙")), (2, bad), (3, _sheet("丙"))])
    assert not second.readable and second.number == 2 and "ValueError" in second.reason
    assert (first, third) == (read_sheet(1, _sheet("甲乙")), read_sheet(3, _sheet("丙")))


def test_a_mute_page_is_held_against_its_picture_alone(monkeypatch):
    """It is laid out at once, for the page must be open to be recognised; the others wait."""
    asked = []
    monkeypatch.setattr(pdf, "is_mute", lambda text: not asked)
    monkeypatch.setattr(pdf, "believable", lambda read, _: asked.append(read.number) or read)
    pages = pdf.read_pdf(FILES[0].read_bytes()).pages
    assert asked == [1] and [p.number for p in pages] == list(range(1, len(pages) + 1))
    assert all(isinstance(p, Page) for p in pages)


@given(st.lists(st.integers(0, 0x110010), min_size=1))
@settings(deadline=None)
def test_what_leaves_a_mark(codes):
    """The table says of every code what its definition says."""
    seen = [32 < c <= 0x10FFFF and c not in _NOT_SHOWN for c in codes]
    assert _visible(np.array(codes, np.int64)).tolist() == seen


@given(TEXT)
@settings(max_examples=400, deadline=None)
def test_a_key_leaves_out_spaces_and_dots_between_names(text):
    """In one search, as before in several steps."""
    import unicodedata

    plain = each_replaced(each_replaced(unicodedata.normalize("NFKC", text), _ALIKE), _OF_A_DAY)
    between = re.compile(rf"[\s{DOTS}]|(?<=[{HAN}])\.(?=[{HAN}])")
    assert _key(text) == between.sub("", plain).lower()


@given(TEXT, st.integers(1, 3))
def test_gaps_are_where_white_space_parts(text, least):
    """Whatever the white space is."""
    assert has_gaps(text, least) is (len(re.findall(r"\S+", text)) > least)


@given(TEXT)
def test_words_without_figures_and_marks(text):
    """A character is kept that is neither a figure, nor a mark, nor white space."""
    assert "".join(filter(_says, text)) == re.sub(r"[\d\W_]", "", text)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_a_line_that_begins_otherwise_has_no_mark_before_its_label(text):
    """The first character rules out only what the shape does not match."""
    for shape, begins, _ in _BEFORE_LABELS:
        assert begins(text.lstrip()[:1]) or not shape.match(text)


@given(
    st.sampled_from(["负责人", "单位", "被检查单位", "人", "检查单位", "A1"]), st.booleans(), TEXT
)
@settings(max_examples=600, deadline=None)
def test_labels_are_found_by_their_first_character(label, anchored, text):
    """Where a pattern finds them that looks first for what must stand before."""
    loose = r"[ ]*(?:[（(][^（）()\n]{1,6}[)）][ ]*)?".join(map(re.escape, label))
    head = AT_HEAD if anchored else r"(?<![受被未不非])"
    long = rf"{head}{loose}\s*(?:[（(][^（）()\n]{{1,14}}[)）])?\s*[：:][ \t]*"
    found = [m.span() for m in label_pattern(label, anchored).finditer(text)]
    assert found == [m.span() for m in re.finditer(long, text, re.M)]


@given(st.lists(st.text(st.sampled_from("甲乙 签名"), max_size=5), max_size=8), TEXT)
@settings(max_examples=300, deadline=None)
def test_labels_that_begin_alike_are_ruled_out_together(labels, said):
    """All that stand in the text are left, in their order."""
    groups = by_stems(tuple(labels))
    left = [lb for stem, own in groups if stem in said for lb, tight in own if tight in said]
    assert left == [lb for lb in labels if "".join(lb.split()) in said]


@given(TEXT)
def test_what_may_be_a_label(text):
    """No figures alone, no sentence, no colon."""
    label = _key(text)
    assert may_be_label(label) is (re.search(r"^[\d.,]+$|[：:。]", label) is None)


def test_a_wording_is_all_of_a_label_where_its_pattern_says_so():
    """The words that it must have rule out nothing else, of shapes and of every label there is."""
    registry = registry_of(VOCABULARY)
    labels = sorted({n for g in registry.groups.values() for n in g.names})
    shapes = sorted({s for g in registry.groups.values() for s in (*g.shapes, *g.excludes)})
    assert len(labels) > 200 and len(shapes) > 20
    found = 0
    for line in shapes:
        for label in labels:
            said = wording(line).is_all(label)
            assert said is (wording(line).narrow.fullmatch(label) is not None)
            assert has_shape(wording(line).in_order, label) is said
            found += said
    assert found > 50


@given(st.binary(min_size=3 * 64, max_size=3 * 64))
@settings(max_examples=60, deadline=None)
def test_bright_and_grey_without_the_hue(data):
    """As a picture that was converted says."""
    im = Image.frombytes("RGB", (8, 8), data)
    hsv = np.asarray(im.convert("HSV"))
    value, grey = _bright_and_grey(im)
    assert (value == hsv[:, :, 2]).all() and (grey == (hsv[:, :, 1] < _COLOURFUL)).all()


def test_every_pixel_with_two_of_three_colours_alike():
    """All greatest and least values there are, and pictures that are not of three colours."""
    greatest, least = np.mgrid[0:256, 0:256].astype(np.uint8)
    pixels = np.dstack((least, greatest, np.minimum(least, greatest)))
    im = Image.fromarray(pixels, "RGB")
    saturation = np.asarray(im.convert("HSV"))[:, :, 1]
    assert (_bright_and_grey(im)[1] == (saturation < _COLOURFUL)).all()
    value, grey = _bright_and_grey(im.convert("L"))
    assert grey.all() and (value == np.asarray(im.convert("L"))).all()


@given(st.lists(st.sampled_from("甲的一是executeA1 \u3001"), max_size=300).map("".join))
@settings(max_examples=300, deadline=None)
def test_a_text_is_mute_by_all_of_its_characters(text):
    """Counting ends where enough were seen, and says the same."""
    chinese = re.sub("[^\u4e00-\u9fff]", "", text)
    frequent = sum(c in _FREQUENT for c in chinese)
    few = len(chinese) >= 25 and frequent < 0.12 * len(chinese)
    assert is_mute(text) is (len(text) >= 25 and (len(chinese) < 0.05 * len(text) or few))


def _in_columns_the_long_way(chars: Letters) -> bool:
    """Every character held against the one before it."""
    every = list(chars)
    down = level = 0
    for a, b in pairwise(every):
        size = max(a.y1 - a.y0, a.x1 - a.x0, 1.0)
        dx, dy = (b.x0 + b.x1 - a.x0 - a.x1) / 2, b.mid - a.mid
        down += abs(dx) < 0.35 * size and 0.4 * size < dy < 2.5 * size
        level += abs(dy) < 0.35 * size and 0 < dx < 2.5 * size
    return down >= 20 and down > 2 * level


@given(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=20, max_size=90), st.booleans())
@settings(max_examples=300, deadline=None)
def test_columns_are_told_as_by_looking_at_every_pair(steps, upright):
    """Whether or not hardly any character lies under another."""
    x = y = 0
    chars = []
    for dx, dy, size in steps:
        x, y = (x + dx, y + 8 + dy) if upright else (x + 8 + dx, y + dy)
        chars.append(Char("字", x, y, x + 7 + size, y + 7 + size))
    letters = Letters.of(chars)
    assert _in_columns(letters) is _in_columns_the_long_way(letters)


@pytest.mark.parametrize(
    "kind, title", [("处罚决定书", "行政处罚决定书"), ("送达回证", "送达回执")]
)
def test_who_may_bear_a_title_is_known_after_the_first_time(kind, title):
    """And is who was found by looking at every kind."""
    names = {kind, *VOCABULARY._forms(title)}
    every = [k for k in VOCABULARY.kinds.values() if k.shares and not names.isdisjoint(k.shares)]
    assert [*VOCABULARY._sharing(kind, title)] == [*VOCABULARY._sharing(kind, title)] == every


@given(st.text(st.sampled_from("·×÷°±§\u0080\u00a7\u00e9\u024f\u0250 甲a"), max_size=30))
@settings(max_examples=200)
def test_what_is_foreign_to_chinese_text(text):
    """Letters with marks, but none of the signs that prose has."""
    long = re.findall("(?![·×÷°±§])[\u0080-\u024f]", text)
    assert _FOREIGN.findall(text) == long
