"""What a reviewer filled in on a 复核表, read from the workbook as it comes back: what cannot be
meant is refused with sheet, row and column, and then nothing counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from casereview.errors import UsageError
from casereview.privacy.mask import Mask
from casereview.reports.excel.returned import Fault, ListForm, Row, rows_of
from casereview.reports.excel.review_sheet import (
    ASKED,
    AT,
    CASE,
    FILLED,
    ITEM,
    KEY,
    MESSAGE,
    NOTE,
    NUMBER,
    POINTS,
    SAYS,
    VERDICT,
    case_of,
    message_of,
    sentence_of,
)
from casereview.reports.inert import clean
from casereview.rounds.settling import FAULT, VERDICTS, Pending, Said

LIST = ListForm(
    "导出的复核表", (*ASKED, *FILLED, KEY), (CASE, ITEM, MESSAGE, *FILLED), FILLED, KEY, VERDICT
)


@dataclass(frozen=True)
class Returned:
    """What came back: what was said by finding, how many rows were left empty, and lines that speak
    of no finding (stamps, remarks).
    """

    said: tuple[tuple[Pending, Said], ...]
    empty: int
    remarks: tuple[str, ...]


@dataclass
class _Reading:
    """What was read so far. ``seen``: where each finding was met, and what was said of it."""

    known: Mapping[str, Pending]
    mask: Mask
    remarks: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    seen: dict[str, tuple[Row, Said | None]] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """One row: a ruling, nothing yet, a remark, or a complaint."""
        if not row.written:
            return
        key = row.bare(KEY).lower()
        p = self.known.get(key.partition(".")[0]) or self._by_words(row)
        if p is not None:
            self._said(row, p, key)
        elif key or row.text(NUMBER).partition(".")[0].isdigit() or row.bare(VERDICT) in VERDICTS:
            text = f"“{clean(key)[:20]}”" if key else "空白"
            wrong = (KEY, f"不是这一轮的项目（{text}），请重新导出复核表")
            self.bad += row.complaints([*row.faults, wrong])
        else:
            self.remarks.append(row.left_out)

    def _by_words(self, row: Row) -> Pending | None:
        """The one finding of which case, item and message of a row speak."""
        case, item, message = row.text(CASE), row.text(ITEM), row.text(MESSAGE)
        fits = [
            p
            for p in self.known.values()
            if item.startswith(p.line.name)
            and message == message_of(p, self.mask)
            and case == case_of(p, self.mask)
        ]
        if len(fits) != 1:
            return None
        text = f"{row.where}标识对不上，按案卷、检查项和说明认作{fits[0].line.number}，请核对"
        self.remarks.append(text)
        return fits[0]

    def _said(self, row: Row, p: Pending, key: str) -> None:
        said, wrong = _answer(row, p, sentence_of(p, self.mask))
        wrong = [*row.faults, *wrong]
        if said and key.startswith(p.finding.identity) and key != p.key:
            wrong.append((KEY, "导出以后依据已变，请重新导出这一项"))
        before, spoke = self.seen.get(p.finding.identity, (row, None))
        if before is not row and (before.sheet == row.sheet or not _alike(spoke, said)):
            wrong.append((KEY, f"与{before.where}重复"))
        if said or p.finding.identity not in self.seen:
            self.seen[p.finding.identity] = row, said
        self.bad += row.complaints(wrong)


def _alike(a: Said | None, b: Said | None) -> bool:
    """True when two copies of a row do not contradict each other."""
    return a is None or b is None or replace(a, where="") == replace(b, where="")


def answers(path: Path, known: Mapping[str, Pending], mask: Mask = str) -> Returned:
    """What a reviewer filled in, over all sheets that carry the list. ``known``: the findings of
    the round, by identity; ``mask``: as when it was written. Raises UsageError naming every bad row
    and column; then nothing counts.
    """
    reading = _Reading(known, mask)
    for row in rows_of(path, LIST):
        reading.take(row)
    if reading.bad:
        raise UsageError("复核表有问题，一行也没有导入：\n" + "\n".join(reading.bad))
    said = tuple((known[i], s) for i, (_, s) in reading.seen.items() if s is not None)
    return Returned(said, len(reading.seen) - len(said), tuple(reading.remarks))


def _answer(row: Row, p: Pending, sentence: str) -> tuple[Said | None, list[Fault]]:
    """What one row says, and what is wrong with it."""
    word = row.bare(VERDICT)
    points, at, says, note = (row.text(k) for k in (POINTS, AT, SAYS, NOTE))
    own = says if says != sentence else ""
    if not word:
        filled = points or at or own or note
        return None, [(VERDICT, f"填写了其他列，没有选{VERDICT}")] if filled else []
    if word not in VERDICTS:
        text = f"“{clean(word)}”不在选项里，可以写 {'、'.join(VERDICTS)}"
        return None, [(VERDICT, text)]
    if word != FAULT:
        extra = [(k, f"只在选“{FAULT}”时填写") for k, v in ((POINTS, points), (AT, at)) if v]
        return Said(word, note, where=row.where), extra
    return Said(word, note, points, at, own, row.where), _lacking(p, points, at)


def _lacking(p: Pending, points: str, at: str) -> list[Fault]:
    """What a fault needs, and what is no number."""
    wrong = []
    if p.lacks_place and not at:
        wrong.append((AT, "这一项没有原文，要写明问题在哪里：文件:页，可以再加 :原文"))
    if p.way and not points:
        wrong.append((POINTS, f"这一项{p.way}，要写扣几分"))
    if points and not _is_number(points):
        wrong.append((POINTS, f"“{clean(points)}”不是数"))
    return wrong


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
