"""整改清单 on its way back: whatever WPS and people do to the sheet, an answer is read as it was
meant, or refused with its row and column; none is lost in silence.
"""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest
from xls_writer import xls

from casereview.errors import UsageError
from casereview.model import FAIL, Place
from casereview.record.result import FindingResult
from casereview.reports.excel.rectification_answers import answers
from casereview.reports.excel.rectification_sheet import HEADS, KEY, SHEET, Sheet, workbook_of
from casereview.rounds.rectification import NOT_ANSWERED, Item

TODAY = dt.date(2026, 11, 26)
DAY = dt.datetime(2026, 11, 5)
FILL = {"整改情况": "已改正", "整改措施": "已补", "责任人": "裴小满", "完成日期": DAY}
ALL = range(4)


def item(n: int) -> Item:
    """The n-th finding of a list."""
    identity = f"{n + 0xA0:032x}"
    place = Place("甲.pdf", 1, None, "原文")
    finding = FindingResult(
        check=f"a.{n}",
        status=FAIL,
        points="1",
        deducted="1",
        veto=False,
        message=f"问题{n}",
        identity=identity,
        evidence_digest="e",
        evidence=(place,),
    )
    return Item(
        run=1,
        unit="芦汀县水务局",
        case=f"批次/芦汀县水务局/水罚〔2026〕{n}号",
        check=f"a.{n}",
        identity=identity,
        finding=finding,
        item=None,
        state=NOT_ANSWERED,
        issued="2026-11-01",
    )


KNOWN = {i.identity: i for i in map(item, ALL)}


@pytest.fixture
def sheet():
    """The sheet as it went down, with every row filled in."""
    made = workbook_of("芦汀县水务局", list(KNOWN.values()), Sheet("记录"))
    sheet = openpyxl.load_workbook(io.BytesIO(made))[SHEET]
    for row in range(4, 4 + len(ALL)):
        for head, value in FILL.items():
            put(sheet, row, head, value)
    return sheet


def put(sheet, row: int, head: str, value: object) -> None:
    """One cell."""
    sheet.cell(row, HEADS.index(head) + 1).value = value


def read(sheet, folder):
    """What is read from the workbook of a sheet."""
    path = folder / "回.xlsx"
    sheet.parent.save(path)
    return answers(path, KNOWN, TODAY)


def rows_of(sheet) -> list[list[object]]:
    """The cells of a sheet."""
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    return [[v.date() if isinstance(v, dt.datetime) else v for v in row] for row in rows]


def whole(got) -> bool:
    """True when every finding is answered as it was filled in."""
    said = [
        {
            "word": "已改正",
            "measure": "已补",
            "responsible": "裴小满",
            "done": "2026-11-05",
            "note": "",
        }
    ]
    return [i.identity for i, _ in got.answers] == list(KNOWN) and all(
        s in said for _, s in got.answers
    )


def merge_columns(sheet):
    for head in ("整改情况", "整改措施", "责任人", "完成日期"):
        column = HEADS.index(head) + 1
        sheet.merge_cells(start_row=4, end_row=7, start_column=column, end_column=column)


def stamp_below(sheet):
    sheet.append(["填报单位（盖章）：芦汀县水务局", *[None] * 9, "负责人：罗某", "2026年11月6日"])
    sheet.merge_cells("A8:J8")


def group_rows(sheet):
    sheet.insert_rows(6)
    sheet.cell(6, 1).value = "二、水罚〔2026〕2号"


def repeat_head(sheet):
    sheet.insert_rows(6)
    for n, head in enumerate(HEADS, 1):
        sheet.cell(6, n).value = head


def move_sheet(sheet):
    sheet.title = "Sheet1"
    sheet.parent.move_sheet(sheet, 1)


def backup_beside(sheet):
    copy = sheet.parent.copy_worksheet(sheet)
    for row in range(4, 8):
        put(copy, row, "整改措施", None)
        for head in FILL:
            put(copy, row, head, None)


def split_over_sheets(sheet):
    copy = sheet.parent.copy_worksheet(sheet)
    sheet.delete_rows(6, 2)
    copy.delete_rows(4, 2)


def other_order(sheet):
    for row in sheet.iter_rows(min_row=3, max_row=7):
        values = [c.value for c in row]
        for c, value in zip(row, [values[-1], *values[9:14], *values[:9]], strict=True):
            c.value = value


def column_put_in(sheet):
    sheet.insert_cols(9)
    sheet.cell(3, 9).value = "科室"
    sheet.cell(4, 9).value = "法规科"


def head_of_other_hands(sheet):
    put(sheet, 3, "责任人", "责任\n人")
    put(sheet, 3, "完成日期", "完成 日期")
    put(sheet, 3, KEY, "标识(请勿改动)")
    put(sheet, 5, "整改情况", " 已改正 ")


def head_in_two_rows(sheet):
    sheet.insert_rows(3)
    for n, head in enumerate(HEADS, 1):
        sheet.cell(3, n).value = "填报内容" if head in FILL else head
    for n in (1, 2, 3, len(HEADS)):
        sheet.merge_cells(start_row=3, end_row=4, start_column=n, end_column=n)


def days_as_written(sheet):
    written = ("2026 年 11 月 5 日", "２０２６.11.5", 46331, "20261105")
    for row, day in enumerate(written, 4):
        put(sheet, row, "完成日期", day)


def numbered_by_formula(sheet):
    for row in range(4, 8):
        put(sheet, row, "序号", "=ROW()-3")


def key_column_gone(sheet):
    sheet.delete_cols(len(HEADS))


def keys_in_capitals(sheet):
    for row in range(4, 8):
        cell = sheet.cell(row, len(HEADS))
        cell.value = f" {cell.value.upper()} "


def key_spoilt(sheet):
    put(sheet, 5, KEY, "1E+29")


KEPT = (
    merge_columns,
    stamp_below,
    group_rows,
    repeat_head,
    move_sheet,
    backup_beside,
    split_over_sheets,
    other_order,
    column_put_in,
    head_of_other_hands,
    head_in_two_rows,
    days_as_written,
    numbered_by_formula,
    key_column_gone,
    key_spoilt,
    keys_in_capitals,
)


@pytest.mark.parametrize("done", KEPT, ids=lambda done: done.__name__)
def test_what_people_do_to_a_list_loses_nothing(done, sheet, tmp_path):
    """Merged, moved, copied, re-ordered, numbered, stamped: every answer comes back whole."""
    done(sheet)
    assert whole(read(sheet, tmp_path))


@pytest.mark.parametrize("suffix", ["xls", "et", "xlsx"])
def test_the_older_format_is_read_whatever_the_file_is_called(suffix, sheet, tmp_path):
    """XLS and ET of WPS: values, days, and cells merged over rows."""
    rows = rows_of(sheet)
    for row in rows[4:]:
        row[HEADS.index("责任人")] = row[HEADS.index("完成日期")] = None
    merged = [(3, 6, HEADS.index(h), HEADS.index(h)) for h in ("责任人", "完成日期")]
    path = tmp_path / f"回.{suffix}"
    path.write_bytes(xls({SHEET: rows, "填写说明": [["一、"]]}, merged))
    assert whole(answers(path, KNOWN, TODAY))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_list_saved_as_text_is_read(encoding, sheet, tmp_path):
    """CSV as Excel and WPS save it."""
    path = tmp_path / "回.csv"
    with path.open("w", encoding=encoding, newline="") as f:
        csv.writer(f).writerows(["" if v is None else v for v in row] for row in rows_of(sheet))
    assert whole(answers(path, KNOWN, TODAY))


def test_what_belongs_to_no_finding_is_told(sheet, tmp_path):
    """A stamp, a heading and a key that was lost are named with their row."""
    stamp_below(sheet)
    key_spoilt(sheet)
    first, second = read(sheet, tmp_path).remarks
    assert "第 5 行标识对不上" in first and "水罚〔2026〕1号“a.1”" in first
    assert "第 8 行没有标识，没有导入" in second and "罗某" in second


def lost_key_of_another_case(sheet):
    put(sheet, 5, KEY, None)
    put(sheet, 5, "案卷", "水罚〔2026〕9号")


def one_row_twice(sheet):
    put(sheet, 5, KEY, sheet.cell(4, len(HEADS)).value)


def copies_that_differ(sheet):
    put(sheet.parent.copy_worksheet(sheet), 4, "整改措施", "另一种说法")


def day_to_come(sheet):
    put(sheet, 5, "完成日期", "2026-12-24")


def person_by_formula(sheet):
    put(sheet, 5, "责任人", "=K4")


def answer_without_finding(sheet):
    sheet.append([*[None] * HEADS.index("整改情况"), "已改正", "补充"])


REFUSED = [
    (lost_key_of_another_case, "第 5 行 标识（请勿改动） 列：不是下发清单里的问题（空白）"),
    (one_row_twice, "第 5 行 标识（请勿改动） 列：与"),
    (copies_that_differ, "表第 4 行 标识（请勿改动） 列：与"),
    (day_to_come, "第 5 行 完成日期 列：2026-12-24 晚于今天"),
    (person_by_formula, "第 5 行 责任人 列：是公式"),
    (answer_without_finding, "第 8 行 标识（请勿改动） 列：不是下发清单里的问题（空白）"),
]


@pytest.mark.parametrize(("done", "said"), REFUSED, ids=lambda x: getattr(x, "__name__", ""))
def test_what_cannot_be_meant_is_refused_with_row_and_column(done, said, sheet, tmp_path):
    """Nothing of such a workbook counts."""
    done(sheet)
    with pytest.raises(UsageError, match="一行也没有导入") as refused:
        read(sheet, tmp_path)
    assert said in str(refused.value)


def no_column(sheet):
    sheet.delete_cols(HEADS.index("责任人") + 1)


def column_twice(sheet):
    put(sheet, 3, "依据", "说明")


@pytest.mark.parametrize(
    ("done", "said"),
    [(no_column, "表头缺“责任人”"), (column_twice, "表头“说明”出现了两次")],
)
def test_a_head_that_leaves_a_doubt_is_refused(done, said, sheet, tmp_path):
    """A column that is missing, or that stands there twice."""
    done(sheet)
    with pytest.raises(UsageError, match=said):
        read(sheet, tmp_path)


def test_what_cannot_be_opened_says_what_to_do(tmp_path):
    """A file with a password, and one that is no workbook."""
    path = tmp_path / "回.xls"
    for data, said in [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"<html>", "另存为 xlsx"),
    ]:
        path.write_bytes(data)
        with pytest.raises(UsageError, match=said):
            answers(path, KNOWN, TODAY)
