"""Kinds of check and named judgements. Importing this module registers every judgement."""

from casereview.rules.kinds.table import KINDS, judge_safely
from casereview.rules.special import (  # noqa: F401
    approval,
    archive,
    area,
    evidence,
    review_agency,
    service,
    shared_procedures,
    subject,
    surcharge,
    unit,
)
from casereview.rules.verdicts import PREDICATES, Context, Law

__all__ = ["KINDS", "PREDICATES", "Context", "Law", "judge_safely"]
