"""The label of a case: what must be found, what may be, what the papers say."""

from __future__ import annotations

from typing import Any

from drawing.case import Case
from drawing.planting import Fault
from drawing.procedure import procedure

Story = dict[str, Any]


class WrongLabel(Exception):
    """What was planted is not what the verifier finds."""


def label(
    case: Case, planted: list[Fault], documents: list[dict[str, Any]], **known: str
) -> dict[str, Any]:
    """One line of labels.jsonl; refuses a story whose faults the verifier sees otherwise."""
    way = procedure(case.h.procedure)
    wanted = {f.check for f in planted}
    may = {x for f in planted for x in f.may}
    if planted:
        may |= {"archive.no-blank-fields", *way.always}
    found = way.broken(case.s)
    if not wanted <= found or not found <= wanted | may:
        raise WrongLabel(f"planted {sorted(wanted)}, verified {sorted(found)}")
    must = sorted(wanted)
    return {
        **known,
        "procedure": way.label,
        "must_fail": must,
        "may_fail": sorted((may | (found - wanted)) - set(must)),
        "not_applicable": [],
        "traps": [],
        "defects": [{"check": f.check, "variant": f.variant} for f in planted],
        "documents": documents,
        "facts": way.facts(case),
    }
