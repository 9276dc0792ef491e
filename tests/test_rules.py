"""The shipped rules are complete, and broken ones are refused."""

from __future__ import annotations

import csv
import re
import tomllib

import pytest
from conftest import ROOT, SHARED

from casereview.errors import RulesRefused
from casereview.facts.citations import article_number
from casereview.facts.readers import registry_of
from casereview.law.parameters import load_parameters
from casereview.rules.checklist import load_checklist
from casereview.rules.overlay import load_layers
from casereview.rules.rulebook import available, find_checklist, load_rules
from casereview.rules.table import PREDICATES

EVERY = [load_rules(str(p)) for p in available()]
DOCUMENTS = {
    "国办发〔2018〕118号",
    "国办发〔2024〕54号",
}  # named as a basis, but no statute with articles


@pytest.mark.parametrize("one", EVERY, ids=lambda r: r.checklist.id)
def test_every_item_says_what_it_needs(one):
    """Each item has advice for the unit, says when it fails, and rests on an article that exists
    (or is a filing custom).
    """
    for c in one.checklist.checks:
        assert c.advice and (c.fails_when or c.kind_name == "人工判断"), c.id
        for text in c.basis:
            m = re.fullmatch(
                r"([\u4e00-\u9fff]+?(?:法典?|条例|办法|规定))((?:\d+[、至]?)*)(?:（\d{4}）)?", text
            )
            if m is None:
                assert (
                    text in DOCUMENTS
                    or one.law.statutes.find(text)
                    or re.search(r"规定$|标准$|〔\d{4}〕", text)
                ), f"{c.id}: {text}"
                continue
            versions = one.law.statutes.find(m[1])
            most = max(
                (s.articles for s in versions), default=0
            )  # 0: a ministerial rule whose articles are not counted in the index
            assert versions and (
                most == 0 or most >= max([0, *map(int, re.findall(r"\d+", m[2]))])
            ), f"{c.id}: {text}"


CSV = {"penalty-ordinary": 7, "penalty-summary": 0, "coercion": 0, "inspection": 0, "licence": 0}


@pytest.mark.parametrize("name", CSV)
def test_ids_are_the_agreed_ones(name):
    """Ids, points and what may be corrected are those of the shared list; the ordinary checklist
    has seven items more.
    """
    path = SHARED / "checks" / f"{name}.csv"
    if not path.exists():
        pytest.skip("the shared list of items is not beside this checkout")
    with path.open(encoding="utf-8-sig") as f:
        rows = {r["id"]: r for r in csv.DictReader(f, delimiter="|")}
    got = {c.id: c for c in load_rules(name).checklist.checks}
    assert got.keys() >= rows.keys() and len(got) - len(rows) == CSV[name]
    assert all(
        str(got[i].points) == rows[i]["分值"] and got[i].curable == (rows[i]["可补正"] == "是")
        for i in rows
    )


def _predicates(kind) -> set[str]:
    parts = getattr(kind, "parts", ())
    return {getattr(kind, "judgement", "")} | {n for p in parts for n in _predicates(p.kind)}


def test_every_predicate_is_used_and_explained():
    """No dead judgement, none without words for a lawyer."""
    used = {n for r in EVERY for c in r.checklist.checks for n in _predicates(c.kind)}
    assert set(PREDICATES) == used - {""}
    assert all((f.__doc__ or "").strip() for f in PREDICATES.values())


def test_every_parameter_has_a_source(rules):
    """Value, unit and article for each; what was not read in the source is marked 待核实."""
    for p in rules.parameters.values():
        assert p.about and all(v.source for v in p.values)
    assert not rules.parameters["听证门槛_公民"].values[0].verified


def test_cited_statutes_exist(rules):
    """The laws that the items rest on are in the index with the articles they name."""
    law = rules.law.statutes
    for title, article in (
        ("行政处罚法", 86),
        ("行政强制法", 71),
        ("行政复议法", 90),
        ("行政诉讼法", 103),
        ("民事诉讼法", 306),
    ):
        assert law.find(title) and max(s.articles for s in law.find(title)) >= article
    assert article_number("第一百一十一条第一款") == 111


BROKEN = {
    "种类: 文书在卷": ("种类: 文书在券", "没有种类"),
    "分值: 3": ("分值: -1", "不是不小于零"),
    "判定: 执法人员不少于两人": ("判定: 执法人员不少于三人", "没有判定"),
    "文书: [立案审批表]": ("文书: [立案审判表]", "没有文书"),
    "不超过: 归档期限": ("不超过: 归档时限", "没有参数"),
    "    可补正: true": ("    可以补正: true", "不认识的键"),
    "编号: filing.approved": ("编号: filing.present", "重复"),
}


@pytest.mark.parametrize("good", BROKEN)
def test_broken_checklists_are_refused(good, rules, tmp_path):
    """A typing mistake in the checklist ends the run before the first page, with file and line."""
    bad, word = BROKEN[good]
    text = rules.path.read_text("utf-8")
    assert good in text
    path = tmp_path / "清单.yaml"
    path.write_text(text.replace(good, bad, 1), "utf-8")
    with pytest.raises(RulesRefused) as e:
        load_checklist(
            load_layers(path, find_checklist),
            rules.parameters,
            set(rules.vocabulary.kinds),
            registry_of(rules.vocabulary),
        )
    assert word in str(e.value) and "第" in str(e.value)


def test_overlapping_parameter_values_are_refused(tmp_path):
    """Two values for one day: which one would hold?"""
    path = tmp_path / "p.yaml"
    path.write_text(
        "甲:\n  说明: 测试\n  单位: 日\n  日类: 工作日\n  取值:\n    - {自: 2020-01-01, 值: 7,"
        " 依据: 某法1}\n    - {自: 2021-01-01, 值: 5, 依据: 某法2}\n",
        "utf-8",
    )
    with pytest.raises(RulesRefused, match="重叠"):
        load_parameters(path)


def test_rules_are_carried_into_the_package():
    """Every file of checklists/ is covered by the package data of the build."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    assert project["package-dir"]["casereview.data"] == "checklists"
    covered = {
        p
        for pattern in project["package-data"]["casereview.data"]
        for p in (ROOT / "checklists").glob(pattern)
    }
    wanted = {
        p
        for p in (ROOT / "checklists").rglob("*")
        if p.is_file() and p.suffix not in (".py", ".pyc")
    }
    assert wanted and wanted == covered
