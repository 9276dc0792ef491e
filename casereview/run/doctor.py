"""What this machine can read and whether rules and store are sound (``casereview doctor``)."""

from __future__ import annotations

import datetime as dt
import platform
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from casereview import __version__
from casereview.errors import CaseReviewError
from casereview.law.statutes import STATUTE
from casereview.law.workdays import FIRST_YEAR, Calendar
from casereview.reading import ocr, office, safe_open
from casereview.reading.cache import SHELF as PAGES
from casereview.record.journal import Journal
from casereview.record.places import WARNING
from casereview.record.store import Store
from casereview.rules.compiled import SHELF as RULES
from casereview.rules.rulebook import load_rules
from casereview.run.judged_again import JUDGED
from casereview.run.kept_cases import READ
from casereview.run.local import FILE_SECONDS, MAX_SECONDS, MEMORY_BYTES
from casereview.run.stamps import SHELF as STAMPS
from casereview.run.unit_level import SHELF as UNITS
from casereview.settings import cache_folder, cache_setting


@dataclass(frozen=True)
class Row:
    """What was looked at; ``state``: ok, note or bad."""

    what: str
    state: str
    detail: str


_LIBRARIES = (
    "pypdfium2",
    "pdfplumber",
    "lxml",
    "openpyxl",
    "pillow",
    "pymediainfo",
    "pillow-heif",
    "rapidfuzz",
    "sqlite-utils",
)


def examine(db: Path, today: dt.date, head: str = "", now: str = "") -> list[Row]:
    """What this machine can do, row by row; changes nothing. ``today``: the day on which next
    year's holidays may be missing; ``head``: a 记录号 printed on a list, to be found in the
    journal; ``now``: this moment (ISO, UTC), after which nothing can have been recorded.
    """
    rows = [_program(), _formats(), _recognition(), _old_office(), _limits()]
    rows += [Row(name, "ok", version(name)) for name in _LIBRARIES]
    rows += [_rules(), _statutes(), _calendar(today), _kept(), _store(db)]
    if db.exists():
        rows.append(_journal(db, head))
        rows += _clock(db, now)
    return rows


def _kept() -> Row:
    """What earlier runs left for later ones; all of it may be thrown away."""
    shelves = (
        ("规则", RULES),
        ("案卷结论", JUDGED),
        ("案卷要素", READ),
        ("单位结果", UNITS),
        ("案卷印记", STAMPS),
        ("读过的页", PAGES),
    )
    sizes = ((name, *shelf.size()) for name, shelf in shelves)
    said = "，".join(f"{name} {n} 份 {size / 1e6:.1f} MB" for name, n, size in sizes)
    switched = "（CASEREVIEW_CACHE=off：案卷的内容不留存）" if cache_setting() == "off" else ""
    return Row("留存", "ok", f"{said}；在 {cache_folder()}，删掉只是要重新读{switched}")


def _program() -> Row:
    machine = f"{platform.system()} {platform.machine()}"
    python = platform.python_version()
    return Row("程序", "ok", f"casereview {__version__}，Python {python}，{machine}")


def _formats() -> Row:
    return Row(
        "可以读取",
        "ok",
        "PDF、DOCX、OFD、XLSX、TXT、CSV、ZIP；照片读拍摄时间，音像读时长和生成时间",
    )


def _recognition() -> Row:
    engine = ocr.available()
    if not engine:
        text = "没有识别引擎：扫描页列为未读，涉及的项目待复核；可安装 rapidocr 和 onnxruntime"
        return Row("扫描件和照片", "note", text)
    return Row(
        "扫描件和照片",
        "ok",
        f"识别引擎 rapidocr + {engine} {version(engine)}，模型在安装包内，离线运行；可读 PDF、OFD、"
        "Word 里的扫描页和 JPG、PNG、TIFF、BMP、HEIC；看不清的页列为未读",
    )


def _old_office() -> Row:
    program = office.program()
    if program:
        return Row("DOC、WPS、RTF、XLS、ET", "ok", f"经 LibreOffice 读取（{program}）")
    if found := office.wps():
        text = f"本机有 WPS（{found}），请用它另存为 DOCX、XLSX；装了 LibreOffice 可以直接读取"
        return Row("DOC、WPS、RTF、XLS、ET", "note", text)
    text = "读取需要安装 LibreOffice（免费），或者另存为 DOCX、XLSX"
    return Row("DOC、WPS、RTF、XLS、ET", "note", text)


def _limits() -> Row:
    return Row(
        "上限",
        "ok",
        f"单个文件 {FILE_SECONDS:.0f} 秒起、最长 {MAX_SECONDS:.0f} 秒，工作进程内存"
        f" {MEMORY_BYTES // 1_000_000} MB，PDF {safe_open.MAX_PAGES} 页，压缩包展开"
        f" {safe_open.MAX_UNPACKED // 1_000_000} MB",
    )


def _rules() -> Row:
    try:
        r = load_rules()
    except CaseReviewError as e:
        return Row("规则", "bad", str(e))
    unproved = sum(not v.verified for p in r.parameters.values() for v in p.values)
    return Row(
        "规则",
        "ok",
        f"{r.checklist.title} {r.checklist.version}，{len(r.checklist.checks)} 项；参数中"
        f" {unproved} 个取值待核实；文件夹 {r.folder}",
    )


def _statutes() -> Row:
    try:
        laws = load_rules().law.statutes
    except CaseReviewError as e:
        return Row("法律索引", "bad", str(e))
    until = laws.known_until(STATUTE) or "某日，索引没有写明"
    known = f"法律知道到 {until}；其后的决定引用超出的条，一律待复核"
    text = f"{len(laws)} 部 {laws.versions} 版，{known}"
    return Row("法律索引", "ok", text)


def _calendar(today: dt.date) -> Row:
    try:
        calendar = load_rules().law.calendar
    except CaseReviewError:
        calendar = Calendar()
    if warning := calendar.warning(today):
        return Row("放假安排", "note", warning)
    text = f"收录 {FIRST_YEAR} 至 {calendar.last_year()} 年；以后年份的工作日期限一律待复核，"
    return Row("放假安排", "ok", f"{text}可在 calendar 文件夹补充")


def _store(db: Path) -> Row:
    if not db.exists():
        return Row("数据库", "note", f"{db} 尚未建立")
    try:
        with closing(Store(db, create=False)) as store:
            if not store.sound():
                return Row("数据库", "bad", f"{db} 已损坏，请换用备份；文件没有改动。")
            if wrong := store.disagreeing():
                return Row("数据库", "bad", f"{wrong} 个案卷的摘要与结果不符，请换用备份。")
            text = f"{db}，{len(store.runs())} 次评查"
            if store.shared:
                return Row("数据库", "note", f"{text}；{WARNING.format(db)}")
            return Row("数据库", "ok", text)
    except CaseReviewError as e:
        return Row("数据库", "bad", str(e))


def _clock(db: Path, now: str) -> list[Row]:
    """A note when something was recorded later than now: opinions count by their time."""
    try:
        with closing(Store(db, create=False)) as store:
            last = max((e.at for e in Journal(store).read()), default="")
    except CaseReviewError:
        return []
    if not now or last <= now:
        return []
    text = (
        f"最后一条记录写着 {last}，晚于这台电脑现在的时间 {now}。意见按时间先后算，新的会排在它"
        "前面：请先把电脑的日期和时间调准，再写意见。"
    )
    return [Row("时间", "bad", text)]


def _journal(db: Path, head: str) -> Row:
    what = "意见和整改记录"
    try:
        with closing(Store(db, create=False)) as store:
            journal = Journal(store)
            if broken := journal.broken():
                return Row(what, "bad", broken)
            if head and not journal.has_head(head):
                text = f"记录号 {head} 不在这个数据库里：不是同一个数据库，或者印发以后被改动过"
                return Row(what, "bad", text)
            text = f"{len(journal.read())} 条，前后衔接，记录号 {journal.head() or '—'}"
            return Row(what, "ok", text + (f"；{head} 在其中" if head else ""))
    except CaseReviewError as e:
        return Row(what, "bad", str(e))
