"""Tables of the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from casereview.model import ERROR, FAIL, MANUAL, NA, PASS, REVIEW
from casereview.reports.inert import clean

Head = tuple[str, Literal["left", "right"]]
COLOURS = {
    FAIL: "red",
    REVIEW: "yellow",
    MANUAL: "cyan",
    PASS: "green",
    NA: "dim",
    ERROR: "magenta",
}


def inert(value: object, style: str = "") -> Text:
    """Foreign text in its style."""
    return Text(clean("" if value is None else str(value)), style=style)


def table(
    out: Console,
    title: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[object]],
    empty: str = "",
) -> None:
    """A plain table; ``empty``: what is said when there are no rows."""
    if not rows:
        out.print(Text(empty or f"{title}：没有"))
        return
    t = Table(
        box=box.SIMPLE_HEAD,
        title=title,
        title_justify="left",
        collapse_padding=True,
        pad_edge=False,
    )
    for name, justify in heads:
        t.add_column(name, justify=justify, overflow="fold")
    for r in rows:
        t.add_row(*(v if isinstance(v, Text) else inert(v) for v in r))
    out.print(t)
