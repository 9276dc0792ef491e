"""Paper as it is found: a crooked, noisy scan of three papers, one of them upside down, and a
picture of a form.
"""

from __future__ import annotations

import io
import socket

import pytest
from conftest import ROOT
from PIL import Image

from casereview.facts.readers import read_facts
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.split import split
from casereview.reading import ocr
from casereview.reading.door import read_source

DATA = ROOT / "tests" / "data"
pytestmark = pytest.mark.skipif(
    not ocr.available(), reason="no recognition engine on this machine: scans are listed as unread"
)


@pytest.fixture(scope="module")
def scan():
    """The scan, read with the network forbidden."""
    connect = socket.socket.connect

    def refuse(*_a, **_k):
        raise OSError("the network must not be used")

    socket.socket.connect = refuse
    try:
        return read_source("扫描三份.pdf", (DATA / "扫描三份.pdf").read_bytes())
    finally:
        socket.socket.connect = connect


def test_every_page_is_recognised(scan):
    """All pages are read, marked as recognised, and the turned one is named."""
    assert scan.outcome == "readable" and all(p.ocr and p.confidence > 0.9 for p in scan.pages)
    assert "180" in scan.detail


def test_documents_of_a_scan(scan, rules):
    """The split of a scan by titles."""
    assert [d.kind for d in split(scan, rules.vocabulary)] == [
        "立案审批表",
        "处罚决定书",
        "送达回证",
    ]


def test_facts_of_a_scan(scan, rules):
    """Cells found from ruling lines, dates, sums and numbers as on the digital page."""
    facts = {}
    for d in split(scan, rules.vocabulary):
        facts |= {
            f"{d.kind}.{k}": v
            for k, v in read_facts(
                Paper(
                    d,
                    RunningText(scan.path, scan.pages[d.page_from - 1 : d.page_to]),
                    rules.vocabulary,
                )
            ).items()
        }
    assert facts["处罚决定书.文号"].value == "芦水罚决〔2025〕11号"
    assert facts["处罚决定书.罚款金额"].value == "20000"
    assert facts["立案审批表.立案日期"].value == "2025-03-12"
    assert facts["送达回证.送达日期"].value == "2025-04-29"


def test_a_seal_on_a_scan(scan):
    """The red ring of the decision is seen, and none on the form."""
    assert any(pic.red for pic in scan.pages[1].pictures) and not scan.pages[0].pictures


def test_boxes_are_on_the_page(scan):
    """Boxes in points of the page."""
    for p in scan.pages:
        assert all(
            ln.box
            and -5 <= ln.box[0] < ln.box[2] <= p.width + 5
            and -5 <= ln.box[1] < ln.box[3] <= p.height + 5
            for ln in p.lines
        )


def test_a_picture_of_a_form_is_a_document(rules):
    """A loose JPEG of a paper is read as that paper."""
    s = read_source("手机拍的立案表.jpg", (DATA / "手机拍的立案表.jpg").read_bytes())
    assert s.outcome == "readable" and split(s, rules.vocabulary)[0].kind == "立案审批表"


def test_what_cannot_be_read_is_named():
    """A page of noise is unreadable, and so is an odd blank page: it may have been fed wrongly."""
    for image, word in (
        (Image.effect_noise((600, 800), 120).convert("RGB"), "看不清"),
        (Image.new("RGB", (600, 800), "white"), "空白页"),
    ):
        out = io.BytesIO()
        image.save(out, "PDF")
        page = read_source("a.pdf", out.getvalue()).pages[0]
        assert not page.readable and not page.lines and word in page.reason


def test_blank_backs_of_a_duplex_scan_hide_nothing():
    """Every second page blank: nothing is called unread because of it."""
    front = Image.open(DATA / "手机拍的立案表.jpg").convert("RGB")
    white = Image.new("RGB", front.size, "white")
    out = io.BytesIO()
    front.save(out, "PDF", save_all=True, append_images=[white])
    double = read_source("a.pdf", out.getvalue())
    assert (
        double.outcome == "partial"
    )  # one of two: it may be a back or a lost page, so a person looks
    out = io.BytesIO()
    front.save(out, "PDF", save_all=True, append_images=[white, front, white])
    assert read_source("a.pdf", out.getvalue()).outcome == "readable"


def test_a_page_is_recognised_once(tmp_path, monkeypatch):
    """The second reading of the same picture comes from the cache and is the same; the cache is
    private.
    """
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path))
    data = (DATA / "手机拍的立案表.jpg").read_bytes()
    first = read_source("手机拍的立案表.jpg", data)
    kept = [p for p in (tmp_path / "pages").rglob("*") if p.is_file()]
    assert len(kept) == 1 and kept[0].stat().st_mode & 0o077 == 0
    monkeypatch.setattr(
        "casereview.reading.scan.recognise", lambda grey: pytest.fail("recognised again")
    )
    assert read_source("手机拍的立案表.jpg", data) == first
