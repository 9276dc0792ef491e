"""How far a run is: by pages within a file, by files within a case, by cases of all."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from rich.console import Console

from casereview.cli import progress
from casereview.cli.progress import Bar, Way, lasts
from casereview.reading import page_count
from casereview.reading.door import read_source
from casereview.record.busy import marked
from casereview.run.engine import Step

SIZES = {"甲": 100, "乙": 300}


def test_the_bar_moves_within_a_case():
    """A file counts when the next begins, half of its pages are half of it."""
    way, seen = Way(SIZES, (), 0.0), []
    for step in (Step("1.pdf", 40), Step("1.pdf", 40, 3, 4), Step("2.pdf", 60), Step("", 0)):
        way.goes_on("甲", step)
        seen.append(way.read)
    assert seen == [0, 20, 40, 100]
    way.ends("甲")
    assert way.read == 100 and way.done == {"甲"}


def test_no_case_counts_for_more_than_it_is():
    """Files of a zip are larger than the zip."""
    way = Way({"包.zip": 50}, (), 0.0)
    way.goes_on("包.zip", Step("里面.pdf", 900, 9, 10))
    assert way.read == 50


def test_the_time_that_is_left_is_told_by_what_was_done_in_this_sitting():
    """A run that goes on counts what was there as done, and not as quick; nobody tells the time
    before anything is done.
    """
    way = Way(SIZES, ("甲",), 10.0)
    assert way.read == 100 and way.left(60.0) is None
    way.goes_on("乙", Step("1.pdf", 300, 2, 3))
    assert way.left(10.0 + 1) is None
    assert way.left(10.0 + 50) == pytest.approx(100.0)
    assert lasts(100.0) == "约剩 2 分钟" and lasts(20.0) == "不到 1 分钟" and lasts(None) == ""


def test_an_interrupted_run_begins_where_it_stood(monkeypatch):
    """Two of three, with the page at hand."""
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(progress, "talk", lambda: screen)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with Bar(Path("批次")) as bar:
        bar.begins({"甲": 1, "乙": 1, "单位/丙": 2}, {"甲", "乙"})
        bar.opens("单位/丙", Step("1.pdf", 2))
        bar.opens("单位/丙", Step("1.pdf", 2, 7, 23))
        bar.progress.refresh()
    said = screen.file.getvalue()
    assert "评查 丙 第 7/23 页" in said and "2/3 卷" in said


def test_pages_are_counted_while_a_file_is_read():
    """Each page of a PDF, with how many there are."""
    doc, data, heard = pdfium.PdfDocument.new(), io.BytesIO(), []
    for _ in range(3):
        doc.new_page(595, 842)
    doc.save(data)
    page_count.listen(lambda number, of: heard.append((number, of)))
    read_source("三页.pdf", data.getvalue())
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_two_at_work_on_one_folder_know_of_each_other(tmp_path):
    """For as long as the first is at work; other folders are not concerned, and nothing stays."""
    store = tmp_path / "a.db"
    with marked(store, Path("/批次")) as first:
        with marked(store, Path("/批次")) as second, marked(store, Path("/别的")) as other:
            assert (first, second, other) == (True, False, True)
    with marked(store, Path("/批次")) as again:
        assert again
    assert not list(tmp_path.iterdir())
