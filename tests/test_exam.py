"""The examination of our own: one house is drawn the same twice, its labels are what the verifier
finds, its halves of the vocabulary share nothing that matters.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

HOUSES = Path(__file__).parent.parent / "benchmarks" / "houses"
pytest.importorskip("reportlab", reason="houses are drawn with the extra samples")
sys.path.insert(0, str(HOUSES))

from drawing import score  # noqa: E402
from drawing.draw import draw_set, house_of, story_of  # noqa: E402
from drawing.mutation import MUTATIONS  # noqa: E402
from drawing.planting import plant  # noqa: E402
from drawing.procedure import NAMES, procedure  # noqa: E402
from drawing.words import HALVES, table  # noqa: E402

SHARED_TITLES = {"行政处罚决定书", "不予行政处罚决定书", "{certificate}", ""}


def files(folder: Path) -> dict[str, bytes]:
    """Every PDF and label by its path."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.suffix in (".pdf", ".jsonl")
    }


def test_a_house_is_drawn_the_same_twice_and_labelled(tmp_path: Path) -> None:
    first = draw_set(tmp_path / "a", "development", [7], 2, ["merged"])
    draw_set(tmp_path / "b", "development", [7], 2, ["merged"])
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert len(first) == 2
    for row in (json.loads(x) for x in (tmp_path / "a/labels.jsonl").read_text().splitlines()):
        assert {"case", "unit", "style", "format", "must_fail", "may_fail"} <= set(row)
        for document in row["documents"]:
            assert (tmp_path / "a" / row["case"] / document["file"]).exists()


def test_separate_files_and_word_files(tmp_path: Path) -> None:
    for medium, suffix in (("docx", ".docx"), ("parts", ".pdf"), ("pdf", ".pdf")):
        rows = draw_set(tmp_path / medium, "examination", [1003], 1, [medium])
        assert all(d["file"].endswith(suffix) for d in rows[0]["documents"])


@pytest.mark.parametrize("name", NAMES)
def test_lawful_stories_break_nothing_and_faults_break_what_they_say(name: str) -> None:
    way, seen = procedure(name), set()
    for part, first in (("development", 1), ("examination", 1000)):
        for seed in range(first, first + 12):
            house = house_of(part, seed, [], name)
            for n in (1, 2, 3):
                assert way.broken(way.draw(house, house.violations[0], n)) == set()
                story, planted = story_of(house, n)
                wanted = {f.check for f in planted}
                assert wanted <= way.broken(story)
                seen |= wanted
    assert len(seen) >= min(30, len({f.check for f in way.faults}) - 3)


@pytest.mark.parametrize("name", NAMES)
def test_every_fault_alone_is_confirmed_by_the_verifier(name: str) -> None:
    way = procedure(name)
    left = {(f.check, f.variant) for f in way.faults}
    for seed in range(1, 300):
        house = house_of("examination", 1000 + seed, [], name)
        story = way.draw(house, house.violations[0], 1)
        for f in plant(story, way.faults, 1, random.Random(seed)):
            if f.check in way.broken(story):
                left.discard((f.check, f.variant))
    assert len(left) < 16, left


def test_disturbed_structure_says_the_same(tmp_path: Path) -> None:
    plain = draw_set(tmp_path / "a", "development", [7], 1, ["merged"])
    every = draw_set(tmp_path / "b", "development", [7], 1, ["merged"], mutations=MUTATIONS)
    assert plain[0]["must_fail"] == every[0]["must_fail"]
    assert plain[0]["facts"] == every[0]["facts"]
    kinds = [sorted(d["kind"] for d in rows[0]["documents"]) for rows in (plain, every)]
    assert kinds[0] == kinds[1]


def test_the_halves_of_the_vocabulary_are_disjoint() -> None:
    for name in ("titles", "labels", "decision", "notice", "records", "stages", "procedures"):
        for key, entry in table(name).items():
            assert set(entry) == set(HALVES), key
            both = {str(x) for x in entry[HALVES[0]]} & {str(x) for x in entry[HALVES[1]]}
            assert both <= SHARED_TITLES, (key, both)


def test_the_score_tells_found_from_false() -> None:
    label = {
        "case": "a",
        "style": "development-1",
        "format": "pdf",
        "medium": "pdf",
        "procedure": "ordinary",
        "must_fail": ["x.one"],
        "may_fail": ["x.may"],
        "documents": [],
        "facts": {"甲.日期": "2025-03-05"},
    }
    marks = [("x.one", "fail"), ("x.may", "fail"), ("x.false", "fail"), ("x.open", "review")]
    result = {
        "case": "a",
        "documents": [],
        "facts": {"甲.日期": {"value": "2025年3月5日"}},
        "findings": [{"check": c, "status": s, "message": "", "evidence": []} for c, s in marks],
    }
    counts = score.compare([label], [result])
    assert (counts["total"]["found"], counts["total"]["false"]) == (1, 1)
    assert counts["false"][0]["check"] == "x.false"
    assert counts["total"]["facts"] == 1.0
    assert [x["check"] for x in counts["open"]] == ["x.open"]
    assert (counts["misses"], counts["facts_wrong"]) == ([], [])


def test_the_score_lists_what_was_missed_and_misread() -> None:
    label = {
        "case": "a",
        "style": "development-1",
        "format": "pdf",
        "medium": "pdf",
        "procedure": "licence",
        "must_fail": ["x.asked", "x.passed", "x.silent"],
        "may_fail": [],
        "documents": [],
        "facts": {"甲.日期": "2025-03-05"},
    }
    marks = [("x.asked", "review"), ("x.passed", "pass")]
    result = {
        "case": "a",
        "documents": [],
        "facts": {"甲.日期": {"value": "2025-03-06"}},
        "findings": [{"check": c, "status": s, "message": "", "evidence": []} for c, s in marks],
    }
    counts = score.compare([label], [result])
    assert [x["check"] for x in counts["misses"]] == ["x.asked", "x.passed", "x.silent"]
    assert (counts["total"]["asked"], counts["total"]["missed"]) == (1, 2)
    assert counts["open"] == []
    assert counts["facts_wrong"][0]["passage"] == "want 2025-03-05 | got 2025-03-06"
