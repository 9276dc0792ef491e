"""A press for invented papers: sets a whole case as the pages of one merged file, in looks that a
house may have. It makes pages as a reader gives them, so that no file has to be written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

from maker.papers import Paper, d

from casereview.model import Box, Cell, Line, Page, Picture, SourceFile

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 75.0, 520.0, 90.0, 770.0
BODY, TITLE = 12.0, 18.0
FORM = "FORM LAWENF·XZ-{n:02d}"


@dataclass(frozen=True)
class Look:
    """How a house prints: lines in the margins of every page ('{n}': the number of the form),
    titles, catalogue, page numbers.
    """

    heads: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    title: Callable[[str], list[str]] = lambda title: [title]
    under_title: bool = False  # the document number in brackets after the title
    agency_first: bool = True
    in_table: bool = False  # the title in the first row of the form
    stamped: tuple[str, ...] = ()  # papers whose title lies under a seal
    untitled: tuple[str, ...] = ()  # papers whose title cannot be read at all
    columns: tuple[str, ...] = ("序号", "文件题名", "文号", "日期", "页码")
    head_row: bool = True
    ruled: bool = True  # strokes between the rows and columns of the catalogue
    rows_a_page: int = 40
    own_numbers: bool = False
    wide: tuple[str, ...] = ()  # papers on a page that was turned
    numbered: bool = True  # a running number on every sheet after the catalogue
    catalogue_last: bool = False
    first_only: bool = False  # heads and feet only on the first page of a paper
    repeated: bool = False  # the title of a paper again, small, on its other pages
    blank_backs: bool = False
    files: bool = False  # each paper in a file of its own
    order: Callable[[list[Paper]], list[Paper]] = lambda papers: papers


@dataclass
class _Sheet:
    lines: list[Line] = field(default_factory=list)
    tables: list[tuple[tuple[Cell, ...], ...]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT


class Press:
    """Sets papers one after the other."""

    def __init__(self, look: Look):
        self.look = look
        self.sheets: list[_Sheet] = []
        self.y = TOP

    def paper(self, paper: Paper, form: int) -> int:
        """Set one paper on pages of its own; how many they are."""
        before = len(self.sheets)
        self._page(paper, form, again=False)
        self._titles(paper)
        for block in paper.blocks:
            self._block(block, paper, form)
        count = len(self.sheets) - before
        for n, sheet in enumerate(self.sheets[before:], 1):
            if self.look.own_numbers:
                self._margin(sheet, f"— {n} —", sheet.height - 30)
        return count

    def _page(self, paper: Paper, form: int, again: bool = True) -> None:
        sheet = _Sheet()
        if paper.name in self.look.wide:
            sheet.width, sheet.height = HEIGHT, WIDTH
        self.sheets.append(sheet)
        self.y = TOP
        if self.look.repeated and again and paper.title:
            self._margin(sheet, paper.title, 62)
        if self.look.first_only and again:
            return
        for n, text in enumerate(self.look.heads):
            self._margin(sheet, text.format(n=form), 40 + 14 * n)
        for n, text in enumerate(self.look.feet):
            self._margin(sheet, text.format(n=form), sheet.height - 60 + 12 * n)

    def _margin(self, sheet: _Sheet, text: str, y: float) -> None:
        wide = 8.5 * len(text)
        x = max(LEFT, (sheet.width - wide) / 2)
        sheet.lines.append(Line(text, (x, y, min(x + wide, RIGHT), y + 9), 9.0))

    def _titles(self, paper: Paper) -> None:
        if paper.name in self.look.untitled:
            self._text(paper.number)
            return
        title = paper.title
        if paper.name in self.look.stamped:
            title = title[: len(title) // 2] + "★" + title[len(title) // 2 + 1 :]
            seal = (240.0, self.y, 340.0, self.y + 100)
            self.sheets[-1].pictures.append(Picture(seal, 0.3))
        shown = [*self.look.title(title)]
        if paper.agency and self.look.agency_first:
            shown.insert(0, paper.agency)
        first_is_form = bool(paper.blocks) and paper.blocks[0][0] == "form"
        if self.look.in_table and first_is_form:
            return  # set with the form
        for text in shown:
            self._centred(text, TITLE)
        if paper.number and self.look.under_title:
            self._centred(f"（{paper.number}）", BODY)
        elif paper.number:
            self._text(paper.number)

    def _centred(self, text: str, size: float) -> None:
        sheet = self.sheets[-1]
        middle, half = sheet.width / 2, size * len(text) / 2
        box = (middle - half, self.y, middle + half, self.y + size)
        sheet.lines.append(Line(text, box, size))
        self.y += size * 1.6

    def _text(self, text: str, x: float = LEFT) -> None:
        fits = int((RIGHT - x) / BODY)
        pieces = [text[i : i + fits] for i in range(0, len(text), fits)] or [""]
        for n, piece in enumerate(pieces):
            box = (x, self.y, x + BODY * len(piece), self.y + BODY)
            self.sheets[-1].lines.append(Line(piece, box, BODY, None, n == len(pieces) - 1))
            self.y += BODY * 1.7

    def _block(self, block: tuple, paper: Paper, form: int) -> None:
        if self.y > BOTTOM - 60:
            self._page(paper, form)
        kind = block[0]
        if kind in ("line", "para"):
            self._text(block[1])
        elif kind == "sign":
            self._text(f"{block[1]}：{block[2]}　　{d(block[3])}")
        elif kind in ("issue", "seal"):
            if kind == "issue":
                self._text(block[1], 330.0)
                self._text(d(block[2]), 330.0)
            top = self.y - 60
            self.sheets[-1].pictures.append(Picture((340.0, top, 440.0, top + 92), 0.2))
        else:
            rows = [list(r) for r in block[1]] if kind == "form" else [block[1], *block[2]]
            if self.look.in_table and kind == "form" and block is paper.blocks[0]:
                rows.insert(0, [paper.title, *[""] * (len(rows[0]) - 1)])
            self._table(rows, paper, form)

    def _table(self, rows: list[list[str]], paper: Paper, form: int) -> None:
        while rows:
            fitting = self._fitting(rows)
            if self.look.ruled or paper.name != "卷内目录":
                self._rows(rows[:fitting])
            else:
                self._loose(rows[:fitting])
            rows = rows[fitting:]
            if rows:
                self._page(paper, form)

    def _fitting(self, rows: list[list[str]]) -> int:
        y = self.y
        for n, row in enumerate(rows):
            y += self._high(row)
            if y > BOTTOM:
                return max(1, n)
        return len(rows)

    def _high(self, row: list[str]) -> float:
        return 16.0 * max(len(self._wrapped(text, len(row))) for text in row)

    def _wrapped(self, text: str, columns: int) -> list[tuple[str, bool]]:
        """Pieces of a cell, and whether a paragraph ends with each."""
        fits = max(4, int((RIGHT - LEFT) / columns / 11))
        out: list[tuple[str, bool]] = []
        for part in text.split("\n"):
            pieces = [part[i : i + fits] for i in range(0, len(part), fits)] or [""]
            out += [(piece, n == len(pieces) - 1) for n, piece in enumerate(pieces)]
        return out

    def _rows(self, rows: list[list[str]]) -> None:
        sheet = self.sheets[-1]
        number = len(sheet.tables)
        wide = (RIGHT - LEFT) / len(rows[0])
        cells: list[tuple[Cell, ...]] = []
        for r, row in enumerate(rows):
            high = self._high(row)
            line: list[Cell] = []
            for c, text in enumerate(row):
                box: Box = (LEFT + c * wide, self.y, LEFT + (c + 1) * wide, self.y + high)
                pieces = self._wrapped(text, len(row))
                for n, (piece, end) in enumerate(pieces):
                    if piece:
                        y = self.y + 2 + 16 * n
                        at = (box[0] + 3, y, box[0] + 3 + 11 * len(piece), y + 11)
                        sheet.lines.append(Line(piece, at, 11.0, (number, r, c), end))
                line.append(Cell("\n".join(p for p, _ in pieces), box))
            cells.append(tuple(line))
            self.y += high
        sheet.tables.append(tuple(cells))

    def _loose(self, rows: list[list[str]]) -> None:
        """Rows without strokes: each height is one line with gaps."""
        for row in rows:
            columns = [self._wrapped(text, len(row)) for text in row]
            for n in range(max(map(len, columns))):
                pieces = [c[n][0] if n < len(c) else "" for c in columns]
                text = "   ".join(p for p in pieces if p)
                box = (LEFT, self.y, LEFT + 11 * len(text), self.y + 11)
                self.sheets[-1].lines.append(Line(text, box, 11.0))
                self.y += 16

    def pages(self) -> tuple[Page, ...]:
        """What was set."""
        return tuple(
            Page(n, s.width, s.height, tuple(_in_order(s)), tuple(s.tables), tuple(s.pictures))
            for n, s in enumerate(self.sheets, 1)
        )

    def number(self, first: int) -> None:
        """Print a running number on every sheet from index ``first`` on."""
        for n, sheet in enumerate(self.sheets[first:], 1):
            x = sheet.width - 45
            sheet.lines.insert(0, Line(str(n), (x, 22, x + 12, 37), 15.0))


def _in_order(sheet: _Sheet) -> list[Line]:
    """Lines from top to bottom; those of a form stay as they were set."""
    return sorted(
        sheet.lines, key=lambda ln: ln.box[1] if ln.box and ln.cell is None else _top(ln, sheet)
    )


def _top(line: Line, sheet: _Sheet) -> float:
    table, row, _ = line.cell or (0, 0, 0)
    box = sheet.tables[table][row][0].box
    return box[1] if box else 0.0


def _catalogue(look: Look, rows: list[tuple[str, str, str, str]]) -> list[Paper]:
    """The catalogue as so many sheets as it has; only the first bears its title."""
    sheets = []
    numbered = [[str(n), *row] for n, row in enumerate(rows, 1)]
    for start in range(0, len(numbered), look.rows_a_page):
        part = numbered[start : start + look.rows_a_page]
        whole = [list(look.columns), *part] if look.head_row else part
        block = ("form", [row[: len(look.columns)] for row in whole])
        title = "卷内目录" if start == 0 else ""
        sheets.append(Paper("卷内目录", title, blocks=[block]))
    return sheets


def printed(papers: list[Paper], look: Look) -> list[SourceFile]:
    """All papers of a case as the pages of one file, or a file each, with a catalogue that gives
    their pages.
    """
    cover, *inner, last = papers
    inner = look.order(inner)
    counts = [Press(look).paper(p, form) for form, p in enumerate(inner, 3)]
    rows, page = [], 1
    for paper, count in zip(inner, counts, strict=True):
        span = str(page) if count == 1 else f"{page}-{page + count - 1}"
        rows.append((paper.title, paper.number, d(paper.date) if paper.date else "", span))
        page += count
    press = Press(look)
    ends = [press.paper(cover, 1)]
    if not look.catalogue_last:
        ends.append(_set_catalogue(press, look, rows))
    first = len(press.sheets)
    ends += [press.paper(p, form) for form, p in enumerate([*inner, last], 3)]
    if look.numbered:
        press.number(first)
    if look.catalogue_last:
        ends.append(_set_catalogue(press, look, rows))
    return (
        _files(press.pages(), ends) if look.files else [_file("案卷扫描.pdf", press.pages(), look)]
    )


def _set_catalogue(press: Press, look: Look, rows: list[tuple[str, str, str, str]]) -> int:
    plain = dataclasses.replace(look, in_table=False, stamped=())
    count = 0
    for sheet in _catalogue(look, rows):
        hidden = plain if sheet.title else dataclasses.replace(plain, untitled=("卷内目录",))
        press.look = hidden
        count += press.paper(sheet, 2)
    press.look = look
    return count


def _file(name: str, pages: tuple[Page, ...], look: Look) -> SourceFile:
    if look.blank_backs:
        pages = tuple(q for p in pages for q in (p, Page(0, WIDTH, HEIGHT)))
        pages = tuple(dataclasses.replace(p, number=n) for n, p in enumerate(pages, 1))
    return SourceFile(name, "0" * 64, 1, "pdf", pages=pages)


def _files(pages: tuple[Page, ...], counts: list[int]) -> list[SourceFile]:
    """Each paper as a file, named by a copier."""
    out, start = [], 0
    for n, count in enumerate(counts, 1):
        part = pages[start : start + count]
        part = tuple(dataclasses.replace(p, number=i) for i, p in enumerate(part, 1))
        out.append(SourceFile(f"SKM_{n:04d}.pdf", f"{n:064d}", 1, "pdf", pages=part))
        start += count
    return out
