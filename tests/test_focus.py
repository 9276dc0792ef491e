"""The items that reviewers look for in 2026: off where nobody says they hold, at most open where
nothing is found, on both sides of the line where the law says the number.
"""

from __future__ import annotations

import pytest

from casereview.authoring.fixtures import books, build, load_book
from casereview.judging.review import judge_item
from casereview.model import STATUS_WORDS
from casereview.rules.rulebook import load_rules
from casereview.rules.table import Context

BASES = {
    "普通程序": ("行政处罚-普通程序", "评查重点2026-处罚"),
    "简易程序": ("行政处罚-简易程序", "评查重点2026-简易"),
    "行政检查": ("行政检查", "评查重点2026-检查"),
}
LOCAL = ("裁量基准", "信用修复同达", "异地执法核对", "扫码入企", "检查计划公布", "综合查一次")
NAMED = ["15", "属于较轻情节，", "依据《沐川里行政处罚裁量基准》属于较轻情节，"]
CASES = [
    ("普通程序", "discretion.standard-named", {}, "待复核"),
    ("普通程序", "discretion.standard-named", {"改": [NAMED]}, "合格"),
    ("普通程序", "discretion.lenient-lists", {}, "待人工"),
    ("普通程序", "credit.repair-told", {}, "待复核"),
    (
        "普通程序",
        "credit.repair-told",
        {"改": [["16", "处罚决定书 沐综罚决", "处罚决定书、信用修复告知书 沐综罚决"]]},
        "合格",
    ),
    ("普通程序", "subject.party-within-area", {}, "合格"),
    (
        "普通程序",
        "subject.party-within-area",
        {
            "改": [
                ["15", "沐川里城市管理局", "沐川县城市管理局"],
                ["15", "地址：沐川里青禾路12号", "地址：霜叶渡县槐序街8号"],
            ]
        },
        "待复核",
    ),
    ("普通程序", "evidence.monitoring-lawful", {}, "不适用"),
    (
        "普通程序",
        "evidence.monitoring-lawful",
        {"改": [["15", "以上事实，有", "以上事实，有电子监控设备记录、"]]},
        "待人工",
    ),
    ("普通程序", "publicity.withdrawn-in-3-days", {}, "不适用"),
    ("简易程序", "summary.cash-handed-in", {"加": ["11"]}, "不适用"),
    (
        "简易程序",
        "summary.cash-handed-in",
        {
            "加": ["11"],
            "改": [
                ["04", "罚款自收到本决定书之日起十五日内缴至", "罚款已当场收缴，不用缴至"],
                ["11", "2025年6月10日", "2025年6月16日"],
            ],
        },
        "合格",
    ),
    (
        "简易程序",
        "summary.cash-handed-in",
        {
            "加": ["11"],
            "改": [
                ["04", "罚款自收到本决定书之日起十五日内缴至", "罚款已当场收缴，不用缴至"],
                ["11", "2025年6月10日", "2025年6月17日"],
            ],
        },
        "不合格",
    ),
    ("行政检查", "inspection.scanned", {}, "待复核"),
    ("行政检查", "inspection.together", {}, "待人工"),
    ("行政检查", "inspection.no-third-party", {}, "合格"),
]


def rules_with(base: str, added: str, folder, on: bool):
    """A checklist with the items of the year; ``on``: the county says that everything holds."""
    lines = [f"基于: {base}", f"并入: [{added}]", "编号: 甲", "清单: 甲", 'version: "1"']
    lines[-1] = '版本: "1"'
    if on:
        lines.append("参数:")
        for name in LOCAL:
            value = "[{自: 2020-01-01, 值: 1, 依据: 某县通知}]"
            lines.append(f"  {name}: {{说明: 施行, 单位: '', 日类: '', 取值: {value}}}")
    path = folder / f"{base}{on}.yaml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return load_rules(str(path))


def verdict(rules, book: str, check: str, spec: dict) -> str:
    """What the item says of the invented case of a book."""
    base = load_book(next(p for p in books() if p.stem == book))
    case = build(base, rules, spec)
    return STATUS_WORDS[judge_item(rules.checklist.get(check), Context(case, rules.law)).status]


@pytest.mark.parametrize(("book", "check", "spec", "expected"), CASES)
def test_items_of_the_year(book, check, spec, expected, tmp_path):
    """What a county has put in force is looked for; what is not found is for a person."""
    rules = rules_with(*BASES[book], tmp_path, on=True)
    assert verdict(rules, book, check, spec) == expected


@pytest.mark.parametrize(
    ("book", "check"),
    [
        ("普通程序", "discretion.standard-named"),
        ("普通程序", "discretion.lenient-lists"),
        ("普通程序", "credit.repair-told"),
        ("普通程序", "subject.party-within-area"),
        ("行政检查", "inspection.scanned"),
        ("行政检查", "inspection.in-annual-plan"),
        ("行政检查", "inspection.together"),
    ],
)
def test_without_a_local_basis_an_item_does_not_apply(book, check, tmp_path):
    """No county is judged by what another one has put in force."""
    rules = rules_with(*BASES[book], tmp_path, on=False)
    assert verdict(rules, book, check, {}) == "不适用"
