"""Which version of a law stood when: the index, and what may be said by it."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from casereview.cli.app import app
from casereview.errors import RulesRefused, UsageError
from casereview.law.statute_sheet import COLUMNS, merged
from casereview.law.statutes import Asked, Doubt, Status, Statutes, Version
from casereview.rules.rulebook import load_rules
from casereview.settings import rules_folder

D = dt.date


def law(title: str, since: D | None, articles: int, ended: D | None = None, **more) -> Version:
    """A version of a 行政法规, read in the source and known until 2026-09-30, unless told."""
    told = {"level": "行政法规", "verified": True, "known_until": D(2026, 9, 30)} | more
    return Version(title, since, articles, ended, count=told.pop("count", articles), **told)


LAWS = Statutes(
    [
        law("甲条例", D(2010, 1, 1), 40, adopted=D(2009, 11, 1)),
        law("甲条例", D(2020, 5, 1), 60, adopted=D(2020, 1, 10), short_titles=("甲例",)),
        law("乙条例", D(2005, 1, 1), 30, D(2018, 1, 1)),
        law("中华人民共和国丙法", D(2024, 1, 1), 90, level="法律"),
        law("丁办法", D(2001, 1, 1), 0, level="部门规章"),
        law("戊条例", D(2000, 1, 1), 80),
        law("戊条例", D(2015, 1, 1), 50),
        law("己条例", D(2000, 1, 1), 50),
        law("己条例", D(2010, 1, 1), 0, verified=False),
        law("己条例", D(2020, 1, 1), 60),
        law("庚法", D(1998, 1, 1), 70, verified=False, level="法律"),
        law("庚法", D(2016, 1, 1), 75, level="法律"),
        law("辛法", D(2000, 1, 1), 452, count=505, level="法律"),
        law("壬规定", D(2020, 1, 1), 20, level="地方性法规"),
        law("子条例", D(2010, 1, 1), 40),
        law("河东省子条例", D(2011, 1, 1), 70, level="地方性法规"),
    ]
)
EARLY, LATE = D(2012, 3, 1), D(2021, 3, 1)


def stand(title: str, article: int, decided: D | None, acted: D | None = None, **more):
    """How an article stands, of an act of one day."""
    return LAWS.stand(Asked(title, article, began=acted, acted=acted, decided=decided, **more))


SURE = [  # what may fail a case
    ("甲条例", 41, D(2015, 1, 1), None, Status.ABSENT),  # a later version has it
    ("甲条例", 41, D(2020, 4, 30), EARLY, Status.ABSENT),
    ("甲条例", 61, LATE, EARLY, Status.ABSENT),
    ("甲条例", 61, LATE, None, Status.ABSENT),
    ("乙条例", 3, LATE, D(2018, 1, 1), Status.ENDED),
    ("丙法", 3, D(2023, 6, 1), None, Status.LATER),
    ("丙法", 99, D(2024, 6, 1), None, Status.ABSENT),
    ("戊条例", 70, D(2016, 1, 1), D(2015, 1, 1), Status.ABSENT),
    ("庚法", 76, D(2020, 1, 1), D(2019, 1, 1), Status.ABSENT),
]
OPEN = [  # what may only open one
    ("乙条例", 3, LATE, D(2017, 12, 31), Status.ENDED, Doubt.ACT_BEFORE),
    ("乙条例", 3, LATE, None, Status.ENDED, Doubt.ACT_UNKNOWN),
    ("戊条例", 70, D(2016, 1, 1), None, Status.ABSENT, Doubt.ACT_UNKNOWN),
    ("甲条例", 61, D(2026, 10, 1), LATE, Status.ABSENT, Doubt.AFTER_INDEX),
    ("甲条例", 61, None, None, Status.ABSENT, Doubt.NO_DAY),
    ("丁办法", 5, LATE, LATE, Status.ABSENT, Doubt.UNCOUNTED),
    ("己条例", 55, EARLY, EARLY, Status.ABSENT, Doubt.UNCOUNTED),
    ("庚法", 71, D(2015, 1, 1), D(2015, 1, 1), Status.ABSENT, Doubt.MEMORY),
    ("庚法", 76, D(2016, 2, 1), D(2015, 1, 1), Status.ABSENT, Doubt.MEMORY),
    ("壬规定", 3, D(2019, 1, 1), None, Status.LATER, Doubt.OTHER_VERSION),
]
GOOD = [
    ("甲条例", 40, D(2015, 1, 1), EARLY),
    ("甲条例", 41, D(2020, 5, 1), EARLY),  # 从新兼从轻
    ("戊条例", 70, D(2016, 1, 1), D(2014, 12, 31)),  # 从旧
    ("己条例", 50, EARLY, EARLY),  # both neighbours of the version nobody counted have it
    ("庚法", 70, D(2015, 1, 1), None),  # by memory, which accuses nobody
    ("甲条例", 60, D(2027, 1, 1), LATE),
]


@pytest.mark.parametrize(("title", "article", "decided", "acted", "status"), SURE)
def test_what_is_sure(title, article, decided, acted, status):
    """Versions read in the source, counted, and known for that day."""
    got = stand(title, article, decided, acted)
    assert (got.status, got.sure) == (status, True)


@pytest.mark.parametrize(("title", "article", "decided", "acted", "status", "doubt"), OPEN)
def test_what_is_open(title, article, decided, acted, status, doubt):
    """What rests on memory, on an uncounted version, on an unknown act or on a later day."""
    got = stand(title, article, decided, acted)
    assert (got.status, got.sure) == (status, False)
    assert got.doubt is doubt


@pytest.mark.parametrize(("title", "article", "decided", "acted"), GOOD)
def test_what_stands(title, article, decided, acted):
    """An article of the version of the act or of the decision."""
    assert stand(title, article, decided, acted).status is Status.EXISTS


def test_a_version_that_is_named_is_the_one_judged():
    """（2009年…）: its own count, whatever stands today; a year that no version has opens."""
    assert stand("甲条例（2020修订）", 60, LATE, year=2020).status is Status.EXISTS
    assert stand("甲条例", 41, LATE, LATE, year=2009).sure
    assert stand("甲条例", 40, LATE, LATE, year=2009).doubt is Doubt.REPLACED
    assert stand("甲条例", 40, LATE, EARLY, year=2009).status is Status.EXISTS
    assert stand("甲条例", 61, LATE, LATE, year=2013).doubt is Doubt.NAMED_VERSION
    assert stand("甲条例", 41, LATE, LATE, year=2013).status is Status.EXISTS
    assert stand("甲条例", 41, D(2020, 2, 1), year=2020).status is Status.LATER


def test_articles_numbered_zhi():
    """第X条之一: known only where the index counts such articles; never an accusation."""
    assert stand("辛法", 120, LATE, branch=1).status is Status.EXISTS
    got = stand("丙法", 20, LATE.replace(year=2025), branch=1)
    assert (got.status, got.doubt) == (Status.ABSENT, Doubt.BRANCH)


def test_titles_as_people_write_them():
    """Without 中华人民共和国, in brackets, by a short name, with a year; a place's regulation of
    the same name that has the article opens, and is named where the index has no such law.
    """
    assert LAWS.find("《中华人民共和国丙法》（2024年修订）") == LAWS.find("丙法") != []
    assert LAWS.find("《甲例》")[0].title == "甲条例"
    got = stand("子条例", 65, LATE, LATE)
    assert (got.doubt, got.names) == (Doubt.SAME_NAME, ("河东省子条例",))
    assert stand("子条例", 71, LATE, LATE).sure
    assert stand("癸条例", 5, LATE).status is Status.UNKNOWN


DAYS = st.dates(D(1998, 1, 1), D(2027, 12, 31))


@given(st.integers(1, 80), DAYS, DAYS, st.sampled_from(["甲条例", "戊条例", "己条例", "庚法"]))
def test_what_is_not_read_never_accuses(article, one, other, title):
    """Marked K, no version of a law makes anything sure; and what one version in force between act
    and decision has is never surely absent.
    """
    acted, decided = min(one, other), max(one, other)
    got = stand(title, article, decided, acted)
    index = Statutes([replace(v, verified=False) for v in LAWS.find(title)])
    memory = index.stand(Asked(title, article, began=acted, acted=acted, decided=decided))
    assert not memory.sure
    between = [v for v in LAWS.find(title) if v.since <= decided and acted < (v.ended or D.max)]
    if any(v.has(article) is not False for v in between):
        assert not (got.sure and got.status is Status.ABSENT)


def test_the_index_of_a_year_replaces_whole_laws(tmp_path):
    """--whole: every version of a law in the sheet is renewed, others stay; --known says up to when
    the sheet knows its newest versions; a sheet of four columns is still taken.
    """
    have, more, four = (tmp_path / f"{n}.csv" for n in ("有", "新", "四"))
    have.write_text(
        "title,in_force_from,last_article,ended\n甲法,2001-01-01,9,\n乙法,2001-01-01,8,\n"
    )
    more.write_text(
        "title,short_titles,level,version,in_force_from,ended,last_article,articles,"
        "source,verified\n"
        "中华人民共和国甲法,甲法|甲,法律,2001-01-01,2001-01-01,2026-01-01,9,9,X,K\n"
        "中华人民共和国甲法,甲法|甲,法律,2025-06-01,2026-01-01,,12,12,X,V\n"
    )
    text, added, replaced = merged(have, more, whole=True, known={"法律": "2027-09-30"})
    rows = list(csv.DictReader(text.splitlines()))
    assert tuple(rows[0]) == COLUMNS and (added, replaced) == (1, 1)
    assert [(r["title"], r["in_force_from"], r["known_until"]) for r in rows] == [
        ("乙法", "2001-01-01", ""),
        ("中华人民共和国甲法", "2001-01-01", ""),
        ("中华人民共和国甲法", "2026-01-01", "2027-09-30"),
    ]
    assert rows[1]["short_titles"] == "甲" and rows[1]["adopted"] == "2001-01-01"
    four.write_text("title,in_force_from,last_article,ended\n芦汀县集市条例,2020-01-01,9,\n")
    text, added, _ = merged(have, four)
    assert added == 1
    assert not Statutes.load(_written(tmp_path, text)).find("芦汀县集市条例")[0].verified
    more.write_text("title,in_force_from,last_article,articles,verified\n甲,2020-01-01,9,几,是\n")
    with pytest.raises(RulesRefused) as e:
        merged(have, more)
    assert len(e.value.complaints) == 2


def _written(folder, text: str):
    path = folder / "并.csv"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_index_is_sound():
    """Versions follow one another, end after they begin, and nobody is accused by a row without a
    count; every national law in force has one.
    """
    index = Statutes.load(rules_folder() / "statutes.csv")
    every = [v for title in index.titles("法") for v in index.find(title)]
    assert len(index) > 3700 and index.versions > 5100
    assert all(v.ended is None or v.since is None or v.since < v.ended for v in every)
    assert all(v.articles for v in every if v.verified)
    standing = [v for v in every if v.level == "法律" and v.ended is None]
    assert len(standing) > 250 and all(v.articles and v.known_until for v in standing)


def test_a_number_is_shown_with_its_history():
    """Each value with its days, source, and whether it was read; the terms laws set otherwise."""
    told = CliRunner().invoke(app, ["checklist", "show", "起诉期限"]).output.replace("\n", "")
    for line in (
        "1990-10-01 至 2015-04-30，3个月（自然日），行政诉讼法39（1989），K 待核实",
        "2015-05-01 起，6个月（自然日），行政诉讼法46，V 读过原文",
        "另有规定：15日（土地管理法83），2004-08-28 起，限于 拆除，V 读过原文",
    ):
        assert line in told


def test_a_number_that_was_not_read_in_the_text_does_not_say_so():
    """Read about in a report: named, in the finding too; chosen by this standard: no law."""

    def told(name):
        said = CliRunner().invoke(app, ["checklist", "show", name]).output
        return "".join(said.split())

    for name in ("公示期限", "公示期限_其他决定", "许可公开期限"):
        assert "V~二手：新京报" in told(name) and "V读过原文" not in told(name)
    for name in ("归档期限", "夜间起", "夜间止", "较大数额_单位"):
        assert "本标准自定，不是法律数字" in told(name) and "V读过原文" not in told(name)
    days = load_rules().parameters["公示期限"].values[0]
    assert days.verified and days.sentence().startswith("7个工作日（国办发〔2018〕118号，据新京报")


def test_a_law_is_looked_up_at_the_terminal():
    """--find lists the versions, --on says which one stands; an unknown title offers others."""
    run = CliRunner()
    asked = ["checklist", "statutes", "--find"]
    found = run.invoke(app, [*asked, "治安管理处罚法", "--on", "2026-03-01"])
    assert "2026-03-01 有效的是 2026-01-01 起施行的版本，共 144 条" in found.output
    other = run.invoke(app, [*asked, "治安管理"])
    assert "没有《治安管理》" in other.output and "治安管理处罚法" in other.output
    nothing = run.invoke(app, ["checklist", "statutes"])
    assert isinstance(nothing.exception, UsageError)
