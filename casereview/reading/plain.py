"""Workbooks, text files, photos and recordings."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from pymediainfo import MediaInfo

from casereview.chinese import decode, normalise
from casereview.errors import ReadFailure
from casereview.model import PICTURE, Cell, Line, Media, Page, Picture
from casereview.reading.images import opened
from casereview.reading.safe_open import open_zip, without_dtd
from casereview.reading.stamps import may_fill_field
from casereview.reading.trust import is_garbage
from casereview.reading.wave import plain_wave

if TYPE_CHECKING:  # it takes longer to load than a case to read, and few cases hold a workbook
    import openpyxl
    from openpyxl.worksheet.worksheet import Worksheet

MAX_CELLS = 200_000
MAX_COLUMNS = 63
BEIJING = dt.timedelta(hours=8)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
At = tuple[int, int]  # row and column, from 1
_GLANCE = (200, 200)  # pixels at which a photo is looked at
_WANTED = (  # of a recording: all else that can be told of it costs time
    *("VideoCount", "AudioCount", "Duration"),
    *("Encoded_Date", "Recorded_Date", "Tagged_Date", "Mastered_Date"),
)
_ANSWERS = len(_WANTED)
_ASKED = "General;" + "\\n".join(f"%{name}%" for name in _WANTED)  # the library makes lines of it
_LONGEST = 72 * 3600.0  # seconds; no recording of enforcement is longer, a broken head says so
_DIGITS = 15  # as many of a number does a workbook keep
NOT_RECKONED = "（公式未计算）"
_POINTS = 0.75  # of a pixel, as workbooks measure pictures


def read_xlsx(data: bytes) -> tuple[Page, ...]:
    """Each sheet is a page and one table; only stored cells are visited. Raises ReadFailure."""
    package = open_zip(data)
    if "xl/workbook.xml" not in package.namelist():
        raise ReadFailure("damaged", "不是 Excel 工作簿（缺少工作簿部件）")
    without_dtd(package)
    values, formulas = _book(data, True), None
    if any(_FORMULA.search(package.read(n)) for n in package.namelist() if _SHEET.match(n)):
        formulas = _book(data, False)
    return tuple(
        _sheet(n, sheet, formulas.worksheets[n - 1] if formulas else None)
        for n, sheet in enumerate(values.worksheets, 1)
    )


def _book(data: bytes, values: bool) -> openpyxl.Workbook:
    """A workbook with its values, or with its formulas. Raises ReadFailure."""
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except Exception as e:  # openpyxl raises bare ValueError, KeyError, TypeError on odd books
        raise ReadFailure("damaged", f"工作簿无法打开（{type(e).__name__}）") from e


def _sheet(number: int, sheet: Worksheet, formulas: Worksheet | None) -> Page:
    """One worksheet, with its formulas where the book has any. Raises ReadFailure."""
    # the stored cells only: iterating a sheet whose corner is XFD1048576 never ends
    stored = sheet._cells
    if len(stored) > MAX_CELLS:
        raise ReadFailure("too_large", f"工作表“{sheet.title}”有 {len(stored)} 个单元格")
    pictures = list(_pictures(sheet))
    rows = _rows(stored, [at for at, fills in pictures if fills])
    if formulas:
        _mark_not_reckoned(rows, formulas._cells)
    columns, whole = _columns({c for row in rows.values() for c in row})
    table = tuple(tuple(Cell(rows[r].get(c, "")) for c in columns) for r in sorted(rows))
    shown = tuple(Picture(None) for _ in pictures)
    reason = "" if whole else f"超过 {MAX_COLUMNS} 列，没有全部读取，请拆分"
    tables = (table,) if table else ()
    return Page(number, 595, 842, _lines(table), tables, shown, readable=whole, reason=reason)


def _mark_not_reckoned(rows: dict[int, dict[int, str]], formulas: Mapping[At, Any]) -> None:
    """A formula whose value the book does not hold has its mark."""
    for (r, c), cell in formulas.items():
        if cell.data_type == "f" and c not in rows.get(r, {}):
            rows.setdefault(r, {})[c] = NOT_RECKONED


def _columns(used: set[int]) -> tuple[list[int], bool]:
    """(the columns of a table, are these all): up to the last one, or those in use where that lies
    far out.
    """
    last = max(used, default=0)
    if last <= MAX_COLUMNS:
        return list(range(1, last + 1)), True
    return sorted(used)[:MAX_COLUMNS], len(used) <= MAX_COLUMNS


def _rows(stored: dict[tuple[int, int], Any], marked: list[At]) -> dict[int, dict[int, str]]:
    """Row -> column -> text; a cell that a picture fills has its mark."""
    rows: dict[int, dict[int, str]] = {}
    for (r, c), cell in sorted(stored.items()):
        if cell.value is not None:
            rows.setdefault(r, {})[c] = _cell_text(cell.value)
    for r, c in marked:
        row = rows.setdefault(r, {})
        row[c] = row.get(c, "") + PICTURE
    return rows


def _lines(table: tuple[tuple[Cell, ...], ...]) -> tuple[Line, ...]:
    """The filled cells of a table as lines."""
    return tuple(
        Line(cell.text, None, 0.0, (0, r, c), True)
        for r, row in enumerate(table)
        for c, cell in enumerate(row)
        if cell.text
    )


def _pictures(sheet: Worksheet) -> Iterator[tuple[At, bool]]:
    """((row, column), is it the value of that cell) of every picture on a worksheet."""
    for picture in getattr(sheet, "_images", []):
        start = getattr(picture.anchor, "_from", None)
        if start is not None:
            size = picture.width * _POINTS, picture.height * _POINTS
            yield (start.row + 1, start.col + 1), may_fill_field(*size, None)


def _cell_text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d" if value.time() == dt.time() else "%Y-%m-%d %H:%M")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and len(str(abs(value))) > _DIGITS:
        return f"（{len(str(abs(value)))} 位的号码按数字保存，末几位已失，不能采用）"
    return normalise(str(value))


def read_text(data: bytes) -> tuple[Page, ...]:
    """A text file is one page (form feeds start a new one); every line ends its paragraph."""
    if data.count(b"\0") > len(data) // 20 and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ReadFailure("damaged", "不是文本文件")
    text = decode(data)
    if is_garbage(text):
        raise ReadFailure("damaged", "文字编码无法识别，请另存为 UTF-8")
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    pages = []
    for n, part in enumerate(parts, 1):
        lines = tuple(
            Line(re.sub(r"[\x00-\x08\x0b-\x1f]", " ", normalise(t)).rstrip(), None)
            for t in part.split("\n")
            if t.strip()
        )
        pages.append(Page(n, 595, 842, lines))
    return tuple(pages)


def read_photo(data: bytes) -> Media:
    """EXIF time and device of a photo that is whole. Raises ReadFailure."""
    with opened(data) as im:
        exif = im.getexif()
        sub = exif.get_ifd(0x8769)
        stamp = str(sub.get(0x9003) or sub.get(0x9004) or exif.get(0x0132) or "")
        device = " ".join(str(exif.get(t) or "").strip("\0 ") for t in (0x010F, 0x0110)).strip()
        im.draft("RGB", _GLANCE)  # a cut file shows when it is decoded, be it ever so small
        im.load()
    m = re.match(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d)", stamp)
    return Media("photo", None, f"{m[1]}-{m[2]}-{m[3]} {m[4]}:{m[5]}" if m else "", device)


def read_media(name: str, data: bytes | Path) -> Media:
    """Length and creation time of a recording. Container times are UTC; 1904 and 1970 mean unset.
    Raises ReadFailure.
    """
    if isinstance(data, bytes):
        with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as f:
            f.write(data)
            f.flush()
            return read_media(name, Path(f.name))
    try:
        with data.open("rb") as file:  # by its name it is not found where the locale is no UTF-8
            told = _of_wave(file) or MediaInfo.parse(file, output=_ASKED)
    except (OSError, RuntimeError, ValueError) as e:
        raise ReadFailure("damaged", "音像文件无法解析") from e
    video, audio, length, *days = (*told.split("\n"), *[""] * _ANSWERS)[:_ANSWERS]
    if not video and not audio:
        raise ReadFailure("damaged", "没有音频或视频流")
    seconds = float(length) / 1000 if length else None
    if seconds is not None and not 0 < seconds <= _LONGEST:
        seconds = None
    return Media("video" if video else "audio", seconds, _recorded(days))


def _of_wave(file: BinaryIO) -> str:
    """What the library answers of a recording of the plainest sort; '' for any other."""
    found = plain_wave(file)
    return f"\n1\n{found[0]}\n\n{found[1]}" if found else ""


def _recorded(days: Iterable[str]) -> str:
    """When a recording says it was made, in Beijing time: the first of ``days`` that tells it; ''
    when none does.
    """
    for text in days:
        m = re.search(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d))?", text)
        if not m or m[1] in ("1904", "1970"):
            continue
        if m[4] is None:
            return f"{m[1]}-{m[2]}-{m[3]}"
        moment = dt.datetime(*(int(g) for g in m.groups()))
        return (moment + (BEIJING if "UTC" in text else dt.timedelta())).strftime("%Y-%m-%d %H:%M")
    return ""
