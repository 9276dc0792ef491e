"""What stands on a page as running text and tables, for a face that has no picture of it."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.model import Box, Page


@dataclass(frozen=True)
class Block:
    """A paragraph (one row of one cell) or a table (``table``); ``box``: of a line that has one."""

    rows: tuple[tuple[str, ...], ...]
    table: bool = False
    box: Box | None = None


@dataclass(frozen=True)
class TextPage:
    """A page as text. ``placed``: every line has its box, so that it can be set where it stood."""

    number: int
    width: float
    height: float
    blocks: tuple[Block, ...]
    placed: bool = False


def text_page(page: Page) -> TextPage:
    """A page that was read, as text: its lines in their order, each table in the place of its first
    line.
    """
    if page.lines and all(line.box for line in page.lines):
        lines = tuple(Block(((line.text,),), box=line.box) for line in page.lines)
        return TextPage(page.number, page.width, page.height, lines, True)
    blocks: list[Block] = []
    seen: set[int] = set()
    for line in page.lines:
        if line.cell is None:
            blocks.append(Block(((line.text,),)))
        elif (n := line.cell[0]) not in seen and n < len(page.tables):
            seen.add(n)
            blocks.append(_table(page, n))
    blocks += [_table(page, n) for n in range(len(page.tables)) if n not in seen]
    return TextPage(page.number, page.width, page.height, tuple(blocks))


def _table(page: Page, number: int) -> Block:
    rows = tuple(tuple(cell.text for cell in row) for row in page.tables[number])
    return Block(rows, table=True)
