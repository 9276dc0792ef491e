"""Tables of the terminal: within the screen, numbers whole, names folded last; in a pipe the same
rows without a rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from casereview.model import ERROR, FAIL, MANUAL, NA, PASS, REVIEW
from casereview.reports.inert import clean
from casereview.reports.lines import longest, wrapped

# how the cells of a column stand: numbers at the right and never folded; names folded late
Stand = Literal["left", "right", "name"]
Head = tuple[str, Stand]
COLOURS = {
    FAIL: "red",
    REVIEW: "yellow",
    MANUAL: "cyan",
    PASS: "green",
    NA: "dim",
    ERROR: "magenta",
}
GAP = 2
WORD = 14  # words up to this width stay whole
# how narrow columns may become, one step after the other
FLOORS: tuple[dict[Stand, int], ...] = (
    {"left": 16, "name": 24},
    {"left": 10, "name": 18},
    {"left": 6, "name": 18},
    {"left": 6, "name": 12},
)


def inert(value: object, style: str = "") -> Text:
    """Foreign text in its style."""
    return Text(clean("" if value is None else str(value)), style=style)


def told(out: Console, text: Text) -> None:
    """A line of text, broken as Chinese is."""
    for line in folded(text, out.width):
        out.print(line, no_wrap=True, overflow="ignore", crop=False)


def heading(value: object) -> tuple[Text]:
    """A row that stands over those that follow."""
    return (inert(value, "bold"),)


def table(
    out: Console,
    title: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[object]],
    empty: str = "",
) -> None:
    """A plain table; ``empty``: what is said when there are no rows. A row of one cell is a
    heading; columns in which nothing stands are left out.
    """
    if not rows:
        out.print(Text(empty or f"{title}：没有"))
        return
    kept, body = _filled(heads, rows)
    widths = _widths(kept, body, out.width)
    out.print(Text(title, style="bold"))
    _row(out, [Text(name, style="dim") for name, _ in kept], kept, widths)
    if out.is_terminal:
        out.print(Text("─" * (sum(widths) + GAP * (len(widths) - 1)), style="dim"))
    for r in body:
        _row(out, r, kept, widths)
    out.print()


def _filled(
    heads: Sequence[Head], rows: Sequence[Sequence[object]]
) -> tuple[list[Head], list[list[Text]]]:
    """The columns in which anything stands, and the rows with these cells alone."""
    cells = [list(map(_shown, r)) for r in rows]
    full = [r for r in cells if len(r) == len(heads)]
    used = [n for n in range(len(heads)) if any(r[n].plain for r in full)]
    body = [r if len(r) < len(heads) else [r[n] for n in used] for r in cells]
    return [heads[n] for n in used], body


def _shown(value: object) -> Text:
    return value if isinstance(value, Text) else inert(value)


def _widths(heads: Sequence[Head], rows: Sequence[Sequence[Text]], room: int) -> list[int]:
    """How wide each column is: as wide as what stands in it; where that is more than ``room``, what
    may be folded gives way, the widest first.
    """
    full = [r for r in rows if len(r) == len(heads)]
    widths = [
        max(cell_len(name), *(cell_len(line) for r in full for line in r[n].plain.split("\n")))
        for n, (name, _) in enumerate(heads)
    ]
    over = sum(widths) + GAP * (len(widths) - 1) - room
    columns = range(len(heads))
    words = [max((min(WORD, longest(r[n].plain)) for r in full), default=0) for n in columns]
    for floor in FLOORS:
        least = {n: max(words[n], floor[heads[n][1]]) for n in columns if heads[n][1] in floor}
        over = _narrowed(widths, least, over)
    return widths


def _narrowed(widths: list[int], least: Mapping[int, int], over: int) -> int:
    """Take ``over`` columns of the screen from the widest, none below its least; what is left."""
    while over > 0 and (wide := [n for n, width in least.items() if widths[n] > width]):
        widths[max(wide, key=lambda n: widths[n])] -= 1
        over -= 1
    return over


def _row(out: Console, cells: Sequence[Text], heads: Sequence[Head], widths: list[int]) -> None:
    """One row, on as many lines as its longest cell needs."""
    if len(cells) < len(heads):
        out.print(cells[0])
        return
    lines = [folded(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*lines, fillvalue=Text()):
        line = Text()
        for part, (_, stand), width in zip(parts, heads, widths, strict=True):
            blank = Text(" " * (width - part.cell_len))
            line += blank + part if stand == "right" else part + blank
            line.append(" " * GAP)
        line.rstrip()
        out.print(line, no_wrap=True, overflow="ignore", crop=False)


def folded(cell: Text, width: int) -> list[Text]:
    """The lines of a cell, each in its style."""
    lines, at = [], 0
    for part in cell.plain.split("\n"):
        for said in wrapped(part, width):
            at = cell.plain.index(said, at)
            lines.append(cell[at : at + len(said)])
            at += len(said)
    return lines
