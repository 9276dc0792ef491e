"""The law of a day, asked row by row: tests/data/law_vectors/*.csv says what the text of the law
answers, whatever the program thinks (说明.md there tells the columns).
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from casereview.authoring.fixtures import books, build, load_book
from casereview.chinese.laws import year_named
from casereview.judging.review import judge_item
from casereview.law.statutes import Asked, Status
from casereview.model import STATUS_WORDS
from casereview.rules.rulebook import DEFAULT, load_rules
from casereview.rules.table import Context

FOLDER = Path(__file__).parent / "data" / "law_vectors"
COLUMNS = ("问", "对象", "条", "写作", "日", "行为日", "清单", "应为", "依据", "核")
NONE = "无"
BOOK = load_book(next(b for b in books() if b.stem == "普通程序"))
DECISION, DECIDED, AGENCY = "15", "2025年4月16日", "沐川里城市管理局"  # of its decision
BASIS, ORDER = "依据《城市道路管理条例》第四十二条的规定", "责令改正"
Row = dict[str, str]


def rows() -> list[Row]:
    """Every row of every file, with the place where it stands."""
    out = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as f:
            for n, row in enumerate(csv.DictReader(f), 2):
                out.append(row | {"处": f"{path.stem}:{n}"})
    return out


def day(text: str) -> dt.date | None:
    """A day of a row; None where none is written."""
    return dt.date.fromisoformat(text) if text else None


def number_of_the_day(row: Row) -> str:
    """期限参数: the number that a checklist reads on the day."""
    parameter = load_rules(row["清单"] or DEFAULT).parameters[row["对象"]]
    value = parameter.on(dt.date.fromisoformat(row["日"]))
    if value is None:
        return NONE
    assert value.verified or row["核"] == "K", "the answer is [V], the parameter says 待核实"
    assert not value.verified or row["核"] == "V", "the answer is [K], the parameter is not marked"
    return value.amount()


def article_of_the_day(row: Row) -> str:
    """条文: what may be said of a citation. 条: 120, or 120之1; 行为日: a day, or two with 至."""
    article, _, branch = row["条"].partition("之")
    began, _, ended = row["行为日"].partition("至")
    asked = Asked(
        row["对象"],
        int(article),
        int(branch or 0),
        year_named(row["对象"]),
        day(began),
        day(ended or began),
        day(row["日"]),
    )
    standing = load_rules().law.statutes.stand(asked)
    if standing.status is Status.EXISTS:
        return "合格"
    return "不合格" if standing.sure else "待复核"


def judged(row: Row, check: str, *changes: tuple[str, str]) -> str:
    """The verdict on one item of the invented case of the ordinary procedure, whose decision is of
    the day of the row and differs by ``changes``.
    """
    rules = load_rules(row["清单"] or DEFAULT)
    decided = dt.date.fromisoformat(row["日"])
    every = [(DECIDED, f"{decided.year}年{decided.month}月{decided.day}日"), *changes]
    case = build(BOOK, rules, {"改": [[DECISION, old, new] for old, new in every]})
    item = rules.checklist.get(check)
    assert item is not None
    return STATUS_WORDS[judge_item(item, Context(case, rules.law)).status]


def term(row: Row, general: str) -> str:
    """起诉期限, 复议期限: a decision by an article of a law that states a term. 写作: the term,
    and behind ； what the decision orders.
    """
    written, _, order = row["写作"].partition("；")
    basis = (BASIS, f"依据《{row['对象']}》第{row['条']}条的规定")
    told = (general, f"{written}内")
    return judged(row, "decision.remedies", basis, told, (ORDER, order or ORDER))


def reviewer(row: Row) -> str:
    """复议机关: a decision of the agency 对象 that names the reviewer 写作."""
    told = ("向沐川里人民政府申请行政复议", f"向{row['写作']}申请行政复议")
    return judged(row, "decision.review-agency", (AGENCY, row["对象"]), told)


ASKED: dict[str, Callable[[Row], str]] = {
    "期限参数": number_of_the_day,
    "条文": article_of_the_day,
    "起诉期限": lambda row: term(row, "六个月内"),
    "复议期限": lambda row: term(row, "六十日内"),
    "复议机关": reviewer,
}
ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['处']} {r['问']} {r['对象']}" for r in ROWS])
def test_the_law_of_the_day(row):
    """What the law says on that day is what the program says."""
    assert ASKED[row["问"]](row) == row["应为"], row["依据"]


def test_every_row_is_a_question_with_an_answer_and_its_source():
    """Columns are all there, days are days, and nobody answers without a source."""
    for row in ROWS:
        assert set(COLUMNS) <= set(row), row["处"]
        assert row["应为"] and row["依据"] and row["核"] in ("V", "K"), row["处"]
        assert day(row["日"]), row["处"]
        assert row["问"] in ASKED, row["处"]
