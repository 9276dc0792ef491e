"""Cases are found by what is inside: names of folders are no list of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from casereview.errors import NothingReadable
from casereview.reading.intake import doubtful_cases, find_cases

PARTS = {
    "0 卷首": ["封面.pdf", "卷内目录.pdf"],
    "1 立案": ["案件来源登记表.pdf", "立案审批表.pdf"],
    "2 调查取证": ["现场检查笔录.pdf", "询问笔录.pdf", "先行登记保存处理决定书.pdf"],
    "3 审理决定": ["行政处罚事先告知书.pdf", "行政处罚决定审批表.pdf", "行政处罚决定书.pdf"],
    "4 执行结案": ["送达回证（行政处罚决定书）.pdf", "结案审批表.pdf"],
    "5 音像资料": ["现场.mp4"],
}
WHOLE = ["封面.pdf", "立案审批表.pdf", "行政处罚决定书.pdf", "结案审批表.pdf"]


def grow(root: Path, tree: dict) -> Path:
    """Write a tree: a dict is a folder, a list its files."""
    root.mkdir(parents=True, exist_ok=True)
    for name, below in tree.items():
        if isinstance(below, dict):
            grow(root / name, below)
        else:
            (root / name).mkdir(parents=True, exist_ok=True)
            for file in below:
                (root / name / file).write_bytes(b"%PDF-1.4")
    return root


def keys(root: Path, **how) -> list[str]:
    """Keys of the cases found."""
    return [c.key for c in find_cases(root, **how)]


def test_a_file_kept_in_parts_is_one_case(tmp_path):
    """One folder a case, named by number and party, in it parts by the names of the office."""
    unit = {f"2025-{n}（{who}）": PARTS for n, who in ((3, "云岫酒店"), (7, "禾盛建材厂"))}
    root = grow(tmp_path / "批次", {"某县水务局": unit})
    assert keys(root) == [f"某县水务局/{name}" for name in sorted(unit)]
    assert not doubtful_cases(find_cases(root))


@pytest.mark.parametrize("names", ["甲乙丙丁戊己", "春夏秋冬雨雪"])
def test_parts_under_names_that_mean_nothing(tmp_path, names):
    """Parts complete each other, whatever they are called; the tree says how sure it is."""
    case = dict(zip(names, PARTS.values(), strict=True))
    root = grow(tmp_path / "批次", {"某局": {"青苇河砂石": case, "平沙水产": case}})
    assert keys(root) == ["某局/平沙水产", "某局/青苇河砂石"]
    said = doubtful_cases(find_cases(root))
    assert len(said) == 2 and "互相补足" in said[0] and "%" in said[0]


def test_a_lone_case_in_parts_is_no_unit(tmp_path):
    """The same for one case alone, scored as a case or found as one."""
    root = grow(tmp_path / "2025-3（云岫酒店）", PARTS)
    assert keys(root) == [root.name] == keys(root, level="case")


def test_volumes_are_one_case_and_numbered_cases_are_not(tmp_path):
    """第一卷 and 第二卷 hold one filing and one decision; 卷1 and 卷2 each their own."""
    volumes = {
        "第一卷": ["封面.pdf", "立案审批表.pdf", "询问笔录.pdf"],
        "第二卷": ["封面.pdf", "行政处罚决定书.pdf", "结案审批表.pdf"],
    }
    cases = {"卷1 张某": WHOLE, "卷2 李某": WHOLE}
    root = grow(tmp_path / "批次", {"甲局": {"砂石案卷": volumes}, "乙局": cases})
    assert keys(root) == ["乙局/卷1 张某", "乙局/卷2 李某", "甲局/砂石案卷"]


def test_folders_that_show_nothing_are_cases(tmp_path):
    """Scans by number in folders by party: nothing completes anything."""
    unit = {f"0{n} {who}": ["SKM_1.pdf"] for n, who in ((1, "张某"), (2, "李某"), (3, "王某"))}
    assert len(keys(grow(tmp_path / "某局", unit))) == 3


def test_a_stray_list_beside_the_cases_makes_no_case_of_the_unit(tmp_path):
    """A unit with a list in its own folder: its sub-folders each have a filing and a decision."""
    root = grow(tmp_path / "某局", {"1号 张某": WHOLE, "2号 李某": WHOLE})
    (root / "抽查名单.xlsx").write_bytes(b"x")
    found = find_cases(root)
    assert [c.key for c in found] == ["1号 张某", "2号 李某"]
    assert all(c.sure < 1 and "各是一个案卷" in c.why for c in found)


def test_what_a_person_says_of_the_tree_counts(tmp_path):
    """--level unit makes every folder below a case, --one-file-per-case every file."""
    root = grow(tmp_path / "某局", PARTS)
    assert len(keys(root)) == 1
    assert len(keys(root, level="unit")) == len(PARTS)
    scans = grow(tmp_path / "另一局", {"2025": ["甲.pdf", "乙.pdf"]})
    assert keys(scans, one_file_per_case=True) == ["2025/乙.pdf", "2025/甲.pdf"]
    assert keys(scans) == ["2025"]
    with pytest.raises(NothingReadable):
        find_cases(grow(tmp_path / "空", {"没有文件": []}))


def test_titles_inside_tell_where_names_say_nothing(tmp_path):
    """Files by number in folders by letter: the first lines of a few are read."""
    from docx import Document

    case = tmp_path / "某局" / "青苇河砂石"
    for part, title in (
        ("甲", "立案审批表"),
        ("乙", "现场检查笔录"),
        ("丙", "行政处罚决定书"),
        ("丁", "结案审批表"),
    ):
        (case / part).mkdir(parents=True)
        paper = Document()
        paper.add_paragraph("某某县水务局")
        paper.add_paragraph(title)
        paper.save(case / part / "001.docx")
    assert keys(tmp_path / "某局") == ["青苇河砂石"]


def test_a_field_of_a_form_is_no_title(tmp_path):
    """立案事由 on the forms of several parts makes none of them a case; parts are a case where
    their names say so.
    """
    from docx import Document

    for who in ("第1卷 乔木", "第2卷 庄生"):
        for part, title in (("00首页", "案卷"), ("A启动", "扣押呈批表"), ("B归档", "公示表")):
            folder = tmp_path / "批次" / "某县水务局" / who / part
            folder.mkdir(parents=True)
            paper = Document()
            paper.add_paragraph(title)
            paper.add_paragraph("立案事由 无证采砂")
            paper.save(folder / f"{part}.docx")
    assert keys(tmp_path / "批次") == ["某县水务局/第1卷 乔木", "某县水务局/第2卷 庄生"]


def test_a_folder_named_after_act_and_party_is_a_case(tmp_path):
    """What was done and the party in brackets name a case; its folders, called as its neighbour's
    are, are its parts even where nothing in them tells.
    """
    parts = {"甲编": ["一.pdf"], "乙编": ["二.pdf"], "丙编": ["三.pdf"]}
    names = ["倾倒渣土（河湾县长堤砂石有限公司）", "无证取水（河湾县清源水厂）"]
    root = grow(tmp_path / "批次", {"河湾县水务局": dict.fromkeys(names, parts)})
    assert keys(root) == [f"河湾县水务局/{name}" for name in names]
