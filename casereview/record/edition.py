"""A checklist as it was applied, as plain data kept with every run: old runs can be read, added up
and compared when the files have long changed.
"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

from casereview.law.parameters import Parameter
from casereview.record.canonical_json import canonical
from casereview.record.identity import digest
from casereview.rules.checklist import Check, Checklist
from casereview.rules.kinds.table import Manual
from casereview.rules.rulebook import Rules, RuleSet
from casereview.rules.schemes import Scoring

Card = dict[str, Any]


def rule_digest(c: Check) -> str:
    """What an item means: how it judges, when it applies, what it costs. Wording, advice and
    article do not count.
    """
    return digest(
        "rule/1",
        c.kind_name,
        repr(c.kind),
        repr(c.when),
        str(c.since),
        str(c.until),
        f"{c.points.normalize():f}",
        str(c.veto),
        str(c.bonus),
        c.gravity,
    )


def parameter_digest(p: Parameter) -> str:
    """All values of a number of the law, with their days and way of counting."""
    return digest(
        "parameter/1", *(f"{v.since} {v.until} {v.value} {v.unit} {v.day_kind}" for v in p.values)
    )


def edition_of(rules: Rules) -> Card:
    """The card of a checklist; its ``digest`` is over everything else in it."""
    c = rules.checklist
    body: Card = {
        "id": c.id,
        "title": c.title,
        "version": c.version,
        "procedure": c.procedure,
        "sha256": c.sha256,
        "scoring": {f.name: _plain(getattr(c.scoring, f.name)) for f in fields(Scoring)},
        "items": [
            {
                "id": x.id,
                "name": x.name,
                "stage": x.stage,
                "system": x.system,
                "points": str(x.points),
                "veto": x.veto,
                "curable": x.curable,
                "bonus": x.bonus,
                "gravity": x.gravity,
                "basis": list(x.basis),
                "advice": x.advice,
                "fails_when": x.fails_when,
                "kind": x.kind_name,
                "former": list(x.former),
                "rule": rule_digest(x),
            }
            for x in c.checks
        ],
        "parameters": {n: parameter_digest(p) for n, p in sorted(rules.parameters.items())},
    }
    return {**body, "digest": digest("card/1", canonical(body))}


_DIGESTS: dict[tuple[object, ...], str] = {}


def edition_digest(rules: Rules) -> str:
    """The digest of ``edition_of``, worked out once for each set of rules."""
    known = (rules.sha256, rules.digests)
    if known not in _DIGESTS:
        _DIGESTS[known] = edition_of(rules)["digest"]
    return _DIGESTS[known]


def editions_of(rules: Rules | RuleSet) -> list[Card]:
    """The card of every checklist that a run may use."""
    return [edition_of(r) for r in (rules.by.values() if isinstance(rules, RuleSet) else [rules])]


def _plain(v: Any) -> Any:
    if isinstance(v, Decimal):
        return str(v)
    return (
        [list(map(_plain, x)) if isinstance(x, tuple) else x for x in v]
        if isinstance(v, tuple)
        else v
    )


def checklist_of(card: Card) -> Checklist:
    """The checklist of a card, good for adding up and for naming items; it cannot judge."""
    s = dict(card["scoring"])
    for name in ("excellent", "passing", "full", "base", "bonus_cap", "veto_cap"):
        s[name] = Decimal(s[name])
    s["caps"] = tuple((n, Decimal(v)) for n, v in s["caps"])
    s["deduct_sections"] = tuple(s["deduct_sections"])
    checks = tuple(
        Check(
            x["id"],
            x["name"],
            x["stage"],
            x["system"],
            Decimal(x["points"]),
            x["veto"],
            x["curable"],
            tuple(x["basis"]),
            x["advice"],
            x["kind"],
            Manual("", ()),
            (),
            x["fails_when"],
            "",
            None,
            None,
            x["bonus"],
            x["gravity"],
            tuple(x["former"]),
        )
        for x in card["items"]
    )
    return Checklist(
        card["id"],
        card["title"],
        card["version"],
        card["procedure"],
        "",
        Scoring(**s),
        checks,
        card["sha256"],
    )


def items_by_id(card: Card) -> dict[str, dict[str, Any]]:
    """Item id -> its row."""
    return {x["id"]: x for x in card["items"]}
