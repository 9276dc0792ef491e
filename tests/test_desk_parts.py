"""What the desk stands on: pages drawn in a process that may die, quotes found again in texts,
folders offered by digest, drafts, progress that can be stopped.
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from conftest import ROOT, SAMPLES
from mock_work import Die, Misbehave
from ofd_writer import ofd
from test_desk import Here
from test_reports import stored

from casereview.desk.watched import Work
from casereview.errors import UsageError
from casereview.reading.intake import FileRef
from casereview.record.drafts import Drafts
from casereview.record.result import FileResult
from casereview.record.store import Store
from casereview.reports.lit import lit
from casereview.rounds.settling import next_open, of_case
from casereview.run.engine import Step
from casereview.run.inbox import choices, chosen
from casereview.run.local import Standby
from casereview.run.pages import CHANGED, Cases, Kept, PageRoom

PHOTO = ROOT / "tests" / "data" / "手机拍的立案表.jpg"


def known(path, kind):
    """A file as the store knows it, with other bytes than it has now."""
    ref = FileRef(path.name, path)
    return Kept(
        ref, FileResult(file=path.name, sha256="0", size=1, format=kind, outcome="readable")
    )


def test_a_job_that_dies_or_hangs_ends_only_itself():
    """The next page is drawn by a fresh process."""
    standby = Standby(seconds=60)
    try:
        assert standby.ask(Die()).fault == "damaged"
        assert standby.ask(Misbehave(("a",))).result == {"read": ["a"], "skipped": {}}
        first = standby.worker.process.pid
        assert standby.ask(Misbehave(("b",))).result["read"] == ["b"]
        assert standby.worker.process.pid == first  # it stays ready
    finally:
        standby.close()


def test_a_page_that_cannot_be_drawn_says_why(tmp_path):
    """Rubbish, a file that is gone, a page that is not there: a sentence, never an exception."""
    room, bad = PageRoom(Here()), tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.4 rubbish")
    assert room.page(known(bad, "pdf"), 1, 300).note
    assert room.page(known(tmp_path / "没有.pdf", "pdf"), 1, 300).note
    good = next(SAMPLES.rglob("*.pdf"))
    assert "没有第 99 页" in room.page(known(good, "pdf"), 99, 300).note
    assert room.page(known(good, "pdf"), 1, 300).note == CHANGED  # other bytes than were scored
    assert room.text(known(bad, "docx")).note


def test_a_photographed_sheet_is_drawn_flat():
    """It is seen in the coordinates in which its text was read: as a page, not as a photo."""
    seen = PageRoom(Here()).page(known(PHOTO, "image"), 1, 600)
    assert seen.drawn.width == 595 and seen.drawn.image.startswith(b"\xff\xd8")


def test_only_so_many_pictures_are_kept():
    """The memory of drawn pages has a bound; what was seen last stays."""
    drawn = []

    class Counting(Here):
        def ask(self, job):
            drawn.append(job.name)
            return super().ask(job)

    room, files = PageRoom(Counting(), most=30_000), sorted(SAMPLES.rglob("*.pdf"))[:4]
    for path in [*files, files[-1], files[0]]:
        room.page(known(path, "pdf"), 1, 400)
    assert len(drawn) == len(files) + 1 and drawn[0] == drawn[-1]


def test_a_file_without_pictures_is_shown_as_text(tmp_path):
    """Word: paragraphs and tables in their order; OFD: every line where it stood."""
    word = next(p for p in sorted(SAMPLES.rglob("*.docx")) if "立案" in p.name)
    (page,) = PageRoom(Here()).text(known(word, "docx")).texts
    assert not page.placed and sum(b.table for b in page.blocks) == 1
    assert any("立案" in row[0] for b in page.blocks if not b.table for row in b.rows)
    path = tmp_path / "甲.ofd"
    path.write_bytes(ofd([{"size": (595, 842), "texts": [(100, 80, 16, "行政处罚决定书")]}]))
    (page,) = PageRoom(Here()).text(known(path, "ofd")).texts
    assert page.placed and page.blocks[0].rows == (("行政处罚决定书",),)
    assert abs(page.blocks[0].box[0] - 100) < 2 and (round(page.width), page.number) == (595, 1)


@pytest.mark.parametrize(
    ("text", "quotes", "marked"),
    [
        ("送达时间：2025年5月31日", ["2025年5月31日"], "2025年5月31日"),
        ("当 事 人 ： 张三", ["当事人：张三"], "当 事 人 ： 张三"),
        ("第二行", ["第一行第二行第三行"], "第二行"),  # a line inside a longer quote
        ("罚款三万元", ["没收"], ""),
        ("日", ["2025年5月31日"], ""),  # one character says nothing
        ("", ["甲"], ""),
        ("甲乙丙丁", ["乙丙…"], "乙丙"),
    ],
)
def test_a_quote_is_lit_in_a_text(text, quotes, marked):
    """Blanks and broken lines do not hide it; nothing else is lit, and no letter is lost."""
    pieces = lit(text, quotes)
    assert "".join(p for p, _ in pieces) == text
    assert "".join(p for p, on in pieces if on) == marked


def test_folders_are_offered_by_digest_alone(tmp_path):
    """Links out of the named folders are not followed; what was moved away cannot be chosen."""
    inside, outside = tmp_path / "案卷", tmp_path / "别处"
    (inside / "某局" / "某案").mkdir(parents=True)
    (outside / "密").mkdir(parents=True)
    (inside / "某局" / "某案" / "1.txt").write_text("甲", "utf-8")
    os.symlink(outside, inside / "链接")
    offered = choices([inside])
    assert [c.name for c in offered] == ["案卷", "某局", "某案"]
    key = offered[-1].key
    assert chosen([inside], key) == inside / "某局" / "某案"
    (inside / "某局").rename(inside / "他局")
    with pytest.raises(UsageError, match="没有这个文件夹"):
        chosen([inside], key)


def test_drafts_are_kept_by_person_and_gone_when_empty(tmp_path):
    """One row a finding and person, also when it is opened again."""
    drafts = Drafts(Store(tmp_path / "a.db"))
    drafts.keep("甲", "f1", {"why": "看到一半", "says": " "})
    drafts.keep("甲", "f1", {"why": "看完了", "says": ""})
    again = Drafts(Store(tmp_path / "a.db"))
    assert again.of("甲", "f1") == {"why": "看完了"} and again.of("乙", "f1") == {}
    again.keep("甲", "f1", {"why": ""})
    assert drafts.of("甲", "f1") == {}


def test_work_is_watched_stopped_and_never_lost():
    """A stop takes hold at the next file; what goes wrong is told; one thing at a time."""
    work = Work()

    def act(progress):
        progress.begins({"甲": 1, "乙": 1, "丙": 1}, ())
        while True:
            progress.scored("单位/案", 2)
            progress.stop.wait(0.01)
            if progress.stop.is_set():
                progress.opens("单位/下一案", Step("1.pdf", 0))

    work.start("某批", act)
    assert work.busy
    work.cancel()
    work.join(5)
    assert not work.busy and "停止" in work.progress.fault and work.progress.done

    def bad(progress):
        raise UsageError("文件夹不见了")

    work.start("另一批", bad)
    work.join(5)
    assert work.progress.fault == "文件夹不见了" and not work.busy


def test_the_next_open_item_comes_round(sample_results, rules, tmp_path):
    """Behind the item at hand, then from the beginning; 0 when nothing waits."""
    every = of_case(stored(tmp_path / "a.db", sample_results.values(), rules), 1, 4)
    waiting = [n for n, p in enumerate(every, 1) if p.line.unsettled]
    assert len(waiting) > 2
    assert next_open(every, 0) == waiting[0] and next_open(every, waiting[0]) == waiting[1]
    assert next_open(every, waiting[-1]) == waiting[0]
    assert next_open([], 0) == 0


def test_a_case_whose_folder_is_gone_says_so(sample_results, rules, tmp_path):
    """The record stays, the page says that the file is not there any more."""
    history = stored(tmp_path / "a.db", sample_results.values(), rules)
    result = history.results(1)[0]
    moved = FileResult(
        file="../../../etc/passwd", sha256="0", size=1, format="text", outcome="readable"
    )
    outside = replace(result, files=(moved,))
    with pytest.raises(UsageError, match="不在案卷文件夹里"):
        Cases().file(history, outside, 0)
