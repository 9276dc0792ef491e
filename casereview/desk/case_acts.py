"""What is said on the case screen. Each is the act of ``run`` and nothing else."""

from __future__ import annotations

from casereview.desk.case_screen import Opened, opened
from casereview.desk.office import Ask, Desk
from casereview.desk.said import record, written
from casereview.errors import UsageError
from casereview.record.drafts import Drafts
from casereview.reports.words import ranged
from casereview.rounds.settling import next_open, of_case
from casereview.run import reviewing
from casereview.run.decisions import take_back
from casereview.run.panel import hand_in as hand_in_cases


def _address(c: Opened, item: int) -> str:
    return f"/r/{c.run}/c/{c.number}/i/{item}"


def say(desk: Desk, ask: Ask) -> str:
    """Say of the item at hand what its form holds, and go to the next that waits. Raises
    UsageError; then nothing was recorded and what was written stays as a draft.
    """
    c = opened(desk, ask)
    at = c.at(ask.number("item"))
    now = record(desk, ask, c.history, c.run, at)
    desk.anew(c.result.case, now=now)
    ask.session.moved = ranged(c.view.score, c.view.low, c.view.high, c.view.grade)
    return _address(c, next_open(of_case(now, c.run, c.number), at.number) or at.number)


def back(desk: Desk, ask: Ask) -> str:
    """Take back what the person said last of the item at hand. Raises UsageError."""
    c = opened(desk, ask)
    at = c.at(ask.number("item"))
    take_back(at.pending.line.number, c.run, c.history, desk.actor(ask.name))
    desk.anew(c.result.case)
    return _address(c, at.number)


def undo(desk: Desk, ask: Ask) -> str:
    """Take back what the person said last of this case. Raises UsageError."""
    c = opened(desk, ask)
    last = reviewing.last_said(c.history, c.run, c.result.case, ask.name)
    if last is None:
        raise UsageError("这个案卷里没有您可以撤回的意见。")
    at = next(i for i in c.items if i.pending.finding.check == last.check)
    take_back(at.pending.line.number, c.run, c.history, desk.actor(ask.name))
    desk.anew(c.result.case)
    ask.session.note = f"已撤回：{at.row.name}"
    return _address(c, at.number)


def draft(desk: Desk, ask: Ask) -> str:
    """Keep what stands in the form. Raises UsageError."""
    history, run, case = desk.history(ask.name), ask.number("run"), ask.number("case")
    result, item = history.at(run, case), ask.number("item")
    if result is None or not 1 <= item <= len(result.findings):
        raise UsageError("没有这一项，草稿没有保存。")
    identity = result.findings[item - 1].identity
    Drafts(desk.store).keep(ask.name, identity, written(ask))
    return ""


def hand_in(desk: Desk, ask: Ask) -> str:
    """Hand in the review of this case; then it cannot be changed. Raises UsageError."""
    c = opened(desk, ask)
    hand_in_cases(desk.store, [c.result.case], desk.actor(ask.name), c.run)
    desk.anew()
    ask.session.note = "已提交。两人都提交以后，互相看得到意见。"
    return f"/r/{c.run}/c/{c.number}"
