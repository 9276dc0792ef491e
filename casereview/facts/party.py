"""One party under several names: what it is, and which names of a case are the same party."""

from __future__ import annotations

import re

from casereview.chinese import (
    EIGHTEEN,
    PartyKind,
    id_check,
    is_resident_id,
    key,
    party_keys,
    party_kind,
    without_spaces,
)
from casereview.facts.approvals import groups_of
from casereview.facts.casefile import CaseFile
from casereview.facts.head import traders
from casereview.papers.paper import Paper

_PAPERS = (
    "处罚决定书",
    "当场处罚决定书",
    "不予处罚决定书",
    "立案审批表",
    "事先告知书",
    "听证告知书",
    "当事人身份证明",
    "现场检查笔录",
    "询问笔录",
    "公示记录",
)
_OWNER, _HEAD, _TRADE = "业主栏", "业主负责人栏", "字号栏"  # groups of labels
_TRADER_CODE = re.compile(r"(?<![0-9A-Za-z])92[0-9A-Z]{16}(?![0-9A-Za-z])")
HEAD = 500  # characters in which a paper says who the party is
_BESIDE = 200  # characters after a name in which its labels and numbers stand


def kind_in(case: CaseFile, name: str) -> PartyKind:
    """What the party called ``name`` is, by its name and by what stands beside it in the papers of
    the case. Somebody beside the code of a firm may be no more than who heads it.
    """
    papers = case.readable(*_PAPERS[:6])
    kind = party_kind(name, "\n".join(_beside(p, name) for p in papers))
    naming = next((p for p in papers if name in p.running_text.without_spaces), None)
    if kind is PartyKind.PERSON and naming is not None and _names_firm(naming):
        return PartyKind.UNKNOWN
    return kind


def _names_firm(paper: Paper) -> bool:
    """True for a paper whose head holds the code of a firm, by its check digit (GB 32100)."""
    numbers = EIGHTEEN.findall(paper.running_text.without_spaces[:HEAD])
    return any(id_check(n) and not is_resident_id(n) for n in numbers)


def _beside(paper: Paper, name: str) -> str:
    """What follows the first mention of ``name`` up to the facts of the case."""
    text = paper.running_text.without_spaces
    at = text.find(without_spaces(name))
    if at < 0:
        return ""
    rest = text[at + len(name) : at + len(name) + _BESIDE]
    return re.split(r"经查|查明|违法事实|简要案情|案情", rest)[0]


def same_party_in(case: CaseFile, a: str, b: str) -> bool:
    """True when two names mean one party: equal, written together as owner and trade name, or
    joined as such by some paper of the case.
    """
    mine, theirs = party_keys(a), party_keys(b)
    return bool(mine & theirs) or any(g & mine and g & theirs for g in _groups(case))


def _groups(case: CaseFile) -> list[frozenset[str]]:
    """Names of the case that are one sole trader each."""
    out: list[frozenset[str]] = []
    for paper in case.readable(*_PAPERS):
        group = _names_of(case, paper)
        for other in [g for g in out if g & group]:
            out.remove(other)
            group |= other
        if len(group) > 1:
            out.append(group)
    return out


def _names_of(case: CaseFile, paper: Paper) -> frozenset[str]:
    """Owner and trade name as one paper joins them; empty where it names one of them only."""
    fact = case.facts_of(paper).get("当事人")
    named = fact.value if fact and isinstance(fact.value, list) else [fact.value] if fact else []
    if len(named) > 1:
        return frozenset()
    keys = {k for n in named for k in party_keys(str(n))} | _owners(paper) | _trades(paper)
    keys |= {key(n) for pair in traders(paper) for n in (pair.owner, pair.trade) if n}
    firm = any(re.search(r"公司|合作社", k) for k in keys)
    return frozenset() if firm else frozenset(keys)


def _owners(paper: Paper) -> set[str]:
    """Keys of the people whom labels call the owner of the business."""
    trader = bool(_TRADER_CODE.search(paper.running_text.without_spaces))
    groups = groups_of(paper.vocab)
    every = paper.fields(*groups[_OWNER].names, *(groups[_HEAD].names if trader else ()))
    who = (re.split(r"[，,；;、（(]", f.without_spaces)[0] for f in every)
    return {key(n) for n in who if party_kind(n) is PartyKind.PERSON}


def _trades(paper: Paper) -> set[str]:
    """Keys of the names of businesses that labels give."""
    out: set[str] = set()
    for found in paper.fields(*groups_of(paper.vocab)[_TRADE].names):
        if party_kind(found.value) in (PartyKind.UNIT, PartyKind.TRADER):
            out |= party_keys(found.value)
    return out
