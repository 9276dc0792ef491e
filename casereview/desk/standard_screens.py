"""The standard as it was applied in a round, to be read beside the cases."""

from __future__ import annotations

from casereview.desk.frame import framed, used_editions
from casereview.desk.office import Ask, Desk
from casereview.errors import UsageError
from casereview.record.edition import Edition, EditionItem
from casereview.reports.item_card import item_card


def standard(desk: Desk, ask: Ask) -> str:
    """A checklist item by item, and the item that is asked for in full."""
    run, history = ask.number("run"), desk.history(ask.name)
    used = used_editions(history, run)
    if not 1 <= ask.number("standard") <= len(used):
        raise UsageError(f"这一轮没有用到第 {ask.number('standard')} 份标准。")
    edition = history.editions[used[ask.number("standard") - 1]]
    item = edition.get(ask.query.get("item", "")) or edition.items[0]
    results = list(history.briefs(run))
    own = [r for r in results if r.checklist.card == edition.digest]
    fails = {i.id: sum(f.failed for r in own if (f := r.finding(i.id))) for i in edition.items}
    return framed(
        desk,
        ask,
        "standard.html.j2",
        run,
        number=ask.number("standard"),
        edition=edition,
        stages=_stages(edition),
        fails=fails,
        card=item_card(edition, item, results),
    )


def _stages(edition: Edition) -> list[tuple[str, list[EditionItem]]]:
    out: dict[str, list[EditionItem]] = {}
    for item in edition.items:
        out.setdefault(item.stage, []).append(item)
    return list(out.items())
