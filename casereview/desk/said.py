"""What a form says of one finding, of a case or of a unit: recorded by the acts of ``run``."""

from __future__ import annotations

from casereview.desk.office import Ask, Desk
from casereview.errors import UsageError
from casereview.record.drafts import Drafts
from casereview.reports.item_card import LawText, laws_beside
from casereview.reports.item_view import ItemView, OpinionView, opinion_view
from casereview.rounds.history import History
from casereview.rounds.settling import FAULT, VERDICTS, Pending, Said
from casereview.run import reviewing
from casereview.run.reviewing import WAIVE, opinions

FIELDS = ("why", "says", "points", "at", "until", "signer")  # what is written of an item


def drafted(history: History, ask: Ask, p: Pending) -> dict[str, str]:
    """What the person wrote of a finding so far, by field."""
    return dict.fromkeys(FIELDS, "") | Drafts(history.store).of(ask.name, p.finding.identity)


def opinions_seen(history: History, run: int, p: Pending, name: str) -> list[OpinionView]:
    """What was said of a finding, as far as the person may see it."""
    return [opinion_view(r) for r in opinions(history, run, p, name)]


def laws_of(history: History, run: int, p: Pending) -> list[LawText]:
    """The laws on which the item of a finding rests, as they stood then."""
    edition = history.editions.get(p.result.checklist.card)
    return laws_beside(edition, p.item, p.result, history.as_of(run))


def written(ask: Ask) -> dict[str, str]:
    """What the form holds."""
    return {k: ask.form.get(k, "") for k in FIELDS}


def record(desk: Desk, ask: Ask, history: History, run: int, at: ItemView) -> History:
    """Say of an item what the form holds. Returns the runs as they stand then. Raises UsageError;
    then nothing was recorded and what was written stays as a draft.
    """
    word, fields = ask.form.get("word", ""), written(ask)
    if word not in (*VERDICTS, WAIVE):
        raise UsageError(f"没有“{word}”这样的判断，可以选 {'、'.join((*VERDICTS, WAIVE))}。")
    if ask.form.get("key", "") != at.key:
        raise UsageError("这一项的依据刚刚变了（可能重新评查过），请看清楚再判断。")
    who, until, signer = desk.actor(ask.name), fields.pop("until"), fields.pop("signer")
    try:
        if word == WAIVE:
            return reviewing.waive(history, run, at.pending, fields["why"], until, signer, who)
        said = Said(word, **_fitting(at.pending, word, fields))
        return reviewing.say(history, run, at.pending, said, who, "settle" in ask.form)
    except UsageError:
        Drafts(history.store).keep(ask.name, at.pending.finding.identity, written(ask))
        raise


def _fitting(p: Pending, word: str, fields: dict[str, str]) -> dict[str, str]:
    """The fields that a verdict takes: where a fault is only of one that has no place."""
    taken = {k: v for k, v in fields.items() if word == FAULT or k == "why"}
    if not p.lacks_place:
        taken.pop("at", None)
    return taken
