"""What judgements of the decision ask of the prior notice."""

from __future__ import annotations

import re

from casereview.facts.citations import article_number
from casereview.law.statutes import short_title
from casereview.model import Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import NOTICE, Context, na


def notices(ctx: Context) -> list[Paper]:
    """The readable notices."""
    return ctx.case.readable(*NOTICE)


def notice_gone(ctx: Context) -> Verdict | None:
    """When there is no readable notice: na where it is surely absent (notice.present says so), else
    open.
    """
    v = ctx.absent(*NOTICE)
    return na("卷内没有事先告知书（见“事先告知书在卷”）") if v and v.status == "na" else v


def chain_key(text: str) -> set[tuple[str, int]]:
    """A citation as (law, article) pairs."""
    out = set()
    for m in re.finditer(r"《([^》]+)》([^《]*)", text):
        for a in re.findall(r"第[零〇一二两三四五六七八九十百千\d]+条", m[2]):
            out.add((short_title(m[1]), article_number(a)))
    return out
