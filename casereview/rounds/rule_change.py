"""Was it the same rule that judged a finding in both runs? A score that moved because the rule or
the program moved is no rectification.
"""

from __future__ import annotations

from casereview.record.result import FindingResult
from casereview.rounds.change import Sight

NO_EDITION = "有一轮没有留存所用的标准，无从核对该项是否修改"
ITEM_MOVED = "该项的判断标准或者分值已修改"
ENGINE_MOVED = "该项的判法或者所依据的文书资料、本单位用语已更新"
ENGINE_UNKNOWN = "两轮由不同版本的程序评查，不能断定判法相同"
SAME_FILES = "出问题的文件没有变化，而两轮由不同版本的程序评查"


def rule_moved(a: Sight, b: Sight, old: FindingResult, new: FindingResult) -> str:
    """'' when the item asks for the same in both runs as far as can be told, else what differs."""
    if a.edition is None or b.edition is None:
        same = a.result.checklist.sha256 == b.result.checklist.sha256
        return "" if same else NO_EDITION
    x, y = a.item(old.check), b.item(new.check)
    if x is None or y is None:
        return ""
    comparable = bool(x.engine) == bool(y.engine)  # both digests are of one make
    if not x.costs_as(y) or (comparable and x.rule != y.rule):
        return ITEM_MOVED
    used = {**old.parameters, **new.parameters}
    moved = [n for n in used if a.edition.parameters.get(n) != b.edition.parameters.get(n)]
    return f"参数{'、'.join(moved)}已修改" if moved else ""


def engine_moved(a: Sight, b: Sight, old: FindingResult, new: FindingResult) -> str:
    """'' when the item was judged in the same way in both runs, else why that cannot be said. It
    matters only where the verdict differs.
    """
    x, y = a.item(old.check), b.item(new.check)
    before, after = (x.engine if x else ""), (y.engine if y else "")
    if before and after:
        return "" if before == after else ENGINE_MOVED
    if before or after or a.tool != b.tool:
        return ENGINE_UNKNOWN
    return ""


def untouched(a: Sight, b: Sight, old: FindingResult) -> str:
    """Why a fault that is gone under another version of the program was not put right: every file
    on which it stood came back byte for byte. '' when the program is the same or a file changed.
    """
    if a.tool == b.tool or old.absent:
        return ""
    digests = {f.file: f.sha256 for f in a.result.files}
    carried = {digests.get(p.file, "") for p in old.evidence}
    there = {f.sha256 for f in b.result.files if f.sha256}
    return SAME_FILES if carried and carried <= there else ""
