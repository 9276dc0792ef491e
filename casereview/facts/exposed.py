"""Personal data that stands open in a paper: whole numbers of identity, phones, accounts, homes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from casereview.chinese import PartyKind, party_kind
from casereview.facts.approvals import groups_of
from casereview.facts.registry import FactSpec, Step
from casereview.model import Fact, Place
from casereview.papers.paper import Paper

SHOWN = 6  # characters that a finding quotes
_OPEN: Mapping[str, re.Pattern[str]] = {
    "身份证号": re.compile(
        r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]"
        r"(?![0-9A-Za-z])"
    ),
    "手机号": re.compile(r"(?<!\d)1\d{10}(?!\d)"),
    "银行账号": re.compile(r"(?:账号|帐号|卡号|银行账户)[：:]?\d{12,19}"),
    "住址": re.compile(
        r"(?:住址|家庭住址|住所|户籍地址)[：:\n]?[^\n，。；]{2,30}(?:号|室|组|村|弄|幢|单元)"
    ),
}
HOME = "住址"


def exposed(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """公开的个人信息: the first number or address of the sort that the step names. A home is asked
    of
    natural persons only: where the paper names its party as one.
    """
    sort = step.labels.names[0]
    if sort == HOME and not _of_a_person(p):
        return None
    hit = p.running_text.find(_OPEN[sort])
    if hit is None:
        return None
    at = hit.place
    return Fact(sort, hit.text[:SHOWN], Place(at.file, at.page, at.box, hit.text[:SHOWN]))


def _of_a_person(p: Paper) -> bool:
    found = p.field(*groups_of(p.vocab)["公示的相对人栏"].names)
    name = re.split(r"[（(，,；;]", found.without_spaces)[0] if found else ""
    return party_kind(name) is PartyKind.PERSON
