"""Kinds of check and named judgements. Importing this package registers every predicate."""

from casereview.checks import (  # noqa: F401
    approval,
    archive,
    common,
    decision,
    evidence,
    filing,
    hearing,
    lawofday,
    measures,
    notice,
    onthespot,
    publicity,
    service,
    subject,
    unit,
)
from casereview.checks.base import PREDICATES, Context, Law
from casereview.checks.kinds import KINDS, judge_safely

__all__ = ["KINDS", "PREDICATES", "Context", "Law", "judge_safely"]
