"""The examination of our own: one house is drawn the same twice, its labels are what the verifier
finds, its parts of the vocabulary share nothing that matters.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

HOUSES = Path(__file__).parent.parent / "benchmarks" / "houses"
pytest.importorskip("reportlab", reason="houses are drawn with the extra samples")
sys.path.insert(0, str(HOUSES))

import curve  # noqa: E402
from drawing import fonts, score  # noqa: E402
from drawing.binder import Binder  # noqa: E402
from drawing.draw import draw_set, house_of, story_of  # noqa: E402
from drawing.layout import columns, lines  # noqa: E402
from drawing.mutation import MUTATIONS  # noqa: E402
from drawing.planting import plant  # noqa: E402
from drawing.procedure import NAMES, procedure  # noqa: E402
from drawing.words import PARTS, SEEDS, SHARED, table, written  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402

# What two parts may both print: titles and labels that the law and the form sets of the ministries
# fix, a stroke, nothing. Single words as well: see `single`.
FIXED = {
    "行政处罚决定书", "不予行政处罚决定书", "{certificate}", "", "/", "现场检查（勘验）笔录",
    "询问（调查）笔录", "行政处罚立案审批表", "案件来源登记表", "责令改正通知书",
    "证据复制（提取）单", "送达地址确认书", "案件调查终结报告", "行政处罚事先告知书",
    "行政处罚告知书", "行政处罚听证告知书", "行政处罚听证通知书", "行政处罚听证笔录",
    "行政处罚听证报告", "法制审核意见书", "案件集体讨论记录", "行政处罚决定审批表",
    "行政处罚案件处理审批表", "行政处罚强制执行申请书", "强制执行申请书", "查封（扣押）决定书",
    "解除查封（扣押）决定书", "当场行政处罚决定书", "行政强制执行决定书", "强制执行决定书",
    "责令限期拆除决定书", "行政检查审批表", "行政检查通知书", "行政许可受理通知书",
    "行政许可审批表", "行政许可决定书", "准予行政许可决定书", "不予行政许可决定书",
    "责令改正违法行为决定书", "统一社会信用代码", "法定代表人（负责人）", "处罚决定书文号",
    "执法人员（签名）", "问：{q}？", "答：{a}。", "{short}{word}〔{year}〕{n}号", "{method}",
}  # fmt: skip
WORD = 6
# Entries of shapes.yaml that name ways of setting papers to the code and are not printed.
UNPRINTED = {
    "文号位置", "日期", "落款日期", "金额", "表格", "行式", "列式", "意见栏", "笔录头", "决定体",
    "眉位", "标题", "字体", "签名", "章", "卷次", "目录长", "讨论次序", "告知回执", "听证告知",
}  # fmt: skip
# Entries that only name fields of the cover, in the order of a house.
ORDERS = "封面列"
FILES = (
    "decision", "fields", "labels", "names", "notice", "papers", "procedures", "records", "shapes",
    "stages", "titles", "violations",
)  # fmt: skip
# Printed alike everywhere, or said of the world (its agencies, banks and people): no wording.
ALIKE = {
    ("names", "简称"), ("names", "名式"), ("names", "民族名率"), ("names", "机关"), ("names", "姓"),
    ("names", "名"), ("names", "银行"), ("names", "行业"), ("names", "收款户"), ("names", "网站"),
    ("shapes", "保管"), ("shapes", "时段"), ("shapes", "目录列义"),
}  # fmt: skip
# What tells one matter from another; laws, sectors and ids are the world's.
MATTERS = {"案由", "情节", "所见", "问答", "改正", "情形", "证据", "item", "certificate"}


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
    for part, (first, _) in SEEDS.items():
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
    assert len(left) < 24, left


def drawn(name: str, wanted: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """The first lawful story of a procedure that is wanted."""
    way = procedure(name)
    for seed in range(1, 80):
        house = house_of("development", seed, [], name)
        for matter in house.violations:
            story = way.draw(house, matter, 1)
            if wanted(story):
                return story
    raise AssertionError(name)


def test_a_seizure_handed_over_on_the_spot_is_delivered() -> None:
    way = procedure("coercion")
    story = drawn("coercion", lambda s: s["way"] == "扣押")
    story["receipts"] = []
    assert "coercion.delivered" not in way.broken(story)
    story["scene"]["handed"] = False
    assert "coercion.delivered" in way.broken(story)
    house = house_of("development", 1, [], "coercion")
    told = {
        key: house.say("papers", key, decision="决定书") for key in ("扣押现场", "扣押现场未交")
    }
    assert "交付" in told["扣押现场"] and "交付" not in told["扣押现场未交"]


def test_without_the_approval_nobody_knows_why_a_check_came_unannounced() -> None:
    way = procedure("inspection")
    story = drawn("inspection", lambda s: s["reason"])
    assert "inspection.notified" not in way.broken(story)
    story["approval"] = None
    assert {"inspection.notified", "inspection.plan"} <= way.broken(story)
    fault = next(f for f in way.faults if (f.check, f.variant) == ("inspection.plan", "none"))
    assert "inspection.notified" in fault.may  # left open by the label, never demanded


def test_an_act_that_lasts_is_never_told_as_long_over() -> None:
    way = procedure("ordinary")
    over = next(f for f in way.faults if f.check == "filing.limitation")
    seen = set()
    for part, (first, _) in SEEDS.items():
        for seed in range(first, first + 30):
            house = house_of(part, seed, [], "ordinary")
            for matter in house.violations:
                story = way.draw(house, matter, 1)
                assert over.fits(story) is not bool(matter.get("持续"))
                seen.add(bool(matter.get("持续")))
    assert seen == {True, False}


def test_a_record_of_the_examination_has_an_answer_only_after_a_whole_sentence() -> None:
    """A text is cut before its answer (`inquiry._spoken`)."""
    for key, entry in written("examination", "records").items():
        for text in wordings(entry):
            asked, *answers = text.split("答：")
            assert len(answers) < 2, (key, text)
            assert not answers or asked[-1:] in "？。", (key, text)


def test_every_letter_of_the_examination_is_in_the_fonts() -> None:
    """A letter that a font lacks is an empty box on a scan."""
    shown = {x for name in FILES for x in "".join(wordings(written("examination", name)))} - {"\n"}
    for style in fonts.FILES:
        if path := fonts.font_file(style):
            has = TTFont(f"look-{style}", str(path), subfontIndex=0).face.charToGlyph
            assert not {x for x in shown if ord(x) not in has}, style


def test_papers_are_numbered_by_their_own_year() -> None:
    found = drawn(
        "coercion",
        lambda s: s["way"] == "法院" and s["penalty"]["day"].year < s["application"]["day"].year,
    )
    for seed in range(1, 80):
        house = house_of("development", seed, [], "coercion")
        if any(v["id"] == found["violation"] for v in house.violations):
            break
    case = procedure("coercion").papers(house, found)[0]
    assert str(found["penalty"]["day"].year) in case.number("处罚决定书")
    assert str(found["application"]["day"].year) in case.number("强制执行申请书")


def test_disturbed_structure_says_the_same(tmp_path: Path) -> None:
    plain = draw_set(tmp_path / "a", "development", [7], 1, ["merged"])
    every = draw_set(tmp_path / "b", "development", [7], 1, ["merged"], mutations=MUTATIONS)
    assert plain[0]["must_fail"] == every[0]["must_fail"]
    assert plain[0]["facts"] == every[0]["facts"]
    kinds = [sorted(d["kind"] for d in rows[0]["documents"]) for rows in (plain, every)]
    assert kinds[0] == kinds[1]


def wordings(value: Any) -> set[str]:
    """Every string of an entry that a paper can show."""
    if isinstance(value, dict):
        return set().union(*map(wordings, value.values()))
    if isinstance(value, list):
        return set().union(*map(wordings, value)) if value else set()
    return {value} if isinstance(value, str) else set()


def single(text: str) -> bool:
    """A single word, or two: nothing that could be worded in another way."""
    return len(text) <= WORD and "{" not in text


def printed(part: str, name: str) -> dict[str, set[str]]:
    """The wordings of each entry of a file as this part has it."""
    out = {}
    for key, entry in table(name, part).items():
        if name == "shapes" and (key in UNPRINTED or key.startswith(ORDERS)):
            continue
        if name == "violations":
            entry = [{k: v for k, v in x.items() if k in MATTERS} for x in entry]
        elif key in ("当场违法", "许可事项"):
            entry = [{k: v for k, v in x.items() if k in MATTERS} for x in entry]
        if (name, key) not in ALIKE:
            out[key] = {x for x in wordings(entry) - FIXED if not single(x)}
    return out


@pytest.mark.parametrize("name", FILES)
def test_every_part_has_every_entry(name: str) -> None:
    assert len({frozenset(table(name, part)) for part in PARTS}) == 1
    for part in PARTS:
        for key, entry in table(name, part).items():
            assert entry, (part, key)


@pytest.mark.parametrize("name", FILES)
def test_the_parts_of_the_vocabulary_share_no_wording(name: str) -> None:
    """Only what the parts that are mended on inherit may be alike; the examination part has all
    wordings of its own.
    """
    every = {part: printed(part, name) for part in PARTS}
    for one, other in combinations(PARTS, 2):
        for key, words in every[one].items():
            if all(key not in written(part, name) for part in (one, other)):
                continue  # both inherit it from the folder that they share
            assert not words & every[other][key], (one, other, key)


def test_the_examination_part_inherits_no_wording() -> None:
    for name in FILES:
        inherited = set(written(SHARED, name)) - set(written("examination", name))
        assert all((name, key) in ALIKE or key in UNPRINTED for key in inherited), name


@pytest.mark.parametrize("name", FILES)
def test_the_examination_part_has_as_many_wordings_as_the_others(name: str) -> None:
    for key, entry in written("examination", name).items():
        if isinstance(entry, list) and (name, key) not in ALIKE and key not in UNPRINTED:
            others = [table(name, part)[key] for part in PARTS]
            assert len(entry) >= max(map(len, others)), key


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", NAMES)
def test_every_part_writes_lawful_files_of_every_procedure(part: str, name: str) -> None:
    way, first = procedure(name), SEEDS[part][0]
    for seed in range(first, first + 3):
        house = house_of(part, seed, ["merged"], name)
        for n, matter in enumerate(house.violations, 1):
            story = way.draw(house, matter, n)
            assert way.broken(story) == set()
            papers = Binder(house, story).bound()
            left = [b for p in papers for b in p.blocks if re.search(r"\{[a-z_]+\}", str(b))]
            assert len(papers) > 3 and not left


LINES = ("行", "下划线", "方括行", "序号行", "叙述", "空格行", "隔行")
TABLES = ("两列", "四列", "六列", "竖列", "上下", "同格", "同格两列", "并头", "序格")


@pytest.mark.parametrize("style", [*LINES, *TABLES])
def test_every_layout_shows_every_field(style: str) -> None:
    rows = [
        ("案由", "甲"),
        ("当事人", "乙"),
        ("住所", "丙" * 30),
        ("意见", "同意。\n⟦丁⟧"),
        ("备注", "无"),
    ]
    blocks = lines(rows, style) or columns(rows, style, "概况")
    shown = [
        x for kind, what, *_ in blocks for row in ([what] if kind != "table" else what) for x in row
    ]
    text = "".join(shown)
    assert all(text.count(label) == 1 and value in text for label, value in rows)
    for kind, *rest in blocks:
        assert kind != "table" or all(len(row) <= len(rest[1]) for row in rest[0])


def test_seeds_belong_to_a_part() -> None:
    assert set(SEEDS) == set(PARTS)
    looked_at, secret = SEEDS["sixth"], SEEDS["examination"]
    every = ("development", "second", "third", "fourth", "fifth")
    assert all(SEEDS[part] == looked_at for part in every) and looked_at[1] < secret[0]


def test_the_curve_tells_the_edition_of_each_row() -> None:
    total = dict.fromkeys(("review_share", "kinds", "boundary_f1", "facts", "found_share"), 0.5)
    total |= {"cases": 3, "false_a_case": 0.1, "lawful_accused": 0, "lawful": 1}
    note = {"name": "x", "part": "examination", "seeds": "1000–1001", "procedures": ["ordinary"]}
    old, new = {**note, "total": total}, {**note, "edition": 2, "total": total}
    assert curve.line(old, 2).startswith("| x | examination | 1 | 1000–1001 |")
    assert curve.line(new, 2).startswith("| x | examination | 2 | 1000–1001 |")
    assert curve.HEAD.count("|") == curve.line(old, 2).count("|")


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
