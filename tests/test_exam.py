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
pytest.importorskip("reportlab")
pytest.importorskip("yaml")
sys.path.insert(0, str(HOUSES))

from drawing import score  # noqa: E402
from drawing.draw import draw_set, house_of, story_of  # noqa: E402
from drawing.faults import FAULTS, plant  # noqa: E402
from drawing.story import draw_story  # noqa: E402
from drawing.verify import broken  # noqa: E402
from drawing.words import HALVES, table  # noqa: E402

SHARED_TITLES = {"行政处罚决定书", ""}


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


def test_lawful_stories_break_nothing_and_faults_break_what_they_say() -> None:
    seen = set()
    for part, first in (("development", 1), ("examination", 1000)):
        for seed in range(first, first + 12):
            house = house_of(part, seed, [])
            for n in (1, 2, 3):
                lawful = draw_story(house.words, house.unit, house.violations[0], n, house)
                assert broken(lawful) == set()
                story, planted = story_of(house, n)
                wanted = {f.check for f in planted}
                assert wanted <= broken(story)
                seen |= wanted
    assert len(seen) > 30


def test_every_fault_alone_is_confirmed_by_the_verifier() -> None:
    left = {(f.check, f.variant) for f in FAULTS}
    for seed in range(1, 400):
        house = house_of("development", seed, [])
        story = draw_story(house.words, house.unit, house.violations[0], 1, house)
        planted = plant(story, 1, random.Random(seed))
        for f in planted:
            if f.check in broken(story):
                left.discard((f.check, f.variant))
    assert len(left) < 12, left


def test_the_halves_of_the_vocabulary_are_disjoint() -> None:
    for name in ("titles", "labels", "decision", "notice", "records", "stages"):
        for key, entry in table(name).items():
            assert set(entry) == set(HALVES), key
            both = {str(x) for x in entry[HALVES[0]]} & {str(x) for x in entry[HALVES[1]]}
            assert both <= SHARED_TITLES, (key, both)


def test_the_score_tells_found_from_false() -> None:
    label = {"case": "a", "style": "development-1", "format": "pdf", "medium": "pdf", "procedure": "ordinary",
             "must_fail": ["x.one"], "may_fail": ["x.may"], "documents": [], "facts": {"甲.日期": "2025-03-05"}}  # fmt: skip
    marks = [("x.one", "fail"), ("x.may", "fail"), ("x.false", "fail"), ("x.open", "review")]
    result = {"case": "a", "documents": [], "facts": {"甲.日期": {"value": "2025年3月5日"}},
              "findings": [{"check": c, "status": s, "message": "", "evidence": []} for c, s in marks]}  # fmt: skip
    counts = score.compare([label], [result])
    assert (counts["total"]["found"], counts["total"]["false"]) == (1, 1)
    assert counts["false"][0]["check"] == "x.false"
    assert counts["total"]["facts"] == 1.0
