"""Workbooks, text files, photos and recordings."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
import warnings
from pathlib import Path

import openpyxl
from PIL import Image
from pymediainfo import MediaInfo

from casereview.chinese import decode, normalise
from casereview.errors import ReadFailure
from casereview.model import Cell, Line, Media, Page
from casereview.reading.picture import MOST_PIXELS
from casereview.reading.safe_open import open_zip

MAX_CELLS = 200_000
BEIJING = dt.timedelta(hours=8)


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
    pages = []
    for n, sheet in enumerate(book.worksheets, 1):
        stored = (
            sheet._cells
        )  # the stored cells only: iterating a sheet whose corner is XFD1048576 never ends
        if len(stored) > MAX_CELLS:
            raise ReadFailure("too_large", f"工作表“{sheet.title}”有 {len(stored)} 个单元格")
        rows: dict[int, list[tuple[int, str]]] = {}
        for (r, c), cell in sorted(stored.items()):
            if cell.value is not None:
                rows.setdefault(r, []).append((c, _cell_text(cell.value)))
        width = min(max((c for row in rows.values() for c, _ in row), default=0), 63)
        table = []
        for r in sorted(rows):
            have = dict(rows[r])
            table.append(tuple(Cell(have.get(c, "")) for c in range(1, width + 1)))
        lines = tuple(
            Line(x.text, None, 0.0, (0, i, j), True)
            for i, row in enumerate(table)
            for j, x in enumerate(row)
            if x.text
        )
        pages.append(Page(n, 595, 842, lines, (tuple(table),) if table else ()))
    return tuple(pages)


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
    info = tracks[0].to_data() if tracks else {}
    kinds = {t.track_type for t in tracks}
    if not kinds & {"Video", "Audio"}:
        raise ReadFailure("damaged", "没有音频或视频流")
    created = ""
    for field in ("encoded_date", "recorded_date", "tagged_date", "mastered_date"):
        text = str(info.get(field) or "")
        m = re.search(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d))?", text)
        if not m or m[1] in ("1904", "1970"):
            continue
        if m[4] is None:
            created = f"{m[1]}-{m[2]}-{m[3]}"
        else:
            moment = dt.datetime(*(int(g) for g in m.groups())) + (
                BEIJING if "UTC" in text else dt.timedelta(0)
            )
            created = moment.strftime("%Y-%m-%d %H:%M")
        break
    length = info.get("duration")
    return Media(
        "video" if "Video" in kinds else "audio", float(length) / 1000 if length else None, created
    )
