"""The benchmarks still run: each on one small case, as it is typed. Their figures are not judged
here; a program that nobody runs between two measurements is found broken on the day it is needed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pypdfium2 as pdfium
import pytest
from conftest import ROOT, SAMPLES

from casereview.reading import ocr
from casereview.record.briefs import brief_of, from_brief
from casereview.record.heads import head_of
from casereview.record.result import to_data
from casereview.record.store import Store
from casereview.run.work import read_only

BENCHMARKS = ROOT / "benchmarks"
CASE = next((SAMPLES / "芦汀县水务局").glob("芦水罚决〔2025〕11号*"))
COVERED = {
    *("again", "degrade", "desk", "figures", "reports", "river", "round_two", "scans", "speed"),
    *("cluster", "growth", "pairs", "scale", "start", "table"),
}
SHARED = {"many", "ratios"}  # what they have in common
ELSEWHERE = {"damage", "fuzz", "reliability"}  # in test_damage, test_fuzz and below
BY_HAND = {"accuracy", "measured", "mutation"}  # in test_trust, as far as a test may take


def typed(name: str, *args: object, allowed: tuple[int, ...] = (0,)) -> str:
    """What a benchmark prints; it must end well (1: a figure is over its limit, which the load of a
    machine may do).
    """
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / f"{name}.py"), *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        timeout=600,
    )
    assert done.returncode in allowed and "Traceback" not in done.stderr, done.stderr
    return done.stdout


@pytest.fixture
def batch(tmp_path):
    """One case of the samples in a batch of its own."""
    shutil.copytree(CASE, tmp_path / "批次" / "单位" / CASE.name)
    return tmp_path / "批次"


def test_every_benchmark_is_run_here():
    """A new benchmark brings its test."""
    assert {p.stem for p in BENCHMARKS.glob("*.py")} - SHARED == COVERED | ELSEWHERE | BY_HAND


def test_scale(tmp_path):
    """Stores of a few cases, all the commands; what is there is measured again."""
    pytest.importorskip("pyarrow")
    for _ in range(2):
        said = typed("scale", "--cases", 30, "--pairs", 16, "--keep", tmp_path, allowed=(0, 1))
    assert "ranking of 30 cases" in said and "compare, two runs of 16" in said
    store = Store(tmp_path / "16x2.db", create=False)
    assert (store.count(1), store.count(2)) == (16, 16)
    assert sum(len(r.findings) for run in (1, 2) for r in store.results(run)) >= 32 * 100
    again = {r.case: head_of(r, 0) for r in store.results(1)}
    assert [h._replace(row=0) for h in store.heads(1)] == list(again.values())
    assert [b.findings for b in store.briefs(1)] == [
        from_brief(brief_of(r), 1).findings for r in store.results(1)
    ]


def test_start():
    """Help, one case of a store, and the rules."""
    said = typed("start", "--repeat", 1, allowed=(0, 1))
    assert "casereview --help" in said and "rules, kept by an earlier process" in said


def test_again(batch):
    """One case scored three times."""
    said = typed("again", batch, "--cases", 1, allowed=(0, 1))
    assert "nothing changed" in said and "one file changed in 200" in said


def test_table(tmp_path):
    """The section is put where it was, and the rest of the page stays."""
    page = tmp_path / "measurements.md"
    page.write_text("# 量\n\n<!-- speed -->\nold\n<!-- end of speed -->\n\nafter\n", "utf-8")
    typed("table", "--only", "start", "--out", page)
    said = page.read_text("utf-8")
    assert said.startswith("# 量\n") and said.endswith("\n\nafter\n") and "old" not in said
    assert "| casereview --help |" in said


def test_pairs(batch):
    """A checkout beside itself: about one, and over bare text."""
    (said,) = typed("pairs", ROOT, batch, "--rounds", 2).splitlines()
    ratio, over, _ = said.split(maxsplit=2)
    assert 0.2 < float(ratio) < 5 and over.endswith("×") and CASE.name in said


def test_speed(batch):
    """Ratio a page, and two workers over one."""
    said = typed("speed", batch, "--repeat", 1, "--cases", 2, allowed=(0, 1))
    assert "median ratio of 1 digital" in said and "2 cases: one worker" in said


def test_desk():
    """The medians of a sitting at the desk."""
    said = typed("desk", 9)
    assert "list of cases" in said and "verdict and next open item" in said


def test_reports():
    """A store of a few findings, and every kind of paper of it."""
    said = typed("reports", 20)
    assert "view:" in said and "汇报网页: 1 file(s)" in said


def first_page(case, to):
    """One page of a case as a PDF of its own."""
    source = sorted(case.rglob("*.pdf"))[0]
    with pdfium.PdfDocument(source) as old:
        new = pdfium.PdfDocument.new()
        new.import_pages(old, [0])
        to.parent.mkdir(parents=True)
        new.save(to)
        new.close()


@pytest.mark.skipif(not ocr.available(), reason="this machine has no recognition engine")
def test_degraded_scans_are_measured(batch, tmp_path):
    """A page made a picture, and that picture in the lane of scans."""
    first_page(CASE, tmp_path / "一页" / "单位" / "案卷" / "1.pdf")
    typed("degrade", tmp_path / "一页", tmp_path / "扫描", "skew3")
    with pdfium.PdfDocument(next((tmp_path / "扫描").rglob("*.pdf"))) as doc:
        assert len(doc) == 1 and not doc[0].get_textpage().get_text_range().strip()
    said = typed("scans", tmp_path / "扫描", "--rounds", 1, allowed=(0, 1))
    assert "the bare engine over the lane" in said and "around our call" in said


def test_two_rounds(batch, tmp_path):
    """A labelled case becomes two rounds; a paper that was taken out and came back is a fix."""
    papers = to_data(read_only(batch / "单位" / CASE.name).documents)
    label = {
        "case": f"批次/单位/{CASE.name}",
        "format": "pdf",
        "documents": papers,
        "must_fail": [],
        "may_fail": [],
    }
    (tmp_path / "labels.jsonl").write_text(json.dumps(label, ensure_ascii=False) + "\n", "utf-8")
    target = tmp_path / "两轮"
    typed("round_two", "build", tmp_path, target)
    figures = json.loads(typed("round_two", "run", target).rpartition("}")[0] + "}")
    assert figures["案卷配对"] == "1/1" and figures["合计相符"]
    assert figures["改正的认出"] == "1/1" and figures["丢失"] == 0


def test_the_picture_of_the_rooms(tmp_path):
    """Drawn from the imports."""
    typed("river", tmp_path / "架构.svg")
    assert (tmp_path / "架构.svg").read_text("utf-8").startswith("<svg")


def test_the_figures_of_the_code(monkeypatch):
    """Every figure is counted and kept; the types are left to the tool that checks them."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    import figures

    monkeypatch.setattr(figures, "type_errors", lambda: 0)
    got = figures.figures()
    assert got.keys() == figures.LIMITS.keys()
    assert {k: n for k, n in got.items() if n > figures.LIMITS[k]} == {}


def test_every_figure_of_reliability_names_tests_that_exist(monkeypatch, tmp_path):
    """R1 to R28, each with its tests or with what is missing; the page says what became of them."""
    sys.path.insert(0, str(BENCHMARKS))
    import reliability

    names = [f.name for f in reliability.FIGURES]
    assert names == [f"R{n}" for n in range(1, 29)]
    for f in reliability.FIGURES:
        assert f.tests or f.lacks or f.name in reliability.SIZES
        for test in f.tests:
            module, _, name = test.partition("::")
            text = (ROOT / "tests" / module).read_text("utf-8")
            assert not name or f"def {name}(" in text, test
    monkeypatch.setattr(reliability, "KEPT", tmp_path / "nothing.json")
    got = {"test_privacy.py::test_x": True, "test_faults.py::test_y": False}
    page = reliability.page(got)
    assert "| R18 |" in page and reliability.verdict(reliability.FIGURES[17], got) == "达到"
    assert reliability.verdict(reliability.FIGURES[8], got) == "没有达到"
    assert reliability.verdict(reliability.FIGURES[1], got) == "没有测"


def test_growth():
    """The parent over a few cases."""
    said = typed("growth", "--cases", 3, 9, allowed=(0, 1))
    assert "a case of 9 over one of 3" in said and "memory of the parent, 9 cases" in said


def test_cluster(batch):
    """Three engines over one case."""
    pytest.importorskip("distributed")
    said = typed("cluster", batch, "--cases", 2, "--rounds", 1, allowed=(0, 1))
    assert "Dask with two workers over two local ones" in said and "load" in said
