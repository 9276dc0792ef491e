"""Several cases in one PDF: told apart as a question with pages and how sure, and set apart by one
line of a person that lasts.
"""

from __future__ import annotations

import itertools

import pypdfium2
import pytest
from conftest import SAMPLES
from test_acts import WATER
from test_campaign import Silent

from casereview.errors import UsageError
from casereview.facts.several_cases import SURE, several_cases
from casereview.papers.corrections import parse_part
from casereview.reading.intake import CaseRef, find_cases, in_parts
from casereview.record.store import Store
from casereview.run.campaign import Order, score_folder
from casereview.run.container import no_single_case
from casereview.run.fixing import PartsOrder, set_parts
from casereview.run.listener import Listener
from casereview.run.work import read_case

TICKS = itertools.count()
FILE = "全卷.pdf"


def clock():
    """A moment later each time."""
    return f"2026-05-06T09:00:00.{next(TICKS):06}Z"


def merged(path, *cases):
    """The PDF files of some cases as one; returns the last page of each case."""
    out, last = pypdfium2.PdfDocument.new(), []
    for case in cases:
        for file in sorted(case.rglob("*.pdf")):
            out.import_pages(pypdfium2.PdfDocument(file))
        last.append(len(out))
    path.parent.mkdir(parents=True)
    out.save(path)
    return last


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A unit with two sample cases in one PDF, and the last page of the first and the second."""
    cases = [p for p in sorted((SAMPLES / WATER).iterdir()) if "号" in p.name][:2]
    unit = tmp_path_factory.mktemp("两案") / WATER
    return unit, merged(unit / "两案" / FILE, *cases)


def test_cases_in_one_pdf_are_told_apart(two, rules):
    """By cover and decision: the pages of each, its number, how sure, and the command."""
    unit, (first, second) = two
    case = read_case(find_cases(unit / "两案", "case")[0], rules)
    found = several_cases(case)
    assert [(p.page_from, p.page_to) for p in found.parts] == [(1, first), (first + 1, second)]
    assert found.sure == SURE
    said = no_single_case(case)
    assert all(p.number and p.number in said for p in found.parts)
    assert f'--part "{FILE}:1-{first}" --part "{FILE}:{first + 1}-{second}"' in said


def test_a_whole_case_is_not_told_apart(rules):
    """One cover and one decision are one case."""
    one = next(p for p in sorted((SAMPLES / WATER).iterdir()) if "号" in p.name)
    assert several_cases(read_case(find_cases(one, "case")[0], rules)) is None


def test_what_a_person_set_apart_stays_apart(two, tmp_path):
    """The next run scores two cases with pages of their own; taken back, it is one again."""
    unit, (first, second) = two
    order = Order(unit, tmp_path / "a.db", "2026-05-06")
    whole = score_folder(order, Silent(), clock, Listener()).results
    assert [r.score for r in whole] == [None]
    store = Store(order.db)
    parts = (f"{FILE}:1-{first}", f"{FILE}:{first + 1}-{second}")
    assert set_parts(store, PartsOrder(whole[0].case, parts)) == (whole[0].case, 2)
    apart = score_folder(order, Silent(), clock, Listener()).results
    assert len(apart) == 2
    assert all(r.score is not None for r in apart)
    read = sorted(store.results(store.last_run()), key=lambda r: r.case)
    pages = [{d.page_from for d in r.documents} for r in read]
    assert max(min(pages)) <= first < min(max(pages, key=min))
    set_parts(store, PartsOrder(apart[0].case))
    again = score_folder(order, Silent(), clock, Listener()).results
    assert [r.case for r in again] == [whole[0].case]
    with pytest.raises(UsageError, match="不用撤回"):
        set_parts(store, PartsOrder(again[0].case))


def test_parts_are_written_as_pages_that_do_not_overlap(two, tmp_path):
    """Everything else is refused and nothing kept."""
    unit, (first, second) = two
    order = Order(unit, tmp_path / "a.db", "2026-05-06")
    (whole,) = score_folder(order, Silent(), clock, Listener()).results
    store = Store(order.db)
    for bad, why in (
        ((f"{FILE}:1-{first}", f"{FILE}:{first}-{second}"), "分给了两个案卷"),
        (("别的.pdf:1-3",), "没有文件"),
        ((f"{FILE}:3",), "应当写成"),
    ):
        with pytest.raises(UsageError, match=why):
            set_parts(store, PartsOrder(whole.case, bad))
    assert parse_part("全卷.pdf:3-5") == ("全卷.pdf", 3, 5)


def test_only_cases_of_which_a_person_spoke_are_parted(tmp_path):
    """The others keep their key, and the parts name the whole."""
    refs = [CaseRef("甲/1号", "甲", tmp_path), CaseRef("甲/2号", "甲", tmp_path)]
    got = in_parts(refs, {"甲/2号": ((FILE, 1, 4), (FILE, 5, 9))})
    assert [r.key for r in got] == ["甲/1号", "甲/2号（第1-4页）", "甲/2号（第5-9页）"]
    assert [r.place for r in got] == ["甲/1号", "甲/2号", "甲/2号"]
