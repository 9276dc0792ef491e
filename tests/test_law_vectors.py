"""The law of a day, asked row by row: tests/data/law_vectors/*.csv says what the text of the law
answers, whatever the program thinks (说明.md there tells the columns).
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from casereview.rules.rulebook import DEFAULT, load_rules

FOLDER = Path(__file__).parent / "data" / "law_vectors"
COLUMNS = ("问", "对象", "条", "写作", "日", "行为日", "清单", "应为", "依据", "核")
NONE = "无"
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


ASKED: dict[str, Callable[[Row], str]] = {"期限参数": number_of_the_day}
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
