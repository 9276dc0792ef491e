"""The screens of the organiser: where a round stands, its cases and units, two rounds side by side,
objections, double review.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlencode

from casereview.desk.frame import called, framed, used_editions
from casereview.desk.office import Ask, Desk
from casereview.desk.shown import page
from casereview.errors import UsageError
from casereview.reports.gather import unit_view
from casereview.reports.view import UnitMean
from casereview.reports.web.pictures import movement
from casereview.reports.words import mean
from casereview.rounds.case_list import CasesAsked, wanted
from casereview.rounds.history import History
from casereview.rounds.movement import Movement
from casereview.rounds.panel import Triggers
from casereview.rounds.panel_status import panel_status
from casereview.rounds.progress import LEFT_OUT, MISSING, explanations, progress_of, told
from casereview.rounds.progress import objections as objections_of
from casereview.rounds.rate import ACCEPTED, NOT_TAKEN, REJECTED, TAKEN, rates, total
from casereview.rounds.rectification import waiting
from casereview.rounds.trend import trend_of
from casereview.rounds.unit_history import UnitHistory
from casereview.run.decisions import ObjectionOrder, decide_objection
from casereview.run.issuing import standing_in_the_way

WORST = 3  # units at the end of the ranking that are due for a visit
SHOWN = 300  # lines of a comparison
ROWS = 500  # cases of a page
WIDE_PICTURE = 1300


def home(desk: Desk, ask: Ask) -> str:
    """All campaigns with their rounds, and the trials."""
    history = desk.history(ask.name)
    runs = {r.id: r for r in desk.store.runs()}
    return page(
        "home.html.j2",
        name=ask.name,
        note=ask.session.told(),
        campaigns=history.campaigns.every,
        trials=[(runs[n], history.campaigns.names.get(n, "")) for n in history.trials()],
        work=desk.work.progress,
    )


def _today(desk: Desk) -> str:
    return desk.setting.day().isoformat()


def state(desk: Desk, ask: Ask) -> str:
    """Where a round stands, unit by unit."""
    run, history = ask.number("run"), desk.history(ask.name)
    p = progress_of(history, run, _today(desk))
    return framed(
        desk,
        ask,
        "state.html.j2",
        run,
        p=p,
        missing=p.of(MISSING),
        left_out=p.of(LEFT_OUT),
        sums={
            key: sum(getattr(u, key) for u in p.units)
            for key in ("open", "faults", "objections", "asked", "answered", "overdue")
        },
        issued=sum(bool(u.issued) for u in p.units),
        numbers=_unit_numbers(history, run),
        editions=_editions(history, run),
        lacking=standing_in_the_way(history, run),
    )


def _unit_numbers(history: History, run: int) -> dict[str, int]:
    """Units by the number in their address."""
    return {unit: n for n, unit in enumerate(sorted({h.unit for h in history.heads(run)}), 1)}


def unit_named(history: History, run: int, number: int) -> str:
    """The unit of this number. Raises UsageError."""
    names = {n: unit for unit, n in _unit_numbers(history, run).items()}
    if number not in names:
        raise UsageError(f"这一轮没有第 {number} 个单位。")
    return names[number]


def _editions(history: History, run: int) -> list[tuple[int, str]]:
    """The checklists that were used, each with the number in its address."""
    used = used_editions(history, run)
    return [(n, history.editions[card].name) for n, card in enumerate(used, 1)]


def cases(desk: Desk, ask: Ask) -> str:
    """The list of cases."""
    run, history, q = ask.number("run"), desk.history(ask.name), ask.query
    rows = desk.lines(history, run)
    asked = CasesAsked(
        unit=q.get("unit", ""),
        text=q.get("text", ""),
        grade=q.get("grade", ""),
        open=bool(q.get("open")),
        vetoed=bool(q.get("vetoed")),
        mine=bool(q.get("mine")),
    )
    found = wanted(rows, asked)
    at = max(1, ask.digit("page", 1))
    return framed(
        desk,
        ask,
        "cases.html.j2",
        run,
        rows=found[(at - 1) * ROWS : at * ROWS],
        found=len(found),
        pages=_pages(q, at, len(found)),
        of=len(rows),
        asked=asked,
        units=sorted({x.unit for x in rows}),
        grades=sorted({x.grade for x in rows}),
    )


def _pages(query: Mapping[str, str], at: int, rows: int) -> list[tuple[str, str]]:
    """The pages beside this one: what each is called, and the rest of its address."""
    beside = (("上一页", at - 1, at > 1), ("下一页", at + 1, at * ROWS < rows))
    return [
        (name, "?" + urlencode({**query, "page": page})) for name, page, there in beside if there
    ]


def unit(desk: Desk, ask: Ask) -> str:
    """One unit: its cases, faults by class, how it did over the rounds, and its list."""
    run, history = ask.number("run"), desk.history(ask.name)
    name = unit_named(history, run, ask.number("unit"))
    view, today = unit_view(history, run, name), _today(desk)
    sent = [i for i in told(history, run, today) if i.unit == name]
    return framed(
        desk,
        ask,
        "unit.html.j2",
        run,
        number=ask.number("unit"),
        u=view,
        lines=[x for x in desk.lines(history, run) if x.unit == name],
        kinds=Counter((t.row.stage, t.row.sort) for t in view.faults).most_common(),
        trend=_over_rounds(history, today, name),
        sent=sent,
        unsent=[] if sent else waiting(history, run, name),
    )


def _over_rounds(history: History, today: str, name: str) -> UnitHistory | None:
    """A unit over the rounds."""
    every = trend_of(history, today, name, WORST).units
    return next((u for u in every if u.unit == name), None)


def comparison(desk: Desk, ask: Ask) -> str:
    """A round beside the one before it, or beside the one that is asked for."""
    run, history = ask.number("run"), desk.history(ask.name)
    before = ask.digit("with") or history.earlier(run)
    others = [(n, called(history, n)) for n in history.line(run) if n != run]
    if not before:
        return framed(desk, ask, "comparison.html.j2", run, c=None, others=others)
    c = history.compare(before, run, flags=True)
    means = _means(c.cases, {h.case: h.unit for h in history.heads(run)})
    return framed(
        desk,
        ask,
        "comparison.html.j2",
        run,
        c=c,
        others=others,
        rate=total(rates(history, before, run).values()),
        flags=c.flags,
        changes=c.changes[:SHOWN],
        more=max(0, len(c.changes) - SHOWN),
        means=movement(means, WIDE_PICTURE) if means else None,
    )


def _means(cases: Mapping[str, Movement], units: Mapping[str, str]) -> list[UnitMean]:
    """The means of the units over the cases that both rounds scored."""
    of: dict[str, list[Movement]] = {}
    for case, moved in cases.items():
        of.setdefault(units.get(case, ""), []).append(moved)
    both = [
        (unit, mean([m.start for m in own]), mean([m.to for m in own])) for unit, own in of.items()
    ]
    return [UnitMean(unit, a, b) for unit, a, b in both if a is not None and b is not None]


def objections(desk: Desk, ask: Ask) -> str:
    """What units objected to or explained and nobody decided, and what went out otherwise."""
    run, history = ask.number("run"), desk.history(ask.name)
    return framed(
        desk,
        ask,
        "objections.html.j2",
        run,
        objections=objections_of(history, run),
        explanations=explanations(history, run),
        told=told(history, run, _today(desk)),
        words=((ACCEPTED, REJECTED), (TAKEN, NOT_TAKEN)),
        find=_finder(history, run),
    )


def _finder(history: History, run: int) -> dict[tuple[str, str], str]:
    """(case, item) -> where it is looked at."""
    numbers = {h.case: n for n, h in enumerate(history.heads(run), 1) if h.fails or h.ruled}
    return {
        (r.case, f.check): f"/r/{run}/c/{numbers[r.case]}/i/{m}"
        for r in history.briefs(run, numbers)
        for m, f in enumerate(r.findings, 1)
        if f.failed or f.state
    }


def decide(desk: Desk, ask: Ask) -> str:
    """Decide on an objection or an explanation. Raises UsageError."""
    run, said = ask.number("run"), ask.form
    order = ObjectionOrder(
        said.get("identity", ""), said.get("outcome", ""), said.get("why", ""), run
    )
    case, check = decide_objection(desk.store, order, desk.actor(ask.name))
    desk.anew()
    ask.session.note = f"已记录：{case} {check} {order.outcome}"
    return f"/r/{run}/objections"


def panel(desk: Desk, ask: Ask) -> str:
    """Double review: who has handed in, and where two people differ."""
    run, history = ask.number("run"), desk.history(ask.name)
    state = history.panel_state(run)
    numbers = {h.case: n for n, h in enumerate(history.heads(run), 1)}
    places = {
        r.case: {f.check: m for m, f in enumerate(r.findings, 1)}
        for r in history.briefs(run, state.reviewers)
    }
    status = panel_status(history, run, Triggers(), []) if state.reviewers else None
    editions = history.editions.values()
    return framed(
        desk,
        ask,
        "panel.html.j2",
        run,
        status=status,
        numbers=numbers,
        places=places,
        names={i.id: i.name for e in editions for i in e.items},
        mine=[c for c, pair in state.reviewers.items() if ask.name in pair],
        handed=state.handed_in,
    )
