"""The unit level: twenty items on its papers, its lists and the rates over its cases; each with
pass, fail, boundary and cannot tell.
"""

from __future__ import annotations

import datetime as dt
import json
from types import SimpleNamespace

import pytest
from conftest import SAMPLES
from typer.testing import CliRunner

from casereview.cli.app import app
from casereview.judging.review import finding_of
from casereview.model import STATUS_WORDS, Place, UnitPapers
from casereview.record.result import FactResult
from casereview.rules.rulebook import load_rules
from casereview.rules.unit_context import UnitContext, UnitPaper

PAPERS = {
    "公示材料.docx": (
        "执法公示材料清单 执法主体：某县水务局 执法人员名单十人 职责和权限见网站 投诉举报和复议、"
        "诉讼救济渠道"
    ),
    "权责清单.xlsx": "权责清单 2026年3月1日修订 第一项 取水许可监督检查",
    "流程图.pdf": "行政处罚流程图 立案 调查 决定",
    "年度报告.docx": "2025年度行政执法数据报告 2026年1月20日",
    "音像记录事项清单.docx": "音像记录事项清单 现场检查",
    "设备清单.xlsx": "音像记录设备清单 照相机二台 录音机一台 摄像机一台 执法记录仪十台",
    "管理制度.docx": "执法记录仪使用管理制度",
    "法制审核目录清单.docx": "重大执法决定法制审核目录清单 2026年2月1日",
}
OFFICERS = tuple({"姓名": f"甲{i}", "身份": "在编"} for i in range(20))
REVIEWERS = ({"姓名": "云中", "是否取得法律职业资格": "是", "起始日期": "2020-05-01"},)


def case(name: str, who: str = "甲1", reviewer: str = "云中") -> SimpleNamespace:
    """A scored case where all is well."""
    items = (
        "publicity.decision-published",
        "publicity.within-7-workdays",
        "recording.one-place",
        "recording.stages-covered",
        "recording.av-when-required",
        "legal-review.present",
        "legal-review.before-decision",
        "subject.officers-qualified",
        "deliberation.present",
    )
    quote = (Place("a.pdf", 3, None, "引文"),)
    return SimpleNamespace(
        case=name,
        findings=[
            SimpleNamespace(check=i, status="pass", message=i, evidence=quote) for i in items
        ],
        facts={
            "现场检查笔录.执法人员": FactResult(value=[who], text=who, file="a.pdf", page=1),
            "法制审核意见书.审核人": FactResult(value=reviewer, text=who, file="a.pdf", page=1),
        },
    )


def status(
    item: str,
    papers: dict | None = None,
    cases: list | None = None,
    lists: UnitPapers | None = None,
    day: str = "2026-06-30",
    earlier: dict | None = None,
    unread: str = "",
    checklist: str = "三项制度-单位",
) -> str:
    """The verdict on one item, in words."""
    rules = load_rules(checklist)
    papers = PAPERS if papers is None else papers
    made = [
        UnitPaper(f"单位材料/{n}", "" if n == unread else t, n != unread) for n, t in papers.items()
    ]
    ctx = UnitContext(
        "某局",
        made or None,
        lists or UnitPapers(OFFICERS, REVIEWERS),
        [case("一"), case("二")] if cases is None else cases,
        rules.law,
        dt.date.fromisoformat(day),
        earlier or {},
    )
    return STATUS_WORDS[finding_of(rules.checklist.get(item), ctx).verdict.status]


def without(name: str) -> dict:
    """All papers but one."""
    return {k: v for k, v in PAPERS.items() if k != name}


PAPER_ITEMS = {
    "unit.publicity.procedure": "流程图.pdf",
    "unit.publicity.annual-report": "年度报告.docx",
    "unit.recording.av-list": "音像记录事项清单.docx",
    "unit.recording.equipment": "设备清单.xlsx",
    "unit.recording.rules": "管理制度.docx",
    "unit.legal-review.catalogue": "法制审核目录清单.docx",
}


@pytest.mark.parametrize("item", PAPER_ITEMS)
def test_papers_of_the_unit(item):
    """Handed in, not handed in, hidden in an unread file, nothing handed in at all."""
    name = PAPER_ITEMS[item]
    assert status(item) == "合格"
    assert status(item, without(name)) == "不合格"
    assert status(item, without(name) | {"扫描001.pdf": ""}, unread="扫描001.pdf") == "待复核"
    assert status(item, {}) == "待复核"


def test_the_yearly_caps_of_inspections_are_at_most_open():
    """The added item of 2026: published caps are enough, what is missing is for a person."""

    def caps(papers):
        item = "unit.inspection.annual-caps"
        return status(item, papers, checklist="评查重点2026-单位")

    assert caps(PAPERS | {"检查计划.docx": "年度检查计划 同一企业年度检查频次上限二次"}) == "合格"
    assert caps(PAPERS | {"检查计划.docx": "年度检查计划 三月检查"}) == "待复核"
    assert caps(PAPERS) == caps({}) == "待复核"


RATES = {
    "unit.publicity.results-rate": "publicity.within-7-workdays",
    "unit.recording.one-place": "recording.one-place",
    "unit.recording.coverage": "recording.av-when-required",
    "unit.legal-review.rate": "legal-review.before-decision",
    "unit.officers.certified-rate": "subject.officers-qualified",
}


@pytest.mark.parametrize("item", RATES)
def test_rates_over_the_cases(item):
    """All good, one bad, one open, none that applies."""

    def one(word: str) -> list[dict]:
        bad = case("二")
        for f in bad.findings:
            if f.check == RATES[item]:
                f.status = word
        return [case("一"), bad]

    nothing = case("三")
    for f in nothing.findings:
        f.status = "na"
    assert (
        status(item),
        status(item, cases=one("fail")),
        status(item, cases=one("review")),
        status(item, cases=[nothing]),
    ) == ("合格", "不合格", "待复核", "不适用")


OTHERS = {
    "unit.publicity.subject": [
        ({}, "合格"),
        ({"papers": PAPERS | {"公示材料.docx": "执法主体公示 某县水务局 职责权限"}}, "不合格"),
        ({"papers": PAPERS, "unread": "公示材料.docx"}, "待复核"),
        ({"papers": {}}, "待复核"),
    ],
    "unit.publicity.basis": [
        ({}, "合格"),
        ({"papers": without("权责清单.xlsx")}, "不合格"),
        ({"papers": {}, "lists": UnitPapers(authority=({"事项名称": "甲"},))}, "合格"),
        ({"papers": {}}, "待复核"),
    ],
    "unit.publicity.remedy": [
        ({}, "合格"),
        ({"papers": PAPERS | {"公示材料.docx": "公示材料 执法主体"}}, "不合格"),
        ({"papers": PAPERS, "unread": "公示材料.docx"}, "待复核"),
        ({"papers": {}}, "待复核"),
    ],
    "unit.publicity.annual-report": [
        ({"papers": PAPERS | {"年度报告.docx": "年度执法数据报告 2026年1月31日"}}, "合格"),
        ({"papers": PAPERS | {"年度报告.docx": "年度执法数据报告 2026年2月1日"}}, "不合格"),
        ({"papers": PAPERS | {"年度报告.docx": "年度执法数据报告"}}, "待复核"),
    ],
    "unit.legal-review.catalogue": [
        ({"day": "2027-02-02"}, "合格"),
        ({"day": "2027-02-03"}, "不合格"),
        ({"papers": PAPERS | {"法制审核目录清单.docx": "法制审核目录清单"}}, "待复核"),
    ],
    "unit.authority.published": [
        ({}, "合格"),
        ({"day": "2027-03-03"}, "不合格"),
        ({"day": "2027-03-02"}, "合格"),
        ({"papers": {}}, "待复核"),
    ],
    "unit.legal-review.staff-ratio": [
        ({}, "合格"),
        ({"lists": UnitPapers((*OFFICERS, {"姓名": "乙", "身份": "在编"}), REVIEWERS)}, "不合格"),
        ({"lists": UnitPapers((*OFFICERS, {"姓名": "乙", "身份": "聘用"}), REVIEWERS)}, "合格"),
        ({"lists": UnitPapers()}, "待复核"),
    ],
    "unit.legal-review.qualified": [
        ({}, "合格"),
        (
            {
                "lists": UnitPapers(
                    OFFICERS,
                    ({"姓名": "丙", "是否取得法律职业资格": "否", "起始日期": "2018-01-01"},),
                )
            },
            "不合格",
        ),
        (
            {
                "lists": UnitPapers(
                    OFFICERS,
                    ({"姓名": "丙", "是否取得法律职业资格": "否", "起始日期": "2017-12-31"},),
                )
            },
            "合格",
        ),
        ({"lists": UnitPapers()}, "待复核"),
    ],
    "unit.legal-review.not-outsourced": [
        ({}, "合格"),
        (
            {
                "lists": UnitPapers(
                    OFFICERS,
                    ({"姓名": "云中", "是否取得法律职业资格": "是", "身份": "外聘法律顾问"},),
                )
            },
            "不合格",
        ),
        ({"lists": UnitPapers(OFFICERS, ({"姓名": "云中", "身份": "公职律师"},))}, "合格"),
        ({"cases": [case("一", reviewer="路人")]}, "待复核"),
        ({"cases": []}, "不适用"),
    ],
    "unit.officers.no-hired": [
        ({}, "合格"),
        (
            {"lists": UnitPapers((*OFFICERS[2:], {"姓名": "甲1", "身份": "借用"}), REVIEWERS)},
            "不合格",
        ),
        ({"lists": UnitPapers((*OFFICERS, {"姓名": "辛", "身份": "借用"}), REVIEWERS)}, "合格"),
        ({"lists": UnitPapers()}, "待复核"),
    ],
    "unit.review.rectified-rate": [
        ({}, "不适用"),
        ({"earlier": {"应整改": 4, "已整改": 4}}, "合格"),
        ({"earlier": {"应整改": 4, "已整改": 3}}, "不合格"),
    ],
}


@pytest.mark.parametrize("item", OTHERS)
def test_lists_and_dates_of_the_unit(item):
    """People of the lists, days of the papers, and the line between."""
    assert [status(item, **given) for given, _ in OTHERS[item]] == [
        expected for _, expected in OTHERS[item]
    ]


def test_every_unit_item_is_proved():
    """No item of the unit list is without its fixtures."""
    assert {c.id for c in load_rules("三项制度-单位").checklist.checks} == set(PAPER_ITEMS) | set(
        RATES
    ) | set(OTHERS)


def test_a_run_scores_its_units_and_keeps_them(tmp_path):
    """Papers of 单位材料 are read, the ledger is kept with the run, shown and exported; case scores
    are untouched.
    """
    import shutil

    source = next(p for p in SAMPLES.iterdir() if p.is_dir())
    unit = tmp_path / "批次" / source.name
    shutil.copytree(source, unit)
    for name, text in PAPERS.items():
        (unit / "单位材料" / f"{name}.txt").write_text(text, "utf-8")
    run, db = CliRunner(), ["--db", str(tmp_path / "a.db")]
    run.invoke(app, ["score", str(unit.parent), "--as-of", "2026-06-30", "--workers", "1", *db])
    row = json.loads(run.invoke(app, ["export", "--level", "unit", *db]).stdout)
    assert row["schema"] == "casereview.unit/1" and row["unit"] == source.name and row["cases"] == 4
    assert {f["check"]: f["status"] for f in row["findings"]}["unit.recording.equipment"] == "pass"
    assert all(f["evidence"] for f in row["findings"] if f["status"] == "fail")
    assert "公示率" in run.invoke(app, ["units", source.name[:4], *db]).stdout
