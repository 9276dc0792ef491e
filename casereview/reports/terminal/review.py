"""One finding that waits for a person, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from casereview.model import FAIL
from casereview.reports.inert import clean
from casereview.reports.terminal.results import found, show_documents
from casereview.reports.terminal.tables import COLOURS, inert, told
from casereview.reports.words import place_line, ruling_line
from casereview.rounds.settling import Pending

KEYS = "1 合格　2 不合格　3 不适用　s 跳过　u 撤回上一项　d 各处和卷内文书　n 写备注　q 退出"


def show_pending(out: Console, p: Pending, number: int, of: int) -> None:
    """The item, its rule, what the program says, the first place with its quote, and the keys."""
    f, x = p.finding, p.line
    out.print(Text(f"\n[{number}/{of}]  {x.number}  {clean(x.case)}", style="bold"))
    veto = "　否决项" if x.veto else ""
    word = Text(x.word, style=COLOURS.get(x.status, ""))
    out.print(Text.assemble(f"{x.stage}　{clean(x.name)}　", word, veto))
    for label, text in _rule(p):
        if text:
            told(out, inert(f"{label}：{text}", "dim"))
    told(out, Text(clean(f.message)))
    for place in p.quoted[:1]:
        told(out, found(place_line(place), clean(place.quote)))
    if len(p.quoted) > 1:
        out.print(Text(f"  还有 {len(p.quoted) - 1} 处，按 d 看", style="dim"))
    if f.ruling:
        out.print(Text("复核：" + ruling_line(f), style="magenta"))
    out.print(Text(KEYS, style="dim"))


def _rule(p: Pending) -> list[tuple[str, str]]:
    """What the item asks for."""
    if p.item is None:
        return []
    way = p.item.deduction.sentence(p.item.points)
    rows = [("判不合格", p.item.fails_when), ("依据", "；".join(p.item.basis))]
    return [*rows, ("扣分", way or f"{p.item.points} 分")]


def show_beside(out: Console, p: Pending) -> None:
    """Every place of a finding, how the program came to it, and the papers of the case with the
    pages on which they stand.
    """
    for place in p.quoted:
        told(out, found(place_line(place), clean(place.quote)))
    for line in p.finding.working:
        told(out, inert(line, "dim"))
    if p.finding.status == FAIL and p.item and p.item.advice:
        told(out, inert(f"整改：{p.item.advice}", "green"))
    show_documents(out, p.result.documents, p.result.unread)
