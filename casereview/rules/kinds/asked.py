"""Which papers of a kind an item asks: those that carry a fact, and not those whose facts say that
the requirement is not for them.
"""

from __future__ import annotations

from casereview.chinese.wording import says
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Groups, listed
from casereview.rules.verdicts import Context


def asked(
    ctx: Context, papers: list[Paper], only_with: tuple[str, ...], except_when: Groups
) -> list[Paper]:
    """Those of ``papers`` that carry one of the facts ``only_with`` (any when none is
    named), but for those where a fact of ``except_when`` says one of its wordings.
    """
    out = []
    for paper in papers:
        facts = ctx.case.facts_of(paper)
        if only_with and not any(name in facts for name in only_with):
            continue
        excused = (
            says(str(facts[name].value), words) for name, words in except_when if name in facts
        )
        if not any(excused):
            out.append(paper)
    return out


def asked_rule(only_with: tuple[str, ...], except_when: Groups) -> str:
    """What ``asked`` leaves out, as the beginning of a rule."""
    parts = []
    if only_with:
        parts.append(f"有{listed(only_with)}的")
    parts += [f"{name}不是{listed(words)}的" for name, words in except_when]
    return "、".join(parts)
