"""Writing Excel workbooks that open in WPS and Office: the same content gives the same bytes, and
foreign text stays text.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

A4 = 9  # the paper size as Excel numbers it
MAX_CELL = 32_000  # Excel ends a cell at 32,767 characters, and openpyxl cuts it silently
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    r"\ud800-\udfff]"
)
_SHEET = re.compile(r"[\[\]:*?/\\]")


def inert(text: object) -> str:
    """Text as Excel may hold it: no control or direction marks, not too long. Formulas stay text
    because they are written as strings.
    """
    s = _CONTROL.sub("␀", str(text))
    return s if len(s) <= MAX_CELL else s[:MAX_CELL] + "……（全文见导出的 JSON）"


def lines(value: object, width: float) -> int:
    """How many lines a value takes in a column of that many characters; a Chinese character is as
    wide as two.
    """
    return sum(
        max(1, math.ceil(sum(2 if ord(c) > 0x2E7F else 1 for c in part) / max(width - 1, 1)))
        for part in str(value).split("\n")
    )


class Book:
    """A workbook in the making. ``title`` goes to its properties; ``draft`` is printed on top of
    every page; there is no clock in it.
    """

    def __init__(self, title: str = "", draft: str = ""):
        import xlsxwriter  # only commands that write a workbook wait for it

        self.draft = draft
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.book.set_properties({"title": inert(title), "created": dt.datetime(2000, 1, 1)})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()
        self._widths: dict[str, Sequence[float]] = {}

    def form(self, **how: Any) -> Any:
        """A cell format, made once."""
        base = {
            "font_name": "宋体",
            "font_size": 11,
            "valign": "top",
            "text_wrap": True,
            "border": 1,
        }
        k = tuple(sorted({**base, **how}.items()))
        if k not in self._formats:
            self._formats[k] = self.book.add_format(dict(k))
        return self._formats[k]

    def sheet(
        self, name: str, widths: Sequence[float] = (), landscape: bool = True, signed: str = ""
    ) -> Any:
        """A new sheet, fitted to the width of an A4 page. ``signed``: who signs, in a line at the
        foot of every printed page, so that no cell is taken for it.
        """
        clean = _SHEET.sub("_", inert(name))[:31] or "表"
        n = 1
        while clean in self._names:
            n += 1
            clean = f"{clean[:28]}~{n}"
        self._names.add(clean)
        sheet = self.book.add_worksheet(clean)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.set_footer(f"&L{signed}&R第 &P 页，共 &N 页" if signed else "&C第 &P 页，共 &N 页")
        if self.draft:
            sheet.set_header("&C" + inert(self.draft).replace("&", "&&")[:240])
        self._widths[clean] = widths
        if landscape:
            sheet.set_landscape()
        for j, w in enumerate(widths):
            sheet.set_column(j, j, w)
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: object, form: Any = None) -> None:
        """One cell: real numbers and dates, everything else as text that nothing can run."""
        form = form or self.form()
        if value is None or value == "":
            sheet.write_blank(row, column, None, form)
        elif isinstance(value, bool):
            sheet.write_string(row, column, "是" if value else "", form)
        elif isinstance(value, (int, float, Decimal)):
            sheet.write_number(row, column, float(value), form)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), form)
        else:
            sheet.write_string(row, column, inert(value), form)

    def table(
        self,
        sheet: Any,
        first: int,
        heads: Sequence[str],
        rows: Sequence[Sequence[object]],
        forms: Sequence[Any] = (),
        frozen: int = 0,
        filtered: bool = True,
    ) -> int:
        """A table with a frozen, repeated head and filters. Returns the row after it."""
        head = self.form(bold=True, bg_color="#D9E2F3", valign="vcenter", align="center")
        for j, h in enumerate(heads):
            self.put(sheet, first, j, h, head)
        widths = self._widths.get(sheet.get_name(), ())
        sheet.set_row(
            first,
            16 * max((lines(h, w) for h, w in zip(heads, widths, strict=False)), default=1) + 4,
        )
        for i, r in enumerate(rows, first + 1):
            tall = max((lines(v, w) for v, w in zip(r, widths, strict=False)), default=1)
            sheet.set_row(i, min(16 * tall + 2, 400))
            for j, v in enumerate(r):
                self.put(
                    sheet,
                    i,
                    j,
                    v,
                    (forms[j] if j < len(forms) else None)
                    or (self.form(num_format="yyyy-mm-dd") if isinstance(v, dt.date) else None),
                )
        if frozen >= 0:
            sheet.freeze_panes(first + 1, frozen)
            sheet.repeat_rows(first)
        if filtered and rows:
            sheet.autofilter(first, 0, first + len(rows), len(heads) - 1)
        return first + 1 + len(rows)

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self.out.getvalue()
