"""Pages of a digital PDF that were read before: the same, without reading; and what is not kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import SAMPLES

from casereview.reading import cache, word
from casereview.reading.cache import SHELF, of_file
from casereview.reading.contents import Contents
from casereview.reading.door import read_source
from casereview.reading.pdf import read_pdf

PDF = max(SAMPLES.rglob("*.pdf"), key=lambda f: f.stat().st_size)


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    """A shelf of one's own."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path / "kept"))


class Reader:
    """Reads, and counts how often."""

    __module__, __name__ = "tests", "reader"

    def __init__(self, found):
        self.found, self.did = found, 0

    def __call__(self, data):
        self.did += 1
        return self.found


def test_the_same_bytes_are_read_once(monkeypatch):
    """The same to the last number; other bytes and other readers read anew."""
    data = PDF.read_bytes()
    found = read_pdf(data)
    reader = Reader(found)
    assert [repr(of_file(data, reader)) for _ in range(3)] == [repr(found)] * 3
    assert reader.did == 1 and SHELF.size()[0] == 1
    of_file(data + b"\n", reader)
    assert reader.did == 2
    monkeypatch.setattr(cache, "_readers", lambda: "a module changed")
    of_file(data, reader)
    assert reader.did == 3
    monkeypatch.setattr(cache, "_engine", lambda: "another engine")
    of_file(data, reader)
    assert reader.did == 4


@pytest.mark.parametrize("damage", [b"", b"no pages", None])
def test_a_damaged_entry_costs_time_alone(damage):
    """Cut, written over, or another thing under a sound digest."""
    data, reader = PDF.read_bytes(), Reader(read_pdf(PDF.read_bytes()))
    of_file(data, reader)
    (entry,) = SHELF.folder.glob("*/*")
    if damage is None:
        SHELF.put(entry.name, b"\x93\x01\x02\x03")
    else:
        entry.write_bytes(damage)
    assert of_file(data, reader) == reader.found and reader.did == 2
    assert of_file(data, reader) == reader.found and reader.did == 2


@pytest.mark.parametrize("field", [{"ocr": True}, {"readable": False}])
def test_what_a_stronger_machine_may_read_is_not_kept(field):
    """A page that was recognised, and one that could not be."""
    pages = read_pdf(PDF.read_bytes()).pages
    reader = Reader(Contents((replace(pages[0], **field), *pages[1:])))
    assert of_file(b"x", reader) == of_file(b"x", reader) == reader.found
    assert reader.did == 2 and SHELF.size() == (0, 0)


def test_switched_off_nothing_is_kept(monkeypatch):
    """``CASEREVIEW_CACHE=off`` leaves no word behind."""
    monkeypatch.setenv("CASEREVIEW_CACHE", "off")
    reader = Reader(Contents(()))
    of_file(b"x", reader)
    of_file(b"x", reader)
    assert reader.did == 2


def test_a_word_file_is_read_once(monkeypatch):
    """Its pages are kept as those of a PDF are: of a case of which one file changed, the others
    are not read again.
    """
    files = sorted(SAMPLES.rglob("*.docx"))[:20]
    first = [read_source(f.name, f.read_bytes()) for f in files]
    assert SHELF.size()[0] == len({s.sha256 for s in first}) > 5
    with monkeypatch.context() as m:
        m.setattr(word, "read_docx", None)
        assert [repr(read_source(f.name, f.read_bytes())) for f in files] == list(map(repr, first))
    monkeypatch.setenv("CASEREVIEW_CACHE", "off")
    assert [repr(read_source(f.name, f.read_bytes())) for f in files] == list(map(repr, first))
