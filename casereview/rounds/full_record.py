"""执法全过程记录 of a case, stage by stage: what papers each left, what sound or pictures stand
for it, and whether the record is whole (国办发〔2018〕118号).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from casereview.facts.procedures import procedure_of
from casereview.record.edition import Edition
from casereview.record.result import CaseResult

WHOLE, LACKING, INCOMPLETE, UNSEEN = "有", "缺", "不全", "待复核"
RECORDING = "记录"  # 三项制度 of the items that judge the record
INVESTIGATION = "调查取证"
_INTERIM = ("先行", "查封", "解除", "加处")  # decisions that do not conclude a case
_HEARD = (
    ("听证", "审核"),
    ("询问", INVESTIGATION),
    ("检查", INVESTIGATION),
    ("勘验", INVESTIGATION),
    ("送达", "送达"),
    ("查封", INVESTIGATION),
    ("扣押", INVESTIGATION),
    ("讨论", "审核"),
    ("审核", "审核"),
)  # a word in the name of a recording -> the stage that it shows


@dataclass(frozen=True)
class StageRecord:
    """One stage: its papers with how many, its recordings and photos, and a word on the whole."""

    stage: str
    papers: str
    sound: str
    word: str


def full_record(r: CaseResult, edition: Edition | None) -> tuple[StageRecord, ...]:
    """Every stage of a case. 不全: an item of this system fails on a paper of the stage; 待复核:
    nothing was found and some file could not be read.
    """
    kinds = Counter(k for d in r.documents for k in dict.fromkeys((d.kind, *d.also)))
    heard = Counter(_stage_heard(f.file) for f in r.files if f.format in ("media", "photo"))
    faulty = _faulty_kinds(r, edition)
    out = []
    for stage, named in procedure_of(r.procedure).record:
        own = [k for k in named or _concluding(kinds) if kinds[k]]
        papers = "、".join(k + (f" {kinds[k]} 份" if kinds[k] > 1 else "") for k in own)
        sound = f"{heard[stage]} 个" if heard[stage] else ""
        out.append(StageRecord(stage, papers, sound, _word(own, faulty, bool(r.unread))))
    return tuple(out)


def _concluding(kinds: Counter[str]) -> list[str]:
    return [k for k in kinds if k.endswith("决定书") and not k.startswith(_INTERIM)]


def _word(own: list[str], faulty: set[str], unread: bool) -> str:
    if not own:
        return UNSEEN if unread else LACKING
    return INCOMPLETE if faulty & set(own) else WHOLE


def _faulty_kinds(r: CaseResult, edition: Edition | None) -> set[str]:
    """Kinds of paper on which an item of this system fails; an absence stands on no paper."""
    judged = {i.id for i in edition.items if RECORDING in i.system} if edition else set()
    return {
        d.kind
        for f in r.findings
        if f.failed and f.check in judged and not f.absent
        for p in f.evidence
        for d in r.documents
        if d.holds(p)
    }


def _stage_heard(path: str) -> str:
    """The stage that a recording shows, by the first word in its name, else in its path."""
    for text in (path.rpartition("/")[2], path):
        found = [(text.index(word), stage) for word, stage in _HEARD if word in text]
        if found:
            return min(found)[1]
    return INVESTIGATION
