"""Workbooks, text files, photos and recordings."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from pymediainfo import MediaInfo

from casereview.chinese import decode, normalise
from casereview.errors import ReadFailure
from casereview.model import PICTURE, Cell, Line, Media, Page, Picture
from casereview.reading.picture import MOST_PIXELS
from casereview.reading.safe_open import open_zip
from casereview.reading.stamps import may_fill_field

MAX_CELLS = 200_000
MAX_COLUMNS = 63
BEIJING = dt.timedelta(hours=8)
At = tuple[int, int]  # row and column, from 1
_POINTS = 0.75  # of a pixel, as workbooks measure pictures


def read_xlsx(data: bytes) -> tuple[Page, ...]:
    """Each sheet is a page and one table; only stored cells are visited. Raises ReadFailure."""
    if "xl/workbook.xml" not in open_zip(data).namelist():
        raise ReadFailure("damaged", "不是 Excel 工作簿（缺少工作簿部件）")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as e:  # openpyxl raises bare ValueError, KeyError, TypeError on odd books
        raise ReadFailure("damaged", f"工作簿无法打开（{type(e).__name__}）") from e
    return tuple(_sheet(n, sheet) for n, sheet in enumerate(book.worksheets, 1))


def _sheet(number: int, sheet: Worksheet) -> Page:
    """One worksheet. Raises ReadFailure."""
    # the stored cells only: iterating a sheet whose corner is XFD1048576 never ends
    stored = sheet._cells
    if len(stored) > MAX_CELLS:
        raise ReadFailure("too_large", f"工作表“{sheet.title}”有 {len(stored)} 个单元格")
    pictures = list(_pictures(sheet))
    rows = _rows(stored, [at for at, fills in pictures if fills])
    width = min(max((c for row in rows.values() for c in row), default=0), MAX_COLUMNS)
    table = tuple(
        tuple(Cell(rows[r].get(c, "")) for c in range(1, width + 1)) for r in sorted(rows)
    )
    shown = tuple(Picture(None) for _ in pictures)
    return Page(number, 595, 842, _lines(table), (table,) if table else (), shown)


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
        return str(int(value))
    return normalise(str(value))


def read_text(data: bytes) -> tuple[Page, ...]:
    """A text file is one page (form feeds start a new one); every line ends its paragraph."""
    if data.count(b"\0") > len(data) // 20 and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ReadFailure("damaged", "不是文本文件")
    parts = decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\f")
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
    """EXIF time and device of a photo. Raises ReadFailure."""
    try:
        with Image.open(io.BytesIO(data)) as im:
            if im.width * im.height > MOST_PIXELS:
                raise ReadFailure("too_large", "图片超过一亿像素")
            exif = im.getexif()
            sub = exif.get_ifd(0x8769)
            stamp = str(sub.get(0x9003) or sub.get(0x9004) or exif.get(0x0132) or "")
            device = " ".join(str(exif.get(t) or "").strip("\0 ") for t in (0x010F, 0x0110)).strip()
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as e:
        raise ReadFailure("damaged", "图片无法打开") from e
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
        tracks = MediaInfo.parse(str(data)).tracks
    except (OSError, RuntimeError, ValueError) as e:
        raise ReadFailure("damaged", "音像文件无法解析") from e
    kinds = {t.track_type for t in tracks}
    if not kinds & {"Video", "Audio"}:
        raise ReadFailure("damaged", "没有音频或视频流")
    info = tracks[0].to_data()
    length = info.get("duration")
    seconds = float(length) / 1000 if length else None
    return Media("video" if "Video" in kinds else "audio", seconds, _recorded(info))


def _recorded(info: dict[str, Any]) -> str:
    """When a recording says it was made, in Beijing time; '' when it does not say."""
    for name in ("encoded_date", "recorded_date", "tagged_date", "mastered_date"):
        text = str(info.get(name) or "")
        m = re.search(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d))?", text)
        if not m or m[1] in ("1904", "1970"):
            continue
        if m[4] is None:
            return f"{m[1]}-{m[2]}-{m[3]}"
        moment = dt.datetime(*(int(g) for g in m.groups()))
        return (moment + (BEIJING if "UTC" in text else dt.timedelta())).strftime("%Y-%m-%d %H:%M")
    return ""
