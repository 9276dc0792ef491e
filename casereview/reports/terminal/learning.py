"""Questions on how a unit writes, and what the answers moved, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from casereview.model import STATUS_WORDS
from casereview.papers.house import House
from casereview.reports.excel.question_sheet import worth
from casereview.reports.inert import clean
from casereview.reports.terminal.tables import COLOURS, Head, inert, table
from casereview.rounds.questions import Question

KEYS = "按号选；0 都不是　s 跳过　t 自己写　u 撤销上一答　q 退出"


def show_question(out: Console, q: Question, number: int, of: int) -> None:
    """One question with its numbered choices and what each would read."""
    out.print(Text(f"\n[{number}/{of}] {clean(q.text)}", style="bold"))
    out.print(Text(f"  关系到 {worth(q)}", style="dim"))
    out.print(Text(f"  见：{clean(q.example)}", style="dim"))
    for n, choice in enumerate(q.choices, 1):
        reads = f"　读作：{clean(choice.reads)}" if choice.reads else ""
        out.print(Text.assemble(f"  {n}  {clean(choice.text)}", (reads, "dim")))
    out.print(Text(f"  {KEYS}", style="dim"))


def show_house(out: Console, house: House) -> None:
    """Every entry of a house, with whether it holds."""
    holding = {e.number for e in house.holding}
    rows = [
        (e.number, e.on, e.by, e.sentence(), "有效" if e.number in holding else "", e.seen)
        for e in house.entries
    ]
    heads: list[Head] = [
        ("号", "right"),
        ("日期", "left"),
        ("谁", "left"),
        ("答复", "left"),
        ("", "left"),
    ]
    table(out, f"{house.unit}的用语", [*heads, ("见", "left")], rows, "还没有答复")


def show_moved(out: Console, moved: list[tuple[str, str, str, str]]) -> None:
    """Verdicts that moved: case, item, before, after."""
    rows = [(case, check, _word(before), _word(after)) for case, check, before, after in moved]
    heads: list[Head] = [("案卷", "name"), ("检查项", "left"), ("原来", "left"), ("现在", "left")]
    table(out, f"结论变化 {len(rows)} 项", heads, rows, "结论没有变化")


def _word(status: str) -> Text:
    return inert(STATUS_WORDS.get(status, "（无）"), COLOURS.get(status, ""))
