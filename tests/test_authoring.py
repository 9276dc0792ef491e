"""A maintainer adds a county's standard without code: overlays, differences, Excel there and back,
fixtures, tables, schema.
"""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from conftest import SAMPLES
from typer.testing import CliRunner

from casereview.authoring.differences import differences
from casereview.authoring.fixtures import books, build, load_book, run_book
from casereview.authoring.schema import schema_of
from casereview.authoring.sheet import overlay_of, sheet_of
from casereview.authoring.table import docx_of, html_of
from casereview.cli.app import app
from casereview.errors import RulesRefused, UsageError
from casereview.judging.review import judge_item
from casereview.law.statute_sheet import merged
from casereview.law.statutes import Statutes
from casereview.rules.rulebook import available, load_rules
from casereview.rules.table import Context
from casereview.run.campaign import unverified_limits
from casereview.settings import rules_folder

OVERLAY = """基于: 行政处罚-普通程序
编号: county
清单: 某县标准
版本: "1"
计分: {优秀: 95, 否决后果: 不得优秀}
改动:
  archive.catalogue: {分值: 5, 名称: 卷内目录在卷, 理由: 本县归档薄弱}
停用:
  recording.av-described: 尚未配备
参数:
  听证门槛_公民:
    说明: 本县
    单位: 元
    日类: ""
    取值:
      - {自: 2021-07-15, 值: 5000, 依据: 本县标准}
增加:
  - 编号: county.source
    名称: 有案件来源登记
    环节: 立案
    种类: 文书在卷
    文书: [案件来源登记表]
    分值: 1
    不合格情形: 没有
    整改建议: 补充
"""


def overlay(tmp_path, text: str = OVERLAY, name: str = "某县.yaml"):
    """Write an overlay and load it."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return load_rules(str(path))


def test_an_overlay_says_only_what_it_changes(rules, tmp_path):
    """Points, names, thresholds, items off and added; the rest is the national list."""
    county = overlay(tmp_path)
    assert county.checklist.id == "county" and len(county.checklist.checks) == len(
        rules.checklist.checks
    )
    assert (
        str(county.checklist.get("archive.catalogue").points) == "5"
        and county.checklist.get("recording.av-described") is None
    )
    assert (
        county.checklist.get("county.source")
        and county.checklist.scoring.veto_effect == "不得优秀"
        and county.checklist.scoring.passing == 60
    )
    assert (
        str(county.parameters["听证门槛_公民"].values[0].value) == "5000"
        and str(rules.parameters["听证门槛_公民"].values[0].value) == "10000"
    )
    assert not county.checklist.default and county.sha256 != rules.sha256


def test_overlays_stand_on_overlays(tmp_path):
    """Campaign on county on nation."""
    overlay(tmp_path)
    second = overlay(
        tmp_path,
        f'基于: {tmp_path}/某县.yaml\n编号: campaign\n清单: 本次\n版本: "1"\n改动:\n '
        " archive.catalogue: {分值: 6, 理由: 本次重点}\n",
        "本次.yaml",
    )
    assert str(second.checklist.get("archive.catalogue").points) == "6" and second.checklist.get(
        "county.source"
    )


WRONG = {
    "archive.catalogue: {分值: 5": ("archive.catalog: {分值: 5", "相近的有"),
    ", 理由: 本县归档薄弱": ("", "理由"),
    "recording.av-described: 尚未配备": ("recording.av-described:", "写理由"),
    "编号: county.source": ("编号: filing.present", "请用“改动”"),
    "分值: 5,": ("种类: 期限, 分值: 5,", "不能改"),
    "停用:": ("停:", "不认识的键"),
}


@pytest.mark.parametrize("good", WRONG)
def test_wrong_overlays_are_refused(good, tmp_path):
    """An unknown item, a change without a reason, an id that exists: file, line and what to do."""
    bad, word = WRONG[good]
    with pytest.raises(RulesRefused) as e:
        overlay(tmp_path, OVERLAY.replace(good, bad, 1), "坏.yaml")
    assert word in str(e.value)


def test_differences_name_what_changed_and_why(rules, tmp_path):
    """Every change once, with its reason; a checklist does not differ from itself."""
    rows = differences(rules, overlay(tmp_path))
    assert {(d.what, d.change) for d in rows} >= {
        ("archive.catalogue", "分值"),
        ("archive.catalogue", "名称"),
        ("recording.av-described", "停用"),
        ("county.source", "增加"),
        ("参数", "自 2021-07-15 起"),
        ("计分", "优秀"),
    }
    assert (
        next(d for d in rows if d.what == "archive.catalogue" and d.change == "分值").reason
        == "本县归档薄弱"
    )
    assert not next(d for d in rows if d.change == "名称").meaning
    assert differences(rules, rules) == []


def edited(rules, *cells: tuple[str, str, object]) -> bytes:
    """The workbook of the checklist with some cells changed: (item, column, value)."""
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(rules)))
    sheet = book["检查项"]
    head = {c.value: c.column for c in sheet[1]}
    rows = {sheet.cell(r, 1).value: r for r in range(2, sheet.max_row + 1)}
    for item, column, value in cells:
        sheet.cell(rows[item], head[column]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_excel_there_and_back(rules, tmp_path):
    """What a lawyer changes in the workbook becomes an overlay with just that; untouched, it
    changes nothing.
    """
    path = tmp_path / "表.xlsx"
    path.write_bytes(
        edited(
            rules,
            ("archive.catalogue", "分值", 2.5),
            ("archive.catalogue", "理由", '写"引号"'),
            ("notice.served", "整改建议", "补正：1、回证；2、说明"),
            ("notice.served", "理由", "措辞"),
            ("archive.order", "停用", "是"),
            ("archive.order", "理由", "纸质卷另看"),
        )
    )
    (tmp_path / "新.yaml").write_text(overlay_of(path, rules, "新"), "utf-8")
    new = load_rules(str(tmp_path / "新.yaml"))
    assert {(d.what, d.change) for d in differences(rules, new)} == {
        ("archive.catalogue", "分值"),
        ("notice.served", "整改建议"),
        ("archive.order", "停用"),
    }
    assert new.checklist.get("notice.served").advice == "补正：1、回证；2、说明"
    path.write_bytes(sheet_of(rules))
    assert "改动:" not in overlay_of(path, rules, "空") and sheet_of(rules) == sheet_of(rules)


def test_a_rule_edited_in_excel_judges_by_the_new_rule(rules, tmp_path):
    """The requirement itself is a cell: another paper is asked for, and the item judges so."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(
        edited(
            rules,
            ("archive.catalogue", "规则", "文书: [案件来源登记表]"),
            ("archive.catalogue", "理由", "试"),
            (
                "closing.after-execution",
                "规则",
                "先: [结案审批表.结案日期]\n后: [缴款凭证.缴款日期]",
            ),
            ("closing.after-execution", "理由", "试"),
        )
    )
    (tmp_path / "新.yaml").write_text(overlay_of(path, rules, "新"), "utf-8")
    new = load_rules(str(tmp_path / "新.yaml"))
    case = build(load_book(books()[-1].parent / "普通程序"), rules, {})
    for item in ("archive.catalogue", "closing.after-execution"):
        before, after = (
            judge_item(r.checklist.get(item), Context(case, r.law)).status for r in (rules, new)
        )
        assert (before, after) == ("pass", "fail")
    rule = new.checklist.get("archive.catalogue").kind.rule()
    assert rule == "卷内应当有案件来源登记表"


def test_a_rule_that_names_nothing_known_is_refused(rules, tmp_path):
    """A cell with a key or a name that does not exist never becomes a checklist in use."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(
        edited(
            rules,
            (
                "closing.after-execution",
                "规则",
                "先: [结案审批表.结按日期]\n后: [缴款凭证.缴款日期]",
            ),
            ("closing.after-execution", "理由", "试"),
        )
    )
    (tmp_path / "坏.yaml").write_text(overlay_of(path, rules, "坏"), "utf-8")
    with pytest.raises(RulesRefused, match="结按日期"):
        load_rules(str(tmp_path / "坏.yaml"))


def test_every_item_says_its_rule(rules):
    """The plain sentence of every item is made from its declaration alone."""
    for path in available():
        for check in load_rules(str(path)).checklist.checks:
            assert len(check.kind.rule()) >= 6, check.id


def test_a_new_item_by_question_and_answer(tmp_path, monkeypatch):
    """Answers at the terminal become an item and its two examples, which run."""
    monkeypatch.chdir(tmp_path)
    answers = [
        *("county.period", "封面写明保管期限", "归档", "载明", "卷宗封面", "保管期限"),
        *("1", "", "封面缺保管期限", "补写", "封面没有写保管期限", ""),
        "01｜保管期限 | 30年｜备考 | 无",
    ]
    done = CliRunner().invoke(
        app, ["checklist", "new-item", "某县"], input="\n".join(answers) + "\n"
    )
    assert done.exit_code == 0, done.output
    assert done.output.count("相符") == 2
    new = load_rules(str(tmp_path / "某县.yaml")).checklist.get("county.period")
    assert new.kind.rule() == "卷宗封面应当写明保管期限" and new.fault == "封面缺保管期限"


BAD_CELLS = {
    "是公式": ("archive.order", "整改建议", "=1+1"),
    "不是不小于零的数": ("archive.order", "分值", "很多"),
    "不能改": ("archive.order", "种类", "期限"),
    "要写理由": ("archive.order", "名称", "新名"),
    "只能写“是”": ("archive.order", "否决", "对"),
    "原清单没有": ("archive.order", "编号", "archive.odor"),
}


@pytest.mark.parametrize("word", BAD_CELLS)
def test_bad_rows_are_refused_with_row_and_column(word, rules, tmp_path):
    """Nothing is written; the row and the column are named."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(edited(rules, BAD_CELLS[word]))
    with pytest.raises(RulesRefused) as e:
        overlay_of(path, rules, "x")
    assert word in str(e.value) and "行" in str(e.value) and "列" in str(e.value)


def test_four_lines_of_fixture_prove_an_item(tmp_path):
    """A county's own book stands on the shipped case; a wrong expectation is shown as such."""
    book = tmp_path / "样例.yaml"
    book.write_text(
        "清单: 行政处罚-普通程序\n沿用: 普通程序\n样例:\n  archive.catalogue:\n    有目录: {应为:"
        ' 合格}\n    没有目录: {删: ["02"], 应为: 不合格}\n    写错了预期: {删: ["02"], 应为:'
        " 合格}\n",
        "utf-8",
    )
    assert [o.good for o in run_book(book)] == [True, True, False]
    book.write_text("样例: []", "utf-8")
    with pytest.raises(UsageError):
        list(run_book(book))


def test_tables_carry_every_item_and_its_basis(rules):
    """HTML without outside resources, and Word."""
    page = html_of(rules)
    assert (
        all(c.id in page for c in rules.checklist.checks)
        and "http" not in page
        and "行政处罚法" in page
    )
    assert docx_of(rules)[:2] == b"PK"


def test_the_schema_knows_every_kind(rules):
    """Drawn from the kinds, with the names that exist."""
    text = json.dumps(
        schema_of(sorted(rules.vocabulary.kinds), sorted(rules.parameters)), ensure_ascii=False
    )
    assert all(w in text for w in ("签章齐全", "逐项", "处罚决定书", "公示期限", "不得优秀"))


def test_the_commands_work_as_typed(tmp_path, monkeypatch):
    """list, new, check, diff, export, import, try, schema."""
    monkeypatch.chdir(tmp_path)
    run = CliRunner(env={"COLUMNS": "80"})
    assert "penalty-none" in run.invoke(app, ["checklist", "list"]).output
    assert (
        run.invoke(
            app,
            [
                "checklist",
                "new",
                "某县",
                "--hearing-person",
                "5000",
                "--hearing-unit",
                "50000",
                "--source",
                "某省标准",
            ],
        ).exit_code
        == 0
    )
    assert "写法无误" in run.invoke(app, ["checklist", "check", "某县.yaml"]).output
    assert (
        "某省标准" in run.invoke(app, ["checklist", "diff", "penalty-ordinary", "某县.yaml"]).output
    )
    assert run.invoke(app, ["checklist", "export", "-o", "表.xlsx"]).exit_code == 0
    assert run.invoke(app, ["checklist", "import", "表.xlsx", "-o", "回.yaml"]).exit_code == 0
    assert "$schema" in run.invoke(app, ["checklist", "schema"]).output
    case = next(p for p in SAMPLES.rglob("*") if p.name.startswith("芦水罚决〔2025〕11号"))
    assert (
        "执法人员不少于两人"
        in run.invoke(app, ["checklist", "try", "subject.two-officers", str(case)]).output
    )


def test_the_index_of_laws_takes_new_ones(tmp_path, monkeypatch):
    """A CSV as Excel saves it is merged; bad rows are refused with line and column; the shipped
    index stays as it is.
    """
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    (tmp_path / "新法.csv").write_bytes(
        "title,in_force_from,last_article,ended\n芦汀县市场条例,2026-08-15,42,\n".encode("gb18030")
    )
    assert (
        "新增 1 版"
        in run.invoke(app, ["checklist", "statutes", "新法.csv", "-o", "statutes.csv"]).output
    )
    law = Statutes.load(tmp_path / "statutes.csv")
    assert (
        law.find("《芦汀县市场条例》")[0].articles == 42
        and len(law) == len(load_rules().law.statutes) + 1
    )
    (tmp_path / "坏.csv").write_text(
        "title,in_force_from,last_article,ended\n,2026-13-01,许多,\n", "utf-8"
    )
    with pytest.raises(RulesRefused) as e:
        merged(rules_folder() / "statutes.csv", tmp_path / "坏.csv")
    assert len(e.value.complaints) == 3 and "第 2 行" in str(e.value)


def test_a_county_is_asked_for_its_thresholds(tmp_path, monkeypatch):
    """The default thresholds are named as such before every run; once they are filled in, nobody
    asks.
    """
    monkeypatch.chdir(tmp_path)
    assert len(unverified_limits(load_rules())) == 2
    CliRunner().invoke(
        app,
        [
            "checklist",
            "new",
            "某某县",
            "--hearing-person",
            "5000",
            "--hearing-unit",
            "50000",
            "--source",
            "某省标准",
        ],
    )
    assert unverified_limits(load_rules("某某县.yaml")) == ()
