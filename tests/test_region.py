"""A county answers its local questions; what it does not answer stays as it was."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casereview.authoring.region import overlay_of, questions_of, read_sheet, sheet_text
from casereview.cli.app import app
from casereview.errors import UsageError
from casereview.rules.rulebook import load_rules

ANSWERS = {
    "听证门槛_公民": ("3000", "2022-01-01", "某省规定"),
    "归档期限": ("20", "2023年5月1日", ""),
    "裁量基准": ("是", "2024-06-01", "某省裁量基准管理办法"),
}


def filled(tmp_path: Path, answers: dict[str, tuple[str, str, str]], base: str) -> Path:
    """The sheet of questions with these answers, saved as Excel saves it."""
    rows = list(csv.DictReader(sheet_text(questions_of(load_rules(base)))[1:].splitlines()))
    path = tmp_path / "问题.csv"
    with path.open("w", encoding="gb18030", newline="") as f:
        out = csv.DictWriter(f, rows[0].keys())
        out.writeheader()
        for row in rows:
            value, since, source = answers.get(row["参数"], ("", "", ""))
            out.writerow(row | {"回答": value, "自": since, "依据": source})
    return path


def test_answers_from_a_sheet_become_an_overlay(tmp_path, monkeypatch):
    """Each number with its day and source; without a source it is 待核实; the years before keep
    theirs; the items of the year come along and are switched on by the answer.
    """
    monkeypatch.chdir(tmp_path)
    path = filled(tmp_path, ANSWERS, "安徽")
    run = CliRunner().invoke(
        app, ["checklist", "region", "甲县", "--base", "安徽", "--answers", str(path)]
    )
    assert run.exit_code == 0, run.output
    rules = load_rules(str(tmp_path / "甲县.yaml"))
    on = dt.date(2026, 1, 5)
    person = rules.parameters["听证门槛_公民"]
    assert person.on(on).sentence() == "3000元（某省规定）"
    assert person.on(dt.date(2021, 12, 31)).value == 10000
    assert not rules.parameters["归档期限"].on(on).verified
    assert rules.parameters["听证门槛_单位"].on(on).value == 100000
    assert rules.parameters["裁量基准"].on(on).value == 1
    assert rules.parameters["信用修复同达"].on(on) is None
    assert rules.checklist.get("discretion.standard-named")


def test_wrong_answers_are_told_row_by_row(tmp_path):
    """Nothing is written from a sheet with a mistake; every row is named."""
    wrong = {"听证门槛_公民": ("三千", "2022-01-01", ""), "归档期限": ("20", "", "")}
    path = filled(tmp_path, wrong, "安徽")
    with pytest.raises(UsageError) as e:
        read_sheet(path, questions_of(load_rules("安徽")))
    assert "2 处" in str(e.value) and "大于零" in str(e.value) and "自何日起" in str(e.value)


def test_questions_at_the_terminal(tmp_path, monkeypatch):
    """One by one, an empty answer skips, a wrong one is asked again."""
    monkeypatch.chdir(tmp_path)
    n = len(questions_of(load_rules("行政检查")))
    typed = ["是", "不知道", "某市通知", "是", "2026-03-12", "某市通知", *[""] * (n - 1)]
    run = CliRunner().invoke(
        app,
        ["checklist", "region", "乙市", "--base", "行政检查"],
        input="\n".join(typed) + "\n",
    )
    assert run.exit_code == 0, run.output
    rules = load_rules(str(tmp_path / "乙市.yaml"))
    assert rules.parameters["扫码入企"].on(dt.date(2026, 5, 1)).source == "某市通知"


BASES = ("行政处罚-普通程序", "行政处罚-简易程序", "行政检查", "市场监督管理")


@pytest.mark.parametrize("base", BASES)
def test_no_answers_change_nothing_but_the_items_of_the_year(base, tmp_path):
    """Every parameter stays; the added items do not apply while nobody answered."""
    rules = load_rules(base)
    path = tmp_path / "丙县.yaml"
    path.write_text(overlay_of("丙县", rules, {}), "utf-8")
    new = load_rules(str(path))
    assert {n: p.values for n, p in new.parameters.items() if n in rules.parameters} == {
        n: p.values for n, p in rules.parameters.items()
    }
    assert {c.id for c in new.checklist.checks} >= {c.id for c in rules.checklist.checks}
