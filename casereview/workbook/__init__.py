"""Excel workbooks, out and in.

book    writing XLSX
sheets  reading XLSX, XLS and ET as people send them back
"""

from casereview.workbook.book import Book, inert, lines
from casereview.workbook.sheets import Cells, read_sheet, sheets_of

__all__ = ["Book", "Cells", "inert", "lines", "read_sheet", "sheets_of"]
