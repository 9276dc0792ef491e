"""What this machine can read and whether rules and store are sound (``casereview doctor``)."""

from __future__ import annotations

import datetime as dt
import platform
from importlib.metadata import version
from pathlib import Path

from casereview import __version__
from casereview.errors import CaseReviewError
from casereview.law.workdays import Calendar, UnknownYear
from casereview.reading import ocr, office
from casereview.reading import safe_open as gate
from casereview.run.engine import FILE_SECONDS, MAX_SECONDS, MEMORY_BYTES

Row = dict[str, str]


def examine(db: Path, head: str = "") -> list[Row]:
    """Rows of {what, state: ok|note|bad, detail}; changes nothing. ``head``: a 记录号 printed on a
    list, to be found in the journal.
    """
    rows = [
        _row(
            "程序",
            "ok",
            f"casereview {__version__}，Python {platform.python_version()}，{platform.system()}"
            f" {platform.machine()}",
        )
    ]
    rows.append(
        _row(
            "可以读取",
            "ok",
            "PDF、DOCX、OFD、XLSX、TXT、CSV、ZIP；照片读拍摄时间，音像读时长和生成时间",
        )
    )
    engine = ocr.available()
    rows.append(
        _row(
            "扫描件和照片",
            "ok" if engine else "note",
            (
                f"识别引擎 rapidocr + {engine} {version(engine)}，模型在安装包内，离线运行；可读"
                " PDF、OFD、Word 里的扫描页和 JPG、PNG、TIFF、BMP、HEIC；看不清的页列为未读"
                if engine
                else "没有识别引擎：扫描页列为未读，涉及的项目待复核；可安装 rapidocr 和 onnxruntime"
            ),
        )
    )
    rows.append(
        _row(
            "DOC、WPS、RTF、XLS、ET",
            "ok" if office.program() else "note",
            (
                f"经 LibreOffice 读取（{office.program()}）"
                if office.program()
                else "读取需要安装 LibreOffice（免费），或者另存为 DOCX、XLSX"
            ),
        )
    )
    rows.append(
        _row(
            "上限",
            "ok",
            f"单个文件 {FILE_SECONDS:.0f} 秒起、最长 {MAX_SECONDS:.0f} 秒，工作进程内存"
            f" {MEMORY_BYTES // 1_000_000} MB，PDF {gate.MAX_PAGES} 页，压缩包展开"
            f" {gate.MAX_UNPACKED // 1_000_000} MB",
        )
    )
    for name in (
        "pypdfium2",
        "pdfplumber",
        "lxml",
        "openpyxl",
        "pillow",
        "pymediainfo",
        "pillow-heif",
        "rapidfuzz",
        "sqlite-utils",
    ):
        rows.append(_row(name, "ok", version(name)))
    rows.append(_rules())
    rows.append(_calendar())
    rows.append(_store(db))
    if db.exists():
        rows.append(_journal(db, head))
    return rows


def _row(what: str, state: str, detail: str) -> Row:
    return {"what": what, "state": state, "detail": detail}


def _rules() -> Row:
    from casereview.rules.rulebook import load_rules

    try:
        r = load_rules()
    except CaseReviewError as e:
        return _row("规则", "bad", str(e))
    unproved = sum(not v.verified for p in r.parameters.values() for v in p.values)
    return _row(
        "规则",
        "ok",
        f"{r.checklist.title} {r.checklist.version}，{len(r.checklist.checks)} 项；参数中"
        f" {unproved} 个取值待核实；文件夹 {r.folder}",
    )


def _calendar() -> Row:
    from casereview.rules.rulebook import load_rules

    last = None
    try:
        calendar = load_rules().law.calendar
    except CaseReviewError:
        calendar = Calendar()
    for year in range(2020, 2040):
        try:
            calendar.is_workday(dt.date(year, 12, 31))
            last = year
        except UnknownYear:
            break
    return _row(
        "放假安排",
        "ok",
        f"收录到 {last} 年；以后年份的工作日期限一律待复核，可在 calendar 文件夹补充",
    )


def _store(db: Path) -> Row:
    from casereview.record.store import Store

    if not db.exists():
        return _row("数据库", "note", f"{db} 尚未建立")
    try:
        store = Store(db, create=False)
        runs = store.runs()
        store.close()
    except CaseReviewError as e:
        return _row("数据库", "bad", str(e))
    return _row("数据库", "ok", f"{db}，{len(runs)} 次评查")


def _journal(db: Path, head: str) -> Row:
    from casereview.record.journal import Journal
    from casereview.record.store import Store

    try:
        store = Store(db, create=False)
        journal = Journal(store)
        broken, count, last, known = (
            journal.broken(),
            len(journal.read()),
            journal.head(),
            not head or journal.has_head(head),
        )
        store.close()
    except CaseReviewError as e:
        return _row("意见和整改记录", "bad", str(e))
    if broken or not known:
        return _row(
            "意见和整改记录",
            "bad",
            broken or f"记录号 {head} 不在这个数据库里：不是同一个数据库，或者印发以后被改动过",
        )
    return _row(
        "意见和整改记录",
        "ok",
        f"{count} 条，前后衔接，记录号 {last or '—'}" + (f"；{head} 在其中" if head else ""),
    )
