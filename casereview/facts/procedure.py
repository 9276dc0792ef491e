"""Which procedure a case followed, from the papers it holds, with why. A person can set it by hand
(``score --procedure``).
"""

from __future__ import annotations

import re

from casereview.facts.casefile import CaseFile

_MARKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("ordinary", ("处罚决定书",), "卷内有"),
    ("nopenalty", ("不予处罚决定书",), "卷内有"),
    ("summary", ("当场处罚决定书",), "卷内有"),
    (
        "licence",
        ("许可决定书", "不予许可决定书", "许可申请书", "受理通知书", "不予受理通知书"),
        "卷内有",
    ),
    (
        "ordinary",
        ("事先告知书", "听证告知书", "处罚决定审批表", "立案审批表", "调查终结报告"),
        "卷内有",
    ),
    ("coercion", ("强制执行决定书", "代履行决定书", "查封扣押决定书", "查封扣押审批表"), "卷内有"),
    ("inspection", ("检查审批表", "检查通知书", "检查结果告知书"), "卷内有"),
)
_COVER = (("licence", r"行政许可"), ("coercion", r"行政强制"), ("inspection", r"行政检查"))


def recognise(case: CaseFile) -> tuple[str, str]:
    """(procedure, why). What the file concludes with decides; a case that shows no mark is taken
    for an ordinary penalty, as most are.
    """
    cover = case.one("卷宗封面")
    text = cover.running_text.without_spaces[:120] if cover else ""
    for procedure, pattern in _COVER:
        if re.search(pattern, text) and not re.search(r"行政处罚", text):
            return procedure, f"封面写明“{re.search(pattern, text).group(0)}”"
    for procedure, kinds, word in _MARKS:
        paper = next((p for p in case.papers if p.doc.kind in kinds), None)
        if paper:
            return procedure, f"{word}{paper.doc.kind}（{paper.doc.file}）"
    return "ordinary", "没有可以判断程序的文书，按行政处罚普通程序评查"
