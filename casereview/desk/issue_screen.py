"""Issuing from the page: what stands in the way, the papers as drafts, and the act itself, which is
the one of the command line. Its papers lie in a folder of their own and can be taken from the page.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from casereview.desk.frame import called, framed
from casereview.desk.office import Ask, Desk
from casereview.errors import UsageError
from casereview.record.drafts import Drafts
from casereview.record.store import Store
from casereview.reports.issued import drafts, maker, supervision_maker
from casereview.reports.office import Office
from casereview.reports.word.papers import file_name
from casereview.reports.words import cn_date
from casereview.rounds.consequences import BULLETIN, NOTICE
from casereview.rounds.history import History
from casereview.rounds.supervision import KINDS
from casereview.run.issuing import (
    IssueDone,
    IssueOrder,
    due_day,
    issue,
    issued,
    standing_in_the_way,
)
from casereview.run.outbox import acts, fresh
from casereview.run.pages import text_of
from casereview.run.supervising import SupervisionOrder, supervise

WHAT = (NOTICE, BULLETIN, *KINDS)
OFFICE = ("发文机关", "联系人", "联系电话", "主送", "抄送", "印发机关", "本级政府")
FIELDS = (*OFFICE, "what", "unit", "due", "days", "first", "says", "number")
OF_THE_ACT = ("signer", "why")  # said anew each time
TICKED = ("cases", "again", "unmasked")
KEPT = "issue"  # under this name the form is kept for the next time


def folder_of(desk: Desk, history: History, run: int) -> Path:
    """Where the papers of a round lie."""
    return desk.setting.papers / file_name(called(history, run))


def screen(desk: Desk, ask: Ask) -> str:
    """What went out, what stands in the way, and the form of the act."""
    run, history = ask.number("run"), desk.history(ask.name)
    given = desk.setting.outbox
    form = dict.fromkeys((*FIELDS, *OF_THE_ACT, *TICKED), "") | given.office.given
    form |= {"days": str(given.days), "unit": ask.query.get("unit", "")}
    return framed(
        desk,
        ask,
        "issue.html.j2",
        run,
        trial=run not in history.campaigns.rounds,
        lacking=standing_in_the_way(history, run),
        sent=[(at, p) for at, p in reversed(issued(desk.store)) if p.run == run],
        acts=acts(folder_of(desk, history, run)),
        units=sorted({h.unit for h in history.heads(run)}),
        what=WHAT,
        office=OFFICE,
        form=form | Drafts(desk.store).of(ask.name, KEPT),
        drafted=len(ask.session.drafts),
    )


def draft_papers(desk: Desk, ask: Ask) -> str:
    """The drafts that were made last, one of them in full."""
    run, every = ask.number("run"), ask.session.drafts
    if not every:
        raise UsageError("还没有预览，或者程序重新启动过；请在“印发”里再预览一次。")
    at = min(ask.digit("n"), len(every) - 1)
    name, data = every[at]
    shown = text_of(name, data) if name.endswith(".docx") else ()
    names = [n for n, _ in every]
    return framed(desk, ask, "draft.html.j2", run, names=names, at=at, texts=shown)


def preview(desk: Desk, ask: Ask) -> str:
    """Make what would go out, as drafts. Raises UsageError."""
    run, said = ask.number("run"), ask.form
    store = Store(desk.setting.db)
    try:
        _keep(store, ask)
        what, who = said.get("what", NOTICE), desk.actor(ask.name)
        if what not in (NOTICE, BULLETIN):
            raise UsageError(f"{what}没有预览；写明事由和批准的人以后直接制发。")
        ask.session.drafts = drafts(
            History(store),
            run,
            said.get("unit", ""),
            _dated(_office(desk, ask), due_day(*_due(ask), who)),
            what == BULLETIN,
            "cases" in said,
        )
    finally:
        store.close()
    return f"/r/{run}/issue/draft"


def send(desk: Desk, ask: Ask) -> str:
    """Issue. Raises UsageError with all that stands in the way; then nothing went out, and what was
    typed stays.
    """
    with desk.issuing:
        store = Store(desk.setting.db)
        try:
            _keep(store, ask)
            done = _issued(desk, ask, store)
            Drafts(store).keep(ask.name, KEPT, {k: ask.form.get(k, "") for k in OFFICE})
        finally:
            store.close()
    ask.session.drafts = ()
    ask.session.note = _told(done)
    return f"/r/{ask.number('run')}/issue"


def _issued(desk: Desk, ask: Ask, store: Store) -> IssueDone:
    """Do what the form asks for. Raises UsageError."""
    history, who = History(store), desk.actor(ask.name)
    where = folder_of(desk, history, ask.number("run"))
    order = _order(ask, fresh(where, who.today.isoformat()))
    office, templates = _office(desk, ask), desk.setting.outbox.templates
    if isinstance(order, SupervisionOrder):
        return supervise(store, order, who, supervision_maker(office, templates))
    return issue(store, order, who, maker(office, templates, order.cases))


def _order(ask: Ask, folder: Path) -> IssueOrder | SupervisionOrder:
    """What the form asks for. Raises UsageError."""
    due, days = _due(ask)
    what = _typed(ask, "what")
    common = IssueOrder(
        folder,
        _typed(ask, "unit"),
        due=due,
        days=days,
        again="again" in ask.form,
        signer=_typed(ask, "signer"),
        why=_typed(ask, "why"),
        unmasked="unmasked" in ask.form,
        run=ask.number("run"),
    )
    if what in KINDS:
        shared = {k: v for k, v in vars(common).items() if k not in ("bulletin", "cases", "first")}
        says, number = _typed(ask, "says"), _typed(ask, "number")
        return SupervisionOrder(**shared, kind=what, says=says, number=number)
    return replace(
        common,
        bulletin=what == BULLETIN,
        cases="cases" in ask.form,
        first=_number(_typed(ask, "first"), "文号从几号起"),
    )


def _typed(ask: Ask, field: str) -> str:
    """What stands in a field of the form."""
    return ask.form.get(field, "").strip()


def _due(ask: Ask) -> tuple[str, int]:
    """The last day that the form names, and the working days that count where it names none.
    Raises UsageError.
    """
    days = _number(_typed(ask, "days"), "几个工作日内反馈")
    return _typed(ask, "due"), days or IssueOrder.days


def _dated(office: Office, due: str) -> Office:
    """What the office says, with the last day for answers (ISO)."""
    return Office({**office.given, "整改期限": cn_date(due)})


def _number(text: str, field: str) -> int:
    """A number as typed, 0 for nothing. Raises UsageError."""
    if text and not (text.isascii() and text.isdigit() and len(text) < 7):
        raise UsageError(f"“{field}”要写数字，写的是“{text}”。")
    return int(text or 0)


def _office(desk: Desk, ask: Ask) -> Office:
    """What the office says of itself: as typed, else as the desk was opened with."""
    typed = {k: v for k in OFFICE if (v := _typed(ask, k))}
    return Office({**desk.setting.outbox.office.given, **typed})


def _keep(store: Store, ask: Ask) -> None:
    """Keep what was typed, so that a refusal costs nothing."""
    kept = {k: ask.form.get(k, "") for k in (*FIELDS, *OF_THE_ACT, *TICKED)}
    Drafts(store).keep(ask.name, KEPT, kept)


def _told(done: IssueDone) -> str:
    """What went out."""
    lines = [
        f"已印发 {x.unit or BULLETIN}"
        + (f"：{len(x.items)} 个问题，{done.due} 前反馈" if x.unit else "")
        + "".join(f"；{kind} {n}" for kind, n in x.numbers.items())
        for x in done.sent
    ]
    lines += [f"{name}：没有需要整改的问题，没有下发" for name in done.nothing]
    if done.lacking:
        lines.append(f"批准提前印发，当时还缺 {len(done.lacking)} 处，已记录在案")
    return "\n".join([*lines, f"写出 {len(done.files)} 份文件，可以在下面取走"])
