"""卷内目录: its rows, whatever its columns are called, over several pages, with or without ruling
lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from casereview.chinese import find_dates, key, without_spaces
from casereview.model import PICTURE, Box, Line, Page, Place
from casereview.papers.once import once_by
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary

CATALOGUE = "卷内目录"
TITLE, PAGES, SERIAL, NUMBER, DATE, BLANK = "题名", "页号", "序号", "文号", "日期", "空行"
_SERIAL = re.compile(r"\d{1,3}[.、]?")
_PAGES = re.compile(r"第?\d{1,3}(?:页)?(?:[-—－–~～至到]+第?\d{1,3}(?:页)?)?")
_DOC_NUMBER = re.compile(r"[〔\[（(【](?:19|20)\d\d[〕\]）)】]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_INT = re.compile(r"\d+")
_GAPS = re.compile(rf"[\s{PICTURE}]+")
_LONGEST = 40  # characters of a title
_FEW = 3  # so many rows make a catalogue where no title says so


@dataclass(frozen=True)
class Entry:
    """A row: number as written, title, document number, date text, printed pages (None when blank),
    place.
    """

    number: str
    title: str
    doc_number: str
    date: str
    page_from: int | None
    page_to: int | None
    place: Place


@dataclass(frozen=True)
class _Row:
    """One row as it stands: cells, and where they stand."""

    page: int
    cells: tuple[str, ...]
    boxes: tuple[Box | None, ...]

    def cell(self, column: int | None) -> str:
        """The text of a column without spaces; '' where the row has none."""
        if column is None or column >= len(self.cells):
            return ""
        return without_spaces(self.cells[column])


def entries_of(running_text: RunningText, vocab: Vocabulary) -> list[Entry]:
    """Rows of a catalogue: from its tables, else from its lines. A paper is asked for them again
    and again; they are read once.
    """
    return list(_read(running_text, vocab))


@lru_cache(maxsize=64)
def _read(running_text: RunningText, vocab: Vocabulary) -> tuple[Entry, ...]:
    rows = [r for p in running_text.pages for r in _table_rows(p)]
    found = [e for group in _tables(rows) for e in _entries(group, running_text.file, vocab)]
    ruled = {e.place.page for e in found}
    loose = [r for p in running_text.pages if p.number not in ruled for r in _loose_rows(p)]
    found += _entries_of_lines(loose, running_text.file, vocab)
    beside = [r for p in running_text.pages if p.number in ruled for r in _loose_rows(p)]
    found += _between(found, beside, running_text.file, vocab)
    return tuple(sorted(found, key=lambda e: e.place.page))


def _between(found: list[Entry], rows: list[_Row], file: str, vocab: Vocabulary) -> Iterator[Entry]:
    """Rows outside of the strokes of a table whose serial number its rows leave out: the first row
    of the next page often lies so.
    """
    have = {int(m[0]) for e in found if (m := _INT.match(e.number))}
    for row in rows:
        entry = _by_parts(row, file, vocab)
        serial = _INT.match(entry.number) if entry else None
        if entry and serial and int(serial[0]) not in have:
            if {int(serial[0]) - 1, int(serial[0]) + 1} <= have:
                yield entry


@once_by
def is_catalogue(page: Page, vocab: Vocabulary) -> bool:
    """True when a page without a title holds rows of papers of several kinds, with their pages."""
    rows = entries_of(RunningText("", (page,)), vocab)
    kinds = {g.kind for e in rows if (g := vocab.guess(e.title))}
    several = len(kinds) >= _FEW and len(kinds) * 2 >= len({e.title for e in rows})
    return several and sum(e.page_from is not None for e in rows) > len(rows) / 2


def follows(before: Entry, entry: Entry) -> bool:
    """True when a row can stand after another: its serial number counts on, or its pages do."""
    numbers = [_INT.match(e.number) for e in (before, entry)]
    if numbers[0] and numbers[1]:
        return 0 < int(numbers[1][0]) - int(numbers[0][0]) <= 3
    return (
        before.page_to is not None
        and entry.page_from is not None
        and entry.page_from >= before.page_to
    )


# --- tables ---------------------------------------------------------------------------------------


def _table_rows(page: Page) -> Iterator[_Row]:
    """Every table row; a row that holds several numbered lines, as in a table without horizontal
    strokes, is taken apart by the height of its numbers.
    """
    of_row: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for ln in page.lines:
        if ln.cell and ln.box:
            of_row[ln.cell[:2]].append(ln)
    for t, table in enumerate(page.tables):
        for r, row in enumerate(table):
            cells = tuple(c.text for c in row)
            whole = _Row(page.number, cells, tuple(c.box for c in row))
            yield from _taken_apart(whole, of_row[t, r]) or [whole]


def _taken_apart(row: _Row, lines: list[Line]) -> list[_Row]:
    anchors = [ln for ln in lines if _column(ln) == 0 and _SERIAL.fullmatch(_close(ln))]
    if len(anchors) < 2:
        return []
    parts: list[list[Line]] = [[] for _ in anchors]
    for ln in lines:
        nearest = min(range(len(anchors)), key=lambda i: abs(_middle(anchors[i]) - _middle(ln)))
        parts[nearest].append(ln)
    return [_row_of(part, row.page, len(row.cells)) for part in parts]


def _row_of(lines: list[Line], page: int, width: int) -> _Row:
    """Lines of one row put into their columns."""
    cells = [[ln for ln in lines if _column(ln) == c] for c in range(width)]
    return _Row(
        page,
        tuple("".join(ln.text for ln in cell) for cell in cells),
        tuple(cell[0].box if cell else None for cell in cells),
    )


def _column(line: Line) -> int:
    return line.cell[2] if line.cell else -1


def _close(line: Line) -> str:
    return without_spaces(line.text)


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2 if line.box else 0.0


def _tables(rows: list[_Row]) -> list[list[_Row]]:
    """Rows of like width belong to one table, also over pages."""
    groups: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[len(row.cells)].append(row)
    return [g for n, g in groups.items() if n > 1]


def _entries(rows: list[_Row], file: str, vocab: Vocabulary) -> list[Entry]:
    heads = [(row, _head(row, vocab)) for row in rows]
    data = [row for row, head in heads if not head]
    columns = _columns(data, next((head for _, head in heads if head), {}), vocab)
    if TITLE not in columns:
        return []
    data = [row for row in data if not _unknown_head(row, columns)]
    entries = (_entry(row, columns, file) for row in _unwrapped(data, columns))
    return [e for e in entries if _names_a_paper(e.title, vocab)]


def _names_a_paper(title: str, vocab: Vocabulary) -> bool:
    """False for a row that was left empty, or crossed out in words."""
    blanks = vocab.kinds[CATALOGUE].columns.get(BLANK, ())
    return title not in blanks and _HAN.search(title) is not None


def _head(row: _Row, vocab: Vocabulary) -> dict[str, int]:
    """What the columns are called, where a row is the head of a table; else {}."""
    named = _named_columns(vocab)
    cells = [key(c) for c in row.cells]
    heads = {named[k]: i for i, k in reversed([*enumerate(cells)]) if k in named}
    return heads if TITLE in heads or len(heads) >= 2 else {}


@lru_cache(maxsize=64)
def _named_columns(vocab: Vocabulary) -> dict[str, str]:
    """What a column may be called (a key) -> what it holds."""
    return {
        key(name): column
        for column, names in vocab.kinds[CATALOGUE].columns.items()
        if column != BLANK
        for name in names
    }


def _unknown_head(row: _Row, columns: dict[str, int]) -> bool:
    """True for a head of columns in words that we do not know: words stand where numbers should."""
    numbered = [row.cell(columns[c]) for c in (SERIAL, PAGES) if c in columns]
    return bool(numbered) and all(text and not _INT.search(text) for text in numbered)


def _entry(row: _Row, columns: dict[str, int], file: str) -> Entry:
    title = row.cell(columns[TITLE])
    pages = [int(n) for n in re.findall(r"\d+", row.cell(columns.get(PAGES)))]
    at = columns[TITLE]
    box = row.boxes[at] if at < len(row.boxes) else None
    return Entry(
        row.cell(columns.get(SERIAL)),
        title,
        row.cell(columns.get(NUMBER)),
        row.cell(columns.get(DATE)),
        pages[0] if pages else None,
        pages[-1] if pages else None,
        Place(file, row.page, box, title),
    )


def _columns(rows: list[_Row], headed: dict[str, int], vocab: Vocabulary) -> dict[str, int]:
    """What each column holds: as its head says, else by what stands in it."""
    columns = dict(headed)
    width = max((len(r.cells) for r in rows), default=0)
    free = {c for c in range(width) if c not in columns.values()}
    shares = {c: _shares([r.cell(c) for r in rows], vocab) for c in free}
    for role in (r for r in (SERIAL, PAGES, DATE, NUMBER, TITLE) if r not in headed):
        likely = sorted(
            (c for c in free if shares[c][role] >= _ENOUGH[role]), reverse=role == PAGES
        )
        if likely:
            columns[role] = max(likely, key=lambda c: shares[c][role])
            free.discard(columns[role])
    return columns


_ENOUGH = {SERIAL: 0.6, PAGES: 0.6, DATE: 0.5, NUMBER: 0.2, TITLE: 0.3}


def _shares(values: list[str], vocab: Vocabulary) -> dict[str, float]:
    """How much of a column is each thing."""
    filled = [v for v in values if v]
    numbers = [int(_INT.findall(v)[0]) for v in filled if _PAGES.fullmatch(v)]
    return {
        SERIAL: min(_share(filled, _SERIAL.fullmatch), _steps(numbers, lambda n: n == 1)),
        PAGES: min(_share(filled, _PAGES.fullmatch), _steps(numbers, lambda n: n >= 0)),
        DATE: _share(filled, lambda v: next(find_dates(v), None)),
        NUMBER: _share(filled, lambda v: _DOC_NUMBER.search(v) and not vocab.guess(v)),
        TITLE: _share(filled, vocab.guess),
    }


def _share(values: list[str], is_one: Callable[[str], object]) -> float:
    return sum(bool(is_one(v)) for v in values) / len(values) if values else 0.0


def _steps(numbers: list[int], good: Callable[[int], bool]) -> float:
    """Share of the steps from number to number that are as they should be."""
    steps = [b - a for a, b in zip(numbers, numbers[1:], strict=False)]
    return sum(map(good, steps)) / len(steps) if steps else 1.0


def _unwrapped(rows: list[_Row], columns: dict[str, int]) -> list[_Row]:
    """Rows that were wrapped over lines put together: a row without serial and pages goes on with
    the title of the row before.
    """
    title, serial, pages = columns[TITLE], columns.get(SERIAL), columns.get(PAGES)
    numbered = sum(bool(r.cell(serial)) for r in rows)
    if serial is None or numbered < 0.5 * len(rows):
        return rows
    out: list[_Row] = []
    for row in rows:
        bare = not row.cell(serial) and not row.cell(pages)
        if bare and out and row.cell(title) and title < len(out[-1].cells):
            cells = list(out[-1].cells)
            cells[title] += row.cell(title)
            out[-1] = replace(out[-1], cells=tuple(cells))
        else:
            out.append(row)
    return out


# --- lines without a table ------------------------------------------------------------------------


def _loose_rows(page: Page) -> Iterator[_Row]:
    """Lines at one height as a row, taken apart at their gaps."""
    for row in _at_one_height([line for line in page.lines if line.cell is None]):
        parts = [p for line in row for p in _GAPS.split(line.text) if p]
        if parts:
            yield _Row(page.number, tuple(parts), tuple(row[0].box for _ in parts))


def _at_one_height(lines: list[Line]) -> list[list[Line]]:
    """Lines at one height together, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_middle):
        if rows and _level(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box[0] if line.box else 0) for row in rows]


def _level(a: Line, b: Line) -> bool:
    if a.box is None or b.box is None:
        return False
    return abs(_middle(a) - _middle(b)) < 0.4 * max(b.size, 8)


def _entries_of_lines(rows: list[_Row], file: str, vocab: Vocabulary) -> list[Entry]:
    """Rows that begin with a serial number or end with pages, each part told by what it is."""
    out: list[Entry] = []
    for row in rows:
        entry = _by_parts(row, file, vocab)
        if entry is not None:
            out.append(entry)
        elif out and _goes_on(out[-1], row, vocab):
            title = out[-1].title + row.cell(0)
            out[-1] = replace(out[-1], title=title, place=replace(out[-1].place, quote=title))
    counted = [e for e in out if e.number or e.page_from]
    return out if len(counted) >= _FEW else []


def _by_parts(row: _Row, file: str, vocab: Vocabulary) -> Entry | None:
    serial, rest = _serial_and_rest([without_spaces(p) for p in row.cells])
    title = _title_among(rest, vocab)
    others = [p for p in rest if p != title]
    pages = [int(n) for p in others if _PAGES.fullmatch(p) for n in _INT.findall(p)]
    if not title or not (serial or pages) or len(title) > _LONGEST:
        return None
    date = _first(rest, lambda p: next(find_dates(p), None))
    number = _first(others, _DOC_NUMBER.search)
    ends = (pages[0], pages[-1]) if pages else (None, None)
    place = Place(file, row.page, row.boxes[0], title)
    return Entry(serial, title, number, date, ends[0], ends[1], place)


def _first(parts: list[str], is_one: Callable[[str], object]) -> str:
    """The first part of a row that is of a sort; '' where none is."""
    return next((p for p in parts if is_one(p)), "")


def _serial_and_rest(parts: list[str]) -> tuple[str, list[str]]:
    """The serial number that leads a row, and the other parts; dots that lead to a page number
    fall away.
    """
    lead = re.match(r"(\d{1,3})[.、]?(?=[\u3400-\u9fff“《])", parts[0])
    if lead:
        serial, rest = lead[1], [parts[0][lead.end() :], *parts[1:]]
    elif _SERIAL.fullmatch(parts[0]):
        serial, rest = parts[0], parts[1:]
    else:
        serial, rest = "", parts
    tail = re.search(r"[.…·_]{2,}(\d{1,3}(?:[-—]\d{1,3})?)$", rest[-1]) if rest else None
    if tail:
        rest = [*rest[:-1], rest[-1][: tail.start()], tail[1]]
    return serial, rest


def _title_among(parts: list[str], vocab: Vocabulary) -> str:
    """The part of a row that names a paper; else the longest that names no agency, date or
    number.
    """
    texts = [p for p in parts if _HAN.search(p) and not _is_value(p)]
    sure = {p: g.confidence for p in texts if (g := vocab.guess(p))}
    if sure:
        return max(sure, key=lambda p: sure[p])
    return max((p for p in texts if not vocab.agencies.is_name(p)), key=len, default="")


def _is_value(text: str) -> bool:
    """A date or a bare document number, no title."""
    return bool(re.fullmatch(r"[\d年月日.\-/]+", text)) or bool(
        re.fullmatch(r"[^〔\[（(]{1,14}[〔\[（(](?:19|20)\d\d[〕\]）)].{0,8}号?", text)
    )


def _goes_on(entry: Entry, row: _Row, vocab: Vocabulary) -> bool:
    """True when a line without a serial number begins with the rest of the title before it."""
    more = row.cell(0)
    if not _HAN.search(more) or len(more) > 20:
        return False
    opened = Counter(entry.title)
    if opened["（"] + opened["("] > opened["）"] + opened[")"]:
        return True
    alone, joined = vocab.guess(entry.title), vocab.guess(entry.title + more)
    return joined is not None and (alone is None or joined.confidence > alone.confidence)
